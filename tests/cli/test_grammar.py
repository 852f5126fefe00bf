"""What can be typed: help, version, options in any place, and what is said of a line that cannot be read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from musync import __version__
from musync.cli.main import main
from tests.cli.conftest import Cli

COMMANDS = (
    "gui", "demo", "services", "accounts", "playlists", "show", "diff", "sync", "review", "match", "runs", "decisions",
    "scan", "export", "report", "doctor", "settings",
)  # fmt: skip
HEAVY = ("PySide6", "sqlalchemy", "alembic", "jinja2", "requests", "numpy", "rapidfuzz", "mutagen", "keyring", "rich")


def test_help_lists_every_command(cli: Cli) -> None:
    ended = cli("--help")
    assert ended.code == 0
    listed = [line.split()[0] for line in ended.out.split("Commands:")[1].splitlines() if line.strip()]
    assert sorted(listed) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_within_eighty_columns(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "--home DIR" in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_help_loads_nothing_heavy() -> None:
    look = (
        "import sys; from musync.cli.main import main; main(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert not loaded.intersection(HEAVY)
    assert not [name for name in done.stderr.split() if name.startswith(("musync.app", "musync.services"))]


def test_version_is_said(cli: Cli) -> None:
    assert cli("--version").out == f"musync {__version__}\n"
    assert cli.json("--version").document == {"version": __version__}


def test_options_of_every_command_stand_before_or_after_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = str(tmp_path)
    lines = (
        ["--json", "--home", home, "settings", "get", "theme"],
        ["settings", "--json", "get", "theme", "--home", home],
        ["settings", "--home", home, "get", "theme", "--json"],
        ["settings", "get", "--home", home, "--json", "theme"],
    )
    for line in lines:
        assert main(line) == 0
        assert json.loads(capsys.readouterr().out) == {"key": "theme", "value": "system"}


@pytest.mark.parametrize(
    "line",
    [
        ["nonsense"],
        ["sync"],
        ["sync", "a"],
        ["sync", "a", "b", "--mode", "sideways"],
        ["sync", "a", "b", "--accept", "much"],
        ["sync", "a", "b", "--two-way"],
        ["runs", "show", "x"],
        ["accounts", "add"],
        ["match", "a", "b", "--top", "0"],
        ["settings", "get"],
    ],
)
def test_a_line_that_cannot_be_read_shows_its_usage_and_ends_with_2(cli: Cli, line: list[str]) -> None:
    ended = cli(*line)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Usage: musync")
    error = cli.json(*line).error
    assert error["code"] == "usage"
    assert error["message"]
    assert "--help" in error["next"]
    assert error["unchanged"] == "Nothing was changed."


def test_what_is_meant_for_a_command_is_not_taken_for_an_option(cli: Cli) -> None:
    ended = cli("show", "--", "--json")
    assert ended.code == 2
    assert "no address" in ended.err


@pytest.mark.parametrize("absent", ["resume", "undo", "pairs", "erase", "fetch"])
def test_what_is_not_built_is_not_offered(cli: Cli, absent: str) -> None:
    assert cli(absent).code == 2


@pytest.mark.parametrize("option", ["--allow-rewrite", "--fetch"])
def test_options_that_are_not_built_are_not_offered(cli: Cli, option: str) -> None:
    assert option not in cli("sync", "--help").out


@pytest.mark.parametrize("line", [[], ["gui"]])
def test_without_a_display_no_window_is_tried(cli: Cli, line: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    ended = cli.json(*line)
    assert ended.code == 2
    assert ended.error["code"] == "no-window"
    assert "musync demo" in ended.error["next"]


def test_the_window_gets_the_home_it_was_asked_for(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    import types

    given: list[list[str]] = []
    window = types.ModuleType("musync.gui.main")
    window.main = lambda argv: given.append(argv) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "musync.gui.main", window)
    assert cli("gui").code == 0
    assert given == [["--home", str(cli.home)]]
