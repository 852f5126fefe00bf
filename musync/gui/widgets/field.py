"""Line edits with an icon at the leading side and, where it fits, a key cap at the other."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from musync.gui.paint import Signs
from musync.gui.widgets.basics import key_cap


class Field(QLineEdit):
    """A field for words; `words` is its placeholder and what is read aloud."""

    def __init__(self, signs: Signs, words: str, name: str, *, icon: str = "action.search", key: str = "") -> None:
        super().__init__()
        self._signs = signs
        self._icon = icon
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setObjectName(name)
        self.setFixedHeight(signs.theme.row("input_h"))
        self.setMinimumWidth(80)
        self._sign = QAction(self)
        self.addAction(self._sign, QLineEdit.ActionPosition.LeadingPosition)
        self._cap = key_cap(signs, key) if key else None
        if self._cap is not None:
            self._cap.setParent(self)
            self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            cap = self._cap
            self.textChanged.connect(lambda text: cap.setVisible(not text))
        self._dress()
        signs.theme.changed.connect(self._dress)

    def sizeHint(self) -> QSize:
        """Room for some words."""
        return QSize(220, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the key cap at the far side."""
        super().resizeEvent(event)
        if self._cap is not None:
            size = self._cap.sizeHint()
            mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            x = 8 if mirrored else self.width() - size.width() - 8
            self._cap.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
            room = size.width() + 8
            self.setTextMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)

    def _dress(self) -> None:
        self._sign.setIcon(self._signs.icons.icon(self._icon, "text_3", 16))
