"""The probability that two tracks are one recording: boosted trees over the evidence, and rules nothing outweighs.

The trees are grown and written down by tests/bench/fit_matching.py; here they are only walked.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from musync.engine.evidence import Evidence
from musync.engine.features import NAMES, features
from musync.engine.forest import Forest, shipped
from musync.engine.profile import Profile
from musync.engine.rules import ceiling, floor, further

SURE = 0.999
"""Nothing but the same file is certain."""

Compared = tuple[Profile, Profile, Evidence]


def probabilities(compared: Sequence[Compared]) -> list[float]:
    """Return for each comparison the probability, from 0 to `SURE`, that both are the same recording.

    It never rises as the lengths move apart.
    """
    if not compared:
        return []
    rows = np.array([features(a, b, e) for a, b, e in compared])
    return ruled(forest()(rows), [e for _, _, e in compared])


def ruled(weighed: NDArray[np.float64], evidence: Sequence[Evidence]) -> list[float]:
    """Turn the forest's log-odds into probabilities within the rules."""
    odds = weighed + np.array([further(e) for e in evidence])
    likely = 1 / (1 + np.exp(-odds.clip(-30, 30)))
    return [
        1.0 if e.same_file else max(floor(e), min(float(p), ceiling(e), SURE))
        for p, e in zip(likely, evidence, strict=True)
    ]


@lru_cache(maxsize=1)
def forest() -> Forest:
    """Return the forest, read at the first comparison."""
    found = shipped()
    if found.names != NAMES:
        raise ValueError("forest.json was grown for other features; run tests/bench/fit_matching.py")
    return found
