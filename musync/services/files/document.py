"""What every format makes of a file: a document that can be edited, or a collection that can only be read."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection as Many
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from musync.domain import Entry, PlaylistKind, Track, TrackId, occurrence_ids
from musync.services.files.ids import service_id
from musync.services.files.values import fit_text

Moments = Sequence[datetime | None]
"""When each of some tracks was added, where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place of a list as its file describes it; with a `reason` it is a placeholder."""

    track: Track
    added_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One playlist of a collection."""

    id: str
    title: str
    rows: tuple[Row, ...]
    description: str = ""
    kind: PlaylistKind = PlaylistKind.PLAYLIST


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A file that is read only: its playlists, and why none of them can be written to."""

    listings: tuple[Listing, ...]
    reason: str


class Document(ABC):
    """One playlist file of a format that can be written; immutable, every edit makes a new one.

    Attributes:
        describes: the format has a place for a description.
        title: what the file itself says, None where it says nothing.
        rows: in order, placeholders included.
    """

    describes: ClassVar[bool] = False
    title: str | None
    description: str
    rows: tuple[Row, ...]

    @abstractmethod
    def to_bytes(self) -> bytes:
        """The file's content; the very bytes it was read from when nothing was edited."""

    @abstractmethod
    def as_stored(self, track: Track) -> Track:
        """The track as it reads back once written here, under the id it then has; never fails."""

    @abstractmethod
    def insert(self, at: int, tracks: Sequence[Track], *, added_at: Moments) -> Document:
        """With new rows before row `at`, none of which `refusal` speaks against; a time of adding for each."""

    @abstractmethod
    def remove(self, indices: Many[int]) -> Document:
        """Without these rows."""

    @abstractmethod
    def move(self, indices: Sequence[int], to: int) -> Document:
        """With these rows together, in the order given, so that the first stands at `to` afterwards."""

    @abstractmethod
    def with_details(self, title: str | None, description: str | None) -> Document:
        """With another title or description where the format has a place for it; None leaves it."""

    def refusal(self, track: Track) -> tuple[str, str] | None:
        """Code and words why this track cannot be written here, None when it can."""
        if track.title or track.url or service_id(track.id):
            return None
        return "nothing-to-write", "neither title nor address nor id is known"


def fit(track: Track) -> Track:
    """The track without such characters."""
    told = (track.id, track.title, track.album, track.album_artist, track.url or "", *track.artists)
    if all(fit_text(text) is text for text in told):
        return track
    return replace(
        track,
        id=TrackId(fit_text(track.id)),
        title=fit_text(track.title),
        artists=tuple(map(fit_text, track.artists)),
        album=fit_text(track.album),
        album_artist=fit_text(track.album_artist),
        url=fit_text(track.url) if track.url else None,
    )


def listing_ids(titles: Iterable[str]) -> list[str]:
    """Ids for the playlists of a file that gives them none: their titles, then `title (2)`, `title (3)` …."""
    ids: dict[str, None] = {}
    for title in titles:
        name, number = title or "untitled", 2
        while name in ids:
            name, number = f"{title or 'untitled'} ({number})", number + 1
        ids[name] = None
    return list(ids)


def placeholder(where: str, reason: str, title: str = "") -> Row:
    """A row that is counted and kept but cannot be used; its id is made from its words, not from its place."""
    gone = Track(id=TrackId(f"unusable:{reason}:{title}"), title=title)
    return Row(track=gone, reason=f"{where}: {reason}")


def entries_of(rows: Iterable[Row]) -> tuple[Entry, ...]:
    """The rows as entries, with ids by occurrence."""
    listed = tuple(rows)
    ids = occurrence_ids(row.track.id for row in listed)
    return tuple(
        Entry(id=name, track=row.track, added_at=row.added_at, addressable=not row.reason, reason=row.reason)
        for name, row in zip(ids, listed, strict=True)
    )
