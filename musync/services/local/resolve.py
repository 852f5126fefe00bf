"""Which track of the library a line of a playlist means, and how a track is written into one.

A path is taken as it stands, relative to the playlist; then as the former path of a file that was moved; then, because
lists travel between computers, by its longest matching tail; then by what `#EXTINF` says. What none of them finds stays
in the list as a placeholder.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Final

from musync.domain import Entry, Track, TrackId, TrackKind, occurrence_ids
from musync.engine.tails import TailIndex
from musync.services.local import words
from musync.services.local.catalogue import Catalogue
from musync.services.locations import Place, is_address, location_like, location_of, place_of
from musync.services.m3u import M3uEntry

# Whole seconds are what lists hold; more than this apart is another recording, or none of ours.
_SAME_S: Final = 2.5
_OTHER_S: Final = 5.5
_Found = tuple[Track, str]


class Resolver:
    """Finds the tracks that playlist lines mean; remembers every line for the length of a job.

    Args:
        catalogue: the library's tracks.
        folder: the library's folder.
        moved: old path -> present path of moved files.
    """

    def __init__(self, catalogue: Catalogue, folder: Path, moved: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._folder = folder
        roots = dict.fromkeys((folder, folder.resolve()))
        self._roots = tuple(str(root).rstrip(os.sep) + os.sep for root in roots)
        self._moved = moved
        self._places: dict[tuple[Path, str], Place] = {}
        self._standing: dict[str, Track | None] = {}
        self._known: dict[tuple[Path, str, str, str, float | None], _Found] = {}
        self._followed: dict[tuple[Path, str], Path] = {}

    def entries(self, lines: Sequence[M3uEntry], folder: Path) -> tuple[Entry, ...]:
        """The entries of a list in `folder`, in order, every line of it one entry."""
        self._read_ahead(lines, folder)
        found = [self._found(line, folder) for line in lines]
        ids = occurrence_ids(track.id for track, _ in found)
        return tuple(
            Entry(id=name, track=track, addressable=not reason, reason=reason)
            for name, (track, reason) in zip(ids, found, strict=True)
        )

    def line(self, track: Track, folder: Path) -> M3uEntry:
        """The line that means this track of the library in a list in `folder`: a relative path with `/`."""
        location = location_of(str(self._folder / track.id), folder, absolute=False)
        seconds = None if track.duration_ms is None else track.duration_ms / 1000
        return M3uEntry(location, seconds, track.title, track.artist, track.album)

    def renamed(self, lines: Sequence[M3uEntry], folder: Path) -> Iterator[tuple[int, str]]:
        """Index and present location of every line whose file is gone and was followed to where it is now."""
        for index, line in enumerate(lines):
            self._found(line, folder)
            now = self._followed.get((folder, line.location))
            if now is None or line.problem:
                continue
            old = place_of(line.location, folder).path
            # Asked of the disk: since the folder was looked through, files may have been moved again, or back.
            if old is not None and not os.path.lexists(old) and now.is_file():
                yield index, location_like(line.location, str(now), folder)

    def _found(self, line: M3uEntry, folder: Path) -> _Found:
        """The track meant, with an empty text, or a stand-in and why nothing was found."""
        key = (folder, line.location, line.artist, line.title, line.seconds)
        if key not in self._known:
            self._known[key] = self._find(line, folder)
        return self._known[key]

    def _read_ahead(self, lines: Sequence[M3uEntry], folder: Path) -> None:
        """Learn what stands at the places of all lines in few questions to the index."""
        usable = (line for line in lines if not line.problem and not is_address(line.location))
        paths = {self._relative(self._place(line.location, folder)) for line in usable}
        asked = [path for path in paths if path is not None and path not in self._standing]
        found = self._catalogue.tracks(asked)
        self._standing.update((path, found.get(path) or self._moved_to(path)) for path in asked)

    def _place(self, location: str, folder: Path) -> Place:
        key = (folder, location)
        if key not in self._places:
            self._places[key] = place_of(location, folder)
        return self._places[key]

    def _find(self, line: M3uEntry, folder: Path) -> _Found:
        if line.problem:
            return self._stand_in(line), f"line {line.line} {line.problem}"
        if is_address(line.location):
            return self._stand_in(line), "an address on the network, not a file of this library"
        place = self._place(line.location, folder)
        path = self._relative(place)
        track = self._at(path) if path is not None else None
        if track is not None and track.id != path:
            self._followed[folder, line.location] = self._folder / track.id
        if track is None and place.path is not None and os.path.exists(place.path):  # noqa: PTH110 - never raises
            track = self._under_another_name(place, place.path)
            return (track, "") if track else (self._stand_in(line), self._unknown(line, path))
        track = track or self._by_tail(line, place) or self._by_words(line)
        return (track, "") if track else (self._stand_in(line), f"file missing: {line.location}")

    def _relative(self, place: Place) -> str | None:
        """The id that a file of the library at this place has, None for places outside it."""
        if not place.here:
            return None
        # Text is cut off, because pathlib takes ten times as long.
        within = (place.id[len(root) :] for root in self._roots if place.id.startswith(root))
        return next((path.replace(os.sep, "/") for path in within), None)

    def _at(self, path: str) -> Track | None:
        """The track of this id, or of the file that was moved from there."""
        if path not in self._standing:
            self._standing[path] = self._catalogue.track(path) or self._moved_to(path)
        return self._standing[path]

    def _moved_to(self, path: str) -> Track | None:
        return self._catalogue.track(self._moved[path]) if path in self._moved else None

    def _under_another_name(self, place: Place, path: Path) -> Track | None:
        """The track that is this very file: names may differ in case, or lead through a link."""
        known = self._tails.find(place.id)
        with suppress(OSError):
            if known is not None and path.samefile(self._folder / known):
                return self._catalogue.track(known)
        return None

    def _by_tail(self, line: M3uEntry, place: Place) -> Track | None:
        path = self._tails.find(place.id)
        track = self._catalogue.track(path) if path is not None else None
        return track if track and not _contradicts(line, track) else None

    def _by_words(self, line: M3uEntry) -> Track | None:
        """The only track with this title, this artist and about this length."""
        if not line.artist:
            return None
        hits = self._catalogue.search(f"{line.artist} {line.title}", 20, every=True)
        same = [track for track in hits if _agrees(line, track)]
        return same[0] if len(same) == 1 else None

    def _unknown(self, line: M3uEntry, path: str | None) -> str:
        """Why a file that is there is no track of the library."""
        if path is None:
            return f"outside the music folder: {line.location}"
        problem = self._catalogue.problem(path) or "musync does not read such files, or it is newer than the last scan"
        return f"no music ({problem}): {line.location}"

    def _stand_in(self, line: M3uEntry) -> Track:
        """A track for a line that means none of ours, under the line's own words."""
        return Track(
            id=TrackId(line.location),
            title=line.title or line.location,
            artists=(line.artist,) if line.artist else (),
            album=line.album,
            duration_ms=None if line.seconds is None else round(line.seconds * 1000),
            year=line.year,
            kind=TrackKind.LOCAL_ONLY,
        )

    @cached_property
    def _tails(self) -> TailIndex:
        return TailIndex(self._catalogue.paths())


def _apart(line: M3uEntry, track: Track) -> float:
    """Seconds between the two lengths, 0 where one is not known."""
    if line.seconds is None or track.duration_ms is None:
        return 0.0
    return abs(line.seconds - track.duration_ms / 1000)


def _contradicts(line: M3uEntry, track: Track) -> bool:
    """Whether the line, for all that its file name fits, speaks of something else."""
    if _apart(line, track) > _OTHER_S:
        return True
    said = words.split(line.title) if any(above.upper().startswith("#EXTINF") for above in line.attached) else []
    return bool(said) and set(said).isdisjoint(words.split(f"{track.title} {track.id}"))


def _agrees(line: M3uEntry, track: Track) -> bool:
    artists = set(words.split(track.artist)) | set(words.split(track.album_artist))
    return (
        _apart(line, track) <= _SAME_S
        and words.split(line.title) == words.split(track.title)
        and artists.issuperset(words.split(line.artist))
    )
