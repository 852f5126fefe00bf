"""The choice of an account, with the icon of its service and how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QSizePolicy

from musync.gui.paint import Signs
from musync.gui.text import draw_text, mirrored_rect


class AccountItem(NamedTuple):
    """One entry: a key, the service whose icon it has, what it is called; `act` marks one that opens something."""

    key: str
    service: str
    text: str
    act: bool = False


class AccountCombo(QComboBox):
    """Draws itself; the list below is Qt's."""

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self._signs = signs
        self._items: Sequence[AccountItem] = ()
        self._state = ("", "")
        self.setObjectName(name)
        self.setFixedHeight(signs.theme.high(36))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(120)
        self.setIconSize(QSize(18, 18))

    def show_items(self, items: Sequence[AccountItem], current: str) -> None:
        """Offer these; no signal comes from it."""
        self._items = items
        self.blockSignals(True)
        self.clear()
        for item in items:
            role = "text_2" if item.act else f"service.{item.service}"
            icon = "plus" if item.act else f"service.{item.service}"
            self.addItem(self._signs.icons.icon(icon, role), item.text, item.key)
        self.setCurrentIndex(max(0, next((i for i, item in enumerate(items) if item.key == current), 0)))
        self.blockSignals(False)

    def show_state(self, state: str, text: str) -> None:
        """Say how the account stands: done or failed, and the words."""
        self._state = (state, text)
        self.setAccessibleDescription(text)
        self.update()

    @property
    def item(self) -> AccountItem | None:
        """The chosen entry."""
        index = self.currentIndex()
        return self._items[index] if 0 <= index < len(self._items) else None

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(220, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, icon, name, state and arrow."""
        painter = QPainter(self)
        theme = self._signs.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.role("control_line" if self.isEnabled() else "line"), 1))
        painter.setBrush(theme.role("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        item = self.item
        if item is None:
            return
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        room = self.rect().adjusted(12, 0, -12, 0)
        icon = mirrored_rect(QRect(room.left(), (self.height() - 18) // 2, 18, 18), self.rect(), mirrored)
        colour = theme.service(item.service)
        self._signs.icons.paint(painter, f"service.{item.service}", colour, icon.left(), icon.top(), 18, mirrored)
        arrow = mirrored_rect(QRect(room.right() - 15, (self.height() - 16) // 2, 16, 16), self.rect(), mirrored)
        self._signs.icons.paint(painter, "chevron-down", theme.role("text"), arrow.left(), arrow.top(), 16, False)
        room = room.adjusted(26, 0, -24, 0)
        room = room.adjusted(0, 0, -self._paint_state(painter, room, mirrored), 0)
        place = mirrored_rect(room, self.rect(), mirrored)
        draw_text(painter, place, item.text, theme.font("strong"), theme.role("text"), mirrored=mirrored)

    def _paint_state(self, painter: QPainter, room: QRect, mirrored: bool) -> int:
        state, text = self._state
        if not state or room.width() < 200:
            return 0
        theme = self._signs.theme
        place = mirrored_rect(room, self.rect(), mirrored)
        colour = theme.state(state).fg
        taken = draw_text(painter, place, text, theme.font("small"), colour, mirrored=mirrored, end=True)
        icon = QRect(room.right() - taken - 18, (self.height() - 14) // 2, 14, 14)
        icon = mirrored_rect(icon, self.rect(), mirrored)
        self._signs.icons.paint(painter, f"state.{state}", colour, icon.left(), icon.top(), 14, mirrored)
        return taken + 30
