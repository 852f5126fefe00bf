"""Paints the review's table, cell by cell: state bar, tick, texts, chip, and the tint of the side that will change."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from musync.gui.models.diff import DiffModel
from musync.gui.models.diff_lines import Column, Group, Line, Side
from musync.gui.paint import BAR, TICK, Signs
from musync.gui.text import draw_text, mirrored_rect
from musync.gui.words import shown

_NUMBERS = (Column.SOURCE_AT, Column.TARGET_AT, Column.SOURCE_TIME, Column.TARGET_TIME)
GROUP_BUTTON = 96


class DiffDelegate(QStyledItemDelegate):
    """`hovered` is the line under the mouse, -1 for none; `two_lines` puts the artist below the title."""

    def __init__(self, signs: Signs, view: QTableView, model: DiffModel) -> None:
        super().__init__(view)
        self._signs = signs
        self._view = view
        self._model = model
        self.hovered = -1
        self.two_lines = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        line = index.row()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        group = self._model.group(line)
        painter.save()
        painter.setClipRect(rect)
        if group is not None:
            self._paint_group(painter, rect, group, chosen)
        else:
            self._paint_cell(painter, rect, line, Column(index.column()), chosen)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._signs.theme.role("line"))
        if self._has_ring(line):
            self._paint_ring(painter, rect, 0 if group is not None else index.column(), spans=group is not None)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The view sets heights; nothing is measured."""
        return QSize(40, 30)

    @property
    def _mirrored(self) -> bool:
        return self._view.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _paint_cell(self, painter: QPainter, rect: QRect, line: int, column: Column, chosen: bool) -> None:
        shown_line = self._model.line(line)
        tick = self._model.tick(line)
        painter.fillRect(rect, self._ground(shown_line, column, line, chosen, tick == "on"))
        if column is Column.TICK:
            self._paint_edge(painter, rect, shown_line, chosen)
            if tick is not None:
                x = rect.right() - 9 - TICK + 1 if self._mirrored else rect.left() + 9
                self._signs.tick(painter, QPoint(x, rect.top() + (rect.height() - TICK) // 2), tick)
        elif column is Column.STATE:
            room = rect.adjusted(4, 0, -4, 0)
            plain = shown_line.state == "both"
            self._signs.chip(painter, room, shown_line.state, shown_line.chip, self._mirrored, plain=plain)
        else:
            self._paint_text(painter, rect, shown_line, column, tick == "on")

    def _ground(self, line: Line, column: Column, number: int, chosen: bool, ticked: bool) -> QColor:
        theme = self._signs.theme
        if chosen:
            return theme.role("selected")
        receives = column >= Column.TARGET_AT and ticked and line.state in ("add", "remove")
        if receives and not theme.look.high_contrast:
            return theme.state(line.state).bg
        return theme.role("hover" if number == self.hovered else "surface")

    def _paint_edge(self, painter: QPainter, rect: QRect, line: Line, chosen: bool) -> None:
        theme = self._signs.theme
        if line.state == "both" and not chosen:
            return
        colour = theme.role("accent") if line.state == "both" else theme.state(line.state).fg
        left = rect.right() - BAR + 1 if self._mirrored else rect.left()
        painter.fillRect(left, rect.top(), BAR, rect.height(), colour)

    def _paint_text(self, painter: QPainter, rect: QRect, line: Line, column: Column, ticked: bool) -> None:
        here = column < Column.STATE
        side = line.source if here else line.target
        theme = self._signs.theme
        room = rect.adjusted(6, 0, -6, -1)
        if side is None:
            if line.ghost and column is Column.TARGET_TITLE:
                wide = self._wide_room(rect)
                painter.setClipRect(wide)
                font = theme.font("body")
                draw_text(
                    painter,
                    wide.adjusted(6, 0, -6, -1),
                    line.ghost,
                    font,
                    theme.role("text_3"),
                    mirrored=self._mirrored,
                )
            return
        adds = not here and line.state == "add"
        leaves = not here and line.state == "remove" and ticked
        colour = self._colour(column, adds)
        font = theme.font("small" if column in _NUMBERS else "body")
        if leaves and column not in _NUMBERS:
            font = QFont(font)
            font.setStrikeOut(True)
        self._draw(painter, room, side, column, font, colour)

    def _draw(self, painter: QPainter, room: QRect, side: Side, column: Column, font: QFont, colour: QColor) -> None:
        place = column - (Column.SOURCE_AT if column < Column.STATE else Column.TARGET_AT)
        if self.two_lines and column in (Column.SOURCE_TITLE, Column.TARGET_TITLE):
            half = room.height() // 2
            upper = QRect(room.left(), room.top() + 4, room.width(), half - 2)
            lower = QRect(room.left(), room.top() + half, room.width(), half - 4)
            draw_text(painter, upper, side.title, font, colour, mirrored=self._mirrored)
            second = f"{side.artist} · {shown(side.album)}" if side.album else side.artist
            small = self._signs.theme.font("small")
            draw_text(painter, lower, second, small, self._signs.theme.role("text_3"), mirrored=self._mirrored)
            return
        draw_text(painter, room, side[place], font, colour, mirrored=self._mirrored, end=column in _NUMBERS)

    def _colour(self, column: Column, adds: bool) -> QColor:
        theme = self._signs.theme
        if adds and column is not Column.TARGET_TIME:
            return theme.state("add").fg
        if column in _NUMBERS:
            return theme.role("text_3")
        return theme.role("text_2" if column in (Column.SOURCE_ARTIST, Column.TARGET_ARTIST) else "text")

    def _wide_room(self, rect: QRect) -> QRect:
        """What stands in place of a missing counterpart may run over the columns after it."""
        header = self._view.horizontalHeader()
        extra = sum(header.sectionSize(column) for column in (Column.TARGET_ARTIST, Column.TARGET_TIME))
        return rect.adjusted(-extra, 0, 0, 0) if self._mirrored else rect.adjusted(0, 0, extra, 0)

    def _paint_group(self, painter: QPainter, rect: QRect, group: Group, chosen: bool) -> None:
        theme, mirrored = self._signs.theme, self._mirrored
        removals = group.key == "removals"
        tinted = removals and group.tick != "locked" and not theme.look.high_contrast
        painter.fillRect(rect, theme.state("remove").bg if tinted else theme.role("window"))
        if chosen:
            painter.fillRect(rect, theme.role("selected"))
        x = 12
        arrow = "chevron-down" if group.open else "chevron-right"
        x = self._put_icon(painter, rect, arrow, theme.role("text_2"), x)
        if removals:
            box = mirrored_rect(
                QRect(rect.left() + x, rect.top() + (rect.height() - TICK) // 2, TICK, TICK), rect, mirrored
            )
            self._signs.tick(painter, box.topLeft(), group.tick)
            x = self._put_icon(painter, rect, "state.remove", theme.state("remove").fg, x + TICK + 8)
        room = rect.adjusted(x, 0, -12, 0)
        for text, font, role in (
            (group.title, theme.font("strong"), "text"),
            (group.note, theme.font("body"), "text_2"),
        ):
            place = mirrored_rect(room, rect, mirrored)
            room = room.adjusted(
                draw_text(painter, place, text, font, theme.role(role), mirrored=mirrored) + 8, 0, 0, 0
            )

    def _put_icon(self, painter: QPainter, rect: QRect, name: str, colour: QColor, x: int) -> int:
        box = mirrored_rect(
            QRect(rect.left() + x, rect.top() + (rect.height() - 16) // 2, 16, 16), rect, self._mirrored
        )
        self._signs.icons.paint(painter, name, colour, box.left(), box.top(), 16, self._mirrored)
        return x + 24

    def _has_ring(self, line: int) -> bool:
        return self._view.hasFocus() and self._view.currentIndex().row() == line

    def _paint_ring(self, painter: QPainter, rect: QRect, column: int, *, spans: bool) -> None:
        """Top and bottom in every cell, the sides in the first and last."""
        colour = self._signs.theme.role("focus")
        painter.fillRect(rect.left(), rect.top(), rect.width(), 2, colour)
        painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, colour)
        last = self._last_column()
        first_edge = rect.right() - 1 if self._mirrored else rect.left()
        last_edge = rect.left() if self._mirrored else rect.right() - 1
        if column == 0:
            painter.fillRect(first_edge, rect.top(), 2, rect.height(), colour)
        if column == last or spans:
            painter.fillRect(last_edge, rect.top(), 2, rect.height(), colour)

    def _last_column(self) -> int:
        header = self._view.horizontalHeader()
        return max(column for column in Column if not header.isSectionHidden(column))
