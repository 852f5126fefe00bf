"""Which tracks have which key, as three flat arrays."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from musync.engine.hashing import Hashes
from musync.engine.ragged import Ints


class Postings(NamedTuple):
    """Hashed keys in ascending order, and the places of their tracks.

    The tracks of `keys[i]` are `places[starts[i]:starts[i + 1]]`, ascending and each once.
    """

    keys: Hashes
    starts: NDArray[np.int32]
    places: NDArray[np.int32]

    @classmethod
    def of(cls, found: Hashes, places: NDArray[np.integer]) -> Self:
        """Sort keys with the place of the track each belongs to; equal keys must come by ascending place."""
        order = np.argsort(found, kind="stable")
        return cls._from_sorted(found[order], places[order].astype(np.int32))

    @classmethod
    def _from_sorted(cls, found: Hashes, places: NDArray[np.int32]) -> Self:
        fresh = np.r_[True, (found[1:] != found[:-1]) | (places[1:] != places[:-1])][: len(found)]
        found, places = found[fresh], places[fresh]
        first = np.flatnonzero(np.r_[True, found[1:] != found[:-1]][: len(found)])
        return cls(found[first], np.r_[first, len(found)].astype(np.int32), places)

    def find(self, wanted: Hashes) -> tuple[Ints, Ints]:
        """Return where in `places` the tracks of each wanted key begin, and how many there are."""
        if not len(self.keys):
            return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        starts = self.starts[at].astype(np.int64)
        counts = np.where(self.keys[at] == wanted, self.starts[at + 1] - starts, 0)
        return starts, counts.astype(np.int64)

    def merged(self, kept: NDArray[np.bool_], more: Self) -> Self:
        """Return the postings of the tracks that are kept, closed up, and behind them of those that come.

        Args:
            kept: for each place here whether its track stays.
            more: postings of the tracks that come, their places counted from 0.
        """
        found = np.repeat(self.keys, np.diff(self.starts))
        stays = kept[self.places]
        moved = (np.cumsum(kept) - 1).astype(np.int32)
        found, places = found[stays], moved[self.places[stays]]
        added = np.repeat(more.keys, np.diff(more.starts))
        # Places that come are higher than all that stay, so each goes behind the equal keys that are there.
        at = np.searchsorted(found, added, side="right")
        behind = more.places + np.int32(np.count_nonzero(kept))
        return self._from_sorted(np.insert(found, at, added), np.insert(places, at, behind))
