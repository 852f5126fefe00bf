"""Artists as sets of names, whether they come as a list or as one joined line."""

from __future__ import annotations

import re
from functools import lru_cache

from musync.engine.lexicon import listed
from musync.engine.text import fold, words

_JOINT = re.compile(
    r"\s*[,;|/、·]\s*|\s+(?:&|\+|x|and|y|e|et|und|og|och|vs\.?|versus|with|con|feat\.?|ft\.?|featuring|presents|pres\.?|"
    r"meets|starring|aka)\s+|\s*&\s*|\s*\((?:feat\.?|ft\.?|with)\s+"
)
_SUFFIX = re.compile(r"\s*-\s*topic$|\s*\((?:official|band|artist|topic)\)$|\s+official(?:\s+\w+)?$|(?<=\w)\s?vevo$")
_NOBODY = listed(
    "various variousartists va unknown unknownartist diverse diverseinterpreten artistesdivers variosartistas vari "
    "variartisti untitled none null soundtrack originalsoundtrack cast originalcast"
)
_MOST = 24
"""Names taken from one track; a whole choir listed one by one tells no more than its beginning."""


@lru_cache(maxsize=1 << 15)
def names_in(line: str) -> tuple[str, ...]:
    """Return the artists named in one line, folded, in their order; nothing for "Various Artists" and the like."""
    folded = _SUFFIX.sub("", fold(line).strip())
    found = [name for part in _JOINT.split(folded) if part and (name := _name(part))]
    return tuple(dict.fromkeys(found))[:_MOST]


@lru_cache(maxsize=1 << 15)
def names_of(artists: tuple[str, ...], album_artist: str = "") -> tuple[str, ...]:
    """Return the names of a track's artists without repeats; the album's artist speaks where the track has none."""
    names = tuple(dict.fromkeys(name for line in artists for name in names_in(line)))[:_MOST]
    return names or (names_in(album_artist) if album_artist else ())


def _name(part: str) -> str:
    """Return one artist's words with single spaces between, without "the"; nothing for nobody in particular."""
    found = words(part)
    if found == ["the"]:
        return ""
    name = " ".join([word for word in found if word != "the"] or found)
    return "" if name.replace(" ", "") in _NOBODY else name
