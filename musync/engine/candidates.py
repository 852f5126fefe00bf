"""A catalogue indexed so that the few tracks worth comparing are found without comparing with all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np

from musync.domain.ids import TrackId
from musync.domain.track import Track
from musync.engine.hashing import Hashes
from musync.engine.index_arrays import NATIVE, IndexArrays, Part, Rows, known_words
from musync.engine.keys import exact_keys, file_keys, id_keys, spoken_keys, wanted_keys
from musync.engine.likely import likeness
from musync.engine.pairs import Pairs, joined
from musync.engine.pool import pool_of
from musync.engine.profile import Profile, profile
from musync.engine.ragged import ranks, spread

_MOST_EQUAL: Final = 60
"""Tracks with the very same title that are looked at; of more, those nearest in artist, version and length."""
_FEW_STRANGERS: Final = 8
"""Of those by artists of another name fewer: they only matter where an artist is written in an unknown way."""
_STRANGERS: Final = 4
"""So many of them at least, however many there are by artists of the same name."""
_CHUNK: Final = 128
"""Tracks searched for at once."""
_LEAST_LIKE: Final = 65.0
_FAR_BEHIND: Final = 35.0
"""What lies so far behind the likeliest, of 125, is not compared in full."""
_SAME_ARTIST: Final = 25.0
_SHARED: Final = 0.1
"""What the weight of all that is shared counts beside the likeness of titles."""
_PART: Final = 4_096
"""Tracks made ready at once."""


def _free() -> None:
    """Stand in for a checkpoint that nobody needs."""


class Profiles:
    """The profiles of a catalogue's tracks, made when they are asked for; the last ones asked for are kept."""

    MOST: Final = 1 << 15

    def __init__(self, tracks: Sequence[Track]) -> None:
        self._tracks = tracks
        self._made: dict[int, Profile] = {}

    def __getitem__(self, place: int) -> Profile:
        made = self._made.get(place)
        return self.keep(place, profile(self._tracks[place])) if made is None else made

    def keep(self, place: int, made: Profile) -> Profile:
        """Remember a profile that was made for another purpose."""
        while len(self._made) >= self.MOST:
            del self._made[next(iter(self._made))]
        self._made[place] = made
        return made


class CatalogueIndex:
    """Tracks of one catalogue, found by title, artist, words, codes and file; places are indices into `tracks`.

    `tracks` may be any sequence, one that reads its tracks from a file too: only those that are compared in full are
    asked for. `arrays` is the index of just these tracks where it is at hand already.
    """

    def __init__(
        self,
        tracks: Sequence[Track],
        arrays: IndexArrays | None = None,
        *,
        checkpoint: Callable[[], None] = _free,
    ) -> None:
        self.tracks = tracks
        self.profiles = Profiles(tracks)
        self.arrays = IndexArrays.of(list(self._parts(checkpoint))) if arrays is None else arrays

    def __len__(self) -> int:
        return len(self.tracks)

    def _parts(self, checkpoint: Callable[[], None]) -> Iterator[Part]:
        """Make all tracks ready; the profiles of a small catalogue are kept, they will be needed."""
        for start in range(0, len(self.tracks), _PART):
            checkpoint()
            made = [profile(track) for track in self.tracks[start : start + _PART]]
            if len(self.tracks) <= Profiles.MOST:
                for place, one in enumerate(made, start):
                    self.profiles.keep(place, one)
            yield Part.of(made)

    def equal(self, wanted: Profile) -> list[int]:
        """Return the tracks with the same code, file or title core as the wanted one."""
        return self.equal_many([wanted])[0]

    def near(self, wanted: Profile, limit: int) -> list[int]:
        """Return the tracks whose title or artist comes near the wanted one's, nearest first."""
        return self.near_many([wanted], limit)[0]

    def with_id(self, track: TrackId) -> list[int]:
        """Return where the track of this id is; as good as never another one beside it."""
        return self._under(id_keys([track]))

    def with_file(self, path: str) -> list[int]:
        """Return the tracks whose file has the name that this path ends in; as good as never another one."""
        return self._under(file_keys([path]))

    def spoken(self, text: str, most: int) -> list[int]:
        """Return the tracks that have most of what somebody typed in title, artist or album."""
        found, _ = pool_of(spoken_keys(text), 1, self.arrays.postings, self.arrays.rows.ties, most)
        return found.lists(1)[0]

    def equal_many(self, wanted: Sequence[Profile]) -> list[list[int]]:
        """Return for each wanted track those with the same code, file or title core."""
        return [found for chunk in _chunks(wanted) for found in self._equal(chunk)]

    def near_many(self, wanted: Sequence[Profile], limit: int) -> list[list[int]]:
        """Return for each wanted track those whose title or artist comes near, nearest first."""
        return [found for chunk in _chunks(wanted) for found in self._near(chunk, limit)]

    def _under(self, keys: Hashes) -> list[int]:
        _, at = spread(*self.arrays.postings.find(keys))
        found: list[int] = self.arrays.postings.places[at].tolist()
        return found

    def _equal(self, wanted: Sequence[Profile]) -> list[list[int]]:
        keys, owners, _ = exact_keys(wanted)
        which, at = spread(*self.arrays.postings.find(keys))
        found = Pairs.distinct(owners[which], self.arrays.postings.places[at])
        many = np.bincount(found.wanted, minlength=len(wanted)) > _FEW_STRANGERS
        if many.any():
            mine = many[found.wanted]
            found = joined([found.where(~mine), self._nearest(wanted, found.where(mine))])
        return found.lists(len(wanted))

    def _nearest(self, wanted: Sequence[Profile], found: Pairs) -> Pairs:
        """Keep those of many equal titles that are nearest otherwise, and few by artists of another name."""
        rows, mine = self.arrays.rows, Rows.of(wanted)
        apart = ~found.sharing(known_words(wanted), rows.words)
        other = (mine.marks[found.wanted] ^ rows.marks[found.places]) & ~NATIVE != 0
        reworded = mine.remarks[found.wanted] != rows.remarks[found.places]
        gaps = np.abs(np.nan_to_num(rows.seconds[found.places]) - mine.seconds[found.wanted])
        order = np.lexsort((rows.ties[found.places], np.nan_to_num(gaps), other, reworded, apart, found.wanted))
        found, apart = found.where(order), apart[order]
        known = np.bincount(found.wanted[~apart], minlength=len(wanted))
        most = np.where(apart, np.maximum(_FEW_STRANGERS - known, _STRANGERS)[found.wanted], _MOST_EQUAL)
        return found.where(ranks(found.wanted * 2 + apart) < most)

    def _near(self, wanted: Sequence[Profile], limit: int) -> list[list[int]]:
        rows = self.arrays.rows
        pool, weights = pool_of(wanted_keys(wanted), len(wanted), self.arrays.postings, rows.ties)
        likes = likeness(wanted, rows, pool) + weights * _SHARED
        likes += pool.sharing(known_words(wanted), rows.words) * _SAME_ARTIST
        order = np.lexsort((rows.ties[pool.places], -likes, pool.wanted))
        pool, likes = pool.where(order), likes[order]
        rank = ranks(pool.wanted)
        best = np.zeros(len(wanted))
        best[pool.wanted[rank == 0]] = likes[rank == 0]
        least = np.maximum(_LEAST_LIKE, best - _FAR_BEHIND)
        return pool.where((rank < limit) & (likes >= least[pool.wanted])).lists(len(wanted))


def _chunks(wanted: Sequence[Profile]) -> Iterator[Sequence[Profile]]:
    return (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
