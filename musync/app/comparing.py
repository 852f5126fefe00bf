"""Two sides read, matched and compared: the job behind page 2."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from musync.app.accounts import Accounts
from musync.app.catalogue import Catalogue, is_here, list_catalogue
from musync.app.climbing import ways_of
from musync.app.connections import Connections
from musync.app.jobs import fan_out, without_collecting
from musync.app.knowledge import Knowledge, Origin, follow_making, follow_moves, recall
from musync.app.matching import Target, is_unasked, match_side, takes_none
from musync.app.paging import again
from musync.app.reading import SideRead, read_side, side_fingerprint
from musync.app.review import NO_DIFF, NO_LIST, Review, check_sides, compared, rules_of
from musync.app.searching import Findings, Searching, Tell
from musync.app.sides import Side
from musync.app.stores import OpenDatabase
from musync.domain import Account, Control, Mode, Playlist, PlaylistId, Policy, Track, TrackId, TrackRef
from musync.engine.keyed import Base
from musync.services.api import ListsTracks, PlaylistService, RelinksTracks, Searches, TakesForeign


@dataclass(frozen=True, slots=True)
class _End:
    """One side of a comparison: as picked, as read, and the service that goes on answering for it."""

    side: Side
    read: SideRead
    service: PlaylistService

    @property
    def origin(self) -> Origin:
        return Origin(service=self.side.account.service, scope=self.service.scope)


class Comparing:
    """Makes reviews; each call is one job."""

    def __init__(
        self, database: OpenDatabase, connections: Connections, accounts: Accounts, searching: Searching
    ) -> None:
        self._database = database
        self._connections = connections
        self._accounts = accounts
        self._searching = searching

    @without_collecting()
    def compare(self, source: Side, target: Side, policy: Policy, control: Control) -> Review:
        """Read both sides, match and compare; writes nothing anywhere, and searches no service.

        Raises:
            UsageError: the two sides are one, or one cannot serve.
            IncompleteRead, ServiceError: a side could not be read whole.
        """
        check_sides(source, target, policy)
        started = time.monotonic()
        connections = self._connections.of_one_job()
        reads = fan_out(
            lambda side: _read_alone(connections, side, control),
            [source, target],
            at_once=2 if source.account != target.account else 1,
        )
        with (
            connections.open(source.account, control) as source_service,
            connections.open(target.account, control) as target_service,
        ):
            ends = (_End(source, reads[0], source_service), _End(target, reads[1], target_service))
            listing = _Listing(target_service, target.account, connections, self._accounts, control)
            review = self._matched(*ends, listing, policy, control)
        return replace(review, seconds=time.monotonic() - started)

    def _matched(self, source: _End, target: _End, listing: _Listing, policy: Policy, control: Control) -> Review:
        known = self._recalled(source, target, policy.mode)
        wants = _wants(target, source.origin, listing)
        matches = match_side(source.read.entries, wants, known, policy.accept, control, policy.preference)
        review = Review(
            source=source.side,
            target=target.side,
            source_read=source.read,
            target_read=target.read,
            source_origin=source.origin,
            target_origin=target.origin,
            target_traits=target.service.traits,
            policy=policy,
            rules=rules_of(target.service),
            knowledge=known,
            matches=matches,
            catalogue=listing.listed,
            shown=NO_DIFF,
            requests=source.read.requests + target.read.requests,
            seconds=0.0,
            source_keyed=NO_LIST,
            target_keyed=NO_LIST,
            base=Base(),
            borrows=wants.borrows,
            searched=frozenset(match.wanted.id for match in matches.values() if is_unasked(match)),
            ways=ways_of(target.service),
        )
        return compared(replace(review, matches={**matches, **self._searching.recalled(review, control)}))

    def _recalled(self, source: _End, target: _End, mode: Mode) -> Knowledge:
        """What is remembered, after tracks that moved by themselves and a target that was made were followed."""
        follow_making(self._database, source.side.place, target.side, mode)
        for end in (source, target):
            if isinstance(end.service, RelinksTracks):
                follow_moves(self._database, end.origin, end.service.relinked())
        return recall(
            self._database,
            (source.side.place, target.side.place),
            mode,
            source.origin,
            target.origin,
            {entry.track.id for entry in source.read.entries},
            {entry.track.id for entry in target.read.entries},
            describe=not isinstance(target.service, ListsTracks | TakesForeign),
        )

    def search(self, review: Review, control: Control, tell: Tell, *, anew: Collection[TrackId] = ()) -> Findings:
        """Ask the target's service about what only a search can tell, see `Searching.search`."""
        return self._searching.search(review, control, tell, anew=anew)

    def find(self, review: Review, text: str, limit: int, control: Control) -> Sequence[Track]:
        """The user's own search on the target's side: in its catalogue where it has one at hand, else by the service.

        Raises:
            ServiceError: nobody could be asked.
        """
        if review.catalogue is not None:
            return review.catalogue.search(text, limit)
        with self._connections.open(review.target.account, control) as service:
            catalogue = _Listing(service, review.target.account, self._connections, self._accounts, control)()
            if catalogue is not None:
                return catalogue.search(text, limit)
            return again(lambda: service.search(text, limit), control) if isinstance(service, Searches) else ()


class _Listing:
    """Lists the target's catalogue when something first needs it."""

    def __init__(
        self,
        service: PlaylistService,
        account: Account,
        connections: Connections,
        accounts: Accounts,
        control: Control,
    ) -> None:
        self._service = service
        self._account = account
        self._connections = connections
        self._accounts = accounts
        self._control = control
        self._asked = False
        self.listed: Catalogue | None = None

    def __call__(self) -> Catalogue | None:
        if not self._asked:
            self.listed = list_catalogue(
                self._service, self._account, self._connections, self._accounts.of_service, self._control
            )
            self._asked = True
        return self.listed


def _wants(target: _End, source: Origin, listing: _Listing) -> Target:
    foreign = isinstance(target.service, TakesForeign)
    lenders = target.service.lenders if isinstance(target.service, TakesForeign) else ()
    return Target(
        entries=target.read.entries,
        catalogue=listing,
        take=_taker(target.service, source),
        takes_all=foreign and not lenders,
        searches=bool(ways_of(target.service)),
        borrows=bool(lenders),
    )


def _read_alone(connections: Connections, side: Side, control: Control) -> SideRead:
    # Both sides are read at once, and a service object serves one thread only.
    with connections.open(side.account, control) as service:
        return _read(service, side, control)


def _read(service: PlaylistService, side: Side, control: Control) -> SideRead:
    if side.playlist is not None:
        return read_side(service, side.playlist, control)
    nothing = Playlist(id=PlaylistId(""), title=side.title, count=0)
    return SideRead(playlist=nothing, entries=(), fingerprint=side_fingerprint(()), requests=0)


def _taker(service: PlaylistService, source: Origin) -> Callable[[Track], Track | None]:
    """How the target takes a track of the source as it is: any, or a file that lies where the source says."""
    if not isinstance(service, TakesForeign):
        return takes_none
    anything = not service.lenders

    def take(track: Track) -> Track | None:
        if anything or (source.service in service.lenders and is_here(track)):
            return service.taken(TrackRef(service=source.service, scope=source.scope, track=track))
        return None

    return take
