"""Jobs say how they ended, in the window's thread, and no thread outlives its runner."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from musync.domain import Control
from musync.domain.errors import NotFound
from musync.gui.desk import InOrder
from musync.gui.jobs import Job, QtRunner


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[QtRunner]:
    made = QtRunner()
    yield made
    made.cancel_all()
    assert made.wait(5_000)
    QApplication.processEvents()
    assert not made.jobs


def ends(job: Job) -> list[object]:
    """What a job told at its end, and in which thread it was heard."""
    heard: list[object] = []
    home = QThread.currentThread()
    job.succeeded.connect(lambda value: heard.append(("succeeded", value, QThread.currentThread() is home)))
    job.failed.connect(lambda error: heard.append(("failed", type(error), QThread.currentThread() is home)))
    job.cancelled.connect(lambda: heard.append(("cancelled", None, QThread.currentThread() is home)))
    return heard


def wait_long(control: Control) -> None:
    control.sleep(60)


def test_a_job_gives_its_value_to_the_window_s_thread(runner: QtRunner, qtbot: QtBot) -> None:
    job = runner.submit(lambda _control: threading.current_thread() is threading.main_thread())
    heard = ends(job)
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    assert heard == [("succeeded", False, True)]


def test_an_error_that_musync_knows_comes_as_it_is(runner: QtRunner, qtbot: QtBot) -> None:
    def fail(_control: Control) -> None:
        raise NotFound("gone")

    job = runner.submit(fail)
    heard = ends(job)
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    assert heard == [("failed", NotFound, True)]


@pytest.mark.expects_log("A job ended with an error nobody expected")
def test_an_error_that_nobody_expected_is_logged_and_told(runner: QtRunner, qtbot: QtBot) -> None:
    job = runner.submit(lambda _control: {}["missing"])
    heard = ends(job)
    with qtbot.waitSignal(job.ended, timeout=5_000):
        pass
    assert heard == [("failed", KeyError, True)]


def test_a_waiting_job_ends_at_once_when_it_is_cancelled(runner: QtRunner, qtbot: QtBot) -> None:
    job = runner.submit(wait_long)
    heard = ends(job)
    begun = time.monotonic()
    with qtbot.waitSignal(job.ended, timeout=5_000):
        job.cancel()
    assert time.monotonic() - begun < 0.2 * 10
    assert heard == [("cancelled", None, True)]


def test_progress_comes_at_most_five_times_a_second_and_the_last_of_it_always(runner: QtRunner, qtbot: QtBot) -> None:
    def count(control: Control) -> None:
        for done in range(1, 50_001):
            control.progress(done, 50_000, "match")

    job = runner.submit(count)
    told: list[int] = []
    job.progressed.connect(lambda done, _total, _code: told.append(done))
    begun = time.monotonic()
    with qtbot.waitSignal(job.ended, timeout=20_000):
        pass
    assert told[-1] == 50_000
    assert len(told) <= (time.monotonic() - begun) * 5 + 2


def test_a_job_is_known_while_it_runs_and_forgotten_afterwards(runner: QtRunner, qtbot: QtBot) -> None:
    job = runner.submit(wait_long, "Reading")
    assert runner.jobs == (job,)
    with qtbot.waitSignal(job.ended, timeout=5_000):
        runner.cancel_all()
    assert runner.jobs == ()


def test_answers_are_stored_one_after_the_other(runner: QtRunner, qtbot: QtBot) -> None:
    store = InOrder(runner)
    stored: list[int] = []
    for number in range(50):
        store(lambda number=number: stored.append(number))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(stored) == 50)
    assert stored == list(range(50))


def test_what_reads_answers_finds_them_stored(runner: QtRunner, qtbot: QtBot) -> None:
    store = InOrder(runner)
    stored: list[int] = []
    store(lambda: stored.append(1))
    store(lambda: stored.append(2))
    store.drain()
    assert stored == [1, 2]
    qtbot.waitUntil(lambda: not runner.jobs)
