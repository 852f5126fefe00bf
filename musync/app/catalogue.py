"""What a target could take: its own catalogue, or that of the libraries it takes files from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from musync.app.connections import Connections
from musync.app.misses import Misses
from musync.app.stored.holding import Holding, joined
from musync.app.stored.keeping import Keeper
from musync.app.stored.lazy import LentTracks
from musync.domain import Account, Control, Track, TrackId
from musync.engine.candidates import CatalogueIndex
from musync.engine.index_arrays import IndexArrays
from musync.engine.tails import TailIndex, file_name, path_in
from musync.services.api import ListsTracks, PlaylistService, TakesForeign

_OTHER_MS = 5_500
"""Lists hold whole seconds; lengths further apart than this are of two recordings."""

_LIKE = 50

_FEW = 20_000
"""Tracks that are all looked at in a search by words."""
_LIKELY = 400
"""Tracks that are looked at where there are more."""

AccountsOf = Callable[[str], Sequence[Account]]


_NEAR = 60
"""A search by words shows nothing that is less alike than this, of 100."""


class Catalogue:
    """A listed catalogue; what costs time is made when first asked for. `misses`: what is known not to be in it."""

    def __init__(
        self, tracks: Sequence[Track], arrays: IndexArrays | None = None, misses: Misses | None = None
    ) -> None:
        self.tracks = tracks
        self.misses = misses
        self._arrays = arrays
        self._tails: dict[str, tuple[dict[str, Track], TailIndex]] = {}

    @cached_property
    def index(self) -> CatalogueIndex:
        """Finds likely counterparts without comparing with all."""
        return CatalogueIndex(self.tracks, self._arrays)

    def track(self, track: TrackId) -> Track | None:
        """The track of this id, None when there is none."""
        # A file that is lent goes by its place here, and by its library's id in the library's index.
        places = (*self.index.with_id(track), *self.index.with_file(track))
        return next((found for place in places if (found := self.tracks[place]).id == track), None)

    def by_tail(self, track: Track) -> Track | None:
        """The track whose file lies where another machine's path ends.

        None when none or several do, and when what the list says of the track speaks of something else.
        """
        path = path_of(track.url)
        if not path:
            return None
        there, tails = self._named_as(path)
        found = tails.find(path)
        return None if found is None or _contradicts(track, there[found], found) else there[found]

    def _named_as(self, path: str) -> tuple[dict[str, Track], TailIndex]:
        """The files of the same name by their paths; thousands may be called "01.mp3", so they are kept."""
        name = file_name(path)
        if name not in self._tails:
            tracks = [self.tracks[place] for place in self.index.with_file(path)]
            there = {path_of(track.url): track for track in tracks}
            self._tails[name] = there, TailIndex(there)
        return self._tails[name]

    def search(self, text: str, limit: int) -> list[Track]:
        """The tracks whose artists and title are nearest to these words, then those whose album is.

        All are looked at where there are few, or where nothing has a word of it: that takes seconds for a million.
        """
        likely = self.index.spoken(text, _LIKELY) if len(self.tracks) > _FEW else []
        tracks = [self.tracks[place] for place in likely] or self.tracks
        found = _nearest(text, [f"{track.artist} {track.title}" for track in tracks], limit)
        if len(found) < limit:
            found += _nearest(text, [f"{track.artist} {track.album}" for track in tracks], limit)
        return [tracks[place] for place in dict.fromkeys(found)][:limit]


def _nearest(text: str, words: list[str], limit: int) -> list[int]:
    best = process.extract(
        text, words, scorer=fuzz.token_set_ratio, processor=default_process, limit=limit, score_cutoff=_NEAR
    )
    return [place for _, _, place in best]


def _contradicts(told: Track, found: Track, path: str) -> bool:
    """Whether a track that only shares its file's name is another recording: by its length, or in every word."""
    if told.duration_ms and found.duration_ms and abs(told.duration_ms - found.duration_ms) > _OTHER_MS:
        return True
    said = f"{told.artist} {told.title}"
    known = f"{found.artist} {found.title} {path}"
    return bool(told.artists) and fuzz.token_set_ratio(said, known, processor=default_process) < _LIKE


def path_of(url: str | None) -> str:
    """The path in a `file://` URI, empty for everything else."""
    return path_in(url) if url is not None else ""


def is_here(track: Track) -> bool:
    """The track is a file, and it lies where it says."""
    place = path_of(track.url)
    return bool(place) and Path(place).is_file()


def list_catalogue(
    service: PlaylistService, account: Account, connections: Connections, accounts_of: AccountsOf, control: Control
) -> Catalogue | None:
    """The catalogue behind a target, None where it cannot be listed.

    Raises:
        ServiceError: a listing failed; nothing may be concluded then.
    """
    if isinstance(service, TakesForeign) and service.lenders:
        held = _lent(service, connections, accounts_of, control)
    elif isinstance(service, ListsTracks) and not isinstance(service, TakesForeign):
        held = _held(service, account, connections, control)
    else:
        return None
    return Catalogue(held.tracks, held.arrays, Misses(connections.cache(account), held.state))


def _held(service: PlaylistService, account: Account, connections: Connections, control: Control) -> Holding:
    assert isinstance(service, ListsTracks)
    return Keeper(service, service.scope, connections.cache(account), control).hold()


def _lent(borrower: TakesForeign, connections: Connections, accounts_of: AccountsOf, control: Control) -> Holding:
    """The catalogues of all that lend to a service, as one."""
    found = []
    for lender in borrower.lenders:
        for account in accounts_of(lender):
            with connections.open(account, control) as service:
                if isinstance(service, ListsTracks):
                    tracks, arrays, state = _held(service, account, connections, control)
                    lent = LentTracks(tracks, borrower, lender, service.scope)
                    found.append(Holding(lent, arrays, state))
    return joined(found)
