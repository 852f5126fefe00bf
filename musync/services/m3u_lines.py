"""The directive lines of M3U playlists: what they say, and how new ones are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

_SECONDS = re.compile(r"\s*(-?\d+(?:\.\d+)?)")
_QUOTED = re.compile(r'"[^"]*"')
_YEAR = re.compile(r"\s*\((\d{4})\)$")
_NUMBER = re.compile(r"(?:0\d|\d{1,3}(?=[.\-_]\s|\s-\s))\s*[.\-_]*\s*(?=\S)")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


class M3uEntry(NamedTuple):
    """One entry of an M3U playlist.

    Attributes:
        location: the path or address as written; `locations.place_of` tells what it means.
        seconds: length, None when unknown.
        title, artist, album, year: what the directives say, empty and None where they do not.
        attached: the lines above the location that belong to it, without line ends.
        line: number of the location's line, from 1; 0 for entries not yet in a document.
        problem: why the line cannot be used, empty when it can. The line itself is kept.
    """

    location: str
    seconds: float | None = None
    title: str = ""
    artist: str = ""
    album: str = ""
    year: int | None = None
    attached: tuple[str, ...] = ()
    line: int = 0
    problem: str = ""


@dataclass(slots=True)
class Directives:
    """What the directives above a location said so far; `seen_info` once an `#EXTINF` was among them."""

    seconds: float | None = None
    text: str = ""
    artist: str = ""
    album: str = ""
    year: int | None = None
    seen_info: bool = False

    def take(self, name: str, value: str) -> None:
        """Take in one directive, its name in capitals and without `#`."""
        if name == "EXTINF":
            self.seconds, self.text = parse_extinf(value)
            self.seen_info = True
        elif name == "EXTALB":
            self.album, self.year = split_year(value)
        elif name == "EXTART":
            self.artist = value.strip()

    def entry(self, location: str, attached: tuple[str, ...], line: int) -> M3uEntry:
        """The entry that stands under these directives; an untold title is read off the file name."""
        artist, title = split_artist(self.text, self.artist) if self.text else ("", "")
        if not title:
            stem_artist, title = words_of(location)
            artist = self.artist or stem_artist
        return M3uEntry(location, self.seconds, title, artist, self.album, self.year, attached, line)


def parse_extinf(value: str) -> tuple[float | None, str]:
    """Seconds and text of what follows `#EXTINF:`; seconds below 1 mean unknown.

    Attributes such as `tvg-name="A, B"` are skipped: their values may hold commas.
    """
    head, comma, text = value.partition(",")
    if '"' in head:
        masked = _QUOTED.sub(lambda quoted: "_" * len(quoted[0]), value)
        at = masked.find(",")
        head, text = (value[:at], value[at + 1 :]) if at >= 0 else (value, "")
    found = _SECONDS.match(head)
    seconds = float(found[1]) if found else -1.0
    return (seconds if seconds > 0 else None), text.strip() if comma else ""


def split_artist(text: str, artist: str = "") -> tuple[str, str]:
    """Artist and title of an `Artist - Title` text: after the known artist, else at the first ` - `."""
    if artist:
        known = f"{artist} - "
        return artist, text[len(known) :].strip() if text.startswith(known) and len(text) > len(known) else text
    first, dash, rest = text.partition(" - ")
    return (first.strip(), rest.strip()) if dash and first.strip() and rest.strip() else ("", text)


def split_year(value: str) -> tuple[str, int | None]:
    """Album and year of `Title (2009)`."""
    album = value.strip()
    found = _YEAR.search(album)
    return (album[: found.start()], int(found[1])) if found and found.start() else (album, None)


def words_of(location: str) -> tuple[str, str]:
    """Artist and title as the file name gives them: `…/01 - Ann - Rain.flac` is Ann's Rain."""
    path = unquote(location) if location[:5].lower() == "file:" else location
    name = path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem = _SUFFIX.sub("", name) or name
    return split_artist(_NUMBER.sub("", stem, count=1) if _NUMBER.match(stem) else stem)


def one_line(text: str) -> str:
    """The text fit for a line: runs of line breaks and other controls become one blank."""
    return _CONTROLS.sub(" ", text).strip()


def written_directives(entry: M3uEntry, *, albums: bool) -> list[str]:
    """The lines to stand above a new entry: none when nothing is known of it.

    `#EXTART:` is added only where the text alone would be split at the wrong place, `#EXTALB:` where the list has it.
    """
    artist, title = one_line(entry.artist), one_line(entry.title)
    if not title:
        return []
    text = f"{artist} - {title}" if artist else title
    seconds = -1 if entry.seconds is None else round(entry.seconds)
    lines = [f"#EXTALB:{one_line(entry.album)}"] if albums and entry.album else []
    if artist and split_artist(text) != (artist, title):
        lines.append(f"#EXTART:{artist}")
    return [*lines, f"#EXTINF:{seconds},{text}"]
