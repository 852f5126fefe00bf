"""What the benchmarks share: clocks, subprocesses, rows, and the one table they all print."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table.

    `measured` and `baseline` are in `unit`. `bound` is the most that `measured` may be, `ratio_bound` the most that
    measured / baseline may be; None where the design sets none. `least` turns the bound round: the measure may not fall
    below it. `failed` is why nothing could be measured.
    """

    what: str
    measured: float | None = None
    unit: str = "s"
    baseline: float | None = None
    against: str = ""
    bound: float | None = None
    ratio_bound: float | None = None
    least: bool = False
    failed: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the baseline."""
        return self.measured / self.baseline if self.measured is not None and self.baseline else None

    @property
    def verdict(self) -> str:
        """`ok`, `OVER`, or a dash where there is no bound."""
        if self.measured is None:
            return "NOT MEASURED"
        tests = [self._holds()] if self.bound is not None else []
        if self.ratio_bound is not None and self.ratio is not None:
            tests.append(self.ratio <= self.ratio_bound)
        if not tests:
            return "-"
        return "ok" if all(tests) else "OVER"

    def _holds(self) -> bool:
        assert self.measured is not None
        assert self.bound is not None
        return self.measured >= self.bound if self.least else self.measured <= self.bound


Measure = Callable[[], list[Row]]


def seconds(work: Callable[[], object], *, runs: int = 5, warm: int = 1) -> float:
    """Median wall time of some runs after `warm` that do not count."""
    return timed(work, runs=runs, warm=warm)[0]


def timed(work: Callable[[], object], *, runs: int = 5, warm: int = 1) -> tuple[float, object]:
    """Median wall time, and what the last run returned."""
    answer: object = None
    times = []
    for turn in range(warm + runs):
        begun = time.perf_counter()
        answer = work()
        if turn >= warm:
            times.append(time.perf_counter() - begun)
    return statistics.median(times), answer


def in_turn(works: dict[str, Callable[[], float]], *, runs: int = 7, warm: int = 2) -> dict[str, float]:
    """Medians of several measurements, taken in turns so that a busy moment hits all of them alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(warm + runs):
        for name, work in works.items():
            value = work()
            if turn >= warm:
                taken[name].append(value)
    return {name: statistics.median(values) for name, values in taken.items()}


def forget() -> None:
    """Empty every cache of a function of the engine, as in a process that has just started."""
    for name, module in list(sys.modules.items()):
        if name.startswith("musync.engine"):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear"):
                    thing.cache_clear()


def environment(**more: str) -> dict[str, str]:
    """The environment of a user's start: byte code is written and found, no colour, no coverage, ours on the path."""
    kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "MUSYNC_HOME"}}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "NO_COLOR": "1", **more}


def run_seconds(command: list[str], **more: str) -> float:
    """How long a process takes from start to end; raises CalledProcessError when it fails."""
    begun = time.perf_counter()
    subprocess.run(command, env=environment(**more), cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun


def child(script: str, *arguments: str) -> dict[str, float]:
    """The figures that a script of this folder prints as `name value` lines when it runs as `script.py child …`."""
    command = python(str(ROOT / "tests" / "bench" / f"{script}.py"), "child", *arguments)
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{script}.py: {done.stderr}")
    return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}


def tell(figures: Mapping[str, float]) -> None:
    """What such a child prints."""
    sys.stdout.writelines(f"{name} {value}\n" for name, value in figures.items())


def python(*arguments: str) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *arguments]


def most_memory() -> float:
    """The most memory this process ever had, in MiB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 2**20 if sys.platform == "darwin" else size / 2**10


def machine() -> str:
    """The computer and the interpreter in one line."""
    model = ""
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = (
            line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        )
        model = next(lines, "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    load = f", load {os.getloadavg()[0]:.1f}, {share_of_core():.0%} of a core" if hasattr(os, "getloadavg") else ""
    return (
        f"{os.cpu_count()} cores {model}, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}{load}"
    )


def run(measure: Measure) -> None:
    """What every benchmark does when it is started: print its table, or with `--json` its rows for `all.py`."""
    rows = measure()
    if "--json" in sys.argv[1:]:
        sys.stdout.write(json.dumps([asdict(row) for row in rows]))
    else:
        show(rows)


def from_json(text: str) -> list[Row]:
    """The rows that a benchmark printed with `--json`."""
    return [Row(**fields) for fields in json.loads(text)]


def share_of_core(seconds: float = 0.5) -> float:
    """How much of a core a busy process gets: well below 1, something else runs and the times here are too long."""
    begun, spent = time.perf_counter(), time.process_time()
    while time.perf_counter() - begun < seconds:
        pass
    return (time.process_time() - spent) / (time.perf_counter() - begun)


def show(rows: Iterable[Row]) -> None:
    """Print the table."""
    head = ("what", "measured", "baseline", "ratio", "bound", "verdict")
    cells = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(head))]
    lines = [machine(), "", *(_line(line, widths) for line in cells)]
    lines.insert(3, "-|-".join("-" * width for width in widths))
    sys.stdout.write("\n".join(lines) + "\n")


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    if row.measured is None:
        return (row.what, "-", row.failed or "-", "-", _bound(row), row.verdict)
    against = f"{_number(row.baseline, row.unit)}  {row.against}" if row.baseline is not None else row.against or "-"
    ratio = f"{row.ratio:.2f} x" if row.ratio is not None else "-"
    return (row.what, _number(row.measured, row.unit), against, ratio, _bound(row), row.verdict)


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    if unit == "s":
        return f"{value * 1000:.1f} ms" if value < 0.1 else f"{value:.2f} s"
    return f"{value:,.0f} {unit}" if value >= 10 else f"{value:.2f} {unit}"


def _bound(row: Row) -> str:
    sign = ">=" if row.least else "<="
    parts = [f"{sign} {_number(row.bound, row.unit)}"] if row.bound is not None else []
    if row.ratio_bound is not None:
        parts.append(f"<= {row.ratio_bound:g} x")
    return ", ".join(parts) or "-"
