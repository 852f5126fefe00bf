"""Which parts of a candidate differ from what is wanted, so that they can be marked.

Spelling that means the same ("and" and "&", accents, case) is not a difference.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from musync.domain import Track
from musync.gui.words import shown

NEAR_MS = 3_000
_WORDS = re.compile(r"\S+\s*")
_SAME = {"&": "and", "feat": "featuring", "ft": "featuring", "n": "and", "part": "pt"}


class Piece(NamedTuple):
    """A piece of text, marked where it differs."""

    text: str
    marked: bool


def title_pieces(title: str, wanted: str) -> tuple[Piece, ...]:
    """The title with the words marked that the wanted title does not have."""
    known = {_plain(word) for word in wanted.split()}
    return _joined((word, _plain(word) not in known and bool(_plain(word))) for word in _WORDS.findall(shown(title)))


def artist_pieces(track: Track, wanted: Track) -> tuple[Piece, ...]:
    """The artists with those marked that the wanted track does not have."""
    known = _phrase(" ".join(wanted.artists))
    pieces = []
    for index, artist in enumerate(track.artists):
        if index:
            pieces.append((", ", False))
        pieces.append((shown(artist), bool(wanted.artists) and _phrase(artist) not in known))
    return _joined(pieces) or (Piece("—", bool(wanted.artists)),)


def album_pieces(track: Track, wanted: Track) -> tuple[Piece, ...]:
    """The album, marked when both are known and differ."""
    differs = bool(track.album and wanted.album) and _phrase(track.album) != _phrase(wanted.album)
    return (Piece(shown(track.album), differs),) if track.album else ()


def length_differs(track: Track, wanted: Track) -> bool:
    """Both lengths are known and lie more than three seconds apart."""
    if track.duration_ms is None or wanted.duration_ms is None:
        return False
    return abs(track.duration_ms - wanted.duration_ms) > NEAR_MS


def _plain(word: str) -> str:
    flat = unicodedata.normalize("NFKD", word.strip()).casefold()
    letters = "".join(letter for letter in flat if letter.isalnum() or letter == "&")
    return _SAME.get(letters, letters)


def _phrase(text: str) -> str:
    return " ".join(filter(None, (_plain(word) for word in text.split())))


def _joined(words: Iterable[tuple[str, bool]]) -> tuple[Piece, ...]:
    """Neighbours that are marked alike become one piece."""
    pieces: list[Piece] = []
    for text, marked in words:
        if pieces and pieces[-1].marked == marked:
            pieces[-1] = Piece(pieces[-1].text + text, marked)
        else:
            pieces.append(Piece(text, marked))
    return tuple(piece for piece in pieces if piece.text)
