"""A catalogue indexed so that the few tracks worth comparing are found without comparing with all."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from rapidfuzz.fuzz import ratio

from musync.domain.ids import TrackId
from musync.domain.track import Track
from musync.engine.profile import Profile, profile
from musync.engine.text import has_han, romanised, simplified

_Postings = dict[str, list[int]]

_MOST_EQUAL = 60
"""Tracks with the very same title that are looked at; of more, those nearest in artist, version and length."""
_FEW_STRANGERS = 8
"""Of those by artists of another name fewer: they only matter where an artist is written in an unknown way."""
_MOST_COMMON = 400
"""A word or artist with more tracks than this says too little by itself."""
_POOL = 64
_LEAST_LIKE = 50.0
_FAR_BEHIND = 35.0
"""What lies so far behind the likeliest, of 125, is not compared in full."""
_EDGE = 6


def _free() -> None:
    """Stand in for a checkpoint that nobody needs."""


class CatalogueIndex:
    """Tracks of one catalogue, found by title, artist, words, codes and file.

    Places are indices into `tracks`. What only inexact titles need is built at the first such title.
    """

    def __init__(self, tracks: Sequence[Track], *, checkpoint: Callable[[], None] = _free) -> None:
        self.tracks = tracks
        self.profiles: list[Profile] = []
        self.places: dict[TrackId, int] = {}
        self._by_title: _Postings = defaultdict(list)
        self._by_code: _Postings = defaultdict(list)
        for place, track in enumerate(tracks):
            if place % 1024 == 0:
                checkpoint()
            self._enter(place, track)

    def __len__(self) -> int:
        return len(self.tracks)

    def _enter(self, place: int, track: Track) -> None:
        made = profile(track)
        self.profiles.append(made)
        self.places.setdefault(track.id, place)
        for text in made.texts:
            self._by_title[title_key(text)].append(place)
        for code in _codes(made):
            self._by_code[code].append(place)

    def candidates(self, wanted: Track, limit: int = 12) -> list[int]:
        """Return the places of the tracks most likely to be the wanted one, best guesses first."""
        made = profile(wanted)
        equal = self.equal(made)
        found = dict.fromkeys(equal)
        found.update(dict.fromkeys(self.near(made, limit)))
        return list(found)[: max(limit, 1)]

    def equal(self, wanted: Profile) -> list[int]:
        """Return the tracks with the same code, file or title core as the wanted one."""
        found: dict[int, None] = {}
        for code in _codes(wanted):
            found.update(dict.fromkeys(self._by_code.get(code, ())))
        for text in wanted.texts:
            found.update(dict.fromkeys(self._by_title.get(title_key(text), ())))
        return list(found) if len(found) <= _FEW_STRANGERS else self._nearest(wanted, found)

    def _nearest(self, wanted: Profile, places: Iterable[int]) -> list[int]:
        """Return those of many equal titles that are nearest otherwise, and few by artists of another name."""
        names = frozenset(wanted.names)
        words = wanted.artist_words | wanted.title_words

        def distance(place: int) -> tuple[bool, float]:
            other = self.profiles[place]
            gap = abs((other.seconds or 0) - wanted.seconds) if wanted.seconds else 0.0
            return (wanted.kinds != other.kinds, gap)

        known: list[int] = []
        strangers: list[int] = []
        for place in places:
            other = self.profiles[place]
            apart = names.isdisjoint(other.names) and words.isdisjoint(other.artist_words)
            (strangers if apart else known).append(place)
        few = max(_FEW_STRANGERS - len(known), 4)
        return heapq.nsmallest(_MOST_EQUAL, known, distance) + heapq.nsmallest(few, strangers, distance)

    def near(self, wanted: Profile, limit: int) -> list[int]:
        """Return the tracks whose title or artist comes near the wanted one's, nearest first."""
        if not wanted.texts:
            return []
        pool = self._pool(wanted)
        best = heapq.nlargest(_POOL, pool, key=pool.__getitem__)
        likely = self._likely(wanted, best, pool)
        least = max(_LEAST_LIKE, max(likely)[0] - _FAR_BEHIND) if likely else 0.0
        return [place for like, _, place in heapq.nlargest(limit, likely) if like >= least]

    def _likely(
        self, wanted: Profile, places: Iterable[int], pool: Mapping[int, float]
    ) -> list[tuple[float, TrackId, int]]:
        """Return roughly how much alike each track is (0 to 125, and a little more), its id and place."""
        texts, latin = wanted.texts[:3], wanted.key.isascii()
        known = wanted.artist_words | wanted.title_words
        found = []
        for place in places:
            other = self.profiles[place]
            like = max([ratio(text, theirs) for theirs in other.texts for text in texts], default=0.0)
            if latin != other.key.isascii():
                like = max(like, ratio(romanised(wanted.key), romanised(other.key)))
            if not known.isdisjoint(other.artist_words):
                like += 25
            found.append((like + pool[place] / 10, other.track.id, place))
        return found

    def _pool(self, wanted: Profile) -> dict[int, float]:
        """Return tracks that share anything telling with the wanted one, with how telling it is."""
        pool: dict[int, float] = defaultdict(float)
        for word in sorted(wanted.title_words, key=lambda word: len(self._by_word.get(word, ())))[:5]:
            self._add(pool, self._by_word.get(word, ()))
        for name in _name_keys(wanted.names + wanted.guests):
            self._add(pool, self._by_artist.get(name, ()), least=3.0)
            self._add(pool, self._by_artist.get(romanised(name), ()), least=3.0)
        for text in wanted.texts[:3]:
            for edge in _edges(text):
                self._add(pool, self._by_edge.get(edge, ()))
        if self._by_sound:
            self._add(pool, self._by_sound.get(romanised(wanted.key), ()), least=8.0)
        if not wanted.key.isascii():
            self._add(pool, self._latin_by_sound.get(romanised(wanted.key), ()), least=8.0)
        return pool

    def _add(self, pool: dict[int, float], places: Sequence[int], least: float = 0.0) -> None:
        """Count what these tracks share; something common only counts for tracks already in the pool."""
        if not places:
            return
        weight = max(least, math.log(len(self.tracks) / len(places) + 1))
        if len(places) <= _MOST_COMMON:
            for place in places:
                pool[place] += weight
            return
        for place in pool.keys() & set(places):
            pool[place] += weight
        if len(pool) < _POOL:
            for place in places[:_MOST_COMMON]:
                pool[place] += weight

    @cached_property
    def _by_word(self) -> _Postings:
        """Places by each word of the title."""
        found: _Postings = defaultdict(list)
        for place, made in enumerate(self.profiles):
            for piece in made.pieces:
                for word in piece:
                    found[word].append(place)
        return found

    @cached_property
    def _by_artist(self) -> _Postings:
        found: _Postings = defaultdict(list)
        for place, made in enumerate(self.profiles):
            for key in _name_keys(made.names + made.guests):
                found[key].append(place)
        return found

    @cached_property
    def _by_edge(self) -> _Postings:
        """Places by the first and the last letters of the title: a slip of the pen leaves one of them whole."""
        found: _Postings = defaultdict(list)
        for place, made in enumerate(self.profiles):
            for edge in _edges(made.key):
                found[edge].append(place)
        return found

    @cached_property
    def _by_sound(self) -> _Postings:
        """Places of titles in other than Latin letters by their sound."""
        return self._sounds(place for place, made in enumerate(self.profiles) if not made.key.isascii())

    @cached_property
    def _latin_by_sound(self) -> _Postings:
        return self._sounds(place for place, made in enumerate(self.profiles) if made.key.isascii())

    def _sounds(self, places: Iterable[int]) -> _Postings:
        found: _Postings = defaultdict(list)
        for place in places:
            for text in self.profiles[place].texts[:2]:
                found[romanised(text)].append(place)
        return found


def title_key(text: str) -> str:
    """Return what equal titles have in common: the text, in simplified characters where it is Chinese."""
    return simplified(text) if has_han(text) else text


def _codes(made: Profile) -> list[str]:
    return [code for code in (made.isrc, made.mbid, made.url) if code]


def _name_keys(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        key = name.replace(" ", "")
        yield key
        if not key.isascii():
            yield romanised(key)


def _edges(text: str) -> tuple[str, ...]:
    """Return the first and the last letters of a title that is long enough to have both."""
    if len(text) <= _EDGE:
        return (f"^{text[:3]}{len(text)}", f"${text[-3:]}{len(text)}") if len(text) > 3 else ()
    return (f"^{text[:_EDGE]}", f"${text[-_EDGE:]}")
