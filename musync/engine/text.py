"""Spellings made comparable: case, accents, quotes, width and punctuation; every script and every digit is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

LIMIT = 400
"""Characters of a text that are looked at; more never helped to tell two recordings apart."""

# Marks that only colour a letter (Latin, Greek, Cyrillic accents; Hebrew and Arabic points; joiners and directions).
# Marks of other scripts, such as Indic vowel signs, are letters in their own right and stay.
_COLOUR = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff\u00ad]+"
)
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe", "ё": "е"}
    | dict.fromkeys("‘’‚‛ʼʹ′＇`´", "'")
    | dict.fromkeys("“”„‟«»″〝〞", '"')
    | dict.fromkeys("‐‑‒–—―−﹘─", "-")
    | dict.fromkeys("【〔〖〈《「『", "[")
    | dict.fromkeys("】〕〗〉》」』", "]")
    | dict.fromkeys("™®©℗℠", "")
    | {"～": "~", "〜": "~", "｜": "|", "×": " x ", "✕": " x ", "：": ":"}
)
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_DOLLAR = re.compile(r"\$(?=[a-z])|(?<=[a-z])\$")
_SHOUT = re.compile(r"(?<=[a-z])!(?=[a-z])")


def fold(text: str) -> str:
    """Return the text in small letters without accents, punctuation still in place."""
    text = text[:LIMIT]
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    text = _COLOUR.sub("", text).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", text)


class _Spaces(dict[int, "str | int | None"]):
    """What becomes of each character where only words count: signs turn into spaces, apostrophes vanish."""

    def __missing__(self, code: int) -> str | int | None:
        char = chr(code)
        if char in "'.":
            kept: str | int | None = None if char == "'" else " "
        elif char in "&+":
            kept = " and "
        else:
            kept = " " if unicodedata.category(char)[0] in "PSZC" else code
        self[code] = kept
        return kept


_SPACES = _Spaces()


def words(folded: str) -> list[str]:
    """Return the words of a folded text; one that is all signs ("???", "+") keeps its signs as one word."""
    if "." in folded:
        folded = _INITIALS.sub(lambda found: found[0].replace(".", ""), folded)
    if "$" in folded:
        folded = _DOLLAR.sub("s", folded)
    if "!" in folded:
        folded = _SHOUT.sub("i", folded)
    if "'n" in folded:
        folded = folded.replace("'n'", "and").replace(" 'n ", " and ")
    found = folded.translate(_SPACES).split()
    return found or ["".join(folded.split())] if folded.strip() else []


def squeezed(parts: list[str] | tuple[str, ...]) -> str:
    """Return the words as one, without "the" and "and", so that joined and separate spellings meet."""
    return "".join([word for word in parts if word not in _SMALL]) or "".join(parts)


_SMALL = frozenset(("the", "and"))


@lru_cache(maxsize=1 << 15)
def plain(text: str) -> str:
    """Return the words of any text with single spaces between."""
    return " ".join(words(fold(text)))


_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def has_han(text: str) -> bool:
    """Tell whether Chinese characters stand in it."""
    return not text.isascii() and _HAN.search(text) is not None


def has_kana(text: str) -> bool:
    """Tell whether it is Japanese for certain."""
    return not text.isascii() and _KANA.search(text) is not None


@lru_cache(maxsize=1 << 14)
def simplified(text: str) -> str:
    """Return the text with simplified Chinese characters; one character becomes one."""
    return _converter().convert(text) if has_han(text) else text


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # opencc ships no types
    from opencc import OpenCC  # reads its tables: only when a Chinese title comes

    return OpenCC("t2s")


_SOUNDS = (
    ("ou", "o"), ("oo", "o"), ("uu", "u"), ("aa", "a"), ("ii", "i"), ("ei", "i"), ("ee", "e"), ("tsu", "tu"),
    ("sh", "s"), ("ch", "t"), ("j", "z"), ("f", "h"), ("wo", "o"), ("y", ""), ("'", ""), ("l", "r"), ("v", "b"),
    ("w", "b"), ("c", "k"), ("q", "k"), ("x", "ks"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_LINE = ord("\n")


@lru_cache(maxsize=1 << 15)
def romanised(text: str) -> str:
    """Return a rough Latin skeleton for comparing spellings across scripts, never to be shown.

    Chinese characters are read the Chinese way; `sounds` knows the Japanese one too.
    """
    latin = text.replace(" ", "").lower()
    return _skeleton(latin if latin.isascii() else _latin(latin))


def romanised_all(texts: Sequence[str]) -> list[str]:
    """Return the skeletons of many texts without spaces, a hundred times faster than one by one."""
    lines = "\n".join([text if text.isascii() else _latin(text.lower()) for text in texts]).lower()
    for written, sound in _SOUNDS:
        lines = lines.replace(written, sound)
    # What the pattern of `_skeleton` does, several times faster: a letter like the one before it goes.
    letters = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    stays = np.r_[True, (letters[1:] != letters[:-1]) | (letters[1:] == _LINE)][: len(letters)]
    return letters[stays].tobytes().decode("utf-32-le", "surrogatepass").split("\n") if texts else []


@lru_cache(maxsize=1 << 14)
def _latin(text: str) -> str:
    """Return a text of any script in Latin letters."""
    from anyascii import anyascii  # one small table per script, read when it comes up

    return "".join(anyascii(text).lower().split())


@lru_cache(maxsize=1 << 14)
def sounds(text: str) -> tuple[str, ...]:
    """Return the skeletons of every way to read a text: the Japanese one too where it may be Japanese."""
    plainly = romanised(text)
    if not (has_han(text) or has_kana(text)):
        return (plainly,)
    read = _skeleton(spoken(text))
    return (read, plainly) if read != plainly else (plainly,)


_SPOKEN = 60
"""Characters of a text that are read; whatever is longer is known by less."""


def spoken(text: str) -> str:
    """Return a Japanese text in Latin letters as it is read, without spaces and signs."""
    read = "".join(part["hepburn"] for part in _japanese().convert(text[:_SPOKEN])).lower()
    return "".join(char for char in read if char.isalnum())


def _skeleton(latin: str) -> str:
    """Return what is left of Latin spellings when all ways to write a sound are one; lines stay apart."""
    for written, sound in _SOUNDS:
        latin = latin.replace(written, sound)
    return _DOUBLED.sub(r"\1", latin)


@lru_cache(maxsize=1)
def _japanese():  # type: ignore[no-untyped-def]  # pykakasi ships no types
    from pykakasi import kakasi  # reads its dictionary: only when a Japanese title comes

    return kakasi()  # type: ignore[no-untyped-call]
