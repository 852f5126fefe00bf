"""A listing compared with the catalogue that is stored, so that only what is new or changed is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from musync.app.stored.catalogue import Records, StoredCatalogue, StoredTracks
from musync.app.stored.parts import PartMaker
from musync.app.stored.records import from_record, to_record
from musync.domain import Control, Page, Track
from musync.engine.index_arrays import IndexArrays
from musync.engine.keys import id_keys

_PIECE: Final = 4_096
"""Tracks made ready, or copied, at once."""


class Gathering:
    """Takes in the pages of a listing.

    Args:
        old: the catalogue as it is stored; None when there is none.
        changes: the listing holds only what came or changed, and everything else stays. Otherwise what is not listed
            is gone.
        makes: what makes tracks ready to be indexed.
    """

    def __init__(self, old: StoredCatalogue | None, makes: PartMaker, *, changes: bool) -> None:
        self._old = old
        self._makes = makes
        self._changes = changes
        self.kept: NDArray[np.bool_] = np.full(len(old.tracks) if old is not None else 0, changes)
        self._tracks: list[Track] = []
        self._records: list[bytes] = []
        self._pieces: list[Records] = []
        self._seen = 0
        self._fresh = 0

    def __len__(self) -> int:
        """How many tracks the catalogue has as far as it is known by now."""
        return int(np.count_nonzero(self.kept)) + self._fresh

    @property
    def is_same(self) -> bool:
        """Nothing came, changed or went."""
        return self._old is not None and bool(self.kept.all()) and not self._fresh

    def take(self, page: Page[Track]) -> None:
        """Take in a page."""
        self._seen += len(page.items)
        records = [to_record(track) for track in page.items]
        for track, record, there in zip(page.items, records, self._places(page.items), strict=True):
            if not self._is_known(track, record, there):
                self._tracks.append(track)
                self._records.append(record)
                self._fresh += 1
                if len(self._tracks) >= _PIECE:
                    self._hand_over((page.total or 0) - self._seen)

    def finish(self, control: Control) -> IndexArrays:
        """The index of all tracks: those that are kept, in their order, and behind them the others."""
        self._hand_over(0)
        more = IndexArrays.of(self._makes.parts(control))
        return more if self._old is None else self._old.index.merged(self.kept, more)

    def records(self) -> Iterator[Records]:
        """The records of all tracks in the order of the index."""
        if self._old is not None:
            yield from _copied(self._old.tracks, self.kept)
        yield from self._pieces

    def _hand_over(self, left: int) -> None:
        if self._tracks:
            self._makes.add(self._tracks, self._records, left)
            sizes = np.fromiter(map(len, self._records), np.int64, len(self._records))
            self._pieces.append((sizes, b"".join(self._records)))
            self._tracks, self._records = [], []

    def _places(self, tracks: Sequence[Track]) -> list[list[int]]:
        """Where tracks of these ids are stored: one place at most, but for twins in a hundred million years."""
        if self._old is None:
            return [[]] * len(tracks)
        postings = self._old.index.postings
        starts, counts = postings.find(id_keys([track.id for track in tracks]))
        return [
            postings.places[start : start + count].tolist()
            for start, count in zip(starts.tolist(), counts.tolist(), strict=True)
        ]

    def _is_known(self, track: Track, record: bytes, places: Sequence[int]) -> bool:
        """Note what becomes of the stored track of this id; tell whether it is stored just as it is listed."""
        if self._old is None:
            return False
        for place in places:
            stored = self._old.tracks.record(place)
            if stored == record:
                self.kept[place] = True
                return True
            if self._changes and from_record(stored).id == track.id:
                self.kept[place] = False
        return False


def _copied(tracks: StoredTracks, kept: NDArray[np.bool_]) -> Iterator[Records]:
    """The records that are kept, as many at once as lie beside each other."""
    for start in range(0, len(kept), _PIECE):
        places = start + np.flatnonzero(kept[start : start + _PIECE])
        some = tracks.records.taken(places)
        yield np.diff(some.starts), some.items.tobytes()
