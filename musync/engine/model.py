"""The probability that two tracks are one recording: a weighed sum of their signals, and rules nothing outweighs."""

from __future__ import annotations

import math
from functools import lru_cache

from musync.engine.lexicon import OTHER_RECORDING, Kind
from musync.engine.signals import Signals, features
from musync.engine.weights import BASE, WEIGHTS

SURE = 0.999
"""Nothing but the same file is certain."""

_OTHER_FLAGS = frozenset(f"one {kind.value}" for kind in OTHER_RECORDING)
_NO_TITLE = frozenset(("?", "0", "4", "x0", "x4"))


@lru_cache(maxsize=1 << 16)
def probability(s: Signals) -> float:
    """Return the probability, from 0 to `SURE`, that tracks with these signals are the same recording."""
    weighed = BASE + sum(WEIGHTS.get(name, 0.0) for name in features(s))
    likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, weighed))))
    return max(_floor(s), min(likely, _ceiling(s), SURE))


_CODES = frozenset(("isrc equal", "mbid equal"))
_APART = frozenset(("30", "60", "more"))
_ALIKE = frozenset(("?", "=", "95", "9", "8", "7", "x=", "x95", "x9", "x8", "x7", "k=", "k95", "k9", "k8", "k7"))


def _floor(s: Signals) -> float:
    """Return what the probability is at least: an equal code stands unless something speaks against it."""
    if _CODES.isdisjoint(s.flags) or s.length in _APART or "numbers" in s.flags or s.title not in _ALIKE:
        return 0.0
    return 0.97 if _OTHER_FLAGS.isdisjoint(s.flags) else 0.0


def _ceiling(s: Signals) -> float:
    """Return what the probability may be at most, whatever else agrees.

    The table below is read from the top; what it forbids lies below every threshold for automatic acceptance.
    """
    if not _CODES.isdisjoint(s.flags):
        return 1.0
    if s.title in _NO_TITLE:
        return 0.25
    if not _OTHER_FLAGS.isdisjoint(s.flags) or "other mixer" in s.flags:
        return 0.6
    if "numbers" in s.flags or "other place" in s.flags or s.artists == "no":
        return 0.75
    if s.length not in _CLOSE and s.album not in ("?", "=", "near") and not _ALBUM_FLAGS.isdisjoint(s.flags):
        return 0.85
    nothing_else = s.length in _TOO_FAR and s.album not in ("=", "near")
    if nothing_else and (s.artists in ("?", "x") or s.title[0] == "k"):
        return 0.75
    return 1.0


_CLOSE = frozenset(("1", "2", "3"))
_ALBUM_FLAGS = frozenset(
    f"album {kind.value}" for kind in (Kind.LIVE, Kind.KARAOKE, Kind.TRIBUTE, Kind.INSTRUMENTAL, Kind.ACOUSTIC)
)
_TOO_FAR = frozenset(("?", "15", "30", "60", "more"))
