"""What a target could take: its own catalogue, or that of the libraries it takes files from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from musync.app.connections import Connections
from musync.app.paging import read_all
from musync.domain import Account, Control, Track, TrackId, TrackRef
from musync.engine.candidates import CatalogueIndex
from musync.engine.tails import TailIndex
from musync.services.api import ListsTracks, PlaylistService, TakesForeign

_OTHER_MS = 5_500
"""Lists hold whole seconds; lengths further apart than this are of two recordings."""

_LIKE = 50

AccountsOf = Callable[[str], Sequence[Account]]


_NEAR = 60
"""A search by words shows nothing that is less alike than this, of 100."""


class Catalogue:
    """A listed catalogue; the parts that cost time are made when first asked for."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        self.tracks = tuple(tracks)

    @cached_property
    def index(self) -> CatalogueIndex:
        """Finds likely counterparts without comparing with all."""
        return CatalogueIndex(self.tracks)

    @cached_property
    def by_id(self) -> dict[TrackId, Track]:
        """Every track by its id."""
        return {track.id: track for track in self.tracks}

    @cached_property
    def _by_path(self) -> dict[str, Track]:
        return {path: track for track in self.tracks if (path := path_of(track.url))}

    @cached_property
    def _tails(self) -> TailIndex:
        return TailIndex(self._by_path)

    def by_tail(self, track: Track) -> Track | None:
        """The track whose file lies where another machine's path ends.

        None when none or several do, and when what the list says of the track speaks of something else.
        """
        place = path_of(track.url)
        found = self._tails.find(place) if place else None
        if found is None or _contradicts(track, self._by_path[found], found):
            return None
        return self._by_path[found]

    def search(self, text: str, limit: int) -> list[Track]:
        """The tracks whose artists and title are nearest to these words, then those whose album is."""
        found = self._nearest(text, [f"{track.artist} {track.title}" for track in self.tracks], limit)
        if len(found) < limit:
            found += self._nearest(text, [f"{track.artist} {track.album}" for track in self.tracks], limit)
        return [self.tracks[place] for place in dict.fromkeys(found)][:limit]

    def _nearest(self, text: str, words: list[str], limit: int) -> list[int]:
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
    if url is None or not url.startswith("file:"):
        return ""
    parts = urlsplit(url)
    return unquote(f"//{parts.netloc}{parts.path}" if parts.netloc else parts.path)


def is_here(track: Track) -> bool:
    """The track is a file, and it lies where it says."""
    place = path_of(track.url)
    return bool(place) and Path(place).is_file()


def list_catalogue(
    service: PlaylistService, connections: Connections, accounts_of: AccountsOf, control: Control
) -> Catalogue | None:
    """The catalogue behind a target, None where it cannot be listed.

    Raises:
        ServiceError: a listing failed; nothing may be concluded then.
    """
    if isinstance(service, TakesForeign):
        return Catalogue(list(_lent(service, connections, accounts_of, control))) if service.lenders else None
    if isinstance(service, ListsTracks):
        return Catalogue(_all_tracks(service, control))
    return None


def _lent(
    borrower: TakesForeign, connections: Connections, accounts_of: AccountsOf, control: Control
) -> Iterator[Track]:
    for lender in borrower.lenders:
        for account in accounts_of(lender):
            with connections.open(account, control) as service:
                if not isinstance(service, ListsTracks):
                    continue
                for track in _all_tracks(service, control):
                    yield borrower.taken(TrackRef(service=lender, scope=service.scope, track=track))


def _all_tracks(service: ListsTracks, control: Control) -> tuple[Track, ...]:
    return read_all(service.list_tracks, control, "list-tracks").items
