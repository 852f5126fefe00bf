"""The line above the review's table that names both lists over their columns."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from musync.gui.models.diff_lines import Column
from musync.gui.paint import Signs
from musync.gui.text import draw_text, mirrored_rect
from musync.gui.views.diff_table import DiffTable


class SideName(NamedTuple):
    """One list as the line above the table names it."""

    service: str
    title: str
    account: str
    figures: str


class SidesLine(QWidget):
    """Names both lists above their columns, and the mode between them."""

    def __init__(self, signs: Signs, table: DiffTable) -> None:
        super().__init__()
        self._signs = signs
        self._table = table
        self._sides: tuple[SideName, SideName] | None = None
        self._mode = ("", "arrow-right")
        self.setFixedHeight(signs.theme.high(36))
        self.setObjectName("review.sides")
        table.head.sectionResized.connect(self.update)

    def show_sides(self, source: SideName, target: SideName, mode: str, icon: str) -> None:
        """Show these."""
        self._sides = (source, target)
        self._mode = (mode, icon)
        self.setAccessibleName(f"{source.title}, {source.figures}; {mode}; {target.title}, {target.figures}")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the table."""
        return QSize(400, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the three parts over their columns."""
        painter = QPainter(self)
        theme = self._signs.theme
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.role("line"))
        if self._sides is None:
            return
        head = self._table.head
        middle = sum(head.sectionSize(column) for column in Column if column < Column.STATE)
        state = head.sectionSize(Column.STATE)
        end = head.length()
        self._paint_side(painter, QRect(0, 0, middle, self.height()), self._sides[0])
        self._paint_mode(painter, QRect(middle, 0, state, self.height()))
        self._paint_side(painter, QRect(middle + state, 0, end - middle - state, self.height()), self._sides[1])

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _paint_side(self, painter: QPainter, box: QRect, side: SideName) -> None:
        theme, mirrored = self._signs.theme, self._mirrored
        box = box.adjusted(12, 0, -12, 0)
        icon = mirrored_rect(QRect(box.left(), (self.height() - 18) // 2, 18, 18), self.rect(), mirrored)
        colour = theme.service(side.service)
        self._signs.icons.paint(painter, f"service.{side.service}", colour, icon.left(), icon.top(), 18, mirrored)
        box = box.adjusted(26, 0, 0, 0)
        place = mirrored_rect(box, self.rect(), mirrored)
        small = theme.font("small")
        figures = draw_text(painter, place, side.figures, small, theme.role("text_2"), mirrored=mirrored, end=True)
        box = box.adjusted(0, 0, -figures - 16, 0)
        place = mirrored_rect(box, self.rect(), mirrored)
        font = theme.font("strong")
        taken = draw_text(painter, place, side.title, font, theme.role("text"), mirrored=mirrored)
        place = mirrored_rect(box.adjusted(taken + 8, 0, 0, 0), self.rect(), mirrored)
        if place.width() > 40:
            draw_text(painter, place, side.account, small, theme.role("text_3"), mirrored=mirrored)

    def _paint_mode(self, painter: QPainter, box: QRect) -> None:
        theme, mirrored = self._signs.theme, self._mirrored
        words, icon = self._mode
        width = theme.metrics("small").horizontalAdvance(words)
        left = box.left() + max(4, (box.width() - width - 22) // 2)
        text = mirrored_rect(QRect(left, 0, width + 2, self.height()), self.rect(), mirrored)
        draw_text(painter, text, words, theme.font("small"), theme.role("text_2"), mirrored=mirrored)
        sign = mirrored_rect(QRect(left + width + 6, (self.height() - 16) // 2, 16, 16), self.rect(), mirrored)
        self._signs.icons.paint(painter, icon, theme.role("text_2"), sign.left(), sign.top(), 16, mirrored)
