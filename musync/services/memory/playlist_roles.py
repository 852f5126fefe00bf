"""Creating, describing and deleting playlists of the memory service, a class for each role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from musync.domain import Playlist, PlaylistId, Track
from musync.domain.errors import Refused, TracksRefused
from musync.services.api import CreatesPlaylists, DeletesPlaylists, EditsDetails
from musync.services.memory.entry_roles import Accepts
from musync.services.memory.reading import MemoryReads, within


class MemoryCreates(Accepts, CreatesPlaylists):
    """Makes playlists; titles may be equal."""

    def create_playlist(self, title: str, *, description: str = "", tracks: Sequence[Track] = ()) -> Playlist:
        """Make a playlist of these tracks, or none."""
        sent = tuple(tracks)
        return self._ask(
            "create_playlist",
            lambda: self._created(title, description, sent),
            title=title,
            description=description,
            tracks=sent,
        )

    def _created(self, title: str, description: str, tracks: Sequence[Track]) -> Playlist:
        within(self.traits.add_batch, len(tracks), "tracks")
        if not (tracks or self.traits.empty_playlists):
            raise Refused("a list is made with its first tracks", where=title, unchanged="nothing was made")
        rows, refused = self.taken_rows(tracks, ())
        if refused:
            raise TracksRefused(refused, where=title, unchanged="nothing was made")
        return self._head(self._stored(self.account.keep(title, tuple(rows), description=description)))


class MemoryEdits(MemoryReads, EditsDetails):
    """Edits title, description and cover."""

    def edit_details(
        self,
        playlist: PlaylistId,
        *,
        title: str | None = None,
        description: str | None = None,
        cover: bytes | None = None,
    ) -> Playlist:
        """Change what is given; the entries and the id stay."""
        return self._ask(
            "edit_details",
            lambda: self._edited(playlist, title, description, cover),
            playlist=playlist,
            title=title,
            description=description,
            cover=cover,
        )

    def _edited(
        self, playlist: PlaylistId, title: str | None, description: str | None, cover: bytes | None
    ) -> Playlist:
        stored = self.writable(playlist)
        head = replace(
            stored.head,
            title=stored.head.title if title is None else title,
            description=stored.head.description if description is None else description,
        )
        return self._head(self.account.change(playlist, head=head, cover=stored.cover if cover is None else cover))


class MemoryDeletes(MemoryReads, DeletesPlaylists):
    """Deletes playlists."""

    def delete_playlist(self, playlist: PlaylistId) -> None:
        """Delete it with its entries."""
        self._ask("delete_playlist", lambda: self._deleted(playlist), playlist=playlist)

    def _deleted(self, playlist: PlaylistId) -> None:
        self.writable(playlist)
        del self.account.playlists[playlist]
