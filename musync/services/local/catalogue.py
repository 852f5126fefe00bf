"""The tracks of the library, as the index has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from musync.domain import Cursor, Page, Revision, Track, TrackId
from musync.services.local import words
from musync.services.local.index import SEPARATOR, Index

PAGE: Final = 5_000
"""Tracks to a page."""

_AT_ONCE: Final = 5_000
"""Values in one question; SQLite takes 32,766."""

_COLUMNS: Final = "path, title, artists, album, album_artist, duration_ms, isrc, mbid, track_number, disc_number, year"
_TRACKS: Final = f"SELECT {_COLUMNS} FROM file WHERE problem = '' AND "  # noqa: S608 - our own column names
_NUMBERED: Final = f"SELECT id, {_COLUMNS} FROM file WHERE problem = '' AND "  # noqa: S608


class Catalogue:
    """Reads tracks from the index; a track's id is its path relative to the folder, with `/`."""

    def __init__(self, index: Index, folder: Path) -> None:
        self._index = index
        self._rows = index.connection
        self._root = folder.as_uri().rstrip("/") + "/"
        self._totals: dict[tuple[Revision, int], int] = {}

    @property
    def revision(self) -> Revision:
        """The mark of the catalogue's state."""
        return Revision(f"{self._index.generation}.{self._index.revision}")

    def page(self, cursor: Cursor | None, since: Revision | None) -> Page[Track]:
        """One page of all tracks, or of those that came or changed after `since`."""
        after, start = int(cursor or 0), self._number(since)
        found = self._rows.execute(
            f"{_NUMBERED} id > ? AND changed > ? ORDER BY id LIMIT ?", (after, start, PAGE)
        ).fetchall()
        return Page(
            items=tuple(self._track(row[1:]) for row in found),
            next=Cursor(str(found[-1][0])) if len(found) == PAGE else None,
            total=self._total(start),
            revision=self.revision,
        )

    def _total(self, start: int) -> int:
        """How many tracks there are; counted once, because it takes as long as a page of a large library."""
        key = self.revision, start
        if key not in self._totals:
            query = "SELECT count(*) FROM file WHERE problem = '' AND changed > ?"
            (self._totals[key],) = self._rows.execute(query, (start,)).fetchone()
        return self._totals[key]

    def track(self, path: str) -> Track | None:
        """The track of this id, None when there is none."""
        return next(self._select("path = ?", path), None)

    def tracks(self, paths: Iterable[str]) -> dict[str, Track]:
        """The tracks of these ids, as many as there are, in few questions."""
        found: dict[str, Track] = {}
        rest = iter(paths)
        while some := list(islice(rest, _AT_ONCE)):
            marks = ", ".join("?" * len(some))
            rows = self._rows.execute(f"{_TRACKS}path IN ({marks})", some)
            found.update((row[0], self._track(row)) for row in rows.fetchall())
        return found

    def by_isrc(self, isrc: str) -> Sequence[Track]:
        """Every track with this ISRC."""
        return tuple(self._select("isrc = ? ORDER BY path", isrc))

    def search(self, text: str, limit: int, *, every: bool = False) -> Sequence[Track]:
        """At most `limit` tracks for these words, best first; with `every` only those that have all of them."""
        rows = words.find(self._rows, text, limit, every=every)
        return tuple(track for row in rows for track in self._select("id = ?", row))

    def problem(self, path: str) -> str:
        """Why the file of this path is no track, empty when it is one or is not there."""
        row = self._rows.execute("SELECT problem FROM file WHERE path = ?", (path,)).fetchone()
        return str(row[0]) if row else ""

    def paths(self) -> list[str]:
        """The ids of all tracks."""
        return [path for (path,) in self._rows.execute("SELECT path FROM file WHERE problem = ''")]

    def _select(self, condition: str, value: str | int) -> Iterator[Track]:
        return (self._track(row) for row in self._rows.execute(_TRACKS + condition, (value,)))

    def _number(self, since: Revision | None) -> int:
        """From which change on; 0 where the index was made anew since, which makes everything new."""
        generation, _, number = (since or "").partition(".")
        return int(number) if generation == self._index.generation else 0

    def _track(self, row: tuple[Any, ...]) -> Track:
        path, title, artists, album, album_artist, duration_ms, isrc, mbid, track_number, disc_number, year = row
        return Track(
            id=TrackId(path),
            title=title,
            artists=tuple(artists.split(SEPARATOR)) if artists else (),
            album=album,
            album_artist=album_artist,
            duration_ms=duration_ms,
            isrc=isrc,
            mbid=mbid,
            track_number=track_number,
            disc_number=disc_number,
            year=year,
            url=self._root + _quoted(path),
        )


def _quoted(path: str) -> str:
    """The path as part of a URI; a folder's name is worked out once for all that is in it."""
    folder, slash, name = path.rpartition("/")
    return _quoted_folder(folder) + slash + quote(name)


_quoted_folder = lru_cache(maxsize=1 << 10)(quote)
