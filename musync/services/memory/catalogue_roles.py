"""Finding, listing and taking tracks in the memory service, a class for each role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from musync.domain import Cursor, Page, Revision, Track, TrackId, TrackRef
from musync.services.api import FindsIsrc, ListsTracks, Searches, SearchesFields, TakesForeign
from musync.services.memory.reading import MemoryReads


class MemorySearches(MemoryReads, Searches):
    """Finds tracks of the world by shared words, in the world's own way."""

    def search(self, text: str, limit: int) -> Sequence[Track]:
        """At most `limit` tracks, those that share the most words first."""
        return self._ask(
            "search",
            lambda: self.world.catalogue.search(text, limit, self.world.habits),
            text=text,
            limit=limit,
        )


class MemorySearchesFields(MemoryReads, SearchesFields):
    """Finds tracks of the world by the words of title and artists."""

    def search_fields(self, title: str, artist: str, limit: int) -> Sequence[Track]:
        """At most `limit` tracks that have all these words, those with the fewest others first."""
        return self._ask(
            "search_fields",
            lambda: self.world.catalogue.search_fields(title, artist, limit, self.world.habits),
            title=title,
            artist=artist,
            limit=limit,
        )


class MemoryFindsIsrc(MemoryReads, FindsIsrc):
    """Finds tracks of the world by ISRC."""

    def find_isrc(self, isrc: str) -> Sequence[Track]:
        """Every track with this ISRC."""
        return self._ask("find_isrc", lambda: self.world.catalogue.by_isrc(isrc), isrc=isrc)


class MemoryListsTracks(MemoryReads, ListsTracks):
    """Lists the world's catalogue."""

    def list_tracks(self, cursor: Cursor | None = None, *, since: Revision | None = None) -> Page[Track]:
        """One page of what the catalogue holds, or of what changed after `since`."""
        catalogue = self.world.catalogue
        return self._ask(
            "list_tracks",
            lambda: self._page(catalogue.since(since), cursor, catalogue.revision),
            cursor=cursor,
            since=since,
        )


class MemoryTakes(MemoryReads, TakesForeign):
    """Takes any track as it is described; for services whose traits accept any track."""

    lenders: ClassVar[tuple[str, ...]] = ()

    def taken(self, ref: TrackRef) -> Track:
        """The track under an id made of where it comes from."""
        return replace(ref.track, id=TrackId(f"{ref.service}/{ref.scope}/{ref.track.id}"))
