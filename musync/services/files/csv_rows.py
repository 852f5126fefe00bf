"""One row of a table: from cells to a track, and from a track to cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from musync.domain import Track, TrackId
from musync.services.files.csv_layouts import ArtistRule, Layout
from musync.services.files.document import Row, placeholder
from musync.services.files.ids import (
    id_in_uri,
    identified,
    kind_of_uri,
    link_of_uri,
    local_track_in,
    service_id,
    uri_of_id,
)
from musync.services.files.values import (
    duration_of,
    instant_of,
    isrc_of,
    number_of,
    truth_of,
    written_instant,
    year_of,
)

_SPOTIFY_ID = re.compile(r"[A-Za-z0-9]{22}")


def read_row(cells: Sequence[str], layout: Layout, line: int) -> Row:
    """The row as an entry; one that says neither what nor where it is, is a placeholder."""
    told = _Cells(cells, layout)
    named = _named(told)
    track = _track(told, named)
    if not (track.title or named or track.url):
        return placeholder(f"line {line}", "neither title nor id", track.artist)
    return Row(track=identified(track, named), added_at=instant_of(told["added_at"]))


def split_artists(cell: str, rule: ArtistRule) -> tuple[str, ...]:
    """The artists that share a cell."""
    if rule == "escaped":
        names = [name.replace("\\,", ",") for name in re.split(r"(?<!\\), ", cell)]
    else:
        marks = {"own": "; ", "semicolon": ";", "comma": ","}
        names = cell.split(marks[rule]) if rule in marks else [cell]
    return tuple(name.strip() for name in names if name.strip())


def joined_artists(artists: Sequence[str], rule: ArtistRule) -> str:
    """One cell for all artists; a separator inside a name gives way, as it does in the programs that write so."""
    match rule:
        case "own":
            return "; ".join(name.replace("; ", ";") for name in artists)
        case "escaped":
            return ", ".join(name.replace(",", "\\,") for name in artists)
        case "semicolon":
            return ";".join(name.replace(";", "") for name in artists)
        case "comma":
            return ",".join(name.replace(";", "") for name in artists)
        case "whole":
            return ", ".join(artists)


def written_cells(track: Track, layout: Layout, added_at: datetime | None) -> list[str]:
    """The cells of a new row; what the track does not say stays empty."""
    values = {
        "title": track.title,
        "artists": joined_artists(track.artists, layout.artist_rule),
        "album": track.album,
        "album_artist": joined_artists((track.album_artist,), layout.artist_rule),
        "duration": _written_duration(track.duration_ms, layout),
        "isrc": track.isrc or "",
        "mbid": track.mbid or "",
        "url": track.url or "",
        "added_at": written_instant(added_at) if added_at else "",
        "released": str(track.year or ""),
        "explicit": "" if track.explicit is None else str(track.explicit).lower(),
        "disc_number": str(track.disc_number or ""),
        "track_number": str(track.track_number or ""),
        **_id_values(track, layout),
    }
    cells = [""] * layout.width
    for name, at in layout.columns.items():
        cells[at] = values.get(name, "")
    return cells


class _Cells:
    """The cells of one row by the name of what they hold, empty where the row or the table has none."""

    def __init__(self, cells: Sequence[str], layout: Layout) -> None:
        self.layout = layout
        self._cells = cells

    def __getitem__(self, name: str) -> str:
        return self.at(self.layout.columns.get(name, len(self._cells)))

    def at(self, column: int) -> str:
        """The cell of a column by its number."""
        return self._cells[column].strip() if column < len(self._cells) else ""


def _track(told: _Cells, named: TrackId | None) -> Track:
    artists = split_artists(told["artists"], told.layout.artist_rule)
    artists += tuple(filter(None, (told.at(column) for column in told.layout.more_artists)))
    own_file = local_track_in(told["uri"])
    return Track(
        id=TrackId(""),
        title=told["title"] or (own_file.title if own_file else ""),
        artists=artists or (own_file.artists if own_file else ()),
        album=told["album"] or (own_file.album if own_file else ""),
        album_artist=told["album_artist"].replace("\\,", ","),
        duration_ms=duration_of(told["duration"], told.layout.unit),
        isrc=isrc_of(told["isrc"]),
        mbid=told["mbid"].lower() or None,
        track_number=number_of(told["track_number"]),
        disc_number=number_of(told["disc_number"]),
        year=year_of(told["released"]),
        explicit=truth_of(told["explicit"]),
        url=told["url"] or _share_link(named, told),
        kind=kind_of_uri(told["uri"]),
    )


def _named(told: _Cells) -> TrackId | None:
    if told["video_id"]:
        return TrackId(told["video_id"])
    service = told["service"].lower() or told.layout.service
    if service and told["id"]:
        return TrackId(f"{service}:{told['id']}")
    if _SPOTIFY_ID.fullmatch(told["spotify_id"]):
        return TrackId(f"spotify:{told['spotify_id']}")
    return id_in_uri(told["uri"]) or id_in_uri(told["spotify_id"]) or id_in_uri(told["url"])


def _share_link(named: TrackId | None, told: _Cells) -> str | None:
    if told["video_id"]:
        return f"https://music.youtube.com/watch?v={told['video_id']}"
    uri = told["uri"]
    if not named or not named.startswith("spotify:"):
        return None
    return link_of_uri(uri if id_in_uri(uri) else f"spotify:track:{named.removeprefix('spotify:')}")


def _id_values(track: Track, layout: Layout) -> dict[str, str]:
    service, name = service_id(track.id) or ("", "")
    uri = uri_of_id(track.id) or ""
    at_spotify = uri.startswith("spotify:")
    own = "service" in layout.columns or service == layout.service
    return {
        "service": service if "id" in layout.columns else "",
        "id": name if own else "",
        "uri": uri if at_spotify else "",
        "spotify_id": name if at_spotify else "",
    }


def _written_duration(duration_ms: int | None, layout: Layout) -> str:
    if duration_ms is None:
        return ""
    if layout.unit == "ms":
        return str(duration_ms)
    if layout.unit == "s":
        return f"{duration_ms / 1000:.3f}".rstrip("0").rstrip(".")
    seconds = round(duration_ms / 1000)
    # Without the letter a length of hours would be read as milliseconds.
    return f"{seconds}s" if layout.marks_seconds or seconds >= 10_000 else str(seconds)
