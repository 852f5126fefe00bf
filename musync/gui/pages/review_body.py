"""The card with both lists: names, table, overview, and below it the row in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from musync.app.session import ReviewState
from musync.domain import DiffRow, Mode
from musync.gui.models.diff import DiffModel
from musync.gui.pages.details import DetailsPane
from musync.gui.paint import Signs
from musync.gui.views.diff_table import DiffTable
from musync.gui.views.sides_line import SideName, SidesLine
from musync.gui.widgets.basics import Card, column, row
from musync.gui.widgets.strip import OverviewStrip
from musync.gui.words import fill, plural, shown


class ReviewBody(Card):
    """Shows a comparison."""

    def __init__(self, signs: Signs, model: DiffModel) -> None:
        super().__init__()
        self._model = model
        self._services = ("local", "local")
        self.table = DiffTable(signs, model)
        self.details = DetailsPane(signs)
        self._sides = SidesLine(signs, self.table)
        self._strip = OverviewStrip(signs.theme, self.table)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._lay_out()
        model.lines_changed.connect(lambda: self._strip.show_marks(model.marks()))
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self.show_details())
        self._strip.jumped.connect(self._jump)

    @property
    def chosen_rows(self) -> list[int]:
        """The diff's rows that are selected."""
        return [row_ for line in self.table.chosen_lines if (row_ := self._model.row_at(line)) is not None]

    def show_state(self, state: ReviewState, titles: Sequence[str]) -> None:
        """Show this comparison; `titles` are what the two services are called."""
        review = state.review
        self._services = (review.source.account.service, review.target.account.service)
        self._model.show(review.shown, review.target.title, locked=state.brake is not None)
        source, target = review.source, review.target
        have = self._tracks(len(review.source_read.entries))
        mirror = review.policy.mode is Mode.MIRROR
        self._sides.show_sides(
            SideName(source.account.service, shown(source.title), titles[0], have),
            SideName(target.account.service, shown(target.title), titles[1], self._figures(state)),
            self.tr("Mirror") if mirror else self.tr("Add missing"),
            "arrow-expand-right" if mirror else "mode.add",
        )
        self.show_details()

    def show_details(self) -> None:
        """Show the current row in full."""
        arrow = "←" if QApplication.isRightToLeft() else "→"
        self.details.show_row(self._current(), self._services, arrow)

    def begin(self) -> None:
        """Stand on the first row that differs."""
        line = self._model.next_difference(-1)
        if self._model.rowCount():
            self.table.go_to(line if line is not None else 0)
            self.table.scrollToTop()

    def set_two_lines(self, on: bool) -> None:
        """Rows of two lines or compact ones; the current row stays in view."""
        self.table.set_two_lines(on)
        self.table.scrollTo(self.table.currentIndex(), self.table.ScrollHint.PositionAtCenter)

    def next_difference(self, *, backwards: bool = False) -> None:
        """Go to the next row that differs."""
        at = self.table.currentIndex().row()
        line = self._model.next_difference(at, backwards=backwards)
        if line is not None:
            self.table.go_to(line)
            self.table.setFocus()

    def split(self) -> QByteArray:
        """How the pane is split, for remembering."""
        return self._split.saveState()

    def split_as(self, stored: QByteArray) -> None:
        """Split the pane as it was."""
        self._split.restoreState(stored)

    def _current(self) -> DiffRow | None:
        index = self.table.currentIndex()
        return self._model.diff_row(index.row()) if index.isValid() else None

    def _tracks(self, count: int) -> str:
        return plural(count, self.tr("%n track"), self.tr("%n tracks"))

    def _figures(self, state: ReviewState) -> str:
        now, after = len(state.review.target_read.entries), len(state.plan.after)
        if state.review.created:
            return fill(self.tr("new, %1 after"), after)
        return fill(self.tr("%1 now, %2 after"), now, after) if after != now else self._tracks(now)

    def _jump(self, share: float) -> None:
        bar = self.table.verticalScrollBar()
        whole = bar.maximum() + bar.pageStep()
        bar.setValue(round(share * whole - bar.pageStep() / 2))

    def _lay_out(self) -> None:
        lists = row(self.table, self._strip, gap=0)
        upper = QWidget()
        upper.setLayout(column(self._sides, lists))
        self._split.setObjectName("review.split")
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(upper)
        self._split.addWidget(self.details)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([600, 112])
        self.setLayout(column(self._split, margins=(1, 1, 1, 1)))
