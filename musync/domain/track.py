"""Tracks and the places they take in playlists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from musync.domain.ids import EntryId, TrackId


class TrackKind(StrEnum):
    """What a service says a playlist row holds."""

    TRACK = "track"
    EPISODE = "episode"
    VIDEO = "video"
    LOCAL_ONLY = "local_only"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A recording as one service describes it.

    An empty string or tuple and None all mean "not known", never "has none".
    `url` is a share link, or a `file://` URI for a track that is a file.
    """

    id: TrackId
    title: str
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    duration_ms: int | None = None
    isrc: str | None = None
    mbid: str | None = None
    track_number: int | None = None
    disc_number: int | None = None
    year: int | None = None
    explicit: bool | None = None
    url: str | None = None
    kind: TrackKind = TrackKind.TRACK

    @property
    def artist(self) -> str:
        """All artists as one line for people."""
        return ", ".join(self.artists)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place in a playlist; the same track may take several.

    `addressable` is False for placeholders: rows that are counted and kept but cannot be moved, removed or copied;
    `reason` then says why.
    """

    id: EntryId
    track: Track
    added_at: datetime | None = None
    addressable: bool = True
    reason: str = ""


def occurrence_ids(tracks: Iterable[TrackId]) -> tuple[EntryId, ...]:
    """Entry ids for a service that has none: `id`, `id#2`, `id#3` … in list order, good for one revision."""
    seen: dict[TrackId, int] = {}
    ids = []
    for track in tracks:
        seen[track] = seen.get(track, 0) + 1
        ids.append(EntryId(track if seen[track] == 1 else f"{track}#{seen[track]}"))
    return tuple(ids)
