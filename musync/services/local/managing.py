"""Making, renaming and deleting playlist files, a class for each role."""

from __future__ import annotations

from collections.abc import Sequence

from musync.domain import Playlist, PlaylistId, Track
from musync.domain.errors import TracksRefused
from musync.services.api import CreatesPlaylists, DeletesPlaylists, EditsDetails
from musync.services.local.editing import LocalEdits
from musync.services.local.reading import LocalReads


class LocalCreates(LocalEdits, CreatesPlaylists):
    """Makes M3U8 files."""

    def create_playlist(self, title: str, *, description: str = "", tracks: Sequence[Track] = ()) -> Playlist:
        """Write the whole file at once; where its name is taken it gets a number. It holds no description."""
        with self.border():
            draft = self.playlists.draft(title)
            lines, refused = self.lines(tracks, draft)
            if refused:
                raise TracksRefused(refused, where=title, unchanged="No playlist was made.")
            return self.playlists.create(draft, draft.readable().insert(0, lines)).head


class LocalDetails(LocalReads, EditsDetails):
    """Renames playlists."""

    def edit_details(
        self,
        playlist: PlaylistId,
        *,
        title: str | None = None,
        description: str | None = None,
        cover: bytes | None = None,
    ) -> Playlist:
        """Change the title line and the file's name, and so the id; a file holds neither description nor cover."""
        with self.border():
            file = self.playlists.read(playlist)
            return (file if title is None else self.playlists.rename(file, title)).head


class LocalDeletes(LocalReads, DeletesPlaylists):
    """Deletes playlist files."""

    def delete_playlist(self, playlist: PlaylistId) -> None:
        """Delete the file, never one of the music."""
        with self.border():
            self.playlists.delete(self.playlists.read(playlist))
