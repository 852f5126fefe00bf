"""What every playlist file can do: list, head and read."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from musync.domain import Cursor, Entry, Page, Playlist, PlaylistId, PlaylistKind, Revision
from musync.domain.errors import NotFound
from musync.services.api import PlaylistService, Traits
from musync.services.files.disk import read_file, revision_of, unwritable
from musync.services.files.document import Collection, Document, entries_of
from musync.services.files.recognise import Content, read_content

Now = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as it stood when it was read."""

    path: Path
    revision: Revision
    content: Content

    @property
    def document(self) -> Document | None:
        """The content where it can be edited."""
        return self.content if isinstance(self.content, Document) else None


class FileReads(PlaylistService):
    """One playlist file.

    A file with one playlist has its name as that playlist's id. After a rename the id names the new file, in the folder
    of the account's path. Collections have ids of their own.

    Args:
        path: the file; it need not exist.
        now: seconds since the epoch.
        loaded: the file as it was just read, so that it is not understood twice.
    """

    traits: ClassVar[Traits] = Traits(accepts="any_track", revision="faithful")

    def __init__(self, path: Path, now: Now, loaded: Loaded | None = None) -> None:
        self._path = path
        self._now = now
        self._last = loaded

    @property
    def scope(self) -> str:
        """Empty: ids of services, hashes of words and absolute paths hold everywhere."""
        return ""

    def close(self) -> None:
        """Forget what was read."""
        self._last = None

    def list_playlists(self, cursor: Cursor | None = None) -> Page[Playlist]:
        """All playlists of the file; none while it does not exist."""
        if not os.path.lexists(self._path):
            return Page(items=(), total=0)
        loaded = self._load(self._path)
        heads = self._heads(loaded)
        return Page(items=heads, total=len(heads), revision=loaded.revision)

    def read_playlist(self, playlist: PlaylistId) -> Playlist:
        """One playlist's head; raises NotFound."""
        return self._head(self._loaded(playlist), playlist)

    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        """All entries at once; raises NotFound."""
        loaded = self._loaded(playlist)
        if isinstance(loaded.content, Collection):
            rows = next(listing.rows for listing in loaded.content.listings if listing.id == playlist)
        else:
            rows = loaded.content.rows
        return Page(items=entries_of(rows), total=len(rows), revision=loaded.revision)

    def load(self) -> Loaded:
        """Read the account's file; raises NotFound, AccessDenied, BadFile, Unavailable."""
        return self._load(self._path)

    def _loaded(self, playlist: PlaylistId) -> Loaded:
        """The file that holds this playlist."""
        loaded = self._load(self._file_of(playlist))
        if all(head.id != playlist for head in self._heads(loaded)):
            raise NotFound(
                "The file holds no such playlist.",
                where=f"{loaded.path}: {playlist}",
                next="Choose one of: " + ", ".join(head.title for head in self._heads(loaded)[:8]) + ".",
            )
        return loaded

    def _file_of(self, playlist: PlaylistId) -> Path:
        """The account's file, or the one beside it that it was renamed to."""
        name = Path(playlist).name
        if name != playlist or Path(name).suffix != self._path.suffix or os.path.lexists(self._path):
            return self._path
        renamed = self._path.with_name(name)
        return renamed if os.path.lexists(renamed) else self._path

    def _load(self, path: Path) -> Loaded:
        data = read_file(path)
        revision = revision_of(data)
        if self._last is None or (self._last.path, self._last.revision) != (path, revision):
            self._last = Loaded(path, revision, self._understood(data, path))
        return self._last

    def _understood(self, data: bytes, path: Path) -> Content:
        return read_content(data, path)

    def _heads(self, loaded: Loaded) -> tuple[Playlist, ...]:
        if isinstance(loaded.content, Document):
            return (self._document_head(loaded, loaded.content),)
        return self._listing_heads(loaded, loaded.content)

    def _head(self, loaded: Loaded, playlist: PlaylistId) -> Playlist:
        return next(head for head in self._heads(loaded) if head.id == playlist)

    def _document_head(self, loaded: Loaded, document: Document) -> Playlist:
        reason = unwritable(loaded.path)
        return Playlist(
            id=PlaylistId(loaded.path.name),
            title=document.title or loaded.path.stem,
            count=len(document.rows),
            kind=PlaylistKind.FILE,
            description=document.description,
            url=loaded.path.as_uri(),
            revision=loaded.revision,
            writable=not reason,
            unwritable_reason=reason,
        )

    @staticmethod
    def _listing_heads(loaded: Loaded, collection: Collection) -> tuple[Playlist, ...]:
        return tuple(
            Playlist(
                id=PlaylistId(listing.id),
                title=listing.title or loaded.path.stem,
                count=len(listing.rows),
                kind=listing.kind,
                description=listing.description,
                url=loaded.path.as_uri(),
                revision=loaded.revision,
                writable=False,
                unwritable_reason=collection.reason,
            )
            for listing in collection.listings
        )


class ReadOnlyFile(FileReads):
    """A file that other programs write for reading only: account exports, libraries, takeouts."""
