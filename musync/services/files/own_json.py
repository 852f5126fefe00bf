"""Our own JSON: `{"title", "description", "items": [track, …]}`, tracks as in every other document of musync."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from musync.domain import Track, TrackId
from musync.services.charset import UTF8, decode
from musync.services.files.document import Row, placeholder
from musync.services.files.fields import Object, number_at, object_at, text_at, texts_at, truth_at, whole_at
from musync.services.files.ids import id_in_uri, identified, service_id
from musync.services.files.json_document import JsonDocument
from musync.services.files.values import instant_of, isrc_of, written_instant


@dataclass(frozen=True)
class OwnJson(JsonDocument):
    """A playlist in our own JSON."""

    array: ClassVar[str] = "items"
    description_key: ClassVar[str] = "description"

    @classmethod
    def read_item(cls, item: object, number: int, folder: Path) -> Row:  # noqa: ARG003 - addresses stand in full
        """A track, or an entry that wraps one as `{"track": {…}}`."""
        if not isinstance(item, dict):
            return placeholder(f"item {number}", "not a track")
        inner = object_at(item, "track") or item
        named = _named(inner)
        track = _track(inner)
        if not (track.title or track.url or named):
            return placeholder(f"item {number}", "neither title nor id")
        added = text_at(item, "added_at") or text_at(inner, "added_at")
        return Row(track=identified(track, named), added_at=instant_of(added))

    @classmethod
    def written_item(cls, track: Track, added_at: datetime | None) -> Mapping[str, object]:
        """Everything that is known of the track, under the names of the track JSON."""
        service, name = service_id(track.id) or ("", "")
        seconds = None if track.duration_ms is None else track.duration_ms / 1000
        return {
            "service": service,
            "id": name,
            "title": track.title,
            "artists": list(track.artists),
            "album": track.album,
            "album_artist": track.album_artist,
            "duration_s": int(seconds) if seconds is not None and seconds == int(seconds) else seconds,
            "isrc": track.isrc,
            "mbid": track.mbid,
            "track_number": track.track_number,
            "disc_number": track.disc_number,
            "year": track.year,
            "explicit": track.explicit,
            "url": track.url,
            "added_at": written_instant(added_at) if added_at else None,
        }


def read_own_json(data: bytes, path: Path) -> OwnJson:
    """Read our own JSON; raises BadFile when it is none."""
    text, charset = decode(data)
    return OwnJson.of(text, charset, path.name, path.parent)


def new_own_json(title: str, path: Path) -> OwnJson:
    """An empty playlist of this title."""
    return OwnJson.of('{\n  "items": []\n}\n', UTF8, path.name, path.parent).with_details(title, None)


def _track(item: Object) -> Track:
    seconds = number_at(item, "duration_s")
    return Track(
        id=TrackId(""),
        title=text_at(item, "title"),
        artists=texts_at(item, "artists") or texts_at(item, "artist"),
        album=text_at(item, "album"),
        album_artist=text_at(item, "album_artist"),
        duration_ms=round(seconds * 1000) if seconds else None,
        isrc=isrc_of(text_at(item, "isrc")),
        mbid=text_at(item, "mbid").lower() or None,
        track_number=whole_at(item, "track_number"),
        disc_number=whole_at(item, "disc_number"),
        year=whole_at(item, "year"),
        explicit=truth_at(item, "explicit"),
        url=text_at(item, "url") or None,
    )


def _named(item: Object) -> TrackId | None:
    service, name = text_at(item, "service"), text_at(item, "id")
    if service and name:
        return TrackId(f"{service}:{name}")
    return id_in_uri(text_at(item, "url"))
