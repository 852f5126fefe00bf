"""What is known of a folder's music files, so that unchanged ones are not opened again.

A plain SQLite file in the account's cache folder. It holds nothing that cannot be read anew: one that was made by
another version, for another folder, or that is damaged, is dropped and made again.
"""

from __future__ import annotations

import logging
import os
import secrets
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musync.services.local import words
from musync.services.local.facts import Tags
from musync.services.local.moved import Marked, pair_moved

_log = logging.getLogger(__name__)
_FILE: Final = "library.sqlite3"
_VERSION: Final = 1
_WAIT_S: Final = 5.0
QUICK_S: Final = 0.5
"""Looking through a folder no longer than this is not worth remembering when it was."""
SEPARATOR: Final = "\x1f"
"""Stands between the artists of a track."""

_SCHEMA: Final = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL,
    artists TEXT NOT NULL,
    album TEXT NOT NULL,
    album_artist TEXT NOT NULL,
    duration_ms INTEGER,
    isrc TEXT,
    mbid TEXT,
    track_number INTEGER,
    disc_number INTEGER,
    year INTEGER,
    mark TEXT NOT NULL,
    problem TEXT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL
);
CREATE INDEX file_isrc ON file (isrc) WHERE isrc IS NOT NULL;
CREATE INDEX file_changed ON file (changed);
CREATE INDEX file_problem ON file (path) WHERE problem != '';
CREATE TABLE moved (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE glance (revision INTEGER, paths TEXT NOT NULL, sizes BLOB NOT NULL, times BLOB NOT NULL);
"""
_STORE: Final = """
INSERT INTO file (path, size, mtime_ns, title, artists, album, album_artist, duration_ms, isrc, mbid,
                  track_number, disc_number, year, mark, problem, added, changed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?17, ?17)
ON CONFLICT (path) DO UPDATE SET
    size = excluded.size, mtime_ns = excluded.mtime_ns, title = excluded.title, artists = excluded.artists,
    album = excluded.album, album_artist = excluded.album_artist, duration_ms = excluded.duration_ms,
    isrc = excluded.isrc, mbid = excluded.mbid, track_number = excluded.track_number,
    disc_number = excluded.disc_number, year = excluded.year, mark = excluded.mark, problem = excluded.problem,
    changed = excluded.changed
RETURNING id
"""

Stamp = tuple[int, int]
"""Size in bytes, modification time in nanoseconds: what an unchanged file still has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedFile:
    """What was found out about one file; `problem` is why it is no track, empty when it is one.

    `tags` hold what the path suggests too, `mark` does not. A `size` of -1 has the file opened again next time.
    """

    path: str
    size: int
    mtime_ns: int
    tags: Tags
    mark: str = ""
    problem: str = ""


class Index:
    """The open index of one folder, for one thread."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self._path = path

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def discard(self) -> None:
        """Delete a damaged index; the next one opened is empty."""
        self.close()
        _delete(self._path)

    def stamps(self) -> dict[str, Stamp]:
        """Path -> stamp of every file known, read in one go."""
        rows = self.connection.execute("SELECT revision, paths, sizes, times FROM glance").fetchall()
        if not rows or rows[0][0] != self.revision:
            found = self.connection.execute("SELECT path, size, mtime_ns FROM file")
            return {path: (size, mtime_ns) for path, size, mtime_ns in found}
        _, paths, sizes, times = rows[0]
        return dict(zip(paths.split("\0"), zip(array("q", sizes), array("q", times), strict=True), strict=True))

    def problems(self) -> Mapping[str, str]:
        """Path -> why the file is no track."""
        return dict(self.connection.execute("SELECT path, problem FROM file WHERE problem != '' ORDER BY path"))

    def moved(self) -> Mapping[str, str]:
        """Old path -> present path of every file that was moved."""
        return dict(self.connection.execute("SELECT old, new FROM moved"))

    @property
    def revision(self) -> int:
        """Rises with every scan that changed something; 0 before the first."""
        return int(self._fact("revision"))

    @property
    def generation(self) -> str:
        """Changes when the index is made anew and the revisions begin again."""
        return str(self._fact("generation"))

    @property
    def scanned(self) -> tuple[float, float] | None:
        """When the last complete scan worth noting was (seconds since the epoch), and how long looking took."""
        at = float(self._fact("scanned_at"))
        return (at, float(self._fact("walk_s"))) if at >= 0 else None

    def store(self, files: Iterable[IndexedFile], revision: int) -> None:
        """Remember these files; `revision` is that of the scan."""
        with self._writing():
            for file in files:
                self._store(file, revision)
            self._note("revision", revision)

    def finish(self, gone: Iterable[str], revision: int, *, at: float, walk_s: float) -> Mapping[str, str]:
        """Close a complete scan: forget files that are gone, follow those that moved (returned: old path -> new)."""
        gone = sorted(gone)
        if not gone and walk_s <= QUICK_S and self._fact("complete") == self.revision and self.scanned:
            return {}  # Nothing to note, so nothing is written: that alone would take as long as the folder.
        with self._writing():
            moved = pair_moved(self._marks_of(gone), self._new_marks()) if gone else {}
            for path in gone:
                self._forget(path)
            self._follow(moved)
            if gone:
                self._note("revision", revision)
            if self._fact("complete") != self.revision:
                self._keep_glance()
            self._note("complete", self.revision)
            self._note("scanned_at", at)
            self._note("walk_s", walk_s)
        return moved

    def _keep_glance(self) -> None:
        """Keep all stamps in one piece, which is read three times as fast as ten thousand rows."""
        rows = self.connection.execute("SELECT path, size, mtime_ns FROM file").fetchall()
        self.connection.execute("DELETE FROM glance")
        if rows:
            paths, sizes, times = zip(*rows, strict=True)
            values = (self.revision, "\0".join(paths), array("q", sizes).tobytes(), array("q", times).tobytes())
            self.connection.execute("INSERT INTO glance VALUES (?, ?, ?, ?)", values)

    def _store(self, file: IndexedFile, revision: int) -> None:
        tags = file.tags
        artists = SEPARATOR.join(artist.replace(SEPARATOR, " ") for artist in tags.artists)
        values = (file.path, file.size, file.mtime_ns, tags.title, artists, tags.album, tags.album_artist)
        more = (tags.duration_ms, tags.isrc, tags.mbid, tags.track_number, tags.disc_number, tags.year)
        stored = self.connection.execute(_STORE, (*values, *more, file.mark, file.problem, None, revision))
        ((row,),) = stored.fetchall()
        words.store(self.connection, row, " ".join((tags.title, *tags.artists, tags.album, tags.album_artist)))

    def _forget(self, path: str) -> None:
        for (row,) in self.connection.execute("DELETE FROM file WHERE path = ? RETURNING id", (path,)).fetchall():
            words.forget(self.connection, row)

    def _follow(self, moved: Mapping[str, str]) -> None:
        """Note the moves, so that an old path leads to the present one over any number of them."""
        for old, new in moved.items():
            self.connection.execute("UPDATE moved SET new = ? WHERE new = ?", (new, old))
            self.connection.execute("INSERT OR REPLACE INTO moved (old, new) VALUES (?, ?)", (old, new))
        self.connection.execute("DELETE FROM moved WHERE old IN (SELECT path FROM file)")

    def _marks_of(self, paths: Iterable[str]) -> Iterator[Marked]:
        for path in paths:
            query = "SELECT path, size, mark FROM file WHERE path = ? AND problem = ''"
            yield from map(Marked._make, self.connection.execute(query, (path,)))

    def _new_marks(self) -> Iterator[Marked]:
        """Files that came since the last complete scan, those of a scan that was stopped among them."""
        query = "SELECT path, size, mark FROM file WHERE added > ? AND problem = ''"
        return map(Marked._make, self.connection.execute(query, (self._fact("complete"),)))

    def _fact(self, name: str) -> str | float:
        ((value,),) = self.connection.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchall()
        found: str | float = value
        return found

    def _note(self, name: str, value: float) -> None:
        self.connection.execute("UPDATE fact SET value = ? WHERE name = ?", (value, name))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it or nothing."""
        with _transaction(self.connection):
            yield


def open_index(cache: Path, library: str) -> Index:
    """Open the index of `library` in this folder, making it where there is none that serves.

    Raises:
        sqlite3.Error, OSError: the folder cannot be used.
    """
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = cache / _FILE
    try:
        connection = _connect(path, library)
    except sqlite3.OperationalError as error:
        # Locked, unreadable, disk full: nothing that deleting would mend.
        if "no such" not in str(error):
            raise
        connection = None
    except sqlite3.DatabaseError:
        connection = None
    if connection is None:
        _log.info("the index of a music folder cannot be used and is made anew")
        _delete(path)
        connection = _connect(path, library)
        assert connection is not None
    return Index(connection, path)


def _connect(path: Path, library: str) -> sqlite3.Connection | None:
    """A connection to an index that serves this library, None when it is another's or another version's."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if _serves(connection, library):
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _serves(connection: sqlite3.Connection, library: str) -> bool:
    with _transaction(connection):
        ((version,),) = connection.execute("PRAGMA user_version").fetchall()
        if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchall():
            _create(connection, library)
            return True
        if version != _VERSION:
            return False
        connection.execute("SELECT 1 FROM words LIMIT 1")
        return connection.execute("SELECT value FROM fact WHERE name = 'library'").fetchall() == [(library,)]


def _create(connection: sqlite3.Connection, library: str) -> None:
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    words.create_table(connection)
    facts = {
        "library": library,
        "generation": secrets.token_hex(4),
        "revision": 0,
        "complete": 0,
        "scanned_at": -1.0,
        "walk_s": 0.0,
    }
    connection.executemany("INSERT INTO fact (name, value) VALUES (?, ?)", facts.items())
    connection.execute(f"PRAGMA user_version = {_VERSION}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # A full disk ends the transaction by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
