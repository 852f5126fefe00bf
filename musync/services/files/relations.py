"""What XSPF and JSPF have no element for, carried in their identifiers and `meta` elements.

Identifiers: the MusicBrainz recording, `urn:isrc:`, and a URI of the service's own id. Meta relations: our own URNs,
one `urn:musync:artist` per artist where there are several, since `creator` is one line for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from musync.domain import Track, TrackId
from musync.services.files.ids import id_in_uri, uri_of_id
from musync.services.files.values import instant_of, isrc_of, number_of, truth_of, written_instant
from musync.services.locations import place_of

_RECORDING = re.compile(r"https?://(?:beta\.)?musicbrainz\.org/recording/([0-9a-f-]{36})/?", re.IGNORECASE)
_ISRC = re.compile(r"(?:urn:)?isrc:(.+)", re.IGNORECASE)
_OUR = "urn:musync:"
RDIO_ISRCS = "https://rdio.com/xspf/t/isrcs"


def at_place(track: Track, folder: Path) -> Track:
    """The track with its location, as written in a file of this folder, made a full address."""
    return replace(track, url=place_of(track.url, folder, encoded=True).url) if track.url else track


def identifiers_of(track: Track) -> list[str]:
    """The URIs that identify a track, that of MusicBrainz first."""
    uris = [
        f"https://musicbrainz.org/recording/{track.mbid}" if track.mbid else None,
        uri_of_id(track.id),
        f"urn:isrc:{track.isrc}" if track.isrc else None,
    ]
    return [uri for uri in uris if uri]


def metas_of(track: Track, added_at: datetime | None = None) -> list[tuple[str, str]]:
    """Relation and value of what has no element of its own."""
    artists = track.artists if len(track.artists) > 1 else ()
    known = [
        *(("artist", artist) for artist in artists),
        ("album-artist", track.album_artist),
        ("disc-number", str(track.disc_number or "")),
        ("year", str(track.year or "")),
        ("explicit", "" if track.explicit is None else str(track.explicit).lower()),
        ("added-at", written_instant(added_at) if added_at else ""),
    ]
    return [(_OUR + name, value) for name, value in known if value]


def added_in(metas: Sequence[tuple[str, str]]) -> datetime | None:
    """The time of adding that a meta element tells."""
    return instant_of(next((value for relation, value in metas if relation == _OUR + "added-at"), ""))


def with_relations(
    track: Track, identifiers: Iterable[str], metas: Sequence[tuple[str, str]]
) -> tuple[Track, TrackId | None]:
    """The track with what its identifiers and meta elements say, and the id of a service that they name."""
    uris = [uri.strip() for uri in identifiers]
    told = {relation.removeprefix(_OUR): value.strip() for relation, value in metas}
    artists = tuple(value.strip() for relation, value in metas if relation == _OUR + "artist" and value.strip())
    recordings = (found[1].lower() for uri in uris if (found := _RECORDING.fullmatch(uri)))
    isrcs = (isrc for uri in uris if (found := _ISRC.fullmatch(uri)) and (isrc := isrc_of(found[1])))
    named = (track_id for uri in uris if (track_id := id_in_uri(uri)))
    filled = replace(
        track,
        artists=artists or track.artists,
        mbid=next(recordings, None),
        isrc=next(isrcs, None) or isrc_of(told.get(RDIO_ISRCS, "")),
        album_artist=told.get("album-artist", ""),
        disc_number=number_of(told.get("disc-number", "")),
        year=number_of(told.get("year", "")),
        explicit=truth_of(told.get("explicit", "")),
    )
    return filled, next(named, None)
