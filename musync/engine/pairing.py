"""Sharing places out among takers, so that what all of them get together is worth the most."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import count
from typing import Generic, NamedTuple, TypeVar

Taker = TypeVar("Taker")
Place = TypeVar("Place", bound=Hashable)

_LEAST_GAIN = 1e-9
_MOST_LOOKS = 100
"""Parties that may be asked to make room for one taker; of more who all want the same places, not all are asked."""


class _Chain(NamedTuple, Generic[Taker, Place]):
    """Moves one after the other, each into the place that the next party leaves, and what they gain together.

    `left` is the party that has lost its place by the last of them, None when that place was free.
    """

    gain: float = 0.0
    moves: tuple[tuple[list[Taker], Place], ...] = ()
    left: list[Taker] | None = None


class Pairing(Generic[Taker, Place]):
    """Who holds which place. Takers that belong together share one; the first of such a party speaks for all.

    They are seated one by one, and each time those before make room where that is worth more in sum, so that the whole
    is always the best there is for those who came. In what order they came decides ties and nothing else.

    Args:
        offers: the places a taker could have with what each is worth to it, the best first; worths are positive.
        together: whether two takers may share a place.
    """

    def __init__(
        self, offers: Callable[[Taker], Sequence[tuple[Place, float]]], together: Callable[[Taker, Taker], bool]
    ) -> None:
        self._offers = offers
        self._together = together
        self.holders: dict[Place, list[Taker]] = {}
        self.left_out: list[Taker] = []

    def seat(self, taker: Taker, first: Place) -> None:
        """Give a taker a place, or leave out whoever costs the least; `first` is the best of its offers."""
        here = self.holders.setdefault(first, [])
        # Nobody gains by another one's coming, so nothing is better than its best place where that is to be had.
        if not here or self._together(taker, here[0]):
            here.append(taker)
            return
        best = self._best_chain([taker])
        freed = best.moves if best.left is not None else best.moves[:-1]
        for _, place in freed:
            del self.holders[place]
        for party, place in best.moves:
            self.holders.setdefault(place, []).extend(party)
        self.left_out.extend(best.left or ())

    def _best_chain(self, party: list[Taker]) -> _Chain[Taker, Place]:
        """Return the moves that gain the most; without any, this party itself is the one that stays out."""
        best: _Chain[Taker, Place] = _Chain(left=party)
        reached: dict[Place, float] = {}
        waiting = [(-math.inf, 0, best)]
        turns = count(1)
        for _ in range(_MOST_LOOKS):
            if not waiting or -waiting[0][0] <= best.gain + _LEAST_GAIN:
                break
            for most, chain in self._longer(heappop(waiting)[2]):
                if chain.gain > best.gain + _LEAST_GAIN:
                    best = chain
                place = chain.moves[-1][1]
                if chain.left is not None and chain.gain > reached.get(place, -math.inf) + _LEAST_GAIN:
                    reached[place] = chain.gain
                    heappush(waiting, (-most, next(turns), chain))
        return best

    def _longer(self, chain: _Chain[Taker, Place]) -> Iterator[tuple[float, _Chain[Taker, Place]]]:
        """Yield the chains that go on from one, its last party in another place, each with what it can gain at most.

        Whoever loses a place to it gains no more elsewhere than that place was worth, or would have moved before.
        """
        party = chain.left
        assert party is not None
        gone = {place for _, place in chain.moves}
        for place, worth in self._offers(party[0]):
            if place in gone:
                continue
            most, moves = chain.gain + worth, (*chain.moves, (party, place))
            here = self.holders.get(place)
            if here is None or self._together(party[0], here[0]):
                yield most, _Chain(most, moves, None)
            else:
                yield most, _Chain(most - self._worth(here[0], place), moves, here)

    def _worth(self, taker: Taker, place: Place) -> float:
        return next(worth for offered, worth in self._offers(taker) if offered == place)
