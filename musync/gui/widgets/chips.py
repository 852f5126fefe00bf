"""Chips: counts that act as filters. A click shows only that, Ctrl+click adds it; "3 more" holds what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QWidget

from musync.gui.paint import Signs
from musync.gui.text import draw_text
from musync.gui.widgets.basics import button
from musync.gui.words import fill, number


class Count(NamedTuple):
    """One chip: the key it filters by, its state's sign (empty for none), its word and its number.

    `figure` is shown in place of the number ("1 of 37").
    """

    key: str
    state: str
    word: str
    amount: int
    figure: str = ""

    @property
    def shown(self) -> str:
        """The number as it stands on the chip."""
        return self.figure or number(self.amount)


class Chip(QAbstractButton):
    """One count that can be pressed."""

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self._signs = signs
        self._count = Count("", "", "", 0)
        self._hovered = False
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFixedHeight(signs.theme.row("chip_h"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_count(self, count: Count) -> None:
        """Show this count; zero stays visible but quiet."""
        self._count = count
        self.setAccessibleName(f"{count.word} {count.shown}")
        self.updateGeometry()
        self.update()

    @property
    def key(self) -> str:
        """What it filters by."""
        return self._count.key

    def worth(self) -> int:
        """How early it may go where room is short: what says nothing first, what is the same on both sides next."""
        if self._count.amount == 0:
            return 3
        return 2 if self._count.state in ("both", "only_there") else 1

    @property
    def text_shown(self) -> str:
        """Word and number, for a menu."""
        return f"{self._count.word}   {self._count.shown}"

    def sizeHint(self) -> QSize:
        """Sign, word and number with their gaps."""
        theme = self._signs.theme
        width = theme.metrics("small").horizontalAdvance(self._count.word) + 6
        width += theme.metrics("small", 600).horizontalAdvance(self._count.shown)
        return QSize(width + 20 + (20 if self._count.state else 0), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw pill, sign, word and number."""
        painter = QPainter(self)
        theme, count = self._signs.theme, self._count
        role = theme.role
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        quiet = count.amount == 0 and not self.isChecked()
        self._draw_pill(painter, quiet)
        box = self.rect().adjusted(10, 0, -8, 0)
        if count.state:
            x = box.right() - 14 if mirrored else box.left()
            colour = role("text_3") if quiet else theme.state(count.state).fg
            self._signs.icons.paint(painter, f"state.{count.state}", colour, x, (self.height() - 14) // 2, 14, mirrored)
            box = box.adjusted(0, 0, -20, 0) if mirrored else box.adjusted(20, 0, 0, 0)
        colour = role("text_3" if quiet else "text")
        taken = draw_text(painter, box, count.word, theme.font("small"), colour, mirrored=mirrored) + 6
        box = QRect(box.left(), 0, box.width() - taken, self.height()) if mirrored else box.adjusted(taken, 0, 0, 0)
        draw_text(painter, box, count.shown, theme.font("small", 600), colour, mirrored=mirrored)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Be calm again."""
        self._hovered = False
        self.update()

    def _draw_pill(self, painter: QPainter, quiet: bool) -> None:
        role = self._signs.theme.role
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.height() / 2 - 0.5
        if self.isChecked():
            painter.setPen(QPen(role("accent"), 2))
            painter.setBrush(role("selected"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        else:
            painter.setPen(QPen(role("line" if quiet else "control_line"), 1))
            ground = role("hover") if self._hovered else role("surface")
            painter.setBrush(Qt.GlobalColor.transparent if quiet and not self._hovered else ground)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


class Chips(QWidget):
    """A line of chips that never wraps. The first one stands for all of them."""

    chosen = Signal(frozenset)
    """The keys to show; empty for all."""

    def __init__(self, signs: Signs, name: str) -> None:
        super().__init__()
        self._signs = signs
        self._name = name
        self._chips: list[Chip] = []
        self._adding = False
        self._used = 0
        self._more = self._more_button()
        self.setObjectName(name)
        self.setFixedHeight(signs.theme.row("chip_h"))

    def show_counts(self, counts: Sequence[Count]) -> None:
        """Show these counts; what was chosen stays chosen."""
        while len(self._chips) < len(counts):
            self._chips.append(self._make())
        for chip, count in zip(self._chips, counts, strict=False):
            chip.show_count(count)
            chip.setObjectName(f"{self._name}.{count.key or 'all'}")
        for chip in self._chips[len(counts) :]:
            chip.show_count(Count("-", "", "", 0))
            chip.hide()
        self._used = len(counts)
        if not self.keys:
            self._chips[0].setChecked(True)
        self._lay_out()

    @property
    def keys(self) -> frozenset[str]:
        """What is chosen; empty for all."""
        return frozenset(chip.key for chip in self._chips[1:] if chip.isChecked())

    def choose(self, keys: frozenset[str]) -> None:
        """Choose these and tell it."""
        for chip in self._chips[1:]:
            chip.setChecked(chip.key in keys)
        self._settle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing between the chips reacts."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        self._lay_out()

    def sizeHint(self) -> QSize:
        """All of them side by side."""
        width = sum(chip.sizeHint().width() + 6 for chip in self._chips)
        return QSize(width, self.height())

    def minimumSizeHint(self) -> QSize:
        """One and the way to the others."""
        return QSize(160, self.height())

    def _make(self) -> Chip:
        chip = Chip(self._signs, self._name)
        chip.setParent(self)
        chip.installEventFilter(self)
        chip.clicked.connect(self._on_clicked)
        # Chips come when there is something to count; Tab walks through them where the line stands, the button last.
        QWidget.setTabOrder(self._chips[-1] if self._chips else self._more, chip)
        QWidget.setTabOrder(chip, self._more)
        self._more.raise_()
        return chip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note whether Ctrl is held."""
        if event.type() is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            self._adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        return False

    def _on_clicked(self) -> None:
        pressed = self.sender()
        if not isinstance(pressed, Chip):
            return
        if not self._adding or pressed is self._chips[0]:
            for chip in self._chips:
                chip.setChecked(chip is pressed)
        self._adding = False
        self._settle()

    def _settle(self) -> None:
        if self._chips:
            self._chips[0].setChecked(not self.keys)
        self.chosen.emit(self.keys)

    def _more_button(self) -> QPushButton:
        made = button(self._signs, "", f"{self._name}.more", icon="action.more", small=True, kind="flat")
        made.setParent(self)
        made.setMenu(QMenu(made))
        made.menu().aboutToShow.connect(self._fill_menu)
        made.hide()
        return made

    def _lay_out(self) -> None:
        """Place what fits from the leading edge; zeros and far ones go behind the button first."""
        if not self._chips:
            return
        used = self._chips[: self._used]
        widths = [chip.sizeHint().width() for chip in used]
        fits = self._fitting(used, widths)
        x = 0
        for chip, width in zip(used, widths, strict=True):
            chip.setVisible(chip in fits)
            if chip in fits:
                self._place(chip, x, width)
                x += width + 6
        self._place_more(len(used) - len(fits), x)

    def _fitting(self, used: list[Chip], widths: list[int]) -> list[Chip]:
        if sum(widths) + 6 * (len(widths) - 1) <= self.width():
            return used
        room = self.width() - self._more.sizeHint().width() - 6
        fits: list[Chip] = []
        # The first says how many there are in all, so it is never behind the button; then those that say something.
        by_worth = sorted(zip(used, widths, strict=True), key=lambda each: each[0] is not used[0] and each[0].worth())
        for chip, width in by_worth:
            if width <= room:
                fits.append(chip)
                room -= width + 6
        return [chip for chip in used if chip in fits]

    def _place_more(self, hidden: int, x: int) -> None:
        self._more.setVisible(hidden > 0)
        if hidden:
            text = fill(self.tr("%1 more"), hidden)
            self._more.setText(text)
            self._more.setAccessibleName(text)
            self._place(self._more, x, self._more.sizeHint().width())

    def _place(self, part: QWidget, x: int, width: int) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        part.setGeometry(self.width() - x - width if mirrored else x, 0, width, self.height())

    def _fill_menu(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for chip in self._chips[: self._used]:
            if not chip.isVisible():
                action = menu.addAction(chip.text_shown)
                action.setCheckable(True)
                action.setChecked(chip.isChecked())
                action.triggered.connect(chip.click)
