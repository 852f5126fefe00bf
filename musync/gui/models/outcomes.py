"""What becomes or became of each track of a run, as a table that can be filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from musync.gui.words import number

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
STATE, PLACE, TITLE, ARTIST, WHAT = range(5)


class OutcomeRow(NamedTuple):
    """One track: the state that colours it (empty: still to come), its word, its number, and what happened or why."""

    state: str
    word: str
    place: int
    title: str
    artist: str
    what: str = ""


class OutcomeModel(QAbstractTableModel):
    """Rows in the order of the run."""

    def __init__(self, last_column: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = last_column
        self._rows: list[OutcomeRow] = []
        self._shown: list[int] = []
        self._keys: frozenset[str] = frozenset()

    def show(self, rows: Sequence[OutcomeRow]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = list(rows)
        self._shown = self._chosen()
        self.endResetModel()

    def choose(self, keys: frozenset[str]) -> None:
        """Show only these states; empty for all."""
        self.beginResetModel()
        self._keys = keys
        self._shown = self._chosen()
        self.endResetModel()

    def update(self, changes: dict[int, OutcomeRow]) -> None:
        """Put other rows in place of some; they stay where they are."""
        for at, row in changes.items():
            self._rows[at] = row
        if self._keys:
            self.choose(self._keys)
        elif changes:
            self.dataChanged.emit(self.index(min(changes), 0), self.index(max(changes), WHAT))

    def row(self, line: int) -> OutcomeRow:
        """What a line shows."""
        return self._rows[self._shown[line]]

    def at(self, row: int) -> OutcomeRow:
        """A row by its number among all."""
        return self._rows[row]

    def tally(self) -> dict[str, int]:
        """How many there are of each state."""
        counts: dict[str, int] = {}
        for row in self._rows:
            counts[row.state] = counts.get(row.state, 0) + 1
        return counts

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Five."""
        return 0 if parent.isValid() else 5

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The texts."""
        row = self.row(index.row())
        place = number(row.place) if row.place else ""
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == STATE:
            return ", ".join(part for part in (row.word, row.title, row.artist, row.what) if part)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return (row.word, place, row.title, row.artist, row.what)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == WHAT:
            return row.what or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == PLACE:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("State"), "#", self.tr("Title"), self.tr("Artist"), self._last)[section]
        return None

    def _chosen(self) -> list[int]:
        return [at for at, row in enumerate(self._rows) if not self._keys or (row.state or "todo") in self._keys]
