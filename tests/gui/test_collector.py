"""Values that only hold each other go in the window's own thread, and never all at once while it is used."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from musync.gui.collector import Collector
from musync.gui.jobs import QtRunner


class Ring:
    """Holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[QtRunner]:
    made = QtRunner()
    yield made
    made.cancel_all()
    assert made.wait(5_000)


@pytest.fixture
def collector(qapp: QApplication, runner: QtRunner) -> Iterator[Collector]:
    gc.collect()
    made = Collector(qapp, runner)
    made.start()
    yield made
    made.stop()


def lost(count: int = 1) -> list[weakref.ref[Ring]]:
    """So many rings that nobody holds any more."""
    return [weakref.ref(Ring()) for _ in range(count)]


def test_no_job_s_thread_ever_collects(collector: Collector, runner: QtRunner, qtbot: QtBot) -> None:
    threads: list[object] = []
    gc.callbacks.append(lambda *_: threads.append(threading.current_thread()))
    try:
        job = runner.submit(lambda _control: len(lost(30_000)))
        with qtbot.waitSignal(job.ended, timeout=20_000):
            pass
        collector.look()
        collector.look_at_all()
    finally:
        gc.callbacks.pop()
    assert set(threads) == {threading.main_thread()}


def test_what_is_young_goes_soon(collector: Collector) -> None:
    rings = lost(2_000)
    collector.look()
    assert not any(ring() for ring in rings)


def test_what_is_too_much_for_a_frame_waits_until_the_window_is_not_used(
    collector: Collector, qapp: QApplication
) -> None:
    rings = lost(30_000)
    collector.look()
    collector.look()
    assert all(ring() for ring in rings)
    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
    assert not any(ring() for ring in rings)


def test_after_a_minute_without_a_job_everything_goes(collector: Collector) -> None:
    rings = lost(30_000)
    for _ in range(130):
        collector.look()
    assert not any(ring() for ring in rings)


def test_python_collects_again_when_it_stops(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
