"""Creating, describing and deleting playlists of the memory service, a class for each role."""

from __future__ import annotations

from dataclasses import replace

from musync.domain import Playlist, PlaylistId
from musync.services.api import CreatesPlaylists, DeletesPlaylists, EditsDetails
from musync.services.memory.reading import MemoryReads


class MemoryCreates(MemoryReads, CreatesPlaylists):
    """Makes playlists; titles may be equal."""

    def create_playlist(self, title: str, *, description: str = "") -> Playlist:
        """Make an empty playlist."""
        return self._ask(
            "create_playlist", lambda: self._created(title, description), title=title, description=description
        )

    def _created(self, title: str, description: str) -> Playlist:
        return self._head(self._stored(self.account.make_playlist(title, description=description)))


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
