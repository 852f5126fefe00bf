"""What looks like a list of tracks and is none: listening histories and other exports, refused in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from musync.domain.errors import BadFile

_TABLES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"artist", "album", "albumid", "track"}), "history"),
    (frozenset({"song title", "listening time"}), "history"),
    (frozenset({"date played", "track description"}), "history"),
    (frozenset({"play duration milliseconds"}), "history"),
    (frozenset({"total liked videos"}), "stub"),
    (frozenset({"playlist id", "playlist title (original)"}), "index"),
)
_HEADINGS = ("+ACM- Data export from Libre.fm", "#AUDIOSCROBBLER/")
_EPOCH = re.compile(r"\d{9,13}")
_WHEN = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4},? \d{1,2}:\d{2}")
_SCROBBLES = frozenset({"uts", "utc_time", "artist", "track"})
_RECORDS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"endTime", "msPlayed"}), "history"),
    (frozenset({"ts", "ms_played"}), "history"),
    (frozenset({"header", "titleUrl", "time"}), "history"),
    (frozenset({"Container Type", "Playlist Item Identifiers"}), "numbers"),
)
_WORDS = {
    "history": (
        "This is listening history, not a playlist.",
        "Choose a playlist file; in a data download it has 'playlist' in its name.",
    ),
    "index": (
        "This is the list of your playlists, not one of them.",
        "Choose one of the files that end in 'videos.csv'.",
    ),
    "stub": (
        "This file counts liked videos and names none of them.",
        "Choose one of the files that end in 'videos.csv'.",
    ),
    "numbers": (
        "This export names its tracks by numbers only.",
        "Choose Library.xml, which the Music app writes under File > Library > Export.",
    ),
}


def refuse_history_table(header: Sequence[str], first: Sequence[str], where: str) -> None:
    """Raise BadFile when these are the first two records of listening history or of an index of playlists."""
    names = [" ".join(cell.strip().lower().split()) for cell in header]
    kind = next((kind for marks, kind in _TABLES if marks <= set(names)), "")
    if not kind and (_counts_plays(names, first) or (len(header) == 4 and _WHEN.fullmatch(header[3].strip()))):
        kind = "history"
    # The same tool writes loved tracks under the same header: the file's name is all there is to tell by.
    if not kind and set(names) >= _SCROBBLES and "loved" not in where.lower():
        kind = "history"
    if kind:
        raise refused(kind, where)


def refuse_history_text(text: str, where: str) -> None:
    """Raise BadFile when the first line is that of a scrobbler's log."""
    if text.startswith(_HEADINGS):
        raise refused("history", where)


def refuse_history_records(first: Mapping[str, object], where: str) -> None:
    """Raise BadFile when objects of this shape are listening history."""
    for marks, kind in _RECORDS:
        if marks <= first.keys():
            raise refused(kind, where)


def _counts_plays(names: Sequence[str], first: Sequence[str]) -> bool:
    """Whether a column `time` holds moments, not lengths."""
    if not {"artist", "track", "time"} <= set(names) or len(first) <= names.index("time"):
        return False
    return bool(_EPOCH.fullmatch(first[names.index("time")].strip()))


def refused(kind: str, where: str) -> BadFile:
    """The error for a kind of file that is no playlist."""
    message, advice = _WORDS[kind]
    return BadFile(message, where=where, unchanged="Nothing was changed.", next=advice, code="not-a-playlist")
