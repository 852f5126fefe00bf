"""Tick boxes and radio buttons in our shape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout

from musync.gui.paint import Signs
from musync.gui.text import draw_text, mirrored_rect
from musync.gui.widgets.basics import Card, Glyph, label
from musync.gui.words import shown


class TickBox(QCheckBox):
    """A tick box with its text."""

    def __init__(self, signs: Signs, text: str, name: str) -> None:
        super().__init__(text)
        self._signs = signs
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setFixedHeight(signs.theme.row("hit_min"))

    def sizeHint(self) -> QSize:
        """Box, gap and text."""
        return QSize(24 + self.fontMetrics().horizontalAdvance(self.text()) + 4, self.height())

    def hitButton(self, pos: QPoint) -> bool:
        """The text can be clicked as well."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw box and text."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        top = (self.height() - 16) // 2
        corner = QPoint(self.width() - 16 if mirrored else 0, top)
        states = {Qt.CheckState.Checked: "on", Qt.CheckState.PartiallyChecked: "mixed"}
        self._signs.tick(painter, corner, states.get(self.checkState(), "off"))  # type: ignore[arg-type]
        _draw_label(painter, self, self._signs, mirrored)


class Radio(QRadioButton):
    """A radio button with its text."""

    def __init__(self, signs: Signs, text: str, name: str) -> None:
        super().__init__(text)
        self._signs = signs
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setFixedHeight(max(24, signs.theme.metrics("body").height() + 6))

    def sizeHint(self) -> QSize:
        """Mark, gap and text."""
        return QSize(24 + self.fontMetrics().horizontalAdvance(self.text()) + 12, self.height())

    def hitButton(self, pos: QPoint) -> bool:
        """The text can be clicked as well."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and text."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._signs.radio(
            painter, QPoint(self.width() - 16 if mirrored else 0, (self.height() - 16) // 2), self.isChecked()
        )
        _draw_label(painter, self, self._signs, mirrored)


class RadioCard(Card):
    """A radio button with a line of explanation, the whole card of which can be pressed."""

    def __init__(self, signs: Signs, text: str, explanation: str, icon: str, name: str) -> None:
        super().__init__()
        self.radio = Radio(signs, text, name)
        self.radio.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.radio.setAccessibleDescription(explanation)
        self._glyph = Glyph(signs, icon, "text_3")
        top = QHBoxLayout()
        top.addWidget(self.radio)
        top.addWidget(self._glyph)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(label(signs, explanation, "small", "text_2", wrap=True))
        self.radio.toggled.connect(self._show_chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if event.button() is Qt.MouseButton.LeftButton and self.radio.isEnabled():
            self.radio.setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Look chosen from the start where it is."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._show_chosen(self.radio.isChecked())

    def _show_chosen(self, on: bool) -> None:
        # The chosen card has a line of two pixels, its content stays where it is.
        self._layout.setContentsMargins(*((11, 7, 11, 9) if on else (12, 8, 12, 10)))
        self.set_kind("chosen" if on else "true")
        self._glyph.show_icon(self._glyph.icon_name, "accent_text" if on else "text_3")
        font = self.radio.font()
        font.setBold(on)
        self.radio.setFont(font)


def _draw_label(painter: QPainter, widget: QCheckBox | QRadioButton, signs: Signs, mirrored: bool) -> None:
    colour = signs.theme.role("text" if widget.isEnabled() else "text_off")
    room = mirrored_rect(widget.rect().adjusted(24, 0, 0, 0), widget.rect(), mirrored)
    draw_text(painter, room, shown(widget.text()), widget.font(), colour, mirrored=mirrored)
