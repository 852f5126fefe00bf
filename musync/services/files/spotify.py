"""Spotify's account data: `Playlist1.json` with all playlists, `YourLibrary.json` with the liked songs."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from musync.domain import PlaylistKind, Track, TrackId, TrackKind
from musync.services.files.document import Collection, Listing, Row, listing_ids, placeholder
from musync.services.files.fields import Object, object_at, objects_at, text_at
from musync.services.files.ids import id_in_uri, identified, link_of_uri, local_track_in
from musync.services.files.values import instant_of

_REASON = "this is a copy of what Spotify knew on the day of the download, so musync only reads it"


def is_playlists(value: object) -> bool:
    """Whether this is `Playlist1.json`."""
    return isinstance(value, dict) and any("items" in one and "name" in one for one in objects_at(value, "playlists"))


def is_library(value: object) -> bool:
    """Whether this is `YourLibrary.json`."""
    return isinstance(value, dict) and "tracks" in value and "bannedTracks" in value


def read_playlists(value: Object) -> Collection:
    """Every playlist of the account, in the file's order; the export names them by their titles only."""
    found = list(objects_at(value, "playlists"))
    ids = listing_ids(text_at(one, "name") for one in found)
    listings = (
        Listing(
            id=name,
            title=text_at(one, "name"),
            rows=tuple(_rows(one)),
            description=unescape(text_at(one, "description")),
        )
        for name, one in zip(ids, found, strict=True)
    )
    return Collection(listings=tuple(listings), reason=_REASON)


def read_library(value: Object) -> Collection:
    """The liked songs."""
    rows = (_liked(item, number) for number, item in enumerate(objects_at(value, "tracks"), 1))
    liked = Listing(id="liked", title="Liked Songs", rows=tuple(rows), kind=PlaylistKind.LIKED)
    return Collection(listings=(liked,), reason=_REASON)


def _rows(playlist: Object) -> Iterator[Row]:
    for number, item in enumerate(objects_at(playlist, "items"), 1):
        added = instant_of(text_at(item, "addedDate"))
        row = _row(item, number)
        yield Row(track=row.track, added_at=added, reason=row.reason)


def _row(item: Object, number: int) -> Row:
    if track := object_at(item, "track"):
        words = {"title": "trackName", "artist": "artistName", "album": "albumName", "uri": "trackUri"}
        return _described(track, words, TrackKind.TRACK)
    if episode := object_at(item, "episode"):
        words = {"title": "episodeName", "artist": "showName", "album": "", "uri": "episodeUri"}
        return _described(episode, words, TrackKind.EPISODE)
    if local := object_at(item, "localTrack"):
        return _own_file(local, number)
    return placeholder(f"item {number}", "an audiobook" if item.get("audiobook") else "nothing in it")


def _own_file(local: Object, number: int) -> Row:
    track = local_track_in(text_at(local, "uri"))
    if track is None:
        row = _described(local, {"title": "trackName", "artist": "artistName", "album": "albumName", "uri": ""})
        return row if row.track.title else placeholder(f"item {number}", "a file of yours without a name")
    return Row(track=identified(track, None))


def _described(item: Object, words: dict[str, str], kind: TrackKind = TrackKind.TRACK) -> Row:
    named = id_in_uri(text_at(item, words["uri"]))
    artist = text_at(item, words["artist"])
    track = Track(
        id=TrackId(""),
        title=text_at(item, words["title"]),
        artists=(artist,) if artist else (),
        album=text_at(item, words["album"]),
        url=link_of_uri(text_at(item, words["uri"])) if named else None,
        kind=kind,
    )
    return Row(track=identified(track, named))


def _liked(item: Object, number: int) -> Row:
    row = _described(item, {"title": "track", "artist": "artist", "album": "album", "uri": "uri"})
    return row if row.track.title or row.track.url else placeholder(f"item {number}", "nothing in it")
