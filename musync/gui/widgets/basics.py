"""Labels, buttons, cards and fields as the language wants them, made in one call each."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from musync.gui.paint import Signs
from musync.gui.text import draw_text

_Box = TypeVar("_Box", bound=QBoxLayout)
_Part = QWidget | QBoxLayout | int


def label(
    signs: Signs, text: str = "", step: str = "body", role: str = "text", *, wrap: bool = False, end: bool = False
) -> QLabel:
    """A label of plain text in a step of the type scale; `end` puts the text at the far side."""
    made = Label(text, end=end)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(signs.theme.font(step))
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


class Label(QLabel):
    """A label whose text stands at the leading side of the layout, whatever way the text itself runs."""

    def __init__(self, text: str, *, end: bool = False) -> None:
        super().__init__(text)
        self._end = end
        self._lead()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the layout."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._lead()

    def _lead(self) -> None:
        if not self.alignment() & Qt.AlignmentFlag.AlignHCenter:
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            side = Qt.AlignmentFlag.AlignRight if mirrored != self._end else Qt.AlignmentFlag.AlignLeft
            upright = self.alignment() & Qt.AlignmentFlag.AlignVertical_Mask
            self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | upright)


class Line(QLabel):
    """One line of text that is elided where it does not fit; the whole text is in the tooltip then."""

    def __init__(self, signs: Signs, text: str = "", step: str = "body", role: str = "text", *, middle: bool = False):
        super().__init__(text)
        self._signs, self._step, self._role, self._middle = signs, step, role, middle
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(signs.theme.font(step))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_role(self, role: str) -> None:
        """Show it in the colour of another role."""
        self._role = role
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(24, super().sizeHint().height())

    def sizeHint(self) -> QSize:
        """The whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw with the direction of the content."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        colour = self._signs.theme.colour(self._role)
        draw_text(painter, self.rect(), self.text(), self.font(), colour, mirrored=mirrored, middle=self._middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text where part of it is hidden."""
        super().resizeEvent(event)
        hidden = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(_as_plain(self.text()) if hidden else "")


class Glyph(QWidget):
    """An icon in the colour of a role or a state (`state.add`)."""

    def __init__(self, signs: Signs, name: str, role: str = "text_2", size: int = 18) -> None:
        super().__init__()
        self._signs, self.icon_name, self._role, self._size = signs, name, role, size
        self.setFixedSize(size, size)

    def show_icon(self, name: str, role: str) -> None:
        """Show another one."""
        self.icon_name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the theme now in force."""
        colour = self._signs.theme.colour(self._role)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._signs.icons.paint(QPainter(self), self.icon_name, colour, 0, 0, self._size, mirrored)


def button(
    signs: Signs,
    text: str,
    name: str,
    *,
    kind: str = "",
    icon: str = "",
    small: bool = False,
    spoken: str = "",
) -> QPushButton:
    """A push button: `kind` is empty, primary, flat, link or danger; `name` is its object name."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setAccessibleName(spoken or text)
    made.setProperty("kind", kind)
    made.setProperty("small", small)
    made.setAutoDefault(False)
    made.setFixedHeight(signs.theme.row("chip_h" if small else "button_h"))
    if icon:
        role = {"primary": "on_accent", "danger": "state.failed", "link": "link", "": "text"}.get(kind, "text_2")
        signs.icons.put(made, icon, role, 16)
    if icon and spoken and not text:
        made.setFixedWidth(made.height())
        made.setProperty("kind", kind or "flat")
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_kind(target: QPushButton, kind: str) -> None:
    """Make a button another kind."""
    if target.property("kind") != kind:
        target.setProperty("kind", kind)
        restyle(target)


class Card(QFrame):
    """A surface with a line round it; `kind` is true, chosen or stop."""

    def __init__(self, kind: str = "true") -> None:
        super().__init__()
        self.setProperty("card", kind)

    def set_kind(self, kind: str) -> None:
        """Make it look chosen, or plain again."""
        if self.property("card") != kind:
            self.setProperty("card", kind)
            restyle(self)

    def changeEvent(self, event: QEvent) -> None:
        """Turn the thick edge round with the layout."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self.setProperty("mirrored", self.layoutDirection() is Qt.LayoutDirection.RightToLeft)


def rule(*, vertical: bool = False) -> QFrame:
    """A line of one pixel."""
    made = QFrame()
    made.setProperty("line", True)
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def key_cap(signs: Signs, text: str) -> QLabel:
    """A key of the keyboard, as a hint beside what it does."""
    made = label(signs, text, "caption", "text_2")
    made.setProperty("keycap", True)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setFixedHeight(signs.theme.metrics("caption").height() + 5)
    return made


def row(*parts: _Part, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts side by side; 0 is a spring, another number a gap of so many pixels."""
    return _filled(QHBoxLayout(), parts, gap, margins)


def column(*parts: _Part, gap: int = 0, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts one below the other; 0 is a spring, another number a gap of so many pixels."""
    return _filled(QVBoxLayout(), parts, gap, margins)


def _filled(box: _Box, parts: tuple[_Part, ...], gap: int, margins: tuple[int, int, int, int]) -> _Box:
    box.setSpacing(gap)
    box.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, QWidget):
            box.addWidget(part)
        elif isinstance(part, int):
            box.addStretch() if part == 0 else box.addSpacing(part)
        else:
            box.addLayout(part)
    return box


def _as_plain(text: str) -> str:
    # A tooltip guesses its format; escaped text between tags is shown letter by letter.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>"
