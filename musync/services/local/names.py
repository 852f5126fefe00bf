"""What the path of a file without a title tag suggests: weak, but better than nothing.

`Artist - Title`, `NN Title` and `NN - Artist - Title` are taken apart; what is still missing then comes from the
folders of `Artist/Album/file`. A number at the start counts as the track's where it has a leading zero, is set off by
more than a blank (`12. Title`, `1-04 Title`) or stands in an album's folder, so that "21 Guns" in a folder of loose
files keeps its name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from musync.services.local.facts import Tags

_NUMBERED = re.compile(
    r"(?:(?P<disc>[1-9])-)?(?P<number>[0-9]{1,3})(?P<gap>\s*[-.)_]\s*|\s+)(?=\S)(?P<rest>.*[^\W\d_].*)", re.DOTALL
)
_NOBODY = frozenset(("various artists", "various", "va", "compilations", "unknown artist", "unknown"))


def guessed(tags: Tags, path: str) -> Tags:
    """The tags, with title, artist, album and numbers from the path (relative, with `/`) where there is no title."""
    if tags.title:
        return tags
    place = PurePosixPath(path)
    in_album = len(place.parts) >= 3
    disc, number, name = _numbered(_spaced(place.stem), in_album)
    artist, title = _split(name)
    folders = place.parts[-3:-1] if in_album else ("", "")
    return replace(
        tags,
        title=title,
        artists=tags.artists or _named(artist or folders[0]),
        album=tags.album or folders[1],
        track_number=tags.track_number or number,
        disc_number=tags.disc_number or disc,
    )


def _spaced(stem: str) -> str:
    return (stem if " " in stem else stem.replace("_", " ")).strip() or stem


def _numbered(name: str, in_album: bool) -> tuple[int | None, int | None, str]:
    """Disc, track number and the rest of the name."""
    found = _NUMBERED.fullmatch(name)
    if found is None:
        return None, None, name
    sure = bool(found["disc"] or found["gap"].strip()) or found["number"].startswith("0") or in_album
    if not sure or not int(found["number"]):
        return None, None, name
    return int(found["disc"]) if found["disc"] else None, int(found["number"]), found["rest"]


def _split(name: str) -> tuple[str, str]:
    """Artist and title at the first ` - `."""
    artist, dash, title = name.partition(" - ")
    if not dash or not artist.strip() or not title.strip():
        return "", name
    return artist.strip(), title.strip()


def _named(artist: str) -> tuple[str, ...]:
    return (artist,) if artist and artist.lower() not in _NOBODY else ()
