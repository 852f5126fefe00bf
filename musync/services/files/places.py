"""Playlists that hold places of files, M3U and PLS, as documents of tracks."""

from __future__ import annotations

import os
from collections.abc import Collection as Many
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from musync.domain import Track, TrackId
from musync.services.files.document import Document, Moments, Row, fit, placeholder
from musync.services.files.pls import PlsDocument
from musync.services.locations import Place, broken, is_address, location_of, of_windows, place_of, place_of_id
from musync.services.m3u import M3uDocument, M3uEntry

_ROOT = Path(os.sep)


@dataclass(frozen=True)
class PlaceDocument(Document):
    """A list of places; a track's id is the absolute path of its file, or the address of a stream.

    Args:
        inner: the list itself.
        folder: where it lies.
        relative: new entries are named from that folder, however far the way is (for players).
        places: what locations were found to mean; all versions of a list share it.
    """

    describes: ClassVar[bool] = False

    inner: M3uDocument | PlsDocument
    folder: Path
    relative: bool = False
    places: dict[str, Place] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def rows(self) -> tuple[Row, ...]:  # type: ignore[override]  # worked out when asked for
        """The entries as rows."""
        return tuple(map(self._row, self.inner.entries))

    @property
    def title(self) -> str | None:  # type: ignore[override]
        """What `#PLAYLIST:` says."""
        return self.inner.title

    @property
    def description(self) -> str:  # type: ignore[override]
        """Nothing: neither format has a place for it."""
        return ""

    def to_bytes(self) -> bytes:
        """The file's content."""
        return self.inner.to_bytes()

    def as_stored(self, track: Track) -> Track:
        """The track under its absolute path, which is what counts; it keeps more words than its line will."""
        return at_its_place(track)

    def refusal(self, track: Track) -> tuple[str, str] | None:
        """Only places can be written: a file's path, or an address that is the track's id."""
        if place_of_track(track) is None:
            return "no-file", "the list holds places of files, and this track is none"
        reason = self.inner.refusal(self._entry(track))
        return ("not-writable-here", reason) if reason else None

    def insert(self, at: int, tracks: Sequence[Track], *, added_at: Moments) -> PlaceDocument:
        """With a place per track; these formats keep no time."""
        return self._with(self.inner.insert(at, [self._entry(track) for track in tracks]))

    def remove(self, indices: Many[int]) -> PlaceDocument:
        """Without these entries."""
        return self._with(self.inner.remove(indices))

    def move(self, indices: Sequence[int], to: int) -> PlaceDocument:
        """With these entries together at `to`."""
        return self._with(self.inner.move(indices, to))

    def with_details(self, title: str | None, description: str | None) -> PlaceDocument:
        """With another title."""
        return self if title is None else self._with(self.inner.with_title(title))

    @cached_property
    def _absolute(self) -> bool | None:
        """Whether new entries are named from the root: as the others are, by themselves where there are none."""
        if self.relative:
            return False
        own = [entry.location for entry in self.inner.entries if not is_address(entry.location)]
        rooted = sum(location.startswith("/") for location in own)
        return True if own and rooted == len(own) else None

    @cached_property
    def _backslashes(self) -> bool:
        if self.relative:
            return False
        own = [entry.location for entry in self.inner.entries if not of_windows(entry.location)]
        turned = sum("\\" in location for location in own)
        return turned > sum("/" in location for location in own)

    def _entry(self, track: Track) -> M3uEntry:
        told = fit(track)
        place = place_of_track(track)
        name = track.id if place is None else place.id
        location = location_of(name, self.folder, absolute=self._absolute, backslashes=self._backslashes)
        seconds = None if told.duration_ms is None else told.duration_ms / 1000
        return M3uEntry(location, seconds, told.title, told.artist, told.album)

    def _with(self, inner: M3uDocument | PlsDocument) -> PlaceDocument:
        return self if inner is self.inner else replace(self, inner=inner)

    def _row(self, entry: M3uEntry) -> Row:
        if entry.problem:
            title = entry.location if entry.location.isprintable() else ""
            return placeholder(f"line {entry.line}", entry.problem, title)
        place = self.places.get(entry.location)
        if place is None:
            place = self.places[entry.location] = place_of(entry.location, self.folder)
        return Row(track=_track(entry, place))


def place_of_track(track: Track) -> Place | None:
    """The place that a track is: its file, or the address that is its id; None for a track that is neither."""
    if track.url and track.url.lower().startswith("file:"):
        return place_of(track.url, _ROOT)
    if track.url and track.url == track.id and not broken(track.url):
        return place_of_id(track.id)
    return None


def at_its_place(track: Track) -> Track:
    """The track under the id of its place; one that has none is left as it is, and is refused when it is written."""
    place = place_of_track(track)
    return track if place is None else replace(track, id=TrackId(place.id), url=place.url)


def _track(entry: M3uEntry, place: Place) -> Track:
    return Track(
        id=TrackId(place.id),
        title=entry.title,
        artists=(entry.artist,) if entry.artist else (),
        album=entry.album,
        duration_ms=round(entry.seconds * 1000) if entry.seconds else None,
        year=entry.year,
        url=place.url,
    )
