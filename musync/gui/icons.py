"""Icons: outlines from `resources/icons`, painted in the colour of the moment.

The files are small SVGs made by `packaging/icons.py`. Reading one and drawing it takes well under a millisecond, so
nothing is loaded before it is shown.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from musync.gui.theme import Theme

# Say a direction of reading, so they turn round with it; clocks, ticks, plus and minus do not.
_MIRRORED = {
    "arrow-expand-right",
    "arrow-right",
    "arrow-right-circle-outline",
    "chevron-left",
    "chevron-right",
    "dock-left",
    "dock-right",
    "exit-to-app",
    "sort-variant",
    "undo-variant",
}


class Icons:
    """Makes and keeps pixmaps of the outlines.

    A name is that of an outline (`chevron-down`), of a token (`action.search`), of a state (`state.add`) or of a
    service (`service.local`).
    """

    def __init__(self, folder: Path, theme: Theme) -> None:
        self._folder = folder
        self._theme = theme
        self._outlines: dict[str, bytes] = {}
        self._kept: dict[tuple[str, int, int, float, bool], QPixmap] = {}

    def outline(self, name: str) -> str:
        """The outline that a name stands for."""
        group, _, key = name.partition(".")
        tokens = self._theme.tokens
        if not key:
            return name
        if group == "state":
            return tokens.state_icon[key]
        if group == "service":
            return tokens.service_icon.get(key, tokens.service_icon["server"])
        return tokens.icons[name]

    def pixmap(self, name: str, colour: QColor, size: int, *, ratio: float, mirrored: bool = False) -> QPixmap:
        """The icon in one colour, `size` logical pixels square; turned round when it says a direction of reading."""
        outline = self.outline(name)
        turn = mirrored and outline in _MIRRORED
        key = (outline, colour.rgba(), size, ratio, turn)
        if key not in self._kept:
            self._kept[key] = self._draw(outline, colour, size, ratio, turn)
        return self._kept[key]

    def paint(self, painter: QPainter, name: str, colour: QColor, x: int, y: int, size: int, mirrored: bool) -> None:
        """Draw the icon at a place."""
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(x, y, self.pixmap(name, colour, size, ratio=ratio, mirrored=mirrored))

    def icon(self, name: str, role: str = "text_2", size: int = 18, *, gap: int = 0) -> QIcon:
        """The icon for a button or a menu, in the colour of a role; greyed where that is disabled.

        `gap` is room left free on its far side.
        """
        ratio = max((screen.devicePixelRatio() for screen in QApplication.screens()), default=1.0)
        mirrored = QApplication.isRightToLeft()
        on = self.pixmap(name, self._theme.colour(role), size, ratio=ratio, mirrored=mirrored)
        off = self.pixmap(name, self._theme.role("text_off"), size, ratio=ratio, mirrored=mirrored)
        made = QIcon(_widened(on, gap, mirrored))
        made.addPixmap(_widened(off, gap, mirrored), QIcon.Mode.Disabled)
        return made

    def put(self, button: QAbstractButton, name: str, role: str = "text_2", size: int = 18) -> None:
        """Give a button an icon and remember which, so that `redress` can paint it anew."""
        button.setProperty("glyph", f"{name} {role} {size}")
        self._dress(button)

    def take(self, button: QAbstractButton) -> None:
        """Take the icon away again."""
        button.setProperty("glyph", "")
        button.setIcon(QIcon())

    def app_icon(self) -> QIcon:
        """The mark of musync itself."""
        made = QIcon()
        renderer = QSvgRenderer(QByteArray((self._folder / "musync.svg").read_bytes()))
        for size in (16, 32, 64, 128, 256):
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(pixmap.rect()))
            painter.end()
            made.addPixmap(pixmap)
        return made

    def redress(self, root: QWidget) -> None:
        """Paint the icons of every button below `root` in the colours of the theme now in force."""
        for button in root.findChildren(QAbstractButton):
            if button.property("glyph"):
                self._dress(button)

    def _dress(self, button: QAbstractButton) -> None:
        name, role, size = str(button.property("glyph")).split(" ")
        # Qt leaves four pixels between icon and text; the rest of the gap is part of the icon.
        gap = 5 if button.text() else 0
        button.setIcon(self.icon(name, role, int(size), gap=gap))
        button.setIconSize(QSize(int(size) + gap, int(size)))

    def _draw(self, outline: str, colour: QColor, size: int, ratio: float, turn: bool) -> QPixmap:
        # Read before the painting begins: a painter must not be left open by an error.
        renderer = QSvgRenderer(QByteArray(self._filled(outline, colour)))
        made = QPixmap(round(size * ratio), round(size * ratio))
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if turn:
            painter.setTransform(QTransform(-1, 0, 0, 1, made.width(), 0))
        renderer.render(painter, QRectF(made.rect()))
        painter.end()
        made.setDevicePixelRatio(ratio)
        return made

    def _filled(self, outline: str, colour: QColor) -> bytes:
        if outline not in self._outlines:
            self._outlines[outline] = (self._folder / f"{outline}.svg").read_bytes()
        return self._outlines[outline].replace(b"<path", f'<path fill="{colour.name()}"'.encode())


def _widened(pixmap: QPixmap, gap: int, mirrored: bool) -> QPixmap:
    """The pixmap with room on its far side."""
    if not gap:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    made = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.drawPixmap(gap if mirrored else 0, 0, pixmap)
    painter.end()
    return made
