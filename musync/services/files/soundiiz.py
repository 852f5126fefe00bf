"""Soundiiz's JSON export: an array of tracks, one playlist per file, its name in the file's name only."""

from __future__ import annotations

import re
from collections.abc import Sequence

from musync.domain import Track, TrackId
from musync.services.files.document import Collection, Listing, Row, placeholder
from musync.services.files.fields import Object, text_at
from musync.services.files.ids import id_in_uri, identified
from musync.services.files.values import duration_of, epoch_of, isrc_of

_STEM_END = re.compile(r"\s*playlist(?:JSON|CSV)?\d{9,13}$", re.IGNORECASE)
_SERVICES = {"applemusic": "apple", "amazonmusic": "amazon", "youtubemusic": "youtube"}
_REASON = "this is an export of Soundiiz, so musync only reads it"


def is_soundiiz(first: Object) -> bool:
    """Whether objects of this shape are Soundiiz's."""
    return {"platform", "type", "title", "trackLink"} <= first.keys()


def read_soundiiz(value: Sequence[object], *, stem: str) -> Collection:
    """The playlist of one file."""
    rows = tuple(_row(item, number) for number, item in enumerate(value, 1))
    return Collection(listings=(Listing(id="playlist", title=_STEM_END.sub("", stem), rows=rows),), reason=_REASON)


def _row(item: object, number: int) -> Row:
    if not isinstance(item, dict):
        return placeholder(f"item {number}", "not a track")
    artist, link = text_at(item, "artist"), text_at(item, "trackLink")
    track = Track(
        id=TrackId(""),
        title=text_at(item, "title"),
        artists=(artist,) if artist else (),
        album=text_at(item, "album"),
        duration_ms=duration_of(text_at(item, "duration"), "s"),
        isrc=isrc_of(text_at(item, "isrc")),
        url=link or None,
    )
    named = _named(item) or id_in_uri(link)
    if not (track.title or named):
        return placeholder(f"item {number}", "neither title nor id")
    return Row(track=identified(track, named), added_at=epoch_of(item.get("addedDate")))


def _named(item: Object) -> TrackId | None:
    platform, name = text_at(item, "platform"), text_at(item, "id")
    return TrackId(f"{_SERVICES.get(platform, platform)}:{name}") if platform and name else None
