"""The catalogue side of the local library, a class for each role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from musync.domain import Cursor, Page, Revision, ScanReport, Track, TrackId
from musync.domain.errors import NotFound
from musync.services.api import FindsIsrc, HasCovers, ListsTracks, RelinksTracks, Scans, Searches
from musync.services.local.reading import LocalReads


class LocalSearches(LocalReads, Searches):
    """Finds tracks by words of title, artists and album."""

    def search(self, text: str, limit: int) -> Sequence[Track]:
        """Tracks that have all the words, else those that have most of them."""
        with self.border():
            return self.catalogue.search(text, limit)


class LocalFindsIsrc(LocalReads, FindsIsrc):
    """Finds tracks by ISRC."""

    def find_isrc(self, isrc: str) -> Sequence[Track]:
        """Every track with this ISRC, by path."""
        with self.border():
            return self.catalogue.by_isrc(isrc)


class LocalListsTracks(LocalReads, ListsTracks):
    """Lists the library."""

    def list_tracks(self, cursor: Cursor | None = None, *, since: Revision | None = None) -> Page[Track]:
        """A page of 5,000 tracks; `since` leaves out what did not change, and does not tell what has gone."""
        with self.border():
            return self.catalogue.page(cursor, since)


class LocalScans(LocalReads, Scans):
    """Brings the index up to date."""

    def scan(self) -> ScanReport:
        """Look through the folder now, however fresh the index is."""
        with self.border():
            return self.bring_up_to_date()


class LocalRelinks(LocalReads, RelinksTracks):
    """Follows files that were moved or renamed."""

    def relinked(self) -> Mapping[TrackId, TrackId]:
        """Old path -> present path, over any number of moves."""
        with self.border():
            self.catalogue.revision  # noqa: B018 - so that moves since the last job are known
            return {TrackId(old): TrackId(new) for old, new in self.index.moved().items()}


class LocalCovers(LocalReads, HasCovers):
    """Has the pictures in the files and beside them."""

    def read_cover(self, track: TrackId) -> bytes | None:
        """The picture of this track; raises NotFound where the library has no such track."""
        from musync.services.local.covers import read_cover

        with self.border():
            if self.catalogue.track(track) is None:
                raise NotFound("The music folder has no such file.", where=track)
            return read_cover(self.folder / track)
