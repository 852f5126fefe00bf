"""Lists of tracks that are made when they are asked for."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

from musync.domain import Track, TrackRef
from musync.services.api import TakesForeign


class LazyTracks(Sequence[Track]):
    """A sequence of which a class only says how long it is and what stands at a place."""

    @abstractmethod
    def at(self, place: int) -> Track:
        """The track at this place, from 0 and within bounds."""

    @overload
    def __getitem__(self, place: int) -> Track: ...
    @overload
    def __getitem__(self, place: slice) -> list[Track]: ...
    def __getitem__(self, place: int | slice) -> Track | list[Track]:
        if isinstance(place, slice):
            return [self.at(one) for one in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        return self.at(place % len(self))


class LentTracks(LazyTracks):
    """The tracks of a library as a service that takes its files would hold them."""

    def __init__(self, tracks: Sequence[Track], borrower: TakesForeign, lender: str, scope: str) -> None:
        self._tracks = tracks
        self._borrower = borrower
        self._lender = lender
        self._scope = scope

    def __len__(self) -> int:
        return len(self._tracks)

    def at(self, place: int) -> Track:
        """The track under its id on the service that takes it."""
        return self._borrower.taken(TrackRef(service=self._lender, scope=self._scope, track=self._tracks[place]))


class ChainedTracks(LazyTracks):
    """Several lists of tracks, one behind the other."""

    def __init__(self, lists: Sequence[Sequence[Track]]) -> None:
        self._lists = lists
        self._ends = list(accumulate(map(len, lists)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def at(self, place: int) -> Track:
        """The track in whichever list it is."""
        which = bisect_right(self._ends, place)
        return self._lists[which][place - (self._ends[which - 1] if which else 0)]
