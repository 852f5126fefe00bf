"""The views of the confirm page: the queue and the candidates, with one key per verdict."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QTreeView

from musync.gui.delegates.candidate import CandidateDelegate
from musync.gui.delegates.queue import QueueDelegate
from musync.gui.models.candidates import CandidateModel
from musync.gui.models.queue import QueueModel
from musync.gui.paint import Signs

VERDICT_KEYS = {
    Qt.Key.Key_S: "skip",
    Qt.Key.Key_N: "never",
    Qt.Key.Key_X: "not_this",
    Qt.Key.Key_W: "why",
    Qt.Key.Key_Slash: "search",
}


def verdict_of(event: QKeyEvent, *, letters: bool) -> str:
    """What a key means on this page: accept, a digit, skip, never, not_this, why, search; empty for none."""
    if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
        return ""
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "accept"
    if not letters:
        return ""
    if Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9:
        return str(event.key() - Qt.Key.Key_0)
    return next((word for key, word in VERDICT_KEYS.items() if key == event.key()), "")


class QueueView(QTreeView):
    """The queue; single letters act while it has the focus."""

    verdict = Signal(str)
    letters = True

    def __init__(self, signs: Signs, model: QueueModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(signs, self, model))
        self.setObjectName("confirm.queue")
        self.setAccessibleName(self.tr("Questions"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        model.modelReset.connect(self._unfold)
        model.rowsInserted.connect(self._unfold_new)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a verdict, fold a group, or move."""
        index = self.currentIndex()
        if self._model.group(index) is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.setExpanded(index, not self.isExpanded(index))
            return
        word = verdict_of(event, letters=self.letters)
        if word:
            self.verdict.emit(word)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a group folds it."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._model.group(index) is not None:
            self.setExpanded(index, not self.isExpanded(index))
            return
        super().mousePressEvent(event)

    def _unfold(self) -> None:
        """Everything but what is certain."""
        self._unfold_new(QModelIndex(), 0, self._model.rowCount() - 1)

    def _unfold_new(self, parent: QModelIndex, first: int, last: int) -> None:
        """Groups that came; those that are there stay as the user folded them."""
        if not parent.isValid():
            for row in range(first, last + 1):
                self.setExpanded(self._model.index(row, 0), self._model.key_of(row) != "certain")


class CandidateView(QListView):
    """The candidates of one track."""

    verdict = Signal(str)
    why = Signal(int, QRect)
    """Row, and where its badge lies in the viewport."""
    refused = Signal(int)
    chosen = Signal(int)
    letters = True

    def __init__(self, signs: Signs, model: CandidateModel) -> None:
        super().__init__()
        self._model = model
        self._delegate = CandidateDelegate(signs, self, model)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setObjectName("confirm.candidates")
        self.setAccessibleName(self.tr("Candidates"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    def badge(self, row: int) -> QRect:
        """Where the badge of a row lies in the viewport."""
        return self._delegate.badge_rect(self.visualRect(self._model.index(row)), row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give a verdict, or move."""
        word = verdict_of(event, letters=self.letters)
        if word:
            self.verdict.emit(word)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The badge opens why, the thumb refuses; anything else selects."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and self._pressed(index, place):
            return
        super().mousePressEvent(event)

    def _pressed(self, index: QModelIndex, place: QPoint) -> bool:
        rect = self.visualRect(index)
        badge = self._delegate.badge_rect(rect, index.row())
        if badge.contains(place):
            self.setCurrentIndex(index)
            self.why.emit(index.row(), badge)
            return True
        if self._delegate.refuse_rect(rect, index.row()).contains(place):
            self.refused.emit(index.row())
            return True
        return False
