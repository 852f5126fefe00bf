"""The tracks that a memory world knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from musync.domain import Revision, Track, TrackId


class Catalogue:
    """Tracks by id, in the order they came; its revision counts the changes."""

    def __init__(self) -> None:
        self._tracks: dict[TrackId, Track] = {}
        self._words: dict[TrackId, frozenset[str]] = {}
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
                self._words[track.id] = words(f"{track.title} {track.artist} {track.album}")

    def drop(self, track: TrackId) -> None:
        """Forget a track, as when a service delists it; playlists keep their entries."""
        self._changes += 1
        for known in (self._tracks, self._words, self._changed):
            known.pop(track, None)

    def since(self, revision: Revision | None) -> tuple[Track, ...]:
        """What came or changed after that revision, everything for None."""
        start = int(revision.removeprefix("c")) if revision is not None else 0
        return tuple(track for track in self if self._changed[track.id] > start)

    def search(self, text: str, limit: int) -> tuple[Track, ...]:
        """Tracks that share words with the text: those with the most first, then those with the fewest others."""
        wanted = words(text)
        shared = {track: len(wanted & known) for track, known in self._words.items()}
        hits = [track for track, count in shared.items() if count]
        hits.sort(key=lambda track: (-shared[track], len(self._words[track])))
        return tuple(self._tracks[track] for track in hits[:limit])

    def by_isrc(self, isrc: str) -> tuple[Track, ...]:
        """Every track with this ISRC."""
        return tuple(track for track in self if track.isrc == isrc)


def words(text: str) -> frozenset[str]:
    """The words of a text, whatever the case and form of their letters; signs where there is no word."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(re.findall(r"\w+", plain) or plain.split())
