"""What the columns of a table mean, told by its header line and, for translated ones, by their order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from musync.services.files.values import Unit

ArtistRule = Literal["own", "escaped", "semicolon", "comma", "whole"]
"""How several artists share a cell: `A; B`, `A\\, x, B`, `A;B`, `A,B`, or one name that is never split."""

OWN_HEADER = ("title", "artists", "album", "duration_s", "isrc", "mbid", "service", "id", "url", "added_at")

_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("track name", "song name", "song title", "title", "track title", "name", "track", "song"),
    "artists": ("artists", "artist name(s)", "artist name", "artist", "artist(s)", "artist names", "artist name 1"),
    "album": ("album name", "album", "album title"),
    "album_artist": ("album artist name(s)", "album artist", "album_artist"),
    "duration": ("track duration (ms)", "duration (ms)", "duration_ms", "duration_s", "duration", "length", "time"),
    "isrc": ("isrc",),
    "mbid": ("mbid", "recording_mbid", "musicbrainz id"),
    "service": ("service",),
    "video_id": ("video id",),
    "id": ("id",),
    "uri": ("track uri", "spotify uri", "uri"),
    "spotify_id": ("track id", "spotify id", "spotify - id"),
    "url": ("url", "link", "track link", "song url"),
    "added_at": ("added at", "added_at", "addeddate", "added date", "date added", "time added"),
    "released": ("album release date", "release date", "year"),
    "explicit": ("explicit",),
    "disc_number": ("disc number", "disc_number"),
    "track_number": ("track number", "track_number"),
    "playlist": ("playlist name", "playlist title", "playlist"),
    "type": ("type",),
}
_SERVICE_COLUMN = re.compile(r"([a-z]+(?: [a-z]+)*) - id")
_WATSONBOX = (
    "uri", "title", "", "artists", "", "album", "", "album_artist", "released", "", "disc_number", "track_number",
    "duration", "", "explicit", "", "isrc", "", "added_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What a table's columns hold.

    Attributes:
        columns: field -> index of its column.
        width: number of columns of the header.
        marks_seconds: lengths are written `201s`.
        service: whose ids stand in the column `id` where no column says so ("deezer").
        more_artists: further columns with one artist each.
    """

    columns: Mapping[str, int]
    width: int
    artist_rule: ArtistRule = "whole"
    marks_seconds: bool = False
    unit: Unit = "guess"
    service: str = ""
    more_artists: tuple[int, ...] = field(default=())

    @property
    def describes_tracks(self) -> bool:
        """The columns say enough to know a track by."""
        return any(name in self.columns for name in ("title", "uri", "spotify_id"))


def layout_of(header: Sequence[str], first_row: Sequence[str] = ()) -> Layout | None:
    """What the header says, None when it is not the header of a table of tracks.

    Exportify translates its header into twelve languages and keeps the order, and the word ISRC.
    """
    names = [" ".join(cell.strip().lower().split()) for cell in header]
    if names.count("explicit") == 2 and len(first_row) == len(names) - 1:
        # One build of Exportify wrote this heading twice over one column.
        del names[names.index("explicit")]
    columns = _columns(names)
    if "title" not in columns and len(names) >= len(_WATSONBOX) and names[_WATSONBOX.index("isrc")] == "isrc":
        return _by_position(names)
    if "title" not in columns and not ({"uri", "spotify_id"} & set(columns)):
        return None
    if columns == {"title": 0} and len(names) == 1:
        return None
    return _by_name(names, columns)


def _columns(names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for field_name, spellings in _NAMES.items():
        at = next((names.index(spelling) for spelling in spellings if spelling in names), None)
        if at is not None and at not in found.values():
            found[field_name] = at
    return found


def _by_name(names: Sequence[str], columns: dict[str, int]) -> Layout:
    service, more = "", tuple(at for at, name in enumerate(names) if re.fullmatch(r"artist name [2-9]\d*", name))
    for at, name in enumerate(names):
        other = _SERVICE_COLUMN.fullmatch(name)
        if other and "spotify_id" not in columns:
            service, columns["id"] = other[1].replace(" ", "-"), at
    return Layout(
        columns=columns,
        width=len(names),
        artist_rule=_artist_rule(names, columns),
        marks_seconds="addeddate" in names,
        unit=_unit(names, columns),
        service=service,
        more_artists=more,
    )


def _artist_rule(names: Sequence[str], columns: Mapping[str, int]) -> ArtistRule:
    artists = names[columns["artists"]] if "artists" in columns else ""
    if artists == "artists":
        return "own"
    if names[0] in ("spotify uri", "track uri") and "release date" not in names:
        return "escaped"
    return "semicolon" if artists == "artist name(s)" else "whole"


def _unit(names: Sequence[str], columns: Mapping[str, int]) -> Unit:
    name = names[columns["duration"]] if "duration" in columns else ""
    if "ms" in re.split(r"\W|_", name):
        return "ms"
    return "s" if name in ("duration_s", "time") else "guess"


def _by_position(names: Sequence[str]) -> Layout:
    columns = {name: at for at, name in enumerate(_WATSONBOX) if name}
    return Layout(columns=columns, width=len(names), artist_rule="escaped", unit="ms")
