"""Lists of two-line rows: accounts, runs, decisions, checks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TwoLines(NamedTuple):
    """One row: icon and its colour, title, second line, and a word with its state at the far side."""

    icon: str
    colour: str
    title: str
    second: str
    state: str = ""
    word: str = ""


class RowsModel(QAbstractListModel):
    """Rows and, beside each, the value it stands for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[TwoLines, object]] = []

    def show(self, rows: Sequence[tuple[TwoLines, object]]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def append(self, row: TwoLines, value: object) -> None:
        """One more at the end."""
        self.beginInsertRows(_ROOT, len(self._rows), len(self._rows))
        self._rows.append((row, value))
        self.endInsertRows()

    def row(self, at: int) -> TwoLines:
        """What a row shows."""
        return self._rows[at][0]

    def value(self, at: int) -> object:
        """What a row stands for; None for none."""
        return self._rows[at][1] if 0 <= at < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title for search by typing, the whole row for reading aloud."""
        row = self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.word, row.title, row.second) if part)
        return None
