"""The tracks of a catalogue that share anything telling with a wanted one: what is looked at more closely."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from musync.engine.keys import Key, Keys
from musync.engine.pairs import Pairs, strongest
from musync.engine.postings import Postings
from musync.engine.ragged import Ints, ranks, slices, spread

POOL: Final = 48
"""Tracks looked at more closely for each wanted one."""
_BUDGET: Final = 1_000
"""So many tracks the rarest keys may bring; what is more common only counts for those."""
_COMMON: Final = 20_000
"""A key with more tracks than this brings none, even where the others brought few."""
_SAYS_NOTHING: Final = 20
"""A key that every so-manieth track has does not count."""
_FIRST: Final = 256
"""Tracks for which what is common is counted."""
_SLOT_BITS: Final = 6
_LEAST: Final = np.array([3.0 if kind is Key.ARTIST else 8.0 if kind > Key.EDGE else 0.0 for kind in Key])
"""What a key of each kind weighs at least."""


class _Known(NamedTuple):
    """Keys of wanted ones that the catalogue has, each wanted one's rarest first; `slots` number them."""

    wanted: Ints
    starts: Ints
    counts: Ints
    weights: NDArray[np.float64]
    slots: Ints

    @classmethod
    def of(cls, keys: Keys, postings: Postings, size: int) -> Self:
        hashes, wanted, kinds = keys
        starts, counts = postings.find(hashes)
        weights = np.maximum(_LEAST[kinds], np.log(size / np.maximum(counts, 1) + 1))
        order = np.lexsort((hashes, counts, wanted))
        order = order[counts[order] > 0]
        # The same key twice would count twice.
        again = (hashes[order][1:] == hashes[order][:-1]) & (wanted[order][1:] == wanted[order][:-1])
        order = order[np.r_[True, ~again][: len(order)]]
        slots = ranks(wanted[order])
        order, slots = order[slots < 1 << _SLOT_BITS], slots[slots < 1 << _SLOT_BITS]
        return cls(wanted[order], starts[order], counts[order], weights[order], slots)

    def where(self, chosen: NDArray[np.bool_]) -> Self:
        """Return the keys that a mask chooses."""
        return type(self)(
            self.wanted[chosen], self.starts[chosen], self.counts[chosen], self.weights[chosen], self.slots[chosen]
        )

    def bringing(self) -> NDArray[np.bool_]:
        """Tell which keys bring tracks: the rarest, as long as there is room, and whatever is needed to have a few."""
        sums = np.cumsum(self.counts)
        before = sums - self.counts
        before -= np.repeat(before[self.slots == 0], np.diff(np.r_[np.flatnonzero(self.slots == 0), len(self.slots)]))
        return (before + self.counts <= _BUDGET) | ((before < POOL) & (self.counts <= _COMMON))


def pool_of(
    keys: Keys, count: int, postings: Postings, ties: NDArray[np.uint32], most: int = POOL
) -> tuple[Pairs, NDArray[np.float64]]:
    """Return for each of `count` wanted ones the tracks that share its most telling keys, and how telling they are.

    `ties` settles which of equally telling ones are taken.
    """
    there = _Known.of(keys, postings, len(ties))
    brings = there.bringing()
    pool, weights = _brought(there.where(brings), postings, count)
    pool, weights = _best(pool, weights, ties, count, max(most, _FIRST))
    rest = there.where(~brings & (there.counts * _SAYS_NOTHING < len(ties)))
    _count_common(rest, postings, pool, weights, count)
    return _best(pool, weights, ties, count, most)


def _brought(keys: _Known, postings: Postings, count: int) -> tuple[Pairs, NDArray[np.float64]]:
    """Return every track under these keys once, with the weight of its keys together."""
    which, at = spread(keys.starts, keys.counts)
    codes = (keys.wanted[which] << 32 | postings.places[at]) << _SLOT_BITS | keys.slots[which]
    # Each key's places ascend already, which this way of sorting makes use of.
    codes.sort(kind="stable")
    weights = np.zeros((count, 1 << _SLOT_BITS))
    weights[keys.wanted, keys.slots] = keys.weights
    pairs = codes >> _SLOT_BITS
    first = np.flatnonzero(np.r_[True, pairs[1:] != pairs[:-1]][: len(pairs)])
    each = weights[pairs >> 32, codes & (1 << _SLOT_BITS) - 1]
    return Pairs.of_codes(pairs[first]), np.add.reduceat(each, first) if len(first) else each


def _best(
    pool: Pairs, weights: NDArray[np.float64], ties: NDArray[np.uint32], count: int, most: int
) -> tuple[Pairs, NDArray[np.float64]]:
    """Return the heaviest `most` of each wanted track."""
    chosen = strongest(pool.wanted, weights + ties[pool.places] * 1e-16, count, most)
    return pool.where(chosen), weights[chosen]


def _count_common(keys: _Known, postings: Postings, pool: Pairs, weights: NDArray[np.float64], count: int) -> None:
    """Add the weight of keys that are too common to bring tracks to those that are in the pool."""
    mine = list(pairwise(slices(pool.wanted, count).tolist()))
    places = pool.places.astype(postings.places.dtype)
    for wanted, begin, size, weight in zip(
        keys.wanted.tolist(), keys.starts.tolist(), keys.counts.tolist(), keys.weights.tolist(), strict=True
    ):
        having = postings.places[begin : begin + size]
        start, end = mine[wanted]
        at = np.minimum(np.searchsorted(having, places[start:end]), size - 1)
        weights[start:end][having[at] == places[start:end]] += weight
