"""Paints the queue's rows and groups."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from musync.app.session import Question
from musync.gui.models.queue import GroupRow, QueueModel
from musync.gui.paint import BAR, Signs
from musync.gui.rows import artist_of, title_of
from musync.gui.text import draw_text, mirrored_rect
from musync.gui.versions import sureness


class QueueDelegate(QStyledItemDelegate):
    """Questions 46 high, groups 34."""

    def __init__(self, signs: Signs, view: QTreeView, model: QueueModel) -> None:
        super().__init__(view)
        self._signs = signs
        self._view = view
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines, or one for a group."""
        theme = self._signs.theme
        is_group = not index.parent().isValid()
        return QSize(120, theme.row("group_row") if is_group else theme.high(46, 2))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row over the view's whole width."""
        rect = QRect(0, option.rect.top(), self._view.viewport().width(), option.rect.height())
        painter.save()
        painter.setClipRect(rect)
        group, question = self._model.group(index), self._model.question(index)
        if group is not None:
            self._paint_group(painter, rect, group, self._view.isExpanded(index))
        elif question is not None:
            self._paint_question(painter, rect, question, option)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._signs.theme.role("line"))
        if option.state & QStyle.StateFlag.State_HasFocus and self._view.hasFocus():
            self._signs.ring(painter, rect)
        painter.restore()

    @property
    def _mirrored(self) -> bool:
        return self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _paint_group(self, painter: QPainter, rect: QRect, group: GroupRow, opened: bool) -> None:
        theme, mirrored = self._signs.theme, self._mirrored
        painter.fillRect(rect, theme.role("window"))
        x = 12
        for name, colour in (
            ("chevron-down" if opened else "chevron-right", theme.role("text_2")),
            (f"state.{group.state}", theme.state(group.state).fg),
        ):
            box = mirrored_rect(QRect(x, rect.top() + (rect.height() - 16) // 2, 16, 16), rect, mirrored)
            self._signs.icons.paint(painter, name, colour, box.left(), box.top(), 16, mirrored)
            x += 24
        room = rect.adjusted(x, 0, -12, 0)
        for text, font, role in (
            (group.title, theme.font("strong"), "text"),
            (group.figures, theme.font("body", 500), "text_2"),
            (group.note, theme.font("body"), "text_3"),
        ):
            place = mirrored_rect(room, rect, mirrored)
            room = room.adjusted(
                draw_text(painter, place, text, font, theme.role(role), mirrored=mirrored) + 8, 0, 0, 0
            )

    def _paint_question(self, painter: QPainter, rect: QRect, question: Question, option: QStyleOptionViewItem) -> None:
        theme, mirrored = self._signs.theme, self._mirrored
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.role("selected"))
            bar = mirrored_rect(QRect(rect.left(), rect.top(), BAR, rect.height()), rect, mirrored)
            painter.fillRect(bar, theme.role("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.role("hover"))
        taken = self._paint_verdict(painter, rect, question)
        room = rect.adjusted(12, 0, -taken - 12, 0)
        name_high, below_high = theme.metrics("body").height() + 2, theme.metrics("small").height() + 2
        top = rect.top() + (rect.height() - name_high - below_high) // 2
        upper = QRect(room.left(), top, room.width(), name_high)
        wanted = question.match.wanted
        place = mirrored_rect(upper, rect, mirrored)
        font = theme.font("body", 500)
        width = draw_text(painter, place, title_of(wanted), font, theme.role("text"), mirrored=mirrored)
        beside = mirrored_rect(upper.adjusted(width + 6, 1, 0, 0), rect, mirrored)
        if beside.width() > 30:
            small = theme.font("small")
            draw_text(painter, beside, artist_of(wanted), small, theme.role("text_3"), mirrored=mirrored)
        below = mirrored_rect(QRect(room.left(), top + name_high, room.width(), below_high), rect, mirrored)
        second = self._model.second_line(question)
        draw_text(painter, below, second, theme.font("small"), theme.role("text_2"), mirrored=mirrored)

    def _paint_verdict(self, painter: QPainter, rect: QRect, question: Question) -> int:
        """The answer, else how sure the best one is; gives the width it took."""
        theme, mirrored = self._signs.theme, self._mirrored
        state, word = self._model.verdict_text(question)
        if word:
            colour = theme.state(state).fg
            room = mirrored_rect(rect.adjusted(12, 0, -12, 0), rect, mirrored)
            taken = draw_text(painter, room, word, theme.font("small"), colour, mirrored=mirrored, end=True)
            box = QRect(rect.right() - 12 - taken - 18, rect.top() + (rect.height() - 14) // 2, 14, 14)
            box = mirrored_rect(box, rect, mirrored)
            self._signs.icons.paint(painter, f"state.{state}", colour, box.left(), box.top(), 14, mirrored)
            return taken + 30
        if not question.match.candidates:
            return 0
        share, text = sureness(question.match.candidates[0])
        size = self._signs.badge_size(text, opens=False)
        box = QRect(rect.right() - 12 - size.width(), rect.top() + (rect.height() - size.height()) // 2, 0, 0)
        box.setSize(size)
        self._signs.badge(painter, mirrored_rect(box, rect, mirrored), share, text, mirrored, opens=False)
        return size.width() + 12
