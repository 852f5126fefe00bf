"""Ids of tracks in files.

A row that names a service and its id there is `service:id`, wherever it stands. Any other row is known by what it says:
`~` and a hash of its describing fields as the format holds them, so that a row keeps its id until somebody edits it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from urllib.parse import quote, unquote

from musync.domain import Track, TrackId, TrackKind, TrackRef

_SERVICE_ID = re.compile(r"([a-z][a-z0-9_-]+):(?!//)(.+)", re.DOTALL)
_SPOTIFY = re.compile(
    r"(?:spotify:|https?://open\.spotify\.com/(?:intl-[a-z]+/)?)(track|episode)[:/]([A-Za-z0-9]{22})(?:[?#].*)?"
)
_SPOTIFY_LOCAL = re.compile(r"spotify:local:([^:]*):([^:]*):([^:]+):(\d*)")
_OWN = re.compile(r"musync:([a-z][a-z0-9_-]+):(.+)", re.DOTALL)


def service_id(track: TrackId) -> tuple[str, str] | None:
    """Service and id of a `service:id`, None for ids that are of no service (a hash, a path, an address)."""
    found = _SERVICE_ID.fullmatch(track)
    return (found[1], found[2]) if found else None


def with_service(ref: TrackRef) -> Track:
    """The track under an id that says whose it is; ids of other files are that already."""
    if ref.service == "file":
        return ref.track
    return replace(ref.track, id=TrackId(f"{ref.service}:{ref.track.id}"))


def identified(track: Track, named: TrackId | None) -> Track:
    """The track under the id its row names, else under that of its content."""
    return replace(track, id=named or content_id(track))


def content_id(track: Track) -> TrackId:
    """The id of a row that names none: the same words, length and address are the same track."""
    said = (
        track.title,
        *track.artists,
        "\x1e",
        track.album,
        track.album_artist,
        str(track.duration_ms),
        str(track.isrc),
        str(track.mbid),
        str(track.url),
    )
    return TrackId("~" + sha256("\x1f".join(said).encode(errors="replace")).hexdigest()[:16])


def id_in_uri(uri: str) -> TrackId | None:
    """The service id that a URI or link names, None for those that name none."""
    if spotify := _SPOTIFY.fullmatch(uri.strip()):
        return TrackId(f"spotify:{spotify[2]}")
    own = _OWN.fullmatch(uri.strip())
    return TrackId(f"{own[1]}:{unquote(own[2])}") if own else None


def uri_of_id(track: TrackId) -> str | None:
    """A URI that `id_in_uri` reads back, None for ids that are of no service."""
    named = service_id(track)
    if named is None:
        return None
    if named[0] == "spotify" and re.fullmatch(r"[A-Za-z0-9]{22}", named[1]):
        return f"spotify:track:{named[1]}"
    return f"musync:{named[0]}:{quote(named[1])}"


def link_of_uri(uri: str) -> str:
    """The address that people open for a URI of Spotify; any other is its own."""
    found = _SPOTIFY.fullmatch(uri.strip())
    return f"https://open.spotify.com/{found[1]}/{found[2]}" if found else uri.strip()


def kind_of_uri(uri: str) -> TrackKind:
    """What sort of thing a URI names."""
    if _SPOTIFY_LOCAL.fullmatch(uri.strip()):
        return TrackKind.LOCAL_ONLY
    found = _SPOTIFY.fullmatch(uri.strip())
    return TrackKind.EPISODE if found and found[1] == "episode" else TrackKind.TRACK


def local_track_in(uri: str) -> Track | None:
    """What Spotify's URI of a person's own file says: artist, album, title and seconds."""
    found = _SPOTIFY_LOCAL.fullmatch(uri.strip())
    if not found:
        return None
    artist, album, title = (unquote(part.replace("+", " ")).strip() for part in found.groups()[:3])
    seconds = int(found[4] or 0)
    return Track(
        id=TrackId(""),
        title=title,
        artists=(artist,) if artist else (),
        album=album,
        duration_ms=seconds * 1000 or None,
        kind=TrackKind.LOCAL_ONLY,
    )
