"""The playlists of an account, or files that were opened, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from musync.gui.words import fill, number, shown

if TYPE_CHECKING:
    from musync.app.sides import Side

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Shown(NamedTuple):
    """One row: what it is called, what stands below, its number, its icon, and why it cannot serve (empty: it can)."""

    title: str
    meta: str
    size: str
    icon: str
    reason: str


class PlaylistModel(QAbstractListModel):
    """Sides that can be chosen on one page's column; `receiving` says that the column is the target's."""

    def __init__(self, receiving: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receiving = receiving
        self._sides: list[Side] = []

    def show(self, sides: Sequence[Side]) -> None:
        """Show these."""
        self.beginResetModel()
        self._sides = list(sides)
        self.endResetModel()

    def put_first(self, side: Side) -> None:
        """Add one at the top, in place of one that is the same."""
        self._sides = [side, *(other for other in self._sides if not _same(other, side))]
        self.show(self._sides)

    @property
    def sides(self) -> Sequence[Side]:
        """Everything in it."""
        return self._sides

    def side(self, row: int) -> Side:
        """The value of a row."""
        return self._sides[row]

    def row_of(self, side: Side | None) -> int | None:
        """Where a side stands."""
        if side is None:
            return None
        return next((row for row, other in enumerate(self._sides) if _same(other, side)), None)

    def reason(self, row: int) -> str:
        """Why the row cannot serve in this column, empty when it can."""
        playlist = self._sides[row].playlist
        if playlist is None:
            return ""
        if self._receiving:
            return "" if playlist.writable else shown(playlist.unwritable_reason) or self.tr("It can only be read")
        return "" if playlist.readable else shown(playlist.unreadable_reason) or self.tr("It cannot be read")

    def shown(self, row: int) -> Shown:
        """What a row shows."""
        side = self._sides[row]
        playlist = side.playlist
        if playlist is None:
            return Shown(shown(side.title), self.tr("new, it is made when you write"), "", "action.new_playlist", "")
        count = number(playlist.count) if playlist.count is not None else ""
        return Shown(shown(playlist.title), self._meta(side), count, f"kind.{playlist.kind.value}", self.reason(row))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._sides)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title for search by typing, the whole row for reading aloud."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.shown(index.row()).title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.shown(index.row())
            count = fill(self.tr("%1 tracks"), row.size) if row.size else ""
            return ", ".join(part for part in (row.title, row.reason or row.meta, count) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.shown(index.row()).reason or None
        return None

    def _meta(self, side: Side) -> str:
        playlist = side.playlist
        assert playlist is not None
        kind = {
            "playlist": self.tr("playlist"),
            "liked": self.tr("collection"),
            "recent": self.tr("collection"),
            "top": self.tr("collection"),
            "album": self.tr("album"),
            "chart": self.tr("chart"),
            "folder": self.tr("folder"),
            "file": self.tr("playlist file"),
        }[playlist.kind.value]
        owner = shown(playlist.owner or side.account.label or side.account.name)
        return f"{owner} · {kind}" if owner else kind


class PlaylistFilter(QSortFilterProxyModel):
    """Shows what holds the words, in the order chosen."""

    def __init__(self, model: PlaylistModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._needle = ""
        self.by_title = False
        self.setSourceModel(model)

    def look_for(self, words: str) -> None:
        """Show only what holds these words."""
        self.beginFilterChange()
        self._needle = words.casefold().strip()
        self.endFilterChange()

    def order_by_title(self, on: bool) -> None:
        """By title, or as the service lists them."""
        self.by_title = on
        self.invalidate()
        self.sort(0 if on else -1)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Title or owner hold the words."""
        row = self._model.shown(source_row)
        return not self._needle or self._needle in f"{row.title}\n{row.meta}".casefold()

    def lessThan(self, left: Index, right: Index) -> bool:
        """By title, letters of any case alike."""
        return self._model.shown(left.row()).title.casefold() < self._model.shown(right.row()).title.casefold()


def _same(one: Side, other: Side) -> bool:
    if one.key is None or other.key is None:
        return one.key == other.key and one.title == other.title and one.account == other.account
    return one.key == other.key
