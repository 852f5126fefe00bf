"""History: the runs of the past, newest first, and what became of each track."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from musync.domain import Run, RunRow, RunState
from musync.gui.desk import Desk
from musync.gui.errors import told
from musync.gui.models.outcomes import OutcomeModel
from musync.gui.models.rows import RowsModel, TwoLines
from musync.gui.page import Page
from musync.gui.paint import Signs
from musync.gui.results import past_row
from musync.gui.views.outcome_table import OutcomeTable
from musync.gui.views.rows_view import RowsView
from musync.gui.widgets.basics import Card, Line, column, label, row, rule
from musync.gui.widgets.moods import Message
from musync.gui.words import day_and_clock, fill, plural, shown


class HistoryPlace(Page):
    """Runs at the leading side, the chosen one's tracks beside them."""

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "history")
        self._desk = desk
        self.model = RowsModel(self)
        self.list = RowsView(signs, self.model, "history.list", self.tr("Runs"))
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self.rows = OutcomeModel(self.tr("What happened"), self)
        self.table = OutcomeTable(signs, self.rows, "history.table", self.tr("Tracks of this run"), show_places=True)
        self._title = Line(signs, "", "section")
        self._second = label(signs, "", "small", "text_2", wrap=True)
        self._nothing = Message(signs, "history.nothing")
        runs, shown_run = Card(), Card()
        self._runs = runs
        runs.setFixedWidth(400)
        runs.setLayout(column(self.list, margins=(1, 1, 1, 1)))
        inside = column(self._title, 2, self._second, margins=(14, 12, 14, 12))
        whole = column(inside, rule(), margins=(1, 1, 1, 1))
        whole.addWidget(self.table, 1)
        shown_run.setLayout(whole)
        both = row(gap=12)
        both.addWidget(runs)
        both.addWidget(shown_run, 1)
        self._both = Card("none")
        self._both.setLayout(both)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._both)
        self._stack.addWidget(self._nothing)
        self.content.setLayout(column(self._stack))

    def enter(self) -> None:
        """Show what there is."""
        self.say(self.tr("History"), self.tr("Each run with what it did and what it left out."))
        musync = self._desk.musync
        job = self._desk.submit(lambda _control: musync.history.all())
        job.succeeded.connect(self._show)
        job.failed.connect(self._on_failed)

    def fit(self, width: int, height: int) -> None:
        """A narrower list where the window is narrow."""
        super().fit(width, height)
        self._runs.setFixedWidth(300 if width < 1180 else 400)

    def _show(self, runs: tuple[Run, ...]) -> None:
        self.model.show([(self._row(run), run) for run in runs])
        self._stack.setCurrentWidget(self._both if runs else self._nothing)
        words = (
            self.tr("No runs yet"),
            self.tr("Each run that wrote something stands here."),
        )
        self._nothing.show_message("place.history", "text_3", *words)
        if runs:
            self.list.setCurrentIndex(self.model.index(0))

    def _row(self, run: Run) -> TwoLines:
        state, word = {
            RunState.DONE: ("done", self.tr("Done")),
            RunState.STOPPED: ("not_asked", self.tr("Stopped")),
            RunState.UNVERIFIED: ("ambiguous", self.tr("Not sure")),
            RunState.DRIFTED: ("ambiguous", self.tr("Changed")),
            RunState.APPLYING: ("not_asked", self.tr("Not ended")),
        }.get(run.state, ("failed", self.tr("Not done")))
        arrow = "←" if self.layoutDirection().name == "RightToLeft" else "→"
        second = " · ".join((day_and_clock(run.begun), self._numbers(run)))
        title = f"{shown(run.source.title)} {arrow} {shown(run.target.title)}"
        icon = "mode.add" if run.mode.value == "add" else "arrow-expand-right"
        return TwoLines(icon, "text_2", title, second, state, word)

    def _numbers(self, run: Run) -> str:
        parts = [
            (run.added, fill(self.tr("%1 added"), run.added)),
            (run.removed, fill(self.tr("%1 removed"), run.removed)),
            (run.moved, fill(self.tr("%1 moved"), run.moved)),
        ]
        return ", ".join(text for count, text in parts if count) or self.tr("nothing written")

    def _on_selected(self) -> None:
        run, musync = self.model.value(self.list.chosen), self._desk.musync
        if isinstance(run, Run):
            number = run.id
            job = self._desk.submit(lambda _control: musync.history.show(number))
            job.succeeded.connect(self._on_shown)
            job.failed.connect(self._on_failed)

    def _on_shown(self, found: tuple[Run, tuple[RunRow, ...]]) -> None:
        run, rows = found
        self._title.setText(self._row(run).title)
        requests = plural(run.requests, self.tr("%n request"), self.tr("%n requests"))
        self._second.setText(" · ".join((shown(run.target.account), self._numbers(run), requests)))
        self.rows.show([past_row(one) for one in rows])

    def _on_failed(self, error: object) -> None:
        said = told(error)
        self.show_wrong(said.icon, said.role, said.title, said.text, [], said.code)
