"""Line edits with an icon at the leading side and, where it fits, a key cap at the other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from musync.gui.paint import Signs
from musync.gui.widgets.basics import Glyph, key_cap

_ICON, _PAD = 16, 9


class Field(QLineEdit):
    """A field for words; `words` is its placeholder and what is read aloud."""

    def __init__(self, signs: Signs, words: str, name: str, *, icon: str = "action.search", key: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setObjectName(name)
        self.setFixedHeight(signs.theme.row("input_h"))
        self.setMinimumWidth(80)
        # A part of its own rather than one of Qt's actions, which are buttons without a name to a screen reader.
        self._icon = self._put(Glyph(signs, icon, "text_3", _ICON))
        self._cap = self._put(key_cap(signs, key)) if key else None
        if self._cap is not None:
            cap = self._cap
            self.textChanged.connect(lambda text: cap.setVisible(not text))
        self._place()

    def sizeHint(self) -> QSize:
        """Room for some words."""
        return QSize(220, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the parts at their sides."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Change sides with the layout."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._place()

    def _put(self, part: QWidget) -> QWidget:
        part.setParent(self)
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return part

    def _place(self) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        near = _PAD + _ICON
        x = self.width() - near if mirrored else _PAD
        self._icon.move(x, (self.height() - _ICON) // 2)
        far = 0
        if self._cap is not None:
            size = self._cap.sizeHint()
            far = size.width() + 8
            x = 8 if mirrored else self.width() - far
            self._cap.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())
        self.setTextMargins(far if mirrored else near, 0, near if mirrored else far, 0)
