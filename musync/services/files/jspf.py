"""JSPF, the JSON form of XSPF, as ListenBrainz, troi and others write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from musync.domain import Track, TrackId
from musync.services.charset import UTF8, decode
from musync.services.files.document import Row, placeholder
from musync.services.files.fields import Object, number_at, object_at, objects_at, text_at, texts_at, whole_at
from musync.services.files.ids import id_in_uri, identified
from musync.services.files.json_document import JsonDocument
from musync.services.files.relations import at_place, identifiers_of, metas_of, with_relations
from musync.services.files.values import instant_of
from musync.services.locations import broken

_ON_TRACKS = "https://musicbrainz.org/doc/jspf#track"


@dataclass(frozen=True)
class Jspf(JsonDocument):
    """A playlist in JSPF."""

    outer: ClassVar[str] = "playlist"
    array: ClassVar[str] = "track"
    description_key: ClassVar[str] = "annotation"

    @classmethod
    def read_item(cls, item: object, number: int, folder: Path) -> Row:
        """A track of the list; lists where strings should be, and the other way round, are both understood."""
        if not isinstance(item, dict):
            return placeholder(f"track {number}", "not an object")
        location = next(iter(texts_at(item, "location")), "")
        if broken(location):
            return placeholder(f"track {number}", "a line break is hidden in its location", text_at(item, "title"))
        track, named = with_relations(_track(item, location), texts_at(item, "identifier"), tuple(_metas(item)))
        if not (track.title or track.url or named):
            return placeholder(f"track {number}", "neither title nor location")
        known = identified(track, named or id_in_uri(location))
        return Row(track=at_place(known, folder), added_at=_added_at(item))

    @classmethod
    def written_item(cls, track: Track, added_at: datetime | None) -> Mapping[str, object]:
        """Everything that is known of the track; `added_at` as ListenBrainz has it."""
        added = added_at.astimezone(UTC).isoformat(timespec="seconds") if added_at else ""
        return {
            "location": [track.url] if track.url else [],
            "identifier": identifiers_of(track),
            "title": track.title,
            "creator": track.artist,
            "album": track.album,
            "trackNum": track.track_number,
            "duration": track.duration_ms,
            "meta": [{relation: value} for relation, value in metas_of(track)],
            "extension": {_ON_TRACKS: {"added_at": added}} if added else {},
        }


def read_jspf(data: bytes, path: Path) -> Jspf:
    """Read JSPF; raises BadFile when it is none."""
    text, charset = decode(data)
    return Jspf.of(text, charset, path.name, path.parent)


def new_jspf(title: str, path: Path) -> Jspf:
    """An empty playlist of this title."""
    empty = '{\n  "playlist": {\n    "track": []\n  }\n}\n'
    return Jspf.of(empty, UTF8, path.name, path.parent).with_details(title, None)


def _track(item: Object, location: str) -> Track:
    duration = number_at(item, "duration")
    creator = text_at(item, "creator")
    return Track(
        id=TrackId(""),
        title=text_at(item, "title"),
        artists=(creator,) if creator else (),
        album=text_at(item, "album"),
        duration_ms=round(duration) if duration else None,
        track_number=whole_at(item, "trackNum"),
        url=location or None,
    )


def _metas(item: Object) -> Iterator[tuple[str, str]]:
    for one in objects_at(item, "meta"):
        yield from ((relation, value) for relation, value in one.items() if isinstance(value, str))


def _added_at(item: Object) -> datetime | None:
    """The time of adding; a plain object here, an array of one in an early draft."""
    extensions = object_at(item, "extension")
    body = next(objects_at(extensions, _ON_TRACKS), None) or object_at(extensions, _ON_TRACKS)
    return instant_of(text_at(body, "added_at"))
