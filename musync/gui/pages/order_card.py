"""The card about an order that takes many moves: how many, what happens until it is answered, and both answers."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy

from musync.app.review import Review
from musync.gui.paint import Signs
from musync.gui.widgets.basics import Card, Glyph, Line, column, row
from musync.gui.widgets.choices import Radio
from musync.gui.words import fill


class OrderCard(Card):
    """Asks whether the order is brought over too; an answer is told at once and can be changed until it is written."""

    answered = Signal(bool)
    """The order is brought over too, or left."""

    def __init__(self, signs: Signs, page: str) -> None:
        super().__init__()
        self.setObjectName(f"{page}.order")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._title = Line(signs, "", "strong")
        self._text = Line(signs, "", "body", "text_2")
        self.bring = Radio(signs, self.tr("Bring the order over too"), f"{page}.order.bring")
        self.leave = Radio(signs, self.tr("Leave the order"), f"{page}.order.leave")
        self._group = QButtonGroup(self)
        for radio in (self.bring, self.leave):
            self._group.addButton(radio)
        self.bring.clicked.connect(lambda: self.answered.emit(True))
        self.leave.clicked.connect(lambda: self.answered.emit(False))
        top = row(gap=12)
        top.addLayout(column(Glyph(signs, "state.moved", "state.moved", 24), 0))
        top.addLayout(column(self._title, self._text, gap=2), 1)
        answers = row(self.bring, 12, self.leave, 0, margins=(36, 8, 0, 0))
        self.setLayout(column(top, answers, margins=(16, 12, 16, 12)))

    @property
    def waits(self) -> bool:
        """It is shown and was not answered yet."""
        return self.isVisible() and self._group.checkedButton() is None

    def show_review(self, review: Review) -> None:
        """Show the question of this comparison; nothing where there is none."""
        moves, answer = review.shown.moves_asked, review.policy.order
        self.setVisible(moves > 0)
        would = self.tr("%1 tracks of %2 would move into the order of %3")
        pattern = self.tr("%1 tracks of %2 move into the order of %3") if answer == "bring" else would
        self._title.setText(fill(pattern, moves, review.target.title, review.source.title))
        self._text.setText(
            {
                "ask": self.tr("That is more than musync moves unasked. Until you choose, the order there stays."),
                "bring": self.tr("They move within the list; nothing is added or removed by that."),
                "leave": self.tr("The order there stays. Ticked additions and removals are written all the same."),
            }[answer]
        )
        self._group.setExclusive(False)
        self.bring.setChecked(answer == "bring")
        self.leave.setChecked(answer == "leave")
        self._group.setExclusive(True)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._text.text())


def why_left(code: str) -> str:
    """Why the right cannot have the order of the left, in a sentence; empty where it has or can."""
    return {
        "no-order": QCoreApplication.translate("OrderCard", "That list has no order."),
        "cannot-move": QCoreApplication.translate("OrderCard", "The order cannot be changed there."),
        "too-many-moves": QCoreApplication.translate("OrderCard", "The order is left: it would take too many moves."),
    }.get(code, "")
