"""Jobs that listen: a control for threads, a runner, and a few requests at once."""

from __future__ import annotations

import contextvars
import gc
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeVar

from musync.domain import Control
from musync.domain.errors import Cancelled

T = TypeVar("T")
Item = TypeVar("Item")

Listener = Callable[[int, int | None, str], None]
"""Hears of progress: done, total, and the code of what is being done."""


def hear_nothing(done: int, total: int | None, code: str) -> None:
    """A listener for jobs that nobody watches."""


class ThreadControl:
    """A control whose waiting wakes at once on cancel; safe to cancel from any thread."""

    def __init__(self, listener: Listener = hear_nothing) -> None:
        self._stopped = threading.Event()
        self._listener = listener

    @property
    def cancelled(self) -> bool:
        """The job was asked to stop."""
        return self._stopped.is_set()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._stopped.set()

    def checkpoint(self) -> None:
        """Raise `Cancelled` when the job was asked to stop."""
        if self._stopped.is_set():
            raise Cancelled("Stopped.")

    def sleep(self, seconds: float) -> None:
        """Wait; wakes at once with `Cancelled`."""
        if self._stopped.wait(seconds):
            raise Cancelled("Stopped.")

    def progress(self, done: int, total: int | None, code: str) -> None:
        """Tell the listener."""
        self._listener(done, total, code)

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time()


class Uncancelled:
    """A control for the reads that a stopped run needs too, to know what it did."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def checkpoint(self) -> None:
        """Go on."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def progress(self, done: int, total: int | None, code: str) -> None:
        """Tell the one who listens."""
        self._control.progress(done, total, code)

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._control.now()


class ThreadRunner:
    """Runs jobs in threads of its own, for the terminal and for tests."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="musync-job")

    def submit(self, job: Callable[[Control], T], control: Control) -> Future[T]:
        """Start the job; the future ends with its value or its error."""
        return self._pool.submit(job, control)

    def close(self) -> None:
        """Wait for what still runs; the caller cancels first when it should not."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Pause Python's cycle collector while very many values that stay are made.

    Each of its passes walks all of them and finds nothing: a quarter of the time of a large comparison. The next pass
    would make up for that at once and stop every thread meanwhile, so the values count as old when the pause ends: only
    a full pass, which is seldom, looks at them.
    """
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            make_old()
            gc.enable()


def make_old() -> None:
    """Let everything there is now count as old to the cycle collector, without looking at any of it."""
    gc.freeze()
    gc.unfreeze()


def fan_out(work: Callable[[Item], T], items: Sequence[Item], *, at_once: int) -> list[T]:
    """The results of `work` on each item, in order, with at most `at_once` running.

    The first error ends it: what has not begun does not begin, what runs is waited for.
    """
    if at_once <= 1 or len(items) <= 1:
        return [work(item) for item in items]
    with ThreadPoolExecutor(max_workers=min(at_once, len(items)), thread_name_prefix="musync-part") as pool:
        futures = [pool.submit(contextvars.copy_context().run, work, item) for item in items]
        done, waiting = wait(futures, return_when=FIRST_EXCEPTION)
        for future in waiting:
            future.cancel()
        for future in futures:
            if future in done and future.exception() is not None:
                return [future.result()]
        return [future.result() for future in futures]
