"""How a job listens and tells: the only source of time, waiting and cancelling."""

from __future__ import annotations

import time
from typing import Protocol

from musync.domain.errors import Cancelled


class Control(Protocol):
    """What a job is lent by whoever runs it."""

    def checkpoint(self) -> None:
        """Raise `Cancelled` when the job was asked to stop; stands between pages, batches and files."""

    def sleep(self, seconds: float) -> None:
        """Wait, waking at once with `Cancelled` when the job is asked to stop."""

    def progress(self, done: int, total: int | None, code: str) -> None:
        """Tell how far the job is; `code` names what is being done, faces turn it into words."""

    def now(self) -> float:
        """Seconds since the epoch."""


class FreeControl:
    """A control that nobody listens to and that stops only when its own `cancel` is called."""

    def __init__(self) -> None:
        self._cancelled = False

    def cancel(self) -> None:
        """Make the next checkpoint raise."""
        self._cancelled = True

    def checkpoint(self) -> None:
        """Raise `Cancelled` after `cancel`."""
        if self._cancelled:
            raise Cancelled

    def sleep(self, seconds: float) -> None:
        """Wait for so many seconds."""
        self.checkpoint()
        time.sleep(seconds)

    def progress(self, done: int, total: int | None, code: str) -> None:
        """Tell nobody."""

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()
