"""The rail at the leading side: four steps with their numbers, below them the places that can be opened any time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout

from musync.gui.paint import Signs
from musync.gui.text import draw_text, mirrored_rect
from musync.gui.widgets.basics import rule

StepState = Literal["done", "current", "later"]
_DISC = 20


class Place(NamedTuple):
    """A view outside the four steps."""

    key: str
    word: str
    icon: str
    bottom: bool = False


class _RailButton(QToolButton):
    """What steps and places share: the ground behind them and the narrow form."""

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self.signs = signs
        self.narrow = False
        self.hovered = False
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self.hovered = self.isEnabled()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Be calm again."""
        self.hovered = False
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        """Show the sign alone; the word becomes the tooltip."""
        self.narrow = narrow
        self.setToolTip(self.accessibleName() if narrow else "")
        self.updateGeometry()
        self.update()

    @property
    def mirrored(self) -> bool:
        """The layout runs from right to left."""
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def paint_ground(self, painter: QPainter, on: bool) -> None:
        """The surface behind the current one."""
        role, look = self.signs.theme.role, self.signs.theme.look
        if not on and not self.hovered:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if on and look.high_contrast else 1
        painter.setPen(QPen(role("line"), width) if on else Qt.PenStyle.NoPen)
        painter.setBrush(role("surface") if on else role("pressed"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class StepButton(_RailButton):
    """One of the four steps: number disc, name, and a second line that says where it stands."""

    def __init__(self, signs: Signs, number: int, word: str) -> None:
        super().__init__(signs, f"rail.step{number}")
        self._number = number
        self._word = word
        self._second = ""
        self._state: StepState = "later"
        self.setAccessibleName(word)

    def show_state(self, state: StepState, second: str, reachable: bool) -> None:
        """Show where the step stands; only steps already made can be pressed."""
        self._state, self._second = state, second
        self.setChecked(state == "current")
        self.setEnabled(reachable or state == "current")
        self.setAccessibleDescription(second)
        self.setToolTip(f"{self._word}: {second}" if self.narrow and second else second)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """36 high, with a second line 51."""
        theme = self.signs.theme
        base = theme.metrics("strong").height()
        second = theme.metrics("caption").height() + 1
        if self.narrow or not self._second:
            return QSize(40, max(36, base + 16))
        return QSize(120, max(51, base + second + 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw disc, name and second line."""
        painter = QPainter(self)
        on = self._state == "current"
        self.paint_ground(painter, on)
        self._paint_disc(painter, on)
        if self.narrow:
            return
        theme, mirrored = self.signs.theme, self.mirrored
        room = self.rect().adjusted(38, self._top, -8, 0)
        room.setHeight(theme.metrics("strong").height() + 2)
        colour = theme.role("text") if on else theme.role("text_2")
        font = theme.font("strong" if on else "body")
        draw_text(painter, mirrored_rect(room, self.rect(), mirrored), self._word, font, colour, mirrored=mirrored)
        if self._second:
            below = room.translated(0, room.height())
            below.setHeight(theme.metrics("caption").height() + 1)
            small = theme.font("caption", 400)
            place = mirrored_rect(below, self.rect(), mirrored)
            draw_text(painter, place, self._second, small, theme.role("text_3"), mirrored=mirrored)

    @property
    def _top(self) -> int:
        """Where the first line begins, so that all lines stand in the middle."""
        theme = self.signs.theme
        second = theme.metrics("caption").height() + 1 if self._second else 0
        return (self.height() - theme.metrics("strong").height() - 2 - second) // 2

    def _paint_disc(self, painter: QPainter, on: bool) -> None:
        theme = self.signs.theme
        left = (self.width() - _DISC) // 2 if self.narrow else (self.width() - 8 - _DISC if self.mirrored else 8)
        line = theme.metrics("strong").height() + 2
        top = (self.height() - _DISC) // 2 if self.narrow else self._top + (line - _DISC) // 2
        disc = QRectF(left, top, _DISC, _DISC)
        done = self._state == "done"
        colour = theme.state("done").fg if done else theme.role("accent" if on else "control_line")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if on else Qt.GlobalColor.transparent)
        painter.drawEllipse(disc.adjusted(0.75, 0.75, -0.75, -0.75))
        if done:
            self.signs.icons.paint(painter, "check-bold", colour, left + 3, top + 3, 14, False)
            return
        colour = theme.role("on_accent" if on else "text_2")
        font = theme.font("caption", 600)
        draw_text(painter, disc.toRect(), str(self._number), font, colour, mirrored=False, centre=True)


class PlaceButton(_RailButton):
    """One place."""

    def __init__(self, signs: Signs, place: Place) -> None:
        super().__init__(signs, f"rail.{place.key}")
        self.place = place
        self.setAccessibleName(place.word)

    def sizeHint(self) -> QSize:
        """30 high."""
        return QSize(120, self.signs.theme.row("row_dense"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and name."""
        painter = QPainter(self)
        theme, mirrored = self.signs.theme, self.mirrored
        on = self.isChecked()
        self.paint_ground(painter, on)
        colour = theme.role("text" if on else "text_2")
        top = (self.height() - 18) // 2
        left = (self.width() - 18) // 2 if self.narrow else (self.width() - 28 if mirrored else 10)
        self.signs.icons.paint(painter, self.place.icon, colour, left, top, 18, mirrored)
        if not self.narrow:
            room = mirrored_rect(self.rect().adjusted(38, 0, -8, 0), self.rect(), mirrored)
            draw_text(painter, room, self.place.word, theme.font("strong" if on else "body"), colour, mirrored=mirrored)


class Rail(QFrame):
    """The whole rail."""

    step_pressed = Signal(int)
    place_pressed = Signal(str)

    def __init__(self, signs: Signs, words: Sequence[str], places: Sequence[Place]) -> None:
        super().__init__()
        self._signs = signs
        self.setProperty("ground", "rail")
        self.setObjectName("rail")
        self.steps = [StepButton(signs, number, word) for number, word in enumerate(words, 1)]
        self.places = [PlaceButton(signs, place) for place in places]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 9, 8)
        layout.setSpacing(0)
        for index, step in enumerate(self.steps):
            layout.addWidget(step)
            step.clicked.connect(lambda _on=False, i=index: self.step_pressed.emit(i))
        self._add_places(layout)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Icons only, 56 wide, or words too, 184 wide."""
        self.setFixedWidth(self._signs.theme.size("rail_narrow" if narrow else "rail_wide"))
        for part in (*self.steps, *self.places):
            part.set_narrow(narrow)

    def show_place(self, key: str) -> None:
        """Mark the open place; empty for none."""
        for button in self.places:
            button.setChecked(button.place.key == key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a line towards the page."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._signs.theme.role("line"))
        x = 0 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.width() - 1
        painter.drawLine(QPoint(x, 0), QPoint(x, self.height()))

    def _add_places(self, layout: QVBoxLayout) -> None:
        upper = [button for button in self.places if not button.place.bottom]
        if upper:
            layout.addSpacing(10)
            line = rule()
            layout.addWidget(line)
            layout.addSpacing(10)
        for button in upper:
            layout.addWidget(button)
        layout.addStretch()
        for button in self.places:
            if button.place.bottom:
                layout.addWidget(button)
            button.clicked.connect(lambda _on=False, b=button: self.place_pressed.emit(b.place.key))
