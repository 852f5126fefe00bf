"""Texts as 64-bit numbers that are the same in every process and on every machine, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

_LONGEST: Final = 2048
"""Characters of a text that count."""


def _mixed(numbers: Hashes) -> Hashes:
    """Spread every bit of each number over all of it (the finaliser of splitmix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


# One factor for each place in a text: a weighted sum modulo 2**64 tells two texts apart as well as chance would.
_FACTORS: Final = _mixed(np.arange(1, _LONGEST + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)


def hashes(texts: Sequence[str], salt: int) -> Hashes:
    """Return one number for each text; the same text under another salt has another number."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    if len(texts) and lengths.max() > _LONGEST:
        texts = [text[:_LONGEST] for text in texts]
        lengths = np.minimum(lengths, _LONGEST)
    # Code points instead of bytes: lone surrogates pass, and no text has to be encoded by itself.
    letters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))
    starts = np.cumsum(lengths) - lengths
    places = np.arange(len(letters)) - np.repeat(starts, lengths)
    found = np.zeros(len(texts), np.uint64)
    filled = lengths > 0
    if filled.any():
        weighed = _FACTORS[places] * (letters.astype(np.uint64) + np.uint64(1))
        found[filled] = np.add.reduceat(weighed, starts[filled])
    seed = _mixed(np.array([salt + 1], np.uint64))
    return _mixed(found ^ seed ^ (lengths.astype(np.uint64) << np.uint64(48)))
