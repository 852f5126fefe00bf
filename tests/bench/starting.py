"""How long starting takes: `python tests/bench/starting.py`.

Every start is a process of its own, with byte code and file cache warm; the baseline is started the same way, by turns.
"""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

import psutil
from common import ROOT, Row, environment, in_turn, python, run, run_seconds

WINDOW = str(ROOT / "tests/bench/window.py")
TURNS, WARM = 9, 2
IDLE_S = 2.0
PATIENCE_S = 60.0
FORBIDDEN = ("PySide6", "sqlalchemy", "alembic", "mutagen", "keyring")
BEFORE_PAINT = ("sqlalchemy", "alembic", "keyring", "mutagen", "requests")


def measure() -> list[Row]:
    """The command line's help, then the window."""
    return [*_help(), *_window()]


def _help() -> list[Row]:
    times = in_turn(
        {
            "ours": lambda: run_seconds(python("-m", "musync", "--help")),
            "libraries": lambda: run_seconds(python("-c", "import typer, rich")),
            "python": lambda: run_seconds(python("-c", "pass")),
        },
        runs=TURNS,
        warm=WARM,
    )
    ours = times["ours"]
    loaded = _imported(["-m", "musync", "--help"], FORBIDDEN)
    return [
        Row(
            what="musync --help",
            measured=ours,
            bound=0.4,
            ratio_bound=4.0,
            baseline=times["libraries"],
            against="import typer, rich",
        ),
        Row(what="musync --help, besides Python", measured=ours, baseline=times["python"], against="python -c pass"),
        _nothing_heavy("musync --help", loaded),
    ]


def _window() -> list[Row]:
    taken: dict[str, list[dict[str, float]]] = {"empty": [], "musync": []}
    with tempfile.TemporaryDirectory(prefix="musync-bench-") as name:
        home = str(Path(name) / "home")
        commands: dict[str, list[str]] = {"empty": ["empty"], "musync": ["musync", "--home", home]}
        for turn in range(WARM + TURNS):
            for what, arguments in commands.items():
                figures = _opened(arguments, idle=turn >= WARM + TURNS - 3)
                if turn >= WARM:
                    taken[what].append(figures)
        loaded = _before_paint(commands["musync"])
    ours, empty = (_medians(taken[what]) for what in ("musync", "empty"))
    against = "empty QWizard"
    return [
        Row(
            what="window: first paint of page 1",
            measured=ours["painted"],
            ratio_bound=2.0,
            baseline=empty["painted"],
            against=against,
        ),
        Row(
            what="window: page 1 filled, no accounts",
            measured=ours["filled"],
            bound=1.0,
            baseline=empty["painted"],
            against=f"{against}, painted",
        ),
        Row(
            what="window: memory when idle",
            measured=ours["rss"],
            unit="MiB",
            bound=150,
            baseline=empty["rss"],
            against=against,
        ),
        _nothing_heavy("window before its first paint", loaded),
    ]


def _medians(taken: list[dict[str, float]]) -> dict[str, float]:
    return {name: median(one[name] for one in taken if name in one) for name in ("painted", "filled", "rss")}


def _nothing_heavy(what: str, loaded: list[str]) -> Row:
    """How many libraries were imported that have no business there."""
    names = ", ".join(loaded) or "none"
    return Row(what=f"{what}: heavy imports", measured=float(len(loaded)), unit="", bound=0, against=names)


def _opened(arguments: list[str], *, idle: bool) -> dict[str, float]:
    """Seconds from the start of the process to the lines it says; MiB some time after the last of them."""
    begun = time.time()
    with subprocess.Popen(
        python(WINDOW, *arguments),
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            figures = {name: at - begun for name, at in (_line(process) for _ in range(2))}
            if idle:
                time.sleep(IDLE_S)
                figures["rss"] = psutil.Process(process.pid).memory_info().rss / 2**20
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_S)
    return figures


def _line(process: subprocess.Popen[str]) -> tuple[str, float]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"the window ended by itself: {process.communicate()[1]}")
    name, _, at = line.partition(" ")
    return name, float(at)


def _imported(arguments: list[str], names: tuple[str, ...]) -> list[str]:
    """Which of these packages a command imports."""
    command = python("-X", "importtime", *arguments)
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True, check=True)
    return _named(done.stderr.splitlines(), names)


def _before_paint(arguments: list[str]) -> list[str]:
    """Which of these packages the window imports before it is painted."""
    command, more = python(WINDOW, *arguments), environment(MUSYNC_BENCH_IMPORTS="1")
    with subprocess.Popen(command, env=more, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline().split()
        process.terminate()
        process.communicate(timeout=PATIENCE_S)
    return sorted(set(said) & set(BEFORE_PAINT))


def _named(lines: list[str], names: tuple[str, ...]) -> list[str]:
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if line.startswith("import time:")}
    return sorted(imported & set(names))


if __name__ == "__main__":
    run(measure)
