"""The line of tools above the review's table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from musync.gui.paint import Signs
from musync.gui.widgets.basics import button, row
from musync.gui.widgets.field import Field

_NARROW, _SHORT = 1180, 1060


class ReviewTools(QWidget):
    """Find, next difference, only differences, tick and untick all, row height."""

    find_changed = Signal(str)
    next_wanted = Signal()
    only_changed = Signal(bool)
    tick_wanted = Signal(bool)
    tall_changed = Signal(bool)
    tall_wanted = Signal(bool)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self.search = Field(signs, self.tr("Find in both lists"), "review.find", key=self.tr("Ctrl F"))
        self.search.setMaximumWidth(262)
        self.next = button(signs, self.tr("Next difference"), "review.next", icon="arrow-down")
        self.next.setToolTip(self.tr("Next difference (F7)"))
        self.only = button(signs, self.tr("Only differences"), "review.only", kind="flat", icon="action.filter")
        self.only.setCheckable(True)
        self.tick_all = button(signs, self.tr("Tick all"), "review.tick_all", kind="flat")
        self.untick_all = button(signs, self.tr("Untick all"), "review.untick_all", kind="flat")
        self.tall = button(signs, self.tr("Two-line rows"), "review.tall", kind="flat", icon="format-line-spacing")
        self.tall.setCheckable(True)
        self._said = {part: part.text() for part in (self.next, self.only, self.tall)}
        layout = row(self.search, self.next, self.only, gap=8)
        layout.addStretch()
        for part in (self.tick_all, self.untick_all, self.tall):
            layout.addWidget(part)
        self.setLayout(layout)
        self.search.textChanged.connect(self.find_changed)
        self.next.clicked.connect(self.next_wanted)
        self.only.toggled.connect(self.only_changed)
        self.tick_all.clicked.connect(lambda: self.tick_wanted.emit(True))
        self.untick_all.clicked.connect(lambda: self.tick_wanted.emit(False))
        self.tall.toggled.connect(self.tall_changed)
        self.tall.clicked.connect(self.tall_wanted)

    def fit(self, width: int) -> None:
        """Icons alone where the window is narrow."""
        narrow = width < _NARROW
        for part, words in self._said.items():
            part.setText("" if narrow else words)
            part.setToolTip(words)
            part.setMinimumWidth(0)
            part.setMaximumWidth(part.height() if narrow else 16_777_215)
            self._signs.icons.redress(self)
        for part in (self.tick_all, self.untick_all):
            part.setVisible(width >= _SHORT)
