"""Titles taken apart: the core, what the version is, who is featured, and what else stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from musync.engine.artists import names_in
from musync.engine.lexicon import HERALDS, NOISE, TRAILING, listed
from musync.engine.text import fold, squeezed, words
from musync.engine.versions import PLAIN, Version, is_year, version_of

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A title in parts, all folded.

    `main` are the parts a dash separates ("Artist - Title", "Title - Album"), `extra` what stands in brackets without
    saying anything about the version; `remarks` are the parts that do, each as one word.
    """

    main: tuple[Words, ...]
    extra: tuple[Words, ...] = ()
    version: Version = PLAIN
    featured: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


_SPECIAL = re.compile(
    r"[()\[\]{}|~_]|-|//|feat|ft\b|\d|prod|video|lyric|audio|remix|remaster|\b[ivx]{2,}\b|[^\x00-\x7f]"
)
_FEATURED = re.compile(r"(?:^|(?<=[\s(\[]))(?:feat(?:uring)?|ft)(?:\.\s*|\s+)(?=\S)|(?<=\s)f/\s*(?=\S)")
_FEATURED_PART = re.compile(r"^(?:feat(?:uring)?\b|ft\b|with\b|w/|con\b|avec\b|mit\b|duet with\b|f/)[.\s]*(?=\S)")
_PRODUCED = re.compile(r"^(?:prod(?:uced)?|directed|dir|written|lyrics)\b(?:\s*by\b|\.)|^prod\b")
_PREFIX = re.compile(r"^(?:0\d{1,2}|[1-9]\d?(?=[.)]))\s*[-.)_]+\s*(?=\S)")
_FILE_PREFIX = re.compile(r"^\d{1,3}\s*-\s*(?=.+\s-\s)")
_DASH = re.compile(r"\s+-+\s*|\s*-+\s+|\s*(?:\||//)\s*|\s+~\s*")
_SUFFIX = re.compile(r"\.(?:mp3|flac|m4a|ogg|opus|wav|wma|aac)$")
_POSSESSIVE = re.compile(r"\w'?s\s+version\b")
_FROM = re.compile(r"^(?:from|music from|theme from|featured in|as featured|soundtrack|ost|taken from|aus|de la)\b")
_NUMBERED = listed(
    "part parts pt pts teil parte partie chapter ch kapitel vol volume no nr number op act scene episode ep book bwv "
    "kv hob phase side disc movement mvt szene akt psalm sonata symphony concerto"
)
_SPELT = {
    "part": "pt pts parts teil parte partie",
    "volume": "vol",
    "chapter": "ch kapitel",
    "no": "nr number",
    "movement": "mvt",
    "ep": "episode",
}
_SAME = {spelling: word for word, spellings in _SPELT.items() for spelling in spellings.split()}
_COUNT = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8"}
_COUNTING = _NUMBERED | frozenset(_SAME)
"""Without any of these, of digits and of Roman numerals there is nothing to write another way."""
_JOINED = re.compile(r"(pt|part|vol|no|op|ch|bwv)(\d+)")
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi xxii xxiii xxiv"
_ROMAN = {roman: str(number) for number, roman in enumerate(_ROMANS.split(), 1)}
_ONLY_AFTER = frozenset(("i", "v", "x"))
_MOVEMENT = re.compile(rf"((?:[:;,(\[]|\s-)\s*)({'|'.join(sorted(_ROMAN, key=len, reverse=True))})\.(?=\s)")


@lru_cache(maxsize=1 << 14)
def parse_title(text: str) -> Title:
    """Take a title apart."""
    folded = fold(text)
    if "." in folded:
        folded = _MOVEMENT.sub(_with_digits, folded)
    if _SPECIAL.search(folded) is None:
        found = words(folded)
        core = tuple(found) if _COUNTING.isdisjoint(found) else _numbered(found)
        return Title((core,) if core else ())
    parser = _Parser()
    parser.read(_unfiled(folded))
    return parser.title()


def _with_digits(movement: re.Match[str]) -> str:
    """Write the number of a movement in digits: "Requiem: II. Andante" names the second, not a letter."""
    return f"{movement[1]}{_ROMAN[movement[2]]}."


def _unfiled(folded: str) -> str:
    """Take off what only file names have: underscores for spaces, a suffix, the number of the track."""
    if "_" in folded and " " not in folded.strip():
        folded = folded.replace("_", " ")
    folded = _SUFFIX.sub("", folded.strip())
    return _FILE_PREFIX.sub("", _PREFIX.sub("", folded))


