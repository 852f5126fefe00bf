"""What stands in the place of content: busy with a count and a bar, wrong with the way on, empty with what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QSizePolicy, QWidget

from musync.gui.paint import Signs
from musync.gui.widgets.basics import Card, Glyph, button, column, label, row
from musync.gui.words import fill, number

BUSY_AFTER_MS = 400


class Way(NamedTuple):
    """A button below a message: its text, object name, what it does, its kind and icon."""

    text: str
    name: str
    act: Callable[[], None]
    kind: str = ""
    icon: str = ""


class Message(QWidget):
    """Icon, what it is in one line, what stays unchanged and what to do next, left aligned."""

    def __init__(self, signs: Signs, name: str, *, big: bool = False) -> None:
        super().__init__()
        self._signs = signs
        self.setObjectName(name)
        self._glyph = Glyph(signs, "message.info", "text_2", 40 if big else 24)
        self._title = label(signs, "", "section" if big else "strong", wrap=True)
        self._text = label(signs, "", "body", "text_2", wrap=True)
        self._code = label(signs, "", "small", "text_3", wrap=True)
        self._ways = row(gap=8)
        holder = QWidget()
        holder.setLayout(self._ways)
        self._holder = holder
        self._buttons: list[QPushButton] = []
        inner = column(self._glyph, 10, self._title, 4, self._text, 12, holder, 8, self._code, 0)
        outer = row(inner, margins=(24, 28, 24, 16))
        self.setLayout(outer)
        for part in (self._title, self._text, self._code):
            part.setMaximumWidth(signs.theme.metrics("body").averageCharWidth() * 80)

    def show_message(
        self,
        icon: str,
        role: str,
        title: str,
        text: str = "",
        ways: Sequence[Way] = (),
        code: str = "",
    ) -> None:
        """Show this; `role` colours the icon."""
        self._glyph.show_icon(icon, role)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._code.setText(code)
        self._code.setVisible(bool(code))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self._show_ways(ways)

    @property
    def first(self) -> QPushButton | None:
        """The first way on, for the focus."""
        return self._buttons[0] if self._buttons else None

    @property
    def title(self) -> str:
        """What it says in one line."""
        return self._title.text()

    @property
    def text(self) -> str:
        """What it says below."""
        return self._text.text()

    def _show_ways(self, ways: Sequence[Way]) -> None:
        while self._ways.count():
            self._ways.takeAt(0)
        for old in self._buttons:
            old.deleteLater()
        self._buttons = []
        for way in ways:
            made = button(self._signs, way.text, way.name, kind=way.kind, icon=way.icon)
            made.clicked.connect(way.act)
            self._ways.addWidget(made)
            self._buttons.append(made)
        self._ways.addStretch()
        self._holder.setVisible(bool(ways))


class Busy(Card):
    """What is being read, how far, and skeleton rows; nothing at all for the first 400 ms."""

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self._signs = signs
        self.setObjectName(name)
        self._title = label(signs, "", "strong")
        self._figures = label(signs, "", "body", "text_2")
        self.bar = QProgressBar()
        self.bar.setObjectName(f"{name}.progress")
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self._rows = Skeleton(signs)
        self._content = QWidget()
        self._content.setLayout(
            column(row(self._title, 0, self._figures), 8, self.bar, 16, self._rows, margins=(18, 16, 18, 12))
        )
        self.setLayout(column(self._content))
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(BUSY_AFTER_MS)
        self._late.timeout.connect(self._content.show)

    def begin(self, title: str) -> None:
        """Start to be busy."""
        self._title.setText(title)
        self._figures.setText("")
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self._content.hide()
        self._late.start()

    def end(self) -> None:
        """Stop, also before anything was shown."""
        self._late.stop()

    def show_progress(self, title: str, done: int, total: int | None) -> None:
        """Say what and how far."""
        if title:
            self._title.setText(title)
            self.bar.setAccessibleName(title)
        self._figures.setText(fill(self.tr("%1 of %2"), done, total) if total else (number(done) if done else ""))
        self.bar.setRange(0, total or 0)
        self.bar.setValue(min(done, total) if total else 0)

    @property
    def shown(self) -> bool:
        """Whether the 400 ms are over."""
        return self._content.isVisible()


class Skeleton(QWidget):
    """Grey bars where rows will be."""

    _WIDTHS = (62, 48, 71, 40, 66, 54, 45, 70, 58, 50, 64, 42)

    def __init__(self, signs: Signs, *, covers: bool = False) -> None:
        super().__init__()
        self._signs = signs
        self._covers = covers
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as many as fit, fewer than would look like a full list."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._signs.theme.role("pressed"))
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        height = 48 if self._covers else 29
        mark = 36 if self._covers else 16
        for index, width in enumerate(self._WIDTHS[: min(len(self._WIDTHS), self.height() // height)]):
            top = index * height + (6 if self._covers else 4)
            bars = [
                (0, top, mark, mark),
                (mark + 10, top + (5 if self._covers else 3), self.width() * width // 130, 10),
            ]
            if self._covers:
                bars.append((mark + 10, top + 22, self.width() * width // 260, 8))
            else:
                bars.append((self.width() - 34, top + 3, 34, 10))
            for x, y, wide, high in bars:
                left = self.width() - x - wide if mirrored else x
                painter.drawRoundedRect(QRectF(left, y, wide, high), 4, 4)
