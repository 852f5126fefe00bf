"""Wanted tracks paired with places of a catalogue, in flat arrays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from musync.engine.ragged import Ints, Lists, slices

_PLACE_BITS: Final = 32


class Pairs(NamedTuple):
    """Each `wanted[i]` (a place in the list searched for) with `places[i]`."""

    wanted: Ints
    places: Ints

    @classmethod
    def distinct(cls, wanted: Ints, places: NDArray[np.integer]) -> Self:
        """Return each pair once, sorted."""
        return cls.of_codes(np.unique(wanted << _PLACE_BITS | places))

    @classmethod
    def of_codes(cls, codes: Ints) -> Self:
        """Take pairs out of numbers that hold the wanted one in their upper half."""
        return cls(codes >> _PLACE_BITS, codes & (1 << _PLACE_BITS) - 1)

    def where(self, chosen: NDArray[Any]) -> Self:
        """Return the pairs that a mask or a list of positions chooses."""
        return type(self)(self.wanted[chosen], self.places[chosen])

    def lists(self, count: int) -> list[list[int]]:
        """Return the places of each of `count` wanted tracks; theirs must stand together, in order."""
        places = self.places.tolist()
        return [places[start:end] for start, end in pairwise(slices(self.wanted, count).tolist())]

    def sharing(self, mine: Lists, theirs: Lists) -> NDArray[np.bool_]:
        """Tell for each pair whether the wanted one's list of small numbers and the track's have any in common."""
        known = np.unique(mine.owners << _PLACE_BITS | mine.items)
        asked = theirs.taken(self.places)
        codes = self.wanted[asked.owners] << _PLACE_BITS | asked.items
        found = np.zeros(len(self.places), np.bool_)
        if len(known):
            hits = known[np.minimum(np.searchsorted(known, codes), len(known) - 1)] == codes
            found[asked.owners[hits]] = True
        return found


def strongest(wanted: Ints, weights: NDArray[np.float64], count: int, most: int) -> Ints:
    """Return the positions of the `most` heaviest items of each of `count` owners, in any order within an owner."""
    found = []
    for start, end in pairwise(slices(wanted, count).tolist()):
        if end - start > most:
            found.append(start + np.argpartition(weights[start:end], end - start - most)[-most:])
        else:
            found.append(np.arange(start, end))
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def joined(parts: Sequence[Pairs]) -> Pairs:
    """Put pairs together, those of one wanted track behind each other in the order of the parts."""
    wanted = np.concatenate([part.wanted for part in parts])
    order = np.argsort(wanted, kind="stable")
    return Pairs(wanted[order], np.concatenate([part.places for part in parts])[order])
