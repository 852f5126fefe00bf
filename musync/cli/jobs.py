"""Jobs of the command line: each runs in a thread of its own while this one listens for Ctrl+C."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from musync.app.jobs import ThreadControl, ThreadRunner
from musync.domain import Control
from musync.domain.errors import Cancelled

T = TypeVar("T")

_LISTEN_S = 0.1
_STOPS = (signal.SIGINT, signal.SIGTERM)

Say = Callable[[str], None]


class Abandoned(Cancelled):
    """The user would not wait for the request in flight; its thread is still there."""


def carry_out(job: Callable[[Control], T], control: ThreadControl, say: Say) -> T:
    """Run a job to its end. Ctrl+C asks it to stop and waits for the request in flight, a second one abandons it.

    Raises:
        Abandoned: after the second Ctrl+C; the process must end without waiting for its threads.
        Cancelled: the job stopped.
    """
    runner = ThreadRunner()
    with _counted_stops() as stops:
        future = runner.submit(job, control)
        while not wait([future], _LISTEN_S).done:
            if stops() and not control.cancelled:
                control.cancel()
                say("Stopping. What is being sent is waited for; Ctrl+C again does not wait.")
            if stops() > 1:
                raise Abandoned(
                    "Stopped without waiting.",
                    unchanged="What was written before is kept.",
                    next="Compare again to see what arrived.",
                )
    runner.close()
    return future.result()


@contextmanager
def _counted_stops() -> Iterator[Callable[[], int]]:
    """How often the user said stop so far; outside the main thread nobody can hear it."""
    pressed: list[int] = []

    def hear(number: int, _: FrameType | None) -> None:
        pressed.append(number)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: 0
        return
    before = {number: signal.signal(number, hear) for number in _STOPS}
    try:
        yield lambda: len(pressed)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
