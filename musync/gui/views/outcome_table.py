"""The table of a run, while it writes and afterwards."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from musync.gui.models.outcomes import ARTIST, PLACE, STATE, TITLE, WHAT, OutcomeModel
from musync.gui.paint import Signs
from musync.gui.text import draw_text


class OutcomeDelegate(QStyledItemDelegate):
    """State chip, number, title, artist, what happened."""

    def __init__(self, signs: Signs, view: QTableView, model: OutcomeModel) -> None:
        super().__init__(view)
        self._signs = signs
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The view sets heights."""
        return QSize(40, 30)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        theme = self._signs.theme
        rect: QRect = option.rect
        mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        row = self._model.row(index.row())
        column = index.column()
        painter.save()
        painter.setClipRect(rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, theme.role("selected" if chosen else "surface"))
        room = rect.adjusted(6, 0, -6, -1)
        if column == STATE:
            self._paint_state(painter, rect.adjusted(6, 0, -4, 0), row.state, row.word, mirrored)
        else:
            text = str(self._model.data(index) or "")
            small = column in (PLACE, WHAT)
            role = "text_3" if column == PLACE or not row.state else "text" if column == TITLE else "text_2"
            font = theme.font("small" if small else "body")
            draw_text(painter, room, text, font, theme.role(role), mirrored=mirrored, end=column == PLACE)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.role("line"))
        if self._view.hasFocus() and self._view.currentIndex().row() == index.row():
            self._paint_ring(painter, rect, column, mirrored)
        painter.restore()

    def _paint_state(self, painter: QPainter, room: QRect, state: str, word: str, mirrored: bool) -> None:
        if state:
            self._signs.chip(painter, room, state, word, mirrored)
            return
        theme = self._signs.theme
        x = room.right() - 18 if mirrored else room.left() + 5
        self._signs.icons.paint(painter, "circle-outline", theme.role("text_3"), x, room.center().y() - 6, 14, False)
        inner = room.adjusted(0, 0, -24, 0) if mirrored else room.adjusted(24, 0, 0, 0)
        draw_text(painter, inner, word, theme.font("small"), theme.role("text_3"), mirrored=mirrored)

    def _paint_ring(self, painter: QPainter, rect: QRect, column: int, mirrored: bool) -> None:
        colour = self._signs.theme.role("focus")
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, colour)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, colour)
        if (column == STATE) != mirrored and column in (STATE, WHAT):
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), colour)
        elif column in (STATE, WHAT):
            painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), colour)


class OutcomeTable(QTableView):
    """Columns share the room; `show_places` says whether the number has one."""

    def __init__(self, signs: Signs, model: OutcomeModel, name: str, words: str, *, show_places: bool) -> None:
        super().__init__()
        self._signs = signs
        self._places = show_places
        self.setModel(model)
        self.setItemDelegate(OutcomeDelegate(signs, self, model))
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(signs.theme.row("row_dense"))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setMinimumSectionSize(14)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(signs.theme.row("table_header"))
        self.setColumnHidden(PLACE, not show_places)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width."""
        super().resizeEvent(event)
        room = self.viewport().width()
        state, place = 150, 52 if self._places else 0
        rest = max(200, room - state - place)
        widths = {STATE: state, PLACE: place, TITLE: int(rest * 0.36), ARTIST: int(rest * 0.26)}
        widths[WHAT] = rest - widths[TITLE] - widths[ARTIST]
        for column, width in widths.items():
            self.setColumnWidth(column, width)
