"""File names made from titles, safe on every system: our own cleaner, which comes after whatever a library did."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 180
"""Bytes of the longest name made, its extension included: file systems take 255, and encrypted ones fewer."""

_SEPARATORS = re.compile(r'[\\/:*?"<>|]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# A joiner between letters belongs to the spelling of many scripts and of emoji; at the ends it does nothing.
_JOINERS = "\u200c\u200d"


def clean_name(title: str, suffix: str = "", *, taken: Collection[str] = (), empty: str = "playlist") -> str:
    """A file name for a title: `clean_name("AC/DC: live?", ".m3u8")` is `AC_DC_ live_.m3u8`.

    NFC; separators become `_`; controls, marks of direction and other invisible characters go, so do dots, blanks and
    dashes at the start and dots and blanks at the end; device names of Windows get a `_`; at most `LONGEST` bytes.

    Args:
        title: any text.
        suffix: the extension with its dot.
        taken: names that are already there; one that differs in case alone counts, and the new name gets ` (2)`.
        empty: what a title of which nothing is left is called.
    """
    stem = _clean(title, empty)
    names = {_folded(name) for name in taken}
    name = _fitted(stem, suffix)
    number = 2
    while _folded(name) in names:
        name = _fitted(stem, f" ({number}){suffix}")
        number += 1
    return name


def _clean(title: str, empty: str) -> str:
    text = _SEPARATORS.sub("_", unicodedata.normalize("NFC", _blanks(title)))
    text = "".join(char for char in text if char in _JOINERS or unicodedata.category(char) not in _HIDDEN)
    text = _trimmed(" ".join(text.split()))
    if _RESERVED.match(text):
        text = _RESERVED.sub(lambda device: f"{device[0]}_", text, count=1)
    return text or empty


def _blanks(text: str) -> str:
    return re.sub(r"[\t\r\n\v\f\u2028\u2029\x85]+", " ", text)


def _trimmed(text: str) -> str:
    return text.strip(_JOINERS + " .").lstrip("-. " + _JOINERS)


def _fitted(stem: str, suffix: str) -> str:
    """The stem with the suffix, cut at a whole character that takes no mark, so that it fits."""
    room = LONGEST - len(suffix.encode())
    if len(stem.encode()) <= room:
        return stem + suffix
    cut = stem.encode()[:room].decode(errors="ignore")
    while cut and (unicodedata.combining(stem[len(cut)]) or stem[len(cut)] in _JOINERS):
        cut = cut[:-1]
    return (_trimmed(cut) or stem[0]) + suffix


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
