"""Figures as bars: what was written and what was left out, and the line of steps of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from musync.gui.paint import Signs
from musync.gui.text import draw_text, mirrored_rect
from musync.gui.words import number


class Part(NamedTuple):
    """One part of a bar: the state that colours it, its word and its number."""

    state: str
    word: str
    amount: int


class PartsBar(QWidget):
    """A bar of parts with its title and sum above and a legend below; sign, word and number carry it, colour helps."""

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self._signs = signs
        self._title = ""
        self._parts: Sequence[Part] = ()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, title: str, parts: Sequence[Part]) -> None:
        """Show these; parts of zero are left out."""
        self._title = title
        self._parts = [part for part in parts if part.amount]
        spoken = ", ".join(f"{part.word} {number(part.amount)}" for part in self._parts)
        self.setAccessibleName(f"{title} {number(self._sum)}: {spoken}" if spoken else f"{title} 0")
        self.updateGeometry()
        self.update()

    @property
    def _sum(self) -> int:
        return sum(part.amount for part in self._parts)

    def sizeHint(self) -> QSize:
        """Title, bar and one or two lines of legend."""
        line = self._signs.theme.metrics("small").height() + 4
        return QSize(200, line + 6 + 10 + 8 + line * len(self._legend_lines(max(200, self.width()))))

    def minimumSizeHint(self) -> QSize:
        """The same height at any width."""
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend may need another line."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw title, bar, legend."""
        painter = QPainter(self)
        theme = self._signs.theme
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        line = theme.metrics("small").height() + 4
        room = QRect(0, 0, self.width(), line)
        taken = draw_text(painter, room, self._title, theme.font("small"), theme.role("text_2"), mirrored=mirrored) + 6
        rest = room.adjusted(0, 0, -taken, 0) if mirrored else room.adjusted(taken, 0, 0, 0)
        draw_text(painter, rest, number(self._sum), theme.font("small", 600), theme.role("text"), mirrored=mirrored)
        self._paint_bar(painter, QRect(0, line + 6, self.width(), 10), mirrored)
        for index, parts in enumerate(self._legend_lines(self.width())):
            self._paint_legend(painter, parts, line + 24 + index * line, line, mirrored)

    def _paint_bar(self, painter: QPainter, box: QRect, mirrored: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(box), 4, 4)
        painter.setClipPath(clip)
        if not self._parts:
            painter.fillRect(box, self._signs.theme.role("pressed"))
        # Two in a hundred is the least that can be seen.
        shares = [max(part.amount, self._sum * 0.02) for part in self._parts]
        x = 0.0
        for part, share in zip(self._parts, shares, strict=True):
            width = (box.width() - 2 * (len(shares) - 1)) * share / sum(shares)
            left = box.width() - x - width if mirrored else x
            painter.fillRect(QRectF(left, box.top(), width, box.height()), self._signs.theme.state(part.state).fg)
            x += width + 2
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_legend(self, painter: QPainter, parts: Sequence[Part], top: int, high: int, mirrored: bool) -> None:
        theme = self._signs.theme
        x = 0
        for part in parts:
            box = mirrored_rect(QRect(x, top, self._width(part), high), self.rect(), mirrored)
            icon_x = box.right() - 14 if mirrored else box.left()
            colour = theme.state(part.state).fg
            self._signs.icons.paint(
                painter, f"state.{part.state}", colour, icon_x, top + (high - 14) // 2, 14, mirrored
            )
            inner = box.adjusted(0, 0, -18, 0) if mirrored else box.adjusted(18, 0, 0, 0)
            taken = draw_text(painter, inner, part.word, theme.font("small"), theme.role("text"), mirrored=mirrored) + 5
            inner = inner.adjusted(0, 0, -taken, 0) if mirrored else inner.adjusted(taken, 0, 0, 0)
            bold = theme.font("small", 600)
            draw_text(painter, inner, number(part.amount), bold, theme.role("text"), mirrored=mirrored)
            x += self._width(part)

    def _width(self, part: Part) -> int:
        theme = self._signs.theme
        words = theme.metrics("small").horizontalAdvance(part.word)
        return 18 + words + 5 + theme.metrics("small", 600).horizontalAdvance(number(part.amount)) + 16

    def _legend_lines(self, room: int) -> list[list[Part]]:
        lines: list[list[Part]] = [[]]
        left = room
        for part in self._parts:
            width = self._width(part)
            if width - 16 > left and lines[-1]:
                lines.append([])
                left = room
            lines[-1].append(part)
            left -= width
        return lines


class RunStep(NamedTuple):
    """One step of a run as the live page shows it."""

    word: str
    second: str
    state: Literal["done", "now", "wait", "todo"]


class StepLine(QWidget):
    """The steps of a run in one line, with what each has done."""

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self._signs = signs
        self._steps: Sequence[RunStep] = ()
        self.setObjectName(name)
        metrics = signs.theme.metrics
        self.setFixedHeight(max(20, metrics("body").height() + 2) + metrics("small").height() + 4)

    def show_steps(self, steps: Sequence[RunStep]) -> None:
        """Show these."""
        self._steps = steps
        now = next((step for step in steps if step.state in ("now", "wait")), None)
        self.setAccessibleName(f"{now.word} {now.second}" if now is not None else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark, name, line to the next, and the second line."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        width = self.width() // max(1, len(self._steps))
        for index, step in enumerate(self._steps):
            box = mirrored_rect(QRect(index * width, 0, width, self.height()), self.rect(), mirrored)
            self._paint_step(painter, step, box, mirrored, last=index == len(self._steps) - 1)

    def _paint_step(self, painter: QPainter, step: RunStep, box: QRect, mirrored: bool, *, last: bool) -> None:
        theme = self._signs.theme
        high = max(20, theme.metrics("body").height() + 2)
        self._paint_mark(painter, step, box.right() - 18 if mirrored else box.left(), (high - 18) // 2)
        room = QRect(box.left() + 26, 0, box.width() - 34, high)
        colour = theme.role("text_2" if step.state == "todo" else "text")
        font = theme.font("strong" if step.state in ("now", "wait") else "body")
        name = mirrored_rect(room, box, mirrored)
        taken = draw_text(painter, name, step.word, font, colour, mirrored=mirrored)
        if not last and room.width() - taken > 24:
            line = QRect(room.left() + taken + 8, high // 2, room.width() - taken - 8, 1)
            painter.fillRect(mirrored_rect(line, box, mirrored), theme.role("line"))
        below = mirrored_rect(QRect(room.left(), high, room.width(), self.height() - high), box, mirrored)
        draw_text(painter, below, step.second, theme.font("small"), theme.role("text_3"), mirrored=mirrored)

    def _paint_mark(self, painter: QPainter, step: RunStep, x: int, y: int) -> None:
        theme, icons = self._signs.theme, self._signs.icons
        if step.state == "done":
            icons.paint(painter, "check-circle", theme.state("done").fg, x, y, 18, False)
        elif step.state == "wait":
            icons.paint(painter, "pause-circle-outline", theme.state("ambiguous").fg, x, y, 18, False)
        elif step.state == "now":
            self._signs.radio(painter, QPoint(x + 1, y + 1), True)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.role("control_line"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QRectF(x + 1.75, y + 1.75, 14.5, 14.5))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
