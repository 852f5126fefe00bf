"""What is known of a folder's music files, so that unchanged ones are not opened again."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musync.services.local import words
from musync.services.local.facts import Tags
from musync.services.local.index_file import connect, delete, transaction
from musync.services.local.moved import Marked, pair_moved

QUICK_S: Final = 0.5
"""Looking through a folder no longer than this is not worth remembering when it was."""
SEPARATOR: Final = "\x1f"
"""Stands between the artists of a track."""

_STORE: Final = """
INSERT INTO file (path, size, mtime_ns, title, artists, album, album_artist, duration_ms, isrc, mbid,
                  track_number, disc_number, year, mark, problem, added, changed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?16, ?16)
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
        delete(self._path)

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
        """Old path -> present path of every file that was moved and is a track there."""
        query = "SELECT old, new FROM moved JOIN file ON path = new AND problem = '' ORDER BY old"
        return dict(self.connection.execute(query))

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
        with transaction(self.connection):
            for file in files:
                self._store(file, revision)
            self._note("revision", revision)

    def finish(self, gone: Iterable[str], revision: int, *, at: float, walk_s: float) -> Mapping[str, str]:
        """Close a complete scan: forget files that are gone, follow those that moved (returned: old path -> new)."""
        gone = sorted(gone)
        if not gone and walk_s <= QUICK_S and self._fact("complete") == self.revision and self.scanned:
            return {}  # Nothing to note, so nothing is written: that alone would take as long as the folder.
        with transaction(self.connection):
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
        stored = self.connection.execute(_STORE, (*values, *more, file.mark, file.problem, revision))
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


def open_index(cache: Path, library: str) -> Index:
    """Open the index of `library` in this folder, making it where there is none that serves.

    Raises:
        sqlite3.Error, OSError: the folder cannot be used.
    """
    return Index(*connect(cache, library))
