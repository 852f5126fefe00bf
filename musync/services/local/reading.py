"""Reading the local library: what every role of it stands on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final

from musync.domain import Cursor, Entry, Page, Playlist, PlaylistId, ScanReport
from musync.domain.errors import StorageError
from musync.services.api import Env, PlaylistService, Traits, translated
from musync.services.local.catalogue import Catalogue
from musync.services.local.errors import CACHE_ERRORS, LOCAL_ERRORS
from musync.services.local.index import QUICK_S, Index, open_index
from musync.services.local.playlists import PlaylistFile, PlaylistFolder
from musync.services.local.resolve import Resolver

TRAITS: Final = Traits(revision="faithful", add_batch=1_000, remove_batch=1_000)
"""Lists keep order and copies; a batch is one writing of the file, so that big ones cost less, and any order is one."""

# A slow look at the folder may cost one hundredth of the time until the next one, which comes within an hour.
_LOOKS: Final = 100.0
_OLDEST_S: Final = 3_600.0


class LocalReads(PlaylistService):
    """A folder of music and its playlist files.

    Listing playlists reads the playlist files alone. Entries, searches and the catalogue need the index: it is brought
    up to date by a scan when it is first asked for in a job. Where looking through the folder takes longer than half a
    second (a network drive, a hundred thousand files), a scan not older than a hundred times that long, and than an
    hour, is fresh enough. `scan` always looks.

    Args:
        folder: the music.
        playlists: where the playlist files are.
        library: the account's own id, which its track ids hold in.
        env: what the job lends.
    """

    traits = TRAITS

    def __init__(self, folder: Path, playlists: Path, library: str, env: Env) -> None:
        self.folder = folder
        self.playlists = PlaylistFolder(playlists)
        self._library = library
        self._env = env
        self._index: Index | None = None

    @property
    def scope(self) -> str:
        """The library's id."""
        return self._library

    def list_playlists(self, cursor: Cursor | None = None) -> Page[Playlist]:
        """All playlist files, by path; those that cannot be read say why."""
        with self.border():
            heads = []
            for file in self.playlists.all():
                self._env.control.checkpoint()
                heads.append(file.head)
            return Page(items=tuple(heads), total=len(heads))

    def read_playlist(self, playlist: PlaylistId) -> Playlist:
        """One playlist's head; its revision is the SHA-256 of the file."""
        with self.border():
            return self.playlists.read(playlist).head

    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        """The whole list; lines whose file is missing are placeholders."""
        with self.border():
            file = self.playlists.read(playlist)
            entries = self.entries_of(file)
            return Page(items=entries, total=len(entries), revision=file.revision)

    def close(self) -> None:
        """Let go of the index."""
        if self._index is not None:
            self._index.close()
            self._index = None
        self._forget()

    def entries_of(self, file: PlaylistFile) -> tuple[Entry, ...]:
        """The entries of a playlist file that was read; raises BadFile."""
        return self.resolver.entries(file.readable().entries, file.path.parent)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The tracks, as fresh as they have to be."""
        self._look()
        return Catalogue(self.index, self.folder)

    @cached_property
    def resolver(self) -> Resolver:
        """Finds tracks for lines of playlists."""
        return Resolver(self.catalogue, self.folder, self.index.moved())

    @property
    def index(self) -> Index:
        """The index as it is, opened when first asked for."""
        if self._index is None:
            with translated(CACHE_ERRORS):
                self._index = open_index(self._env.cache, self._library)
        return self._index

    def bring_up_to_date(self) -> ScanReport:
        """Scan, and forget what was made from the index before."""
        from musync.services.local.scan import scan

        self._forget()
        report = scan(self.folder, self.index, self._env.control)
        self._env.looked.add(self._library)
        return report

    def _look(self) -> None:
        scanned = self.index.scanned
        if self._library in self._env.looked or (scanned is not None and self._is_fresh(*scanned)):
            return
        self.bring_up_to_date()

    def _is_fresh(self, at: float, walk_s: float) -> bool:
        age = self._env.control.now() - at
        return walk_s > QUICK_S and 0 <= age < min(walk_s * _LOOKS, _OLDEST_S)

    @contextmanager
    def border(self) -> Iterator[None]:
        """Where errors of the disk and of the index become ours; a damaged index is thrown away."""
        try:
            with translated(LOCAL_ERRORS):
                yield
        except StorageError as error:
            cause = error.__cause__
            if isinstance(cause, sqlite3.DatabaseError) and not isinstance(cause, sqlite3.OperationalError):
                self._discard()
            raise

    def _discard(self) -> None:
        if self._index is not None:
            self._index.discard()
            self._index = None
        self._env.looked.discard(self._library)
        self._forget()

    def _forget(self) -> None:
        """Forget what was made from the index as it was."""
        self.__dict__.pop("catalogue", None)
        self.__dict__.pop("resolver", None)
