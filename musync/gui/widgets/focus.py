"""The focus ring: 2 px, 2 px outside of buttons, fields and cards.

Shown for keyboard focus always, for mouse focus only in fields. Views draw their own ring, inside.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from musync.gui.theme import Theme

_REACH = 4


class FocusRing(QWidget):
    """Lies over the whole window and draws round what has the focus."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._target: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go along with the target."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            self._settle()
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.Destroy):
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.role("focus"), 2))
        radius = self.height() / 2 - 1 if self._target is not None and self._target.property("round") else 8
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._target is not None and shiboken6.isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = new if new is not None and self._wants_ring(new) else None
        if self._target is None:
            self.hide()
            return
        self._target.installEventFilter(self)
        self._settle()

    def _wants_ring(self, widget: QWidget) -> bool:
        window = self.parentWidget()
        if window is None or widget.window() is not window:
            return False
        if isinstance(widget, (QLineEdit, QComboBox)):
            return not isinstance(widget.parent(), QComboBox)
        by_keyboard = window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        return by_keyboard and isinstance(widget, QAbstractButton)

    def _settle(self) -> None:
        window, target = self.parentWidget(), self._target
        if window is None or target is None or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(window, QPoint(0, 0))
        self.setGeometry(QRect(corner, target.size()).adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self.raise_()
        self.show()
