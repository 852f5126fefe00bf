"""A list of two-line rows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from musync.gui.models.rows import RowsModel, TwoLines
from musync.gui.paint import BAR, Signs
from musync.gui.text import draw_text, mirrored_rect


class RowsDelegate(QStyledItemDelegate):
    """Icon, title over second line, state at the far side."""

    def __init__(self, signs: Signs, view: QListView, model: RowsModel) -> None:
        super().__init__(view)
        self._signs = signs
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are of one height."""
        return QSize(160, self._signs.theme.row("row_two_line", 2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        theme, rect = self._signs.theme, option.rect
        row = self._model.row(index.row())
        mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setClipRect(rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.role("selected"))
            bar = mirrored_rect(QRect(rect.left(), rect.top(), BAR, rect.height()), rect, mirrored)
            painter.fillRect(bar, theme.role("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.role("hover"))
        self._paint_icon(painter, rect, row, mirrored)
        taken = self._paint_state(painter, rect, row, mirrored)
        self._paint_words(painter, rect, row, taken, mirrored)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.role("line"))
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            self._signs.ring(painter, rect)
        painter.restore()

    def _paint_icon(self, painter: QPainter, rect: QRect, row: TwoLines, mirrored: bool) -> None:
        colour = self._signs.theme.colour(row.colour)
        box = QRect(rect.left() + 14, rect.top() + (rect.height() - 20) // 2, 20, 20)
        box = mirrored_rect(box, rect, mirrored)
        self._signs.icons.paint(painter, row.icon, colour, box.left(), box.top(), 20, mirrored)

    def _paint_state(self, painter: QPainter, rect: QRect, row: TwoLines, mirrored: bool) -> int:
        if not row.word:
            return 12
        width = self._signs.chip_width(row.word)
        box = QRect(rect.right() - 12 - width, rect.top(), width, rect.height())
        place = mirrored_rect(box, rect, mirrored)
        self._signs.chip(painter, place, row.state, row.word, mirrored)
        return width + 24

    def _paint_words(self, painter: QPainter, rect: QRect, row: TwoLines, taken: int, mirrored: bool) -> None:
        theme = self._signs.theme
        name_high, below_high = theme.metrics("body").height() + 2, theme.metrics("small").height() + 2
        top = rect.top() + (rect.height() - name_high - below_high) // 2
        room = QRect(rect.left() + 48, top, rect.width() - 48 - taken, name_high)
        place = mirrored_rect(room, rect, mirrored)
        draw_text(painter, place, row.title, theme.font("body", 500), theme.role("text"), mirrored=mirrored)
        below = QRect(room.left(), top + name_high, room.width(), below_high)
        place = mirrored_rect(below, rect, mirrored)
        draw_text(painter, place, row.second, theme.font("small"), theme.role("text_3"), mirrored=mirrored)


class RowsView(QListView):
    """The list."""

    def __init__(self, signs: Signs, model: RowsModel, name: str, words: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(RowsDelegate(signs, self, model))
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    @property
    def chosen(self) -> int:
        """The selected row, -1 for none."""
        rows = self.selectedIndexes()
        return rows[0].row() if rows else -1
