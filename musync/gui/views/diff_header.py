"""The head of the review's table."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from musync.gui.models.diff import DiffModel
from musync.gui.models.diff_lines import Column
from musync.gui.paint import TICK, Signs
from musync.gui.text import draw_text, mirrored_rect

_NUMBERS = (Column.SOURCE_AT, Column.TARGET_AT, Column.SOURCE_TIME, Column.TARGET_TIME)


class DiffHeader(QHeaderView):
    """Paints the columns' names, a tick box over the first, and the arrow of the order."""

    def __init__(self, signs: Signs, table: QTableView, model: DiffModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._signs = signs
        self._model = model
        self.sorted_by = -1
        self.backwards = False
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(14)
        self.setFixedHeight(signs.theme.row("table_header"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one of them."""
        theme = self._signs.theme
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.fillRect(rect, theme.role("window"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.role("line"))
        if section == Column.TICK:
            x = rect.right() - 9 - TICK + 1 if mirrored else rect.left() + 9
            top = rect.top() + (rect.height() - TICK) // 2
            self._signs.tick(painter, QPoint(x, top), self._model.tick_all_state())
            return
        text = str(self._model.headerData(section, Qt.Orientation.Horizontal) or "")
        end = section in _NUMBERS
        room = rect.adjusted(6, 0, -6, 0)
        font = theme.font("caption")
        taken = draw_text(painter, room, text, font, theme.role("text_3"), mirrored=mirrored, end=end)
        if section == self.sorted_by and not end:
            arrow = mirrored_rect(QRect(room.left() + taken + 4, rect.center().y() - 6, 14, 14), room, mirrored)
            name = "chevron-up" if self.backwards else "chevron-down"
            self._signs.icons.paint(painter, name, theme.role("text_3"), arrow.left(), arrow.top(), 14, False)
