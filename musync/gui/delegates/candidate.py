"""Paints a candidate: its key, cover, title and artists with the differences marked, length, badge, not this one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from musync.domain import Track
from musync.gui.marks import Piece, album_pieces, artist_pieces, length_differs, title_pieces
from musync.gui.models.candidates import CandidateModel
from musync.gui.paint import BAR, Signs
from musync.gui.rows import title_of
from musync.gui.text import draw_text, mirrored_rect
from musync.gui.versions import sureness
from musync.gui.words import length

NOT_THIS = 28


class CandidateDelegate(QStyledItemDelegate):
    """Rows of 60. Where badge and "not this one" lie is asked by the view, which makes them real."""

    def __init__(self, signs: Signs, view: QListView, model: CandidateModel) -> None:
        super().__init__(view)
        self._signs = signs
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are of one height."""
        return QSize(200, self._signs.theme.high(60, 2))

    def badge_rect(self, rect: QRect, row: int) -> QRect:
        """Where the confidence badge of a row lies."""
        candidate = self._model.candidate(row)
        if candidate is None:
            return QRect()
        size = self._signs.badge_size(sureness(candidate)[1], opens=True)
        box = QRect(rect.right() - 10 - NOT_THIS - 10 - size.width(), rect.top() + (rect.height() - 22) // 2, 0, 0)
        box.setSize(size)
        return mirrored_rect(box, rect, self._mirrored)

    def refuse_rect(self, rect: QRect, row: int) -> QRect:
        """Where "not this one" of a row lies; nowhere for what was found by hand."""
        if self._model.candidate(row) is None:
            return QRect()
        box = QRect(rect.right() - 10 - NOT_THIS, rect.top() + (rect.height() - NOT_THIS) // 2, NOT_THIS, NOT_THIS)
        return mirrored_rect(box, rect, self._mirrored)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        rect: QRect = option.rect
        row = index.row()
        painter.save()
        painter.setClipRect(rect)
        self._paint_ground(painter, rect, option)
        x = self._paint_leading(painter, rect, row)
        taken = self._paint_trailing(painter, rect, row)
        self._paint_words(painter, rect, x, taken, self._model.track(row))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._signs.theme.role("line"))
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            self._signs.ring(painter, rect)
        painter.restore()

    @property
    def _mirrored(self) -> bool:
        return self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        theme = self._signs.theme
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.role("selected"))
            bar = mirrored_rect(QRect(rect.left(), rect.top(), BAR, rect.height()), rect, self._mirrored)
            painter.fillRect(bar, theme.role("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.role("hover"))

    def _paint_leading(self, painter: QPainter, rect: QRect, row: int) -> int:
        middle = rect.top() + rect.height() // 2
        if row < 9:
            key = mirrored_rect(QRect(rect.left() + 14, middle - 9, 18, 18), rect, self._mirrored)
            self._signs.key_cap(painter, key, str(row + 1))
        cover = mirrored_rect(QRect(rect.left() + 44, middle - 20, 40, 40), rect, self._mirrored)
        self._signs.cover(painter, cover, "kind.album")
        return 96

    def _paint_trailing(self, painter: QPainter, rect: QRect, row: int) -> int:
        theme, mirrored = self._signs.theme, self._mirrored
        candidate, track = self._model.candidate(row), self._model.track(row)
        taken = 10
        if candidate is not None:
            box = self.badge_rect(rect, row)
            self._signs.badge(painter, box, *sureness(candidate), mirrored, opens=True)
            refuse = self.refuse_rect(rect, row)
            colour = theme.role("text_2")
            self._signs.icons.paint(painter, "action.not_this", colour, refuse.left() + 6, refuse.top() + 6, 16, False)
            taken = 10 + NOT_THIS + 10 + box.width() + 12
        text = length(track.duration_ms)
        wanted = self._model.wanted
        marked = wanted is not None and length_differs(track, wanted)
        font = theme.font("small", 700 if marked else 400)
        width = QFontMetrics(font).horizontalAdvance(text) + 6
        box = QRect(rect.right() - taken - width, rect.top() + (rect.height() - 20) // 2, width, 20)
        box = mirrored_rect(box, rect, mirrored)
        if marked:
            self._mark(painter, box)
        colour = self._marked_colour() if marked else theme.role("text_2")
        draw_text(painter, box, text, font, colour, mirrored=False, centre=True)
        return taken + width + 12

    def _paint_words(self, painter: QPainter, rect: QRect, x: int, taken: int, track: Track) -> None:
        theme = self._signs.theme
        wanted = self._model.wanted or track
        title_high, below_high = theme.metrics("strong").height() + 4, theme.metrics("small").height() + 4
        top = rect.top() + (rect.height() - title_high - below_high) // 2
        room = QRect(rect.left() + x, top, rect.width() - x - taken, title_high)
        title = title_pieces(title_of(track), wanted.title)
        self._paint_pieces(painter, rect, room, title, theme.font("strong"), "text")
        below = QRect(room.left(), top + title_high, room.width(), below_high)
        pieces = [*artist_pieces(track, wanted)]
        album = album_pieces(track, wanted)
        if album:
            pieces += [Piece(" · ", False), *album]
        self._paint_pieces(painter, rect, below, pieces, theme.font("small"), "text_2")

    def _paint_pieces(
        self, painter: QPainter, rect: QRect, room: QRect, pieces: Sequence[Piece], font: QFont, role: str
    ) -> None:
        for piece in pieces:
            if room.width() < 12:
                return
            own = QFont(font)
            if piece.marked:
                own.setWeight(QFont.Weight.Bold)
            text = piece.text if piece is pieces[-1] else piece.text.rstrip()
            width = min(QFontMetrics(own).horizontalAdvance(text), room.width())
            box = mirrored_rect(QRect(room.left(), room.top(), width, room.height()), rect, self._mirrored)
            if piece.marked:
                self._mark(painter, box.adjusted(-1, 1, 1, -1))
            colour = self._marked_colour() if piece.marked else self._signs.theme.role(role)
            draw_text(painter, box, text, own, colour, mirrored=self._mirrored)
            gap = QFontMetrics(own).horizontalAdvance(" ") if text != piece.text else 0
            room = room.adjusted(width + gap + (1 if piece.marked else 0), 0, 0, 0)

    def _mark(self, painter: QPainter, box: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._signs.theme.role("diff_mark"))
        painter.drawRoundedRect(QRectF(box), 2, 2)

    def _marked_colour(self) -> QColor:
        # Yellow ground in high contrast wants black on it.
        return self._signs.theme.role("on_accent" if self._signs.theme.look.high_contrast else "text")
