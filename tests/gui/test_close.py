"""Closing is safe at every moment: jobs stop, threads are joined, and the window goes by itself."""

from __future__ import annotations

import threading
import time

from PySide6.QtWidgets import QApplication

from musync.app.session import DoneState
from musync.domain import Control
from musync.gui.footer import EXTRA
from tests.gui.conftest import Hand


def test_closing_while_a_job_waits_joins_its_thread(hand: Hand) -> None:
    begun = threading.Event()

    def wait_long(control: Control) -> None:
        begun.set()
        control.sleep(60)

    hand.window.desk.submit(wait_long, "Waiting")
    hand.wait(begun.is_set)
    started = time.monotonic()
    hand.wizard.close()
    hand.wait(lambda: not hand.wizard.isVisible())
    assert time.monotonic() - started < 2
    assert not hand.window.runner.jobs
    assert not hand.window.desk.is_open


def test_closing_while_comparing_changes_nothing(hand: Hand) -> None:
    hand.choose_sample()
    before = (hand.place / "sample" / "music" / "Road.m3u8").read_bytes()
    hand.wizard.next()
    hand.wizard.close()
    hand.wait(lambda: not hand.wizard.isVisible())
    assert (hand.place / "sample" / "music" / "Road.m3u8").read_bytes() == before


def test_a_window_that_never_opened_anything_closes(unopened: Hand) -> None:
    unopened.window.show()
    unopened.wizard.close()
    unopened.wait(lambda: not unopened.wizard.isVisible())


def test_stop_ends_a_run_before_its_next_step_and_reads_what_is_there(hand: Hand) -> None:
    hand.choose_sample(mode="mirror")
    for _ in range(3):
        hand.next()
    session = hand.window.desk.session
    steps = len(session.state.plan.steps)  # type: ignore[union-attr]
    assert steps > 1
    write, entered, go_on = session.write, threading.Event(), threading.Event()

    def hold(control: Control, watcher: object) -> DoneState:
        def watch(done: int, total: int, step: object) -> None:
            watcher(done, total, step)  # type: ignore[operator]
            if done == 1:
                entered.set()
                go_on.wait(10)

        return write(control, watch)

    session.write = hold  # type: ignore[assignment, method-assign]
    hand.wizard.next()
    hand.wait(entered.is_set)
    hand.click(hand.wizard.footer(EXTRA))
    QApplication.processEvents()
    assert hand.run.heading == "Stopping"
    assert hand.wizard.footer(EXTRA).text() == "Stopping…"
    go_on.set()
    hand.idle()
    assert hand.run.heading == "Stopped"
    assert "Not done" in {row.word for row in hand.run.finished.model._rows}


def test_the_window_comes_back_as_it_was(hand: Hand) -> None:
    hand.wizard.resize(920, 620)
    QApplication.processEvents()
    hand.wizard.close()
    hand.wait(lambda: not hand.wizard.isVisible())
    assert (hand.place / "home" / "window.ini").stat().st_size > 0
    hand.wizard.resize(1200, 700)
    hand.wizard.restore(hand.window._remembered)
    # The screen of the tests is narrower than the least width, so the height alone can tell.
    assert hand.wizard.height() == 620
