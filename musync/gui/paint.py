"""The signs that delegates and widgets share: tick, state chip, confidence badge, key cap, cover, focus ring."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from musync.gui.icons import Icons
from musync.gui.text import draw_text
from musync.gui.theme import Theme

Tick = Literal["off", "on", "mixed", "locked"]
CHIP_H, BADGE_H, TICK, BAR = 20, 22, 16, 3


class Signs:
    """Paints the small signs of the language in the theme now in force."""

    def __init__(self, theme: Theme, icons: Icons) -> None:
        self.theme = theme
        self.icons = icons

    def tick(self, painter: QPainter, corner: QPoint, tick: Tick) -> None:
        """A tick box of 16 px."""
        role = self.theme.role
        box = QRectF(corner.x() + 0.75, corner.y() + 0.75, TICK - 1.5, TICK - 1.5)
        filled = tick in ("on", "mixed")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = role("accent") if filled else role("line" if tick == "locked" else "control_line")
        painter.setPen(QPen(line, 1.5))
        painter.setBrush(line if filled else (Qt.GlobalColor.transparent if tick == "locked" else role("surface")))
        painter.drawRoundedRect(box, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if filled:
            name = "check-bold" if tick == "on" else "minus-thick"
            self.icons.paint(painter, name, role("on_accent"), corner.x() + 1, corner.y() + 1, 14, False)

    def radio(self, painter: QPainter, corner: QPoint, on: bool) -> None:
        """A radio mark of 16 px."""
        role = self.theme.role
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(role("surface"))
        inset = 2.5 if on else 0.75
        painter.setPen(QPen(role("accent") if on else role("control_line"), 5 if on else 1.5))
        painter.drawEllipse(QRectF(corner.x() + inset, corner.y() + inset, 16 - 2 * inset, 16 - 2 * inset))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def chip_width(self, text: str) -> int:
        """What a state chip with this text takes."""
        return 5 + 14 + 5 + self.theme.metrics("small", 500).horizontalAdvance(text) + 8

    def chip(
        self, painter: QPainter, rect: QRect, state: str, text: str, mirrored: bool, *, plain: bool = False
    ) -> int:
        """A state chip at the leading edge of `rect`, centred in height; `plain` leaves out its ground.

        Returns the width it took.
        """
        fg, bg = self.theme.state(state)
        width = min(rect.width(), self.chip_width(text))
        left = rect.right() - width + 1 if mirrored else rect.left()
        box = QRect(left, rect.center().y() - CHIP_H // 2 + 1, width, CHIP_H)
        if not plain:
            self._pill(painter, box, 4, bg, fg if self.theme.look.high_contrast else None)
        colour = self.theme.role("text_3") if plain else fg
        icon_x = box.right() - 18 if mirrored else box.left() + 5
        self.icons.paint(painter, f"state.{state}", colour, icon_x, box.top() + 3, 14, mirrored)
        inner = box.adjusted(4, 0, -24, 0) if mirrored else box.adjusted(24, 0, -4, 0)
        font = self.theme.font("small", 400 if plain else 500)
        draw_text(painter, inner, text, font, colour, mirrored=mirrored)
        return width

    def badge_size(self, text: str, *, opens: bool) -> QSize:
        """What a confidence badge takes; `opens` adds the little arrow."""
        width = self.theme.metrics("small", 600).horizontalAdvance(text) + 18 + (18 if opens else 0)
        return QSize(width, BADGE_H)

    def badge(self, painter: QPainter, box: QRect, share: float, text: str, mirrored: bool, *, opens: bool) -> None:
        """A confidence badge: the figure always, the colour by how sure."""
        fg, bg = self.theme.state(badge_state(share))
        self._pill(painter, box, BADGE_H // 2, bg, fg)
        inner = box.adjusted(8, 0, -8, 0)
        if opens:
            x = inner.left() - 2 if mirrored else inner.right() - 12
            self.icons.paint(painter, "chevron-down", fg, x, box.top() + 4, 14, False)
        draw_text(painter, inner, text, self.theme.font("small", 600), fg, mirrored=mirrored)

    def key_cap(self, painter: QPainter, box: QRect, text: str) -> None:
        """A key of the keyboard."""
        role = self.theme.role
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(role("control_line"), 1))
        painter.setBrush(role("surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.drawLine(box.left() + 3, box.bottom() - 1, box.right() - 3, box.bottom() - 1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        font = self.theme.font("caption")
        draw_text(painter, box, text, font, role("text_2"), mirrored=False, centre=True)

    def cover(self, painter: QPainter, box: QRect, name: str, *, faint: bool = False) -> None:
        """The place of a cover: a neutral ground with the icon of what it is."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.role("line"), 1) if self.theme.look.high_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.role("sunken"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        size = box.width() // 2
        corner = box.center() - QPoint(size // 2 - 1, size // 2 - 1)
        colour = self.theme.role("text_off" if faint else "text_3")
        self.icons.paint(painter, name, colour, corner.x(), corner.y(), size, False)

    def ring(self, painter: QPainter, rect: QRect) -> None:
        """The focus ring of lists and rows: 2 px, inside."""
        painter.setPen(QPen(self.theme.role("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _pill(self, painter: QPainter, box: QRect, radius: int, ground: QColor, line: QColor | None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(line, 1) if line is not None else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def badge_state(share: float) -> str:
    """The state whose colours a probability is shown in."""
    if share >= 0.9:
        return "done"
    return "ambiguous" if share >= 0.6 else "not_found"
