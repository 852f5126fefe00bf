"""How far a job is: a bar on a terminal, nothing otherwise."""

from __future__ import annotations

import os
import sys
import threading
import time
from typing import TYPE_CHECKING

from musync.cli.words import saying

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from musync.app.results import Watcher
    from musync.domain import Control, Step

PATIENCE_S = 0.4
"""What is over sooner gets no bar."""


class Bar:
    """One line on stderr that follows a job; may be told from several threads."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._begun = time.monotonic()
        self._guard = threading.Lock()
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def hear(self, done: int, total: int | None, code: str) -> None:
        """A listener for the job's control."""
        if self._wanted and time.monotonic() - self._begun > PATIENCE_S:
            with self._guard:
                self._show(done, total, saying(code))

    def close(self) -> None:
        """Take the bar away."""
        with self._guard:
            self._wanted = False
            if self._progress is not None:
                self._progress.stop()
                self._progress = None

    def _show(self, done: int, total: int | None, words: str) -> None:
        if not self._wanted:
            return
        fresh = self._progress is None
        if self._progress is None:
            self._progress = _progress()
            self._task = self._progress.add_task(words)
            self._progress.start()
        assert self._task is not None
        self._progress.update(self._task, description=words, completed=done, total=total, refresh=fresh)


def watcher(control: Control) -> Watcher:
    """A watcher for writing that tells the job's control how far it is."""

    def watch(done: int, total: int, step: Step | None) -> None:
        control.progress(done, total, "write" if step is not None else "verify")

    return watch


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        redirect_stdout=False,
    )
