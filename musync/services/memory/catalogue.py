"""The tracks that a memory world knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from musync.domain import Revision, Track, TrackId


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a world searches.

    Attributes:
        rows: answers of one request, however many are asked for; None: as many as asked for.
        share: how much of a question's words a track must have, 1 for services that want each of them.
        popular_first: what came into the catalogue first comes first among tracks that fit as well.
    """

    rows: int | None = None
    share: float = 0.0
    popular_first: bool = False


HELPFUL = Habits()
"""Any shared word leads to a track, and those that hold little else come first."""

STREAMING = Habits(rows=10, share=1.0, popular_first=True)
"""Ten rows of what has every word, the best known first."""


class Catalogue:
    """Tracks by id, in the order they came; its revision counts the changes."""

    def __init__(self) -> None:
        self._tracks: dict[TrackId, Track] = {}
        self._words: dict[TrackId, frozenset[str]] = {}
        self._fields: dict[TrackId, tuple[frozenset[str], frozenset[str]]] = {}
        self._changed: dict[TrackId, int] = {}
        self._changes = 0

    def __contains__(self, track: TrackId) -> bool:
        return track in self._tracks

    def __getitem__(self, track: TrackId) -> Track:
        return self._tracks[track]

    def __iter__(self) -> Iterator[Track]:
        return iter(self._tracks.values())

    def __len__(self) -> int:
        return len(self._tracks)

    @property
    def revision(self) -> Revision:
        """The mark of this state."""
        return Revision(f"c{self._changes}")

    def add(self, tracks: Iterable[Track]) -> None:
        """Take tracks in, or describe known ones anew."""
        for track in tracks:
            if self._tracks.get(track.id) != track:
                self._changes += 1
                self._changed[track.id] = self._changes
                self._tracks[track.id] = track
                self._fields[track.id] = title, artist = words(track.title), words(track.artist)
                self._words[track.id] = title | artist | words(track.album)

    def drop(self, track: TrackId) -> None:
        """Forget a track, as when a service delists it; playlists keep their entries."""
        self._changes += 1
        for known in (self._tracks, self._words, self._fields, self._changed):
            known.pop(track, None)

    def since(self, revision: Revision | None) -> tuple[Track, ...]:
        """What came or changed after that revision, everything for None."""
        start = int(revision.removeprefix("c")) if revision is not None else 0
        return tuple(track for track in self if self._changed[track.id] > start)

    def search(self, text: str, limit: int, habits: Habits = HELPFUL) -> tuple[Track, ...]:
        """Tracks that share words with the text: those with the most first."""
        wanted = words(text)
        shared = {track: len(wanted & known) for track, known in self._words.items()}
        least = max(1.0, habits.share * len(wanted))
        return self._best({track: count for track, count in shared.items() if count >= least}, limit, habits)

    def search_fields(self, title: str, artist: str, limit: int, habits: Habits = HELPFUL) -> tuple[Track, ...]:
        """Tracks whose title has every word of the one text, and whose artists have those of the other."""
        titles, artists = words(title), words(artist)
        hits = {
            track: 0
            for track, (in_title, in_artist) in self._fields.items()
            if titles <= in_title and artists <= in_artist
        }
        return self._best(hits, limit, habits)

    def _best(self, hits: dict[TrackId, int], limit: int, habits: Habits) -> tuple[Track, ...]:
        """The tracks with the most, then those with the fewest other words unless the best known go first."""
        spare = {track: 0 if habits.popular_first else len(self._words[track]) for track in hits}
        order = sorted(hits, key=lambda track: (-hits[track], spare[track]))
        return tuple(self._tracks[track] for track in order[: min(limit, habits.rows or limit)])

    def by_isrc(self, isrc: str) -> tuple[Track, ...]:
        """Every track with this ISRC."""
        return tuple(track for track in self if track.isrc == isrc)


def words(text: str) -> frozenset[str]:
    """The words of a text, whatever the case and form of their letters; signs where there is no word."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(re.findall(r"\w+", plain) or plain.split())
