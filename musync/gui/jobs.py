"""Jobs in threads of their own under Qt, each of which says how it ended.

A job is a function of a control; it returns a value and touches no widget. `QThread.finished` also comes after an
exception, so a worker catches and says `succeeded`, `failed` or `cancelled`. A QThread destroyed while it runs aborts
the process, so the runner keeps every job until its thread has ended.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal

if TYPE_CHECKING:
    from musync.domain import Control

log = logging.getLogger(__name__)

_BEAT_S = 0.2


class Job(QObject):
    """One job under way. Its signals come in the thread that submitted it, the end exactly once."""

    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progressed = Signal(int, object, str)
    """Done, total or None, code; at most five times a second."""
    ended = Signal()
    """Comes after the three above, when the thread is gone."""

    def __init__(self, work: Callable[[Control], object], title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self.done = 0
        self.total: int | None = None
        self.code = ""
        self.stopping = False
        self._thread = _Worker(work, self)
        self._thread.told.connect(self._on_told)
        self._thread.finished.connect(self._on_finished)

    def cancel(self) -> None:
        """Ask it to stop; it ends as soon as it listens."""
        self.stopping = True
        self._thread.control.cancel()

    @property
    def running(self) -> bool:
        """Its thread has not ended."""
        return self._thread.isRunning()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait(self, milliseconds: int) -> bool:
        """Wait for the thread; False when it still runs."""
        return self._thread.wait(QDeadlineTimer(milliseconds))

    def _on_told(self, done: int, total: object, code: str) -> None:
        self.done, self.total, self.code = done, total if isinstance(total, int) else None, code
        if not self.stopping:
            self.progressed.emit(done, total, code)

    def _on_finished(self) -> None:
        end, value = self._thread.end
        if end == "succeeded":
            self.succeeded.emit(value)
        elif end == "failed":
            self.failed.emit(value)
        else:
            self.cancelled.emit()
        self.ended.emit()


class QtRunner(QObject):
    """Starts jobs and keeps them until they have ended."""

    changed = Signal()
    """A job began or ended."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The jobs under way, oldest first."""
        return tuple(self._jobs)

    def submit(self, work: Callable[[Control], object], title: str = "") -> Job:
        """Make a job; connect its signals, it begins when the event loop comes round.

        `title` is what people call it; a job without one is not shown in the activity drawer.
        """
        job = Job(work, title, self)
        job.ended.connect(self._on_ended)
        self._jobs.append(job)
        job.start()
        self.changed.emit()
        return job

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in self._jobs:
            job.cancel()

    def wait(self, milliseconds: int) -> bool:
        """Wait for every thread, for tests and for the very end; False when one still runs."""
        deadline = time.monotonic() + milliseconds / 1000
        return all(job.wait(max(0, int((deadline - time.monotonic()) * 1000))) for job in self._jobs)

    def _on_ended(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._jobs:
            self._jobs.remove(job)
            job.deleteLater()
        self.changed.emit()


class _Worker(QThread):
    """The thread of one job. What it tells crosses to the other thread by the signal's own queue."""

    told = Signal(int, object, str)

    def __init__(self, work: Callable[[Control], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._last_told = 0.0
        self._held: tuple[int, int | None, str] | None = None
        # Not imported before the first job: the window is painted before the values are loaded.
        from musync.app.jobs import ThreadControl

        self.control = ThreadControl(self._tell)
        self.end: tuple[str, object] = ("cancelled", None)

    def run(self) -> None:
        """Do the work and note how it ended."""
        from musync.domain.errors import Cancelled, MusyncError

        try:
            self.end = ("succeeded", self._work(self.control))
        except Cancelled:
            self.end = ("cancelled", None)
        except MusyncError as error:
            self.end = ("failed", error)
        except Exception as error:  # a thread ends here
            log.exception("A job ended with an error nobody expected")
            self.end = ("failed", error)
        if self._held is not None:
            self.told.emit(*self._held)

    def _tell(self, done: int, total: int | None, code: str) -> None:
        now = time.monotonic()
        if now - self._last_told < _BEAT_S:
            self._held = (done, total, code)
            return
        self._last_told = now
        self._held = None
        self.told.emit(done, total, code)
