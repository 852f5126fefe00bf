"""The popover that says why: named parts with their agreement, and the rule that decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from musync.domain import Candidate, Match, Reason
from musync.gui.paint import Signs
from musync.gui.rows import part_word
from musync.gui.text import draw_text, mirrored_rect
from musync.gui.versions import sureness
from musync.gui.widgets.basics import button, label, row, rule
from musync.gui.widgets.popover import Popover
from musync.gui.words import fill, percent, shown

_WIDTH = 432


class PartLine(QWidget):
    """One part: sign, name, bar, and plain words."""

    def __init__(self, signs: Signs, name: str, reason: Reason) -> None:
        super().__init__()
        self._signs = signs
        self._name = name
        self._reason = reason
        self.setFixedHeight(max(22, signs.theme.metrics("small").height() + 6))
        sure = "" if reason.value is None else percent(reason.value)
        self.setAccessibleName(f"{name} {sure} {shown(reason.text)}")
        self.setToolTip("")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        theme, mirrored = self._signs.theme, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        icon, state = _sign_of(self._reason.value)
        colour = theme.state(state).fg
        whole = self.rect()
        middle = self.height() // 2
        sign = mirrored_rect(whole.adjusted(0, middle - 7, 0, 0), whole, mirrored)
        left = sign.right() - 13 if mirrored else sign.left()
        self._signs.icons.paint(painter, icon, colour, left, middle - 7, 14, False)
        name = mirrored_rect(whole.adjusted(24, 0, -(self.width() - 96), 0), whole, mirrored)
        draw_text(painter, name, self._name, theme.font("small", 600), theme.role("text"), mirrored=mirrored)
        if self._reason.value is not None:
            self._paint_bar(painter, 100, middle, self._reason.value, mirrored)
        said = mirrored_rect(whole.adjusted(168, 0, 0, 0), whole, mirrored)
        words = shown(self._reason.text)
        draw_text(painter, said, words, theme.font("small"), theme.role("text_2"), mirrored=mirrored)

    def _paint_bar(self, painter: QPainter, x: int, middle: int, value: float, mirrored: bool) -> None:
        theme = self._signs.theme
        left = self.width() - x - 56 if mirrored else x
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.role("pressed"))
        painter.drawRoundedRect(QRectF(left, middle - 2.5, 56, 5), 2.5, 2.5)
        painter.setBrush(theme.state(_sign_of(value)[1]).fg)
        width = 56 * max(0.0, min(1.0, value))
        painter.drawRoundedRect(QRectF(left + 56 - width if mirrored else left, middle - 2.5, width, 5), 2.5, 2.5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class WhyPopover(Popover):
    """Shows one candidate's parts."""

    def __init__(self, signs: Signs) -> None:
        super().__init__(signs, "confirm.why")
        self.setFixedWidth(_WIDTH)
        self._title = label(signs, "", "section")
        self._parts = QVBoxLayout()
        self._parts.setSpacing(0)
        self._decided = label(signs, "", "small", "text_2", wrap=True)
        close = button(signs, "", "confirm.why.close", icon="close", kind="flat", small=True, spoken=self.tr("Close"))
        close.clicked.connect(self.close_up)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 10, 10)
        layout.setSpacing(4)
        layout.addLayout(row(self._title, 0, close))
        layout.addLayout(self._parts)
        layout.addWidget(rule())
        layout.addWidget(self._decided)

    def show_candidate(self, match: Match, candidate: Candidate) -> None:
        """Show this one."""
        self._title.setText(fill(self.tr("Why %1"), sureness(candidate)[1]))
        self.setAccessibleName(self._title.text())
        self._show_parts(candidate.reasons)
        decided = "; ".join(shown(reason.text) for reason in match.reasons) or self.tr("its parts as above")
        self._decided.setText(fill(self.tr("What decided: %1"), decided))

    def _show_parts(self, reasons: Sequence[Reason]) -> None:
        while self._parts.count():
            item = self._parts.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.setParent(None)
                old.deleteLater()
        for reason in reasons:
            self._parts.addWidget(PartLine(self._signs, part_word(reason.part), reason))


def _sign_of(value: float | None) -> tuple[str, str]:
    if value is None:
        return "minus-thick", "both"
    if value >= 0.9:
        return "check-bold", "done"
    return ("approximately-equal", "ambiguous") if value >= 0.4 else ("close", "failed")
