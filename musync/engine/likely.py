"""A rough idea of how much alike titles are, good enough to choose what is compared in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from musync.engine.index_arrays import NATIVE, Rows
from musync.engine.likeness import sounds_alike
from musync.engine.pairs import Pairs
from musync.engine.profile import Profile

_READINGS: Final = 3
_TOO_LITTLE: Final = 20
"""Likeness below this, of 100, counts as none."""


def likeness(tracks: Sequence[Profile], rows: Rows, pairs: Pairs) -> NDArray[np.float64]:
    """Return for each pair how much the likeliest readings of its titles are alike, from 0 to 100."""
    places, which = np.unique(pairs.places, return_inverse=True)
    readings = rows.readings(places)
    mine: list[str] = []
    theirs: list[str] = []
    counts: list[int] = []
    for wanted, place in zip(pairs.wanted.tolist(), which.tolist(), strict=True):
        texts, others = tracks[wanted].texts[:_READINGS], readings[place]
        mine += [text for text in texts for _ in others]
        theirs += others * len(texts)
        counts.append(len(texts) * len(others))
    found = _best(mine, theirs, counts)
    latin = np.array([made.key.isascii() for made in tracks], np.bool_)
    for at in np.flatnonzero(latin[pairs.wanted] == (rows.marks[pairs.places] & NATIVE != 0)).tolist():
        heard = sounds_alike(tracks[pairs.wanted[at]].key, readings[which[at]][0])
        found[at] = max(found[at], 100 * heard)
    return found


def _best(mine: list[str], theirs: list[str], sizes: Sequence[int]) -> NDArray[np.float64]:
    """Return the highest ratio of each group of texts compared; groups follow each other, none is empty."""
    if not sizes:
        return np.zeros(0)
    scores = cpdist(mine, theirs, scorer=ratio, score_cutoff=_TOO_LITTLE)
    counts = np.array(sizes, np.int64)
    return np.maximum.reduceat(scores, np.cumsum(counts) - counts).astype(np.float64)
