"""The bar: on a terminal, for what takes long, and nowhere else."""

from __future__ import annotations

import io
import sys

import pytest

from musync.cli import progress
from musync.cli.progress import Bar, watcher
from musync.domain import FreeControl, Step, StepKind


class Terminal(io.StringIO):
    """Something that says it is one."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch, patience: float = -1.0) -> Terminal:
    """Put a terminal in the place of stderr; called by the test itself, since pytest puts its own there before it."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setattr(progress, "PATIENCE_S", patience)
    monkeypatch.setenv("TERM", "xterm")
    return made


def test_a_long_job_is_followed_and_its_bar_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    bar = Bar(wanted=True)
    bar.hear(3, 10, "read-entries")
    bar.close()
    assert "Reading both lists" in screen.getvalue()
    assert "3/10" in screen.getvalue()
    length = len(screen.getvalue())
    bar.hear(4, 10, "read-entries")
    assert len(screen.getvalue()) == length


def test_quiet_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    bar = Bar(wanted=False)
    bar.hear(3, 10, "read-entries")
    bar.close()
    assert screen.getvalue() == ""


def test_what_is_soon_over_shows_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch, 60.0)
    bar = Bar(wanted=True)
    bar.hear(3, 10, "match")
    bar.close()
    assert screen.getvalue() == ""


def test_without_a_terminal_there_is_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE_S", -1.0)
    bar = Bar(wanted=True)
    bar.hear(3, None, "scan-files")
    bar.close()
    assert capsys.readouterr().err == ""


def test_writing_is_told_step_by_step() -> None:
    told: list[tuple[int, int | None, str]] = []
    control = FreeControl()
    control.progress = lambda done, total, code: told.append((done, total, code))  # type: ignore[method-assign]
    watch = watcher(control)
    watch(0, 1, Step(kind=StepKind.ADD, actions=()))
    watch(1, 1, None)
    assert told == [(0, 1, "write"), (1, 1, "verify")]
