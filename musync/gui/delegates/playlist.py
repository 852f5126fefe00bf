"""Paints a playlist's row: cover, title, what it is or why it cannot serve, kind, and count."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from musync.gui.models.playlists import PlaylistFilter, PlaylistModel, Shown
from musync.gui.paint import BAR, Signs
from musync.gui.text import draw_text, mirrored_rect

_COVER, _PAD, _GAP = 36, 12, 10


class PlaylistDelegate(QStyledItemDelegate):
    """Rows of 48, or as high as two lines of a large font need."""

    def __init__(self, signs: Signs, view: QListView, model: PlaylistModel, chosen: PlaylistFilter) -> None:
        super().__init__(view)
        self._signs = signs
        self._view = view
        self._model = model
        self._chosen = chosen

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are of one height."""
        return QSize(120, self._signs.theme.row("row_two_line", 2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row = self._model.shown(self._chosen.mapToSource(index).row())
        rect: QRect = option.rect
        painter.save()
        self._paint_ground(painter, rect, option, off=bool(row.reason))
        mirrored = self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft
        cover = QRect(rect.left() + _PAD, rect.top() + (rect.height() - _COVER) // 2, _COVER, _COVER)
        self._signs.cover(painter, mirrored_rect(cover, rect, mirrored), row.icon, faint=bool(row.reason))
        taken = self._paint_count(painter, rect, row, mirrored)
        self._paint_words(painter, rect.adjusted(_PAD + _COVER + _GAP, 0, -taken, 0), rect, row, mirrored)
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            self._signs.ring(painter, rect)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, *, off: bool) -> None:
        theme = self._signs.theme
        state = option.state
        if state & QStyle.StateFlag.State_Selected and not off:
            painter.fillRect(rect, theme.role("selected"))
            left = (
                rect.left()
                if self._view.layoutDirection() is Qt.LayoutDirection.LeftToRight
                else rect.right() - BAR + 1
            )
            painter.fillRect(left, rect.top(), BAR, rect.height(), theme.role("accent"))
        elif state & QStyle.StateFlag.State_MouseOver and not off:
            painter.fillRect(rect, theme.role("hover"))

    def _paint_count(self, painter: QPainter, rect: QRect, row: Shown, mirrored: bool) -> int:
        theme = self._signs.theme
        room = mirrored_rect(rect.adjusted(_PAD, 0, -_PAD, 0), rect, mirrored)
        font = theme.font("small")
        taken = draw_text(painter, room, row.size, font, theme.role("text_3"), mirrored=mirrored, end=True)
        return _PAD + taken + (12 if taken else 0)

    def _paint_words(self, painter: QPainter, room: QRect, rect: QRect, row: Shown, mirrored: bool) -> None:
        theme = self._signs.theme
        off = bool(row.reason)
        name_high, meta_high = theme.metrics("body").height() + 2, theme.metrics("small").height() + 2
        top = rect.top() + (rect.height() - name_high - meta_high) // 2
        name = mirrored_rect(QRect(room.left(), top, room.width(), name_high), rect, mirrored)
        font = theme.font("body", 500)
        draw_text(painter, name, row.title, font, theme.role("text_off" if off else "text"), mirrored=mirrored)
        below = QRect(room.left(), top + name_high, room.width(), meta_high)
        if off:
            icon = mirrored_rect(QRect(below.left(), below.center().y() - 6, 14, 14), rect, mirrored)
            self._signs.icons.paint(painter, "kind.read_only", theme.role("text_2"), icon.left(), icon.top(), 14, False)
            below = below.adjusted(18, 0, 0, 0)
        place = mirrored_rect(below, rect, mirrored)
        colour = theme.role("text_2" if off else "text_3")
        draw_text(painter, place, row.reason or row.meta, theme.font("small"), colour, mirrored=mirrored)
