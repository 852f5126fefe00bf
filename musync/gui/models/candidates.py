"""The counterparts that came up for one track, or what the user's own search found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from musync.domain import Candidate, Match, Track
from musync.gui.rows import described, title_of
from musync.gui.versions import sureness

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class CandidateModel(QAbstractListModel):
    """Rows are candidates; one found by hand has no probability of its own unless it was weighed already."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Track, Candidate | None]] = []
        self.wanted: Track | None = None
        self.searched = False

    def show_match(self, match: Match | None) -> None:
        """Show what came up for a track."""
        self.beginResetModel()
        self.wanted = match.wanted if match is not None else None
        self._rows = [(one.track, one) for one in match.candidates] if match is not None else []
        self.searched = False
        self.endResetModel()

    def show_found(self, match: Match, tracks: Sequence[Track]) -> None:
        """Show what the user's own search found; weighed candidates keep their figure."""
        weighed = {one.track.id: one for one in match.candidates}
        self.beginResetModel()
        self.wanted = match.wanted
        self._rows = [(track, weighed.get(track.id)) for track in tracks]
        self.searched = True
        self.endResetModel()

    def track(self, row: int) -> Track:
        """The counterpart of a row."""
        return self._rows[row][0]

    def candidate(self, row: int) -> Candidate | None:
        """The weighed candidate of a row."""
        return self._rows[row][1]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title for search by typing, the whole row for reading aloud."""
        track, candidate = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(track)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            sure = sureness(candidate)[1] if candidate is not None else ""
            parts = (str(index.row() + 1), title_of(track), described(track), sure)
            return ", ".join(part for part in parts if part)
        return None