class _Parser:
    """Collects the parts of one title."""

    def __init__(self) -> None:
        self._main: list[Words] = []
        self._extra: list[Words] = []
        self._version = PLAIN
        self._featured: list[str] = []
        self._remarks: list[str] = []

    def title(self) -> Title:
        """Return what was found; a title that is nothing but a version or a guest keeps its words as core."""
        return Title(
            main=tuple(self._main),
            extra=tuple(self._extra),
            version=self._version,
            featured=tuple(dict.fromkeys(self._featured)),
            remarks=tuple(self._remarks),
        )

    def read(self, folded: str) -> None:
        """Read a whole folded title."""
        outer, inner = _brackets(folded)
        first = True
        for piece in _DASH.split(outer, _MOST - 1):
            first = not self._piece(piece, first=first) and first
        for piece in inner[:_MOST]:
            self._bracket(piece)
        if not self._main:
            self._keep_something(folded)

    def _piece(self, piece: str, *, first: bool) -> bool:
        """Read what stands between dashes; tell whether it holds words of the title."""
        piece = self._without_guests(piece)
        found = words(piece)
        if not _speaks(found) or (not first and self._says_version(found, piece)):
            return False
        if not first and _nothing_new(found, piece):
            return False
        found = _without_noise(found)
        self._main.append(_numbered(found))
        return True

    def _bracket(self, piece: str) -> None:
        """Read what stood in brackets."""
        piece = piece.strip()
        if _PRODUCED.match(piece):
            return
        if guests := _FEATURED_PART.match(piece):
            self._featured.extend(names_in(piece[guests.end() :]))
            return
        piece = self._without_guests(piece)
        found = words(piece)
        if not _speaks(found) or self._says_version(found, piece) or _nothing_new(found, piece):
            return
        self._extra.append(_numbered(found))

    def _without_guests(self, piece: str) -> str:
        """Take "feat. X" off the end of a piece."""
        guests = _FEATURED.search(piece)
        if guests is None:
            return piece
        self._featured.extend(names_in(piece[guests.end() :]))
        return piece[: guests.start()]

    def _says_version(self, found: list[str], piece: str) -> bool:
        """Take in what a segment says about the version; tell whether it says anything."""
        if _FROM.match(piece) and "live" not in found:
            return False
        version = version_of(found, possessive=_POSSESSIVE.search(piece) is not None)
        if version is PLAIN:
            return False
        self._version = version.joined(self._version)
        self._remarks.append(squeezed(found))
        return True

    def _keep_something(self, folded: str) -> None:
        """Keep a title that is all brackets or all guests."""
        if self._extra:
            self._main.append(self._extra.pop(0))
        elif found := words(folded):
            self._main.append(_numbered(found))


def _speaks(found: list[str]) -> bool:
    """Tell whether there is a letter or a digit; signs alone are a title only when nothing else is there."""
    return len(found) > 1 or any(char.isalnum() for word in found for char in word)


def _nothing_new(found: list[str], piece: str) -> bool:
    """Tell whether a segment speaks of the upload, the edition, the film or the year and not of the song."""
    return NOISE.issuperset(found) or _FROM.match(piece) is not None or (len(found) == 1 and is_year(found[0]))


def _without_noise(found: list[str]) -> list[str]:
    """Take "official video" and the like off the end of a title."""
    for at in range(1, len(found)):
        if found[at] in HERALDS and NOISE.issuperset(word for word in found[at:] if not word.isdecimal()):
            return found[:at]
    while len(found) > 1 and found[-1] in TRAILING:
        found.pop()
    return found


_MOST = 8
"""Parts of a title that are taken apart, and so many brackets; one with more is no title, and each costs time."""
_OPEN = "([{"
_CLOSE = ")]}"


def _brackets(folded: str) -> tuple[str, list[str]]:
    """Return the text outside of brackets and what stands inside of them, inner ones apart; open ends close."""
    if not any(char in folded for char in _OPEN):
        return folded, []
    stack: list[list[str]] = [[]]
    inner: list[str] = []
    for char in folded:
        if char in _OPEN:
            stack[0].append(" ") if len(stack) == 1 else None
            stack.append([])
        elif char in _CLOSE:
            if len(stack) > 1:
                inner.append("".join(stack.pop()))
        else:
            stack[-1].append(char)
    inner.extend("".join(piece) for piece in stack[1:])
    return "".join(stack[0]), inner


def _numbered(found: list[str]) -> Words:
    """Write numbers one way: "Pt. II", "part two" and "part 2" are the same."""
    out: list[str] = []
    last = len(found) - 1
    for at, word in enumerate(found):
        joined = _JOINED.fullmatch(word)
        pieces = joined.groups() if joined else (word,)
        for piece in pieces:
            after = bool(out) and out[-1] in _NUMBERED
            if piece in _ROMAN and (after or len(piece) > 2 or (at == last > 0 and piece not in _ONLY_AFTER)):
                piece = _ROMAN[piece]
            elif after and piece in _COUNT:
                piece = _COUNT[piece]
            elif piece.isdecimal():
                piece = piece.lstrip("0") or "0"
            out.append(_SAME.get(piece, piece))
    return tuple(out)
