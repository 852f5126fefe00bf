"""A popover: floats over the page beside what opened it, closes on Escape and on a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QWidget

from musync.gui.paint import Signs


class Popover(QFrame):
    """Fill it with a layout, then `open_at` a place of the window. The focus goes back to its opener."""

    closed = Signal()

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self._signs = signs
        self._opener: QWidget | None = None
        self.setObjectName(name)
        self.setProperty("popover", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open_at(self, opener: QWidget, anchor: QRect) -> None:
        """Show it below (else above) the anchor, a rectangle in the opener's measure, inside the opener's window."""
        window = opener.window()
        self._opener = opener
        self.setParent(window)
        if not self._signs.theme.look.high_contrast:
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(18)
            shadow.setOffset(0, 4)
            shadow.setColor(self._signs.theme.role("shadow"))
            self.setGraphicsEffect(shadow)
        self.adjustSize()
        self.move(self._place(window, QRect(opener.mapTo(window, anchor.topLeft()), anchor.size())))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one while widgets live

    def close_up(self) -> None:
        """Hide it and give the focus back."""
        if self.isHidden():
            return
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]  # as above
        self.hide()
        if self._opener is not None:
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close on a press outside; the press still does what it was meant for."""
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            place = event.globalPosition().toPoint()
            if isinstance(watched, QWidget) and not QRect(self.mapToGlobal(QPoint(0, 0)), self.size()).contains(place):
                self.close_up()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it; no key goes through to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _place(self, window: QWidget, anchor: QRect) -> QPoint:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = anchor.left() if mirrored else anchor.right() - self.width() + 1
        x = max(8, min(x, window.width() - self.width() - 8))
        below = anchor.bottom() + 8
        above = anchor.top() - 8 - self.height()
        y = below if below + self.height() <= window.height() - 8 or above < 8 else above
        return QPoint(x, max(8, y))
