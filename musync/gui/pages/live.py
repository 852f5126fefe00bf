"""The view while a run writes: the steps in one line, a bar, and every track that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QWidget

from musync.app.session import WriteState
from musync.domain import DiffRow, Step, StepKind
from musync.gui.models.outcomes import OutcomeModel, OutcomeRow
from musync.gui.paint import Signs
from musync.gui.rows import artist_of, title_of
from musync.gui.views.outcome_table import OutcomeTable
from musync.gui.widgets.bars import RunStep, StepLine
from musync.gui.widgets.basics import Card, column, label, row
from musync.gui.widgets.chips import Chips, Count
from musync.gui.widgets.choices import TickBox
from musync.gui.words import fill, number, plural

if TYPE_CHECKING:
    from collections.abc import Sequence


class LiveView(QWidget):
    """Numbers are of what was sent; only the reading at the end says what is done."""

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._steps: Sequence[Step] = ()
        self._rows: Sequence[DiffRow] = ()
        self._first_of: list[int] = []
        self._created = False
        self._kept = 0
        self._sent = 0
        self._total = 0
        self._title = label(signs, "", "section")
        self._figures = label(signs, "", "body", "text_2")
        self._bar = QProgressBar()
        self._bar.setObjectName("run.progress")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._line = StepLine(signs, "run.steps")
        self.model = OutcomeModel(self.tr("What happened"), self)
        self.table = OutcomeTable(signs, self.model, "run.table", self.tr("Tracks of this run"), show_places=True)
        self._chips = Chips(signs, "run.chips")
        self._chips.chosen.connect(self.model.choose)
        self._follow = TickBox(signs, self.tr("Follow"), "run.follow")
        self._follow.setChecked(True)
        self.table.verticalScrollBar().actionTriggered.connect(lambda _action: self._follow.setChecked(False))
        top = Card()
        top.setLayout(
            column(row(self._title, 0, self._figures), 10, self._bar, 14, self._line, margins=(16, 14, 16, 14))
        )
        tools = row(margins=(12, 8, 12, 8))
        tools.addWidget(self._chips, 1)
        tools.addWidget(self._follow)
        below = Card()
        inside = column(tools, margins=(1, 1, 1, 1))
        inside.addWidget(self.table, 1)
        below.setLayout(inside)
        whole = column(top, gap=12)
        whole.addWidget(below, 1)
        self.setLayout(whole)

    @property
    def figures(self) -> tuple[int, int]:
        """How many changes were sent, of how many."""
        return self._sent, self._total

    def begin(self, state: WriteState) -> None:
        """Show what is meant, nothing of it sent."""
        self._steps = state.plan.steps
        self._rows = state.review.shown.rows
        self._created = state.review.created
        self._kept = len(state.review.target_read.entries)
        rows: list[OutcomeRow] = []
        self._first_of = []
        for step in self._steps:
            self._first_of.append(len(rows))
            rows += [self._planned(action.row, len(rows) + at) for at, action in enumerate(step.actions, 1)]
        self._total, self._sent = len(rows), 0
        self.model.show(rows)
        self._bar.setRange(0, max(1, self._total))
        self._follow.setChecked(True)
        self._show(None, reading=True)

    def show_step(self, done: int, total: int, step: Step | None) -> None:
        """So many steps are done, this one is being sent; None for the reading at the end."""
        before = self._sent
        self._sent = self._first_of[done] if done < len(self._first_of) else self._total
        self.model.update({at: self._as_sent(at) for at in range(before, self._sent)})
        self._show(step, reading=False)
        if self._follow.isChecked() and self._sent:
            self.table.scrollTo(self.model.index(min(self._sent, self.model.rowCount() - 1), 0))

    def _show(self, step: Step | None, *, reading: bool) -> None:
        if reading and self._created:
            self._title.setText(self.tr("Looking whether the playlist is there by now"))
        elif reading:
            self._title.setText(self.tr("Keeping a copy and reading once more"))
        else:
            words = self._kinds()
            self._title.setText(words[step.kind] if step is not None else self.tr("Reading the list and comparing"))
        self._figures.setText(fill(self.tr("%1 of %2"), self._sent, self._total))
        self._bar.setValue(self._sent)
        self._bar.setAccessibleName(f"{self._title.text()} {self._figures.text()}")
        self._line.show_steps(self._line_of(step, reading=reading))
        waiting = self._total - self._sent
        self._chips.show_counts(
            [
                Count("", "", self.tr("All"), self._total),
                Count("done", "done", self.tr("Sent"), self._sent),
                Count("todo", "not_asked", self.tr("Next"), waiting),
            ]
        )

    def _line_of(self, step: Step | None, *, reading: bool) -> list[RunStep]:
        expected = "" if reading else self.tr("as expected")
        if self._created:
            line = [RunStep(self.tr("Lists read"), expected, "now" if reading else "done")]
        else:
            kept = plural(self._kept, self.tr("%n track"), self.tr("%n tracks"))
            line = [
                RunStep(self.tr("Copy kept"), kept, "now" if reading else "done"),
                RunStep(self.tr("Lists read"), expected, "todo" if reading else "done"),
            ]
        names = self._kinds()
        kinds = list(names)
        current = kinds.index(step.kind) if step is not None else (-1 if reading else len(kinds))
        for at, (kind, word) in enumerate(names.items()):
            count = sum(len(one.actions) for one in self._steps if one.kind is kind)
            if count:
                state = "done" if at < current else "now" if at == current else "todo"
                line.append(RunStep(word, number(count), state))  # type: ignore[arg-type]  # one of the four words
        checking = not reading and step is None
        line.append(RunStep(self.tr("Checking"), "", "now" if checking else "todo"))
        return line

    def _kinds(self) -> dict[StepKind, str]:
        """What is being done, in the order in which it is."""
        return {
            StepKind.CREATE: self.tr("Making the playlist"),
            StepKind.ADD: self.tr("Adding"),
            StepKind.MOVE: self.tr("Moving"),
            StepKind.REMOVE: self.tr("Removing"),
        }

    def _planned(self, row_: int, place: int) -> OutcomeRow:
        if row_ < 0:
            return OutcomeRow("", self.tr("Next"), place, self.tr("(another place)"), "")
        track = self._rows[row_].wanted.track
        return OutcomeRow("", self.tr("Next"), place, title_of(track), artist_of(track))

    def _as_sent(self, at: int) -> OutcomeRow:
        return self.model.at(at)._replace(state="done", word=self.tr("Sent"), what=self.tr("checked at the end"))
