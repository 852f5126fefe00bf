"""An account of a memory world: its playlists, and edits made to them from outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from musync.domain import Entry, EntryId, Playlist, PlaylistId, Track
from musync.services.memory.stored import Rows, Stored

if TYPE_CHECKING:
    from musync.services.memory.world import MemoryWorld


class MemoryAccount:
    """One person's playlists; what is done here is done past the service: no request, no fault, no check."""

    def __init__(self, world: MemoryWorld, ext_id: str) -> None:
        self.world = world
        self.ext_id = ext_id
        self.playlists: dict[PlaylistId, Stored] = {}

    def make_playlist(self, title: str, rows: Iterable[Track | Entry] = (), **head: Any) -> PlaylistId:
        """Make a playlist of tracks and ready-made rows (placeholders); its tracks join the catalogue.

        `head` are further fields of `Playlist`: id, kind, writable, unwritable_reason …
        """
        with self.world.lock:
            return self.keep(title, self._rows(rows), **head)

    def keep(self, title: str, rows: Rows, **head: Any) -> PlaylistId:
        """Store a new playlist of these very rows."""
        with self.world.lock:
            playlist = PlaylistId(head.pop("id", None) or f"p{self.world.tick()}")
            url = "memory://" + "/".join(quote(part, safe="@") for part in (self.world.name, self.ext_id, playlist))
            made = Playlist(id=playlist, title=title, **({"owner": self.ext_id, "url": url} | head))
            self.playlists[playlist] = Stored(head=made, rows=rows, mark=self.world.tick())
            return playlist

    def put(self, playlist: PlaylistId, rows: Iterable[Track | Entry]) -> None:
        """Edit a list from outside so that it holds exactly this; copies that stay keep their entry ids."""
        with self.world.lock:
            left = list(self.playlists[playlist].rows)
            self.change(playlist, rows=tuple(self._same_row(left, row) for row in self._rows(rows)))

    def change(self, playlist: PlaylistId, **fields: Any) -> Stored:
        """Store a new state of a playlist: fields of `Stored`."""
        with self.world.lock:
            old = self.playlists[playlist]
            new = replace(old, **fields, mark=self.world.tick(), before=replace(old, before=None))
            self.playlists[playlist] = new
            return new

    def tracks(self, playlist: PlaylistId) -> tuple[Track, ...]:
        """What the list holds, in order, placeholders included."""
        return tuple(row.track for row in self.playlists[playlist].rows)

    def titles(self, playlist: PlaylistId) -> list[str]:
        """The titles of what the list holds, in order."""
        return [track.title for track in self.tracks(playlist)]

    def new_row(self, track: Track, added_at: Any = None) -> Entry:
        """A row of its own for a track."""
        return Entry(id=EntryId(f"e{self.world.tick()}"), track=track, added_at=added_at)

    def _rows(self, rows: Iterable[Track | Entry]) -> Rows:
        made = tuple(self._row(row) for row in rows)
        self.world.catalogue.add(row.track for row in made if row.addressable)
        return made

    def _row(self, row: Track | Entry) -> Entry:
        if isinstance(row, Track):
            return self.new_row(row)
        return replace(row, id=EntryId(f"e{self.world.tick()}"))

    def _same_row(self, left: list[Entry], row: Entry) -> Entry:
        """The first row left of the same track, or the new one."""
        for old in left:
            if old.track.id == row.track.id:
                left.remove(old)
                return old
        return row
