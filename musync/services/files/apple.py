"""The library file of iTunes and of Apple's Music app: a property list with tracks and playlists."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.parsers.expat import ExpatError

from musync.domain import Track, TrackId, TrackKind
from musync.domain.errors import BadFile
from musync.services.files.document import Collection, Listing, Row, placeholder
from musync.services.files.fields import Object, object_at, objects_at, text_at, truth_at, whole_at
from musync.services.files.ids import identified
from musync.services.locations import broken, place_of

LARGEST = 128 << 20
_REASON = "the Music app overwrites this file whenever it likes and never reads it, so musync only reads it too"


def read_apple(data: bytes, path: Path) -> Collection:
    """The playlists a person made, smart ones included; not folders and not the app's own lists.

    Raises:
        BadFile: it is no such library, is too large, or declares entities.
    """
    library = _parsed(data, path.name)
    tracks = object_at(library, "Tracks")
    rows = {number: _row(track, path.parent) for number, track in tracks.items() if isinstance(track, dict)}
    lists = (one for one in objects_at(library, "Playlists") if _made_by_a_person(one))
    return Collection(listings=tuple(_listing(one, rows) for one in lists), reason=_REASON)


def _parsed(data: bytes, name: str) -> Object:
    if len(data) > LARGEST:
        raise BadFile(f"The file is too large: {len(data) >> 20} of at most {LARGEST >> 20} MiB.", where=name)
    try:
        # The document type that always stands there is accepted and not fetched; entity declarations are refused.
        value: object = plistlib.loads(data, fmt=plistlib.FMT_XML)
    except (plistlib.InvalidFileException, ExpatError, ValueError, TypeError, AttributeError, IndexError) as error:
        line = f", line {error.lineno}" if isinstance(error, ExpatError) else ""
        entities = b"<!ENTITY" in data
        raise BadFile(
            "The file declares entities, which a library never does." if entities else "This library cannot be read.",
            where=name + line,
            unchanged="Nothing was changed.",
            next="Export it again with File > Library > Export Library.",
        ) from error
    if not isinstance(value, dict) or not isinstance(value.get("Tracks"), dict):
        raise BadFile("This property list is no music library.", where=name, unchanged="Nothing was changed.")
    return value


def _made_by_a_person(playlist: Object) -> bool:
    own = ("Master", "Distinguished Kind", "Folder", "Music", "Movies", "TV Shows", "Podcasts", "Audiobooks")
    return playlist.get("Visible", True) is not False and not any(playlist.get(key) for key in own)


def _listing(playlist: Object, rows: dict[str, Row]) -> Listing:
    return Listing(
        id=text_at(playlist, "Playlist Persistent ID") or text_at(playlist, "Playlist ID") or text_at(playlist, "Name"),
        title=text_at(playlist, "Name"),
        rows=tuple(_entries(playlist, rows)),
        description=text_at(playlist, "Description"),
    )


def _entries(playlist: Object, rows: dict[str, Row]) -> Iterator[Row]:
    for item in objects_at(playlist, "Playlist Items"):
        number = text_at(item, "Track ID")
        yield rows.get(number) or placeholder(f"track {number}", "is not in the library")


def _row(item: Object, folder: Path) -> Row:
    persistent = text_at(item, "Persistent ID")
    artist, location = text_at(item, "Artist"), text_at(item, "Location")
    track = Track(
        id=TrackId(""),
        title=text_at(item, "Name"),
        artists=(artist,) if artist else (),
        album=text_at(item, "Album"),
        album_artist=text_at(item, "Album Artist"),
        duration_ms=whole_at(item, "Total Time"),
        track_number=whole_at(item, "Track Number"),
        disc_number=whole_at(item, "Disc Number"),
        year=whole_at(item, "Year"),
        explicit=truth_at(item, "Explicit"),
        url=place_of(location, folder).url if location and not broken(location) else None,
        kind=_kind(item),
    )
    named = TrackId(f"itunes:{persistent}") if persistent else None
    return Row(track=identified(track, named), added_at=_moment(item.get("Date Added")))


def _kind(item: Object) -> TrackKind:
    if item.get("Podcast"):
        return TrackKind.EPISODE
    return TrackKind.VIDEO if item.get("Music Video") or item.get("Movie") else TrackKind.TRACK


def _moment(value: object) -> datetime | None:
    """Property lists hold UTC without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None
