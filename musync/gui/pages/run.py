"""Page 4 while it writes and afterwards: progress per step and track, Stop, what changed, what did not and why."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from musync.app.session import DoneState, WriteState
from musync.domain import Action, RunState
from musync.gui.desk import Desk
from musync.gui.jobs import Job
from musync.gui.page import Footer, Page, Standing
from musync.gui.pages.finished import FinishedView
from musync.gui.pages.live import LiveView
from musync.gui.paint import Signs
from musync.gui.widgets.basics import column
from musync.gui.widgets.moods import Way
from musync.gui.words import clock, fill, plural, took

if TYPE_CHECKING:
    from musync.app.results import Written
    from musync.domain import Control, Step


log = logging.getLogger(__name__)


class _Bridge(QObject):
    """Brings what the writing tells from its thread to the window's."""

    stepped = Signal(int, int, object)


class RunPage(Page):
    """There is no way back from here, only Stop; then Repeat, a new sync, or Close."""

    repeat_wanted = Signal()
    anew_wanted = Signal()
    compare_wanted = Signal()

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "run")
        self._desk = desk
        self._job: Job | None = None
        self.setFinalPage(True)
        self.live = LiveView(signs)
        self.finished = FinishedView(signs)
        self.finished.report_wanted.connect(self.save_report)
        self._views = QStackedWidget()
        self._views.addWidget(self.live)
        self._views.addWidget(self.finished)
        self.content.setLayout(column(self._views))
        self._bridge = _Bridge(self)
        self._bridge.stepped.connect(self._on_step)

    @property
    def footer(self) -> Footer:
        """Stop alone while it runs; afterwards the three ways on."""
        if self._job is not None:
            stopping = self._job.stopping
            return Footer(first=(self.tr("Stopping…") if stopping else self.tr("Stop"), "danger", "action.stop"))
        if self.mood == "wrong":
            return Footer(second=self.tr("New sync"), close=self.tr("Close"))
        repeat = (self.tr("Repeat now"), "", "action.repeat")
        return Footer(first=repeat, second=self.tr("New sync"), close=self.tr("Close"))

    def press_first(self) -> None:
        """Stop what runs, or repeat what ran."""
        if self._job is None:
            self.repeat_wanted.emit()
        elif not self._job.stopping:
            self._job.cancel()
            self.say(self.tr("Stopping"), self.tr("What was sent is read again, so that the numbers are true."))
            self.completeChanged.emit()

    def press_second(self) -> None:
        """Begin with other lists."""
        self.anew_wanted.emit()

    def initializePage(self) -> None:
        """Write."""
        session = self._desk.session
        state = session.state
        assert isinstance(state, WriteState)
        self.live.begin(state)
        self._views.setCurrentWidget(self.live)
        self.show_content()
        self.say(self.tr("Writing"), self.tr("You may close the window: the run stops cleanly after the present step."))
        tell = self._bridge.stepped.emit

        def watch(done: int, total: int, step: Step | None) -> None:
            tell(done, total, step)

        def write(control: Control) -> DoneState:
            return session.write(control, watch)

        log.info("Writing %s changes", sum(state.plan.writes.values()))
        job = self._job = self._desk.submit(write, fill(self.tr("Writing %1"), state.review.target.title))
        job.succeeded.connect(lambda done: self._on_done(job, done))
        job.failed.connect(lambda error: self._on_failed(job, error))
        job.cancelled.connect(lambda: self._on_failed(job, None))
        self.stand(Standing("", reason=""))
        self.completeChanged.emit()

    def second_line(self) -> str:
        """How far it is, or how it ended."""
        if self._job is not None:
            return fill(self.tr("%1 of %2"), *self.live.figures)
        return self.heading if self.mood == "content" else self.tr("Not written")

    def _on_step(self, done: int, total: int, step: Step | None) -> None:
        if self._job is not None:
            self.live.show_step(done, total, step)
            self.completeChanged.emit()

    def _on_done(self, job: Job, done: object) -> None:
        if job is not self._job or not isinstance(done, DoneState):
            return
        self._job = None
        written = done.written
        counts = [written.count(action) for action in (Action.ADD, Action.REMOVE, Action.MOVE)]
        log.info("Run ended as %s: %s added, %s removed, %s moved", written.state.value, *counts)
        self.finished.show_written(written)
        self._views.setCurrentWidget(self.finished)
        self.show_content()
        self.say(self._ending(written), self._how_long(written))
        self.stand(Standing(self.tr("Close"), ready=True))
        self.completeChanged.emit()

    def _ending(self, written: Written) -> str:
        if written.unmade and written.error is None:
            return self.tr("Nothing was made")
        return {
            RunState.DONE: self.tr("Done"),
            RunState.STOPPED: self.tr("Stopped"),
            RunState.UNVERIFIED: self.tr("Not sure"),
            RunState.DRIFTED: self.tr("The list changed meanwhile"),
        }.get(written.state, self.tr("Not finished"))

    def _how_long(self, written: Written) -> str:
        now = clock(time.time())
        words = fill(self.tr("Read again and compared at %1. It took %2"), now, took(written.seconds))
        requests = plural(written.requests, self.tr("%n request"), self.tr("%n requests"))
        if written.error is not None:
            return f"{written.error.message} {written.error.unchanged} {written.error.next}".strip()
        if written.unmade:
            words = fill(self.tr("It took %1"), took(written.seconds))
        return fill(self.tr("%1 and %2."), words, requests)

    def _on_failed(self, job: Job, error: object) -> None:
        """Nothing was written; say so and offer to compare anew."""
        if job is not self._job:
            return
        self._job = None
        self.say(self.tr("Nothing was written"), "")
        again = Way(self.tr("Compare again"), "run.compare", self.compare_wanted.emit, "primary", "action.repeat")
        if error is None:
            title = self.tr("Stopped before the first step")
            self.show_wrong("action.stop", "text_2", title, self.tr("Nothing was written."), [again])
        else:
            self.show_error(error, [again])
        self.stand(Standing(self.tr("Close"), ready=True))
        self.completeChanged.emit()

    def save_report(self, path: Path) -> None:
        """Write the report in a job and say where it lies."""
        state = self._desk.session.state
        assert isinstance(state, DoneState)

        def save(_control: Control) -> Path:
            from musync.app.documents import sync_document
            from musync.app.reports import write_report

            return write_report(sync_document(state.written), path)

        job = self._desk.submit(save)
        job.succeeded.connect(self.finished.say_saved)
        job.failed.connect(self.finished.say_unsaved)
