"""How alike two texts are, within one script and across two."""

from __future__ import annotations

import re

from rapidfuzz.fuzz import ratio

from musync.engine.text import has_han, romanised, simplified, sounds


def likeness(one: str, other: str) -> float:
    """Compare two squeezed texts; traditional and simplified characters are the same."""
    if one == other:
        return 1.0
    same = ratio(one, other) / 100
    if same < 1 and has_han(one) and has_han(other):
        same = max(same, ratio(simplified(one), simplified(other)) / 100)
    return same


def across(one: str, other: str) -> bool:
    """Tell whether one text is all in Latin letters and the other is not."""
    return one.isascii() != other.isascii() and _latin(one) != _latin(other)


_FOREIGN = re.compile(r"[^\W\d_\x00-\u024f]")


def _latin(text: str) -> bool:
    """Tell whether there is no letter of another script."""
    return text.isascii() or _FOREIGN.search(text) is None


READ = 0.86
"""Sounds at least so much alike are taken for the same word."""


def sounds_alike(one: str, other: str) -> float:
    """Compare two texts in two scripts by the way that makes them sound most alike."""
    native, latin = (other, one) if _latin(one) else (one, other)
    spelt = romanised(latin)
    return max(ratio(spoken, spelt) for spoken in sounds(native)) / 100


_DIGIT = re.compile(r"\d+")


def _digits(text: str) -> list[str]:
    return _DIGIT.findall(text)


def other_numbers_in(one: str, other: str) -> bool:
    """Tell whether both names hold numbers, and others."""
    return _DIGIT.search(one) is not None and _digits(one) != _digits(other) != []
