"""The probability that two tracks are one recording: a weighed sum of their signals, and rules nothing outweighs."""

from __future__ import annotations

import math
from functools import lru_cache

from musync.engine.lexicon import OTHER_RECORDING, Kind
from musync.engine.signals import LENGTHS, Signals, features
from musync.engine.weights import BASE, WEIGHTS

SURE = 0.999
"""Nothing but the same file is certain."""

_CODES = frozenset(("isrc equal", "mbid equal"))
_OTHER = frozenset(f"one {kind.value}" for kind in OTHER_RECORDING)
_ALBUM = frozenset(
    f"album {kind.value}" for kind in (Kind.LIVE, Kind.KARAOKE, Kind.TRIBUTE, Kind.INSTRUMENTAL, Kind.ACOUSTIC)
)
_DIFFERENT = frozenset(("numbers", "other place"))
_CLOSE = frozenset(LENGTHS[:3])
_APART = frozenset(LENGTHS[6:])
_NO_TITLE = frozenset(("?", "0", "4", "x0", "x4"))
_SAME_ALBUM = frozenset(("=", "near"))


@lru_cache(maxsize=1 << 16)
def probability(s: Signals) -> float:
    """Return the probability, from 0 to `SURE`, that tracks with these signals are the same recording.

    It never rises as the lengths move apart.
    """
    weighed = BASE + sum(WEIGHTS.get(name, 0.0) for name in features(s))
    likely = 1 / (1 + math.exp(-max(-30.0, min(30.0, weighed))))
    likely = max(_floor(s), min(likely, _ceiling(s), SURE))
    if s.length in LENGTHS[1:]:
        closer = LENGTHS[LENGTHS.index(s.length) - 1]
        likely = min(likely, probability(s._replace(length=closer)))
    return likely


def _floor(s: Signals) -> float:
    """Return what the probability is at least: an equal code stands unless something speaks against it."""
    if _CODES.isdisjoint(s.flags) or s.length in _APART or not (_DIFFERENT | _OTHER).isdisjoint(s.flags):
        return 0.0
    if s.title not in _NO_TITLE or "mbid equal" in s.flags:
        return 0.97
    return 0.95 if s.length in _CLOSE and s.artists != "no" else 0.0


def _ceiling(s: Signals) -> float:
    """Return what the probability may be at most, whatever else agrees; the first rule that holds counts.

    All but 1 lie below the usual threshold for automatic acceptance, so that a person decides.
    """
    rules = (
        (not _DIFFERENT.isdisjoint(s.flags) or (s.artists == "no" and _CODES.isdisjoint(s.flags)), 0.75),
        (not _CODES.isdisjoint(s.flags), 1.0),
        (s.title in _NO_TITLE, 0.25),
        (not _OTHER.isdisjoint(s.flags) or "other mixer" in s.flags, 0.6),
        (_only_title(s), 0.75),
        (s.artists == "?" and s.album not in _SAME_ALBUM, 0.88),
        (_other_concert(s), 0.85),
        (_other_company(s), 0.85),
    )
    return next((most for holds, most in rules if holds), 1.0)


def _only_title(s: Signals) -> bool:
    """Tell whether neither artists nor length nor album back an equal title, or a title in unread characters."""
    if (s.length not in LENGTHS[5:] and s.length != "?") or s.album in _SAME_ALBUM:
        return False
    return s.artists in ("?", "x") or s.title[0] == "k"


def _other_concert(s: Signals) -> bool:
    """Tell whether only one side's album is live or the like, and the lengths do not say that it is the same."""
    return s.length not in _CLOSE and s.album not in ("?", "=", "near") and not _ALBUM.isdisjoint(s.flags)


def _other_company(s: Signals) -> bool:
    """Tell whether both sides name somebody the other does not: another soloist, orchestra or guest."""
    return s.length not in _CLOSE and (s.artists == "first" or "other guests" in s.flags)
