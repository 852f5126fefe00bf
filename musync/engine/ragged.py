"""Lists of different lengths held in flat arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Lists(NamedTuple):
    """Many short lists: the i-th is `items[starts[i]:starts[i + 1]]`."""

    starts: Ints
    items: NDArray[Any]

    @classmethod
    def of(cls, counts: Iterable[int], items: NDArray[Any]) -> Self:
        """Cut the items into lists of these lengths."""
        return cls(np.cumsum([0, *counts], dtype=np.int64), items)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """Put the lists of several parts behind each other."""
        ends = np.cumsum([0, *(part.starts[-1] for part in parts)], dtype=np.int64)
        starts = [part.starts[:-1] + end for part, end in zip(parts, ends, strict=False)]
        return cls(np.concatenate([*starts, ends[-1:]]), np.concatenate([part.items for part in parts]))

    def taken(self, places: NDArray[np.integer]) -> Self:
        """Return the lists at these places."""
        counts = self.starts[places + 1] - self.starts[places]
        _, at = spread(self.starts[places], counts)
        return type(self)(np.r_[0, np.cumsum(counts)], self.items[at])

    @property
    def owners(self) -> Ints:
        """Which list each item is in."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


def spread(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Return, for `counts[i]` items from `starts[i]` on for every i, whose each item is and where it stands."""
    owners = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts, dtype=np.int64) - counts
    return owners, np.arange(len(owners)) + np.repeat(starts - before, counts)


def ranks(owners: NDArray[np.integer]) -> Ints:
    """Return how many items of the same owner stand before each; equal owners stand together."""
    first = np.flatnonzero(np.r_[True, owners[1:] != owners[:-1]][: len(owners)])
    return np.arange(len(owners)) - np.repeat(first, np.diff(np.r_[first, len(owners)]))


def slices(owners: NDArray[np.integer], count: int) -> Ints:
    """Return where the items of each of `count` owners begin, and behind the last one; owners ascend."""
    return np.searchsorted(owners, np.arange(count + 1)).astype(np.int64)
