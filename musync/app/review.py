"""Page 2 as a value: both lists read, matched and compared, and what follows from the user's answers."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from musync.app.accounts import Accounts
from musync.app.catalogue import Catalogue, is_here, list_catalogue
from musync.app.connections import Connections
from musync.app.jobs import fan_out, without_collecting
from musync.app.knowledge import Knowledge, Origin, follow_moves, recall
from musync.app.matching import Target, match_side, takes_none
from musync.app.reading import SideRead, read_side, side_fingerprint
from musync.app.sides import Side
from musync.app.stores import OpenDatabase
from musync.domain import (
    Action,
    Control,
    Diff,
    DiffRow,
    EntryId,
    Match,
    Mode,
    Outcome,
    Playlist,
    PlaylistId,
    Policy,
    Track,
    TrackId,
    TrackRef,
)
from musync.domain.errors import UsageError
from musync.engine.diff import count, diff
from musync.engine.keyed import Base, Keyed, TargetRules
from musync.services.api import (
    AddsEntries,
    MovesEntries,
    PlaylistService,
    RelinksTracks,
    RemovesEntries,
    TakesForeign,
    Traits,
)

MOST_ADDS_WITHOUT_A_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything known about the two sides at one moment; nothing in it writes.

    `shown` is the diff with the user's ticks. `started` is in seconds of the monotonic clock.
    """

    source: Side
    target: Side
    source_read: SideRead
    target_read: SideRead
    source_origin: Origin
    target_origin: Origin
    target_traits: Traits
    policy: Policy
    rules: TargetRules
    knowledge: Knowledge
    matches: Mapping[TrackId, Match]
    catalogue: Catalogue | None
    shown: Diff
    requests: int
    started: float
    source_keyed: Keyed = field(repr=False)
    target_keyed: Keyed = field(repr=False)
    base: Base = field(repr=False)

    @property
    def created(self) -> bool:
        """The target is made by this run."""
        return self.target.playlist is None

    @property
    def open_matches(self) -> tuple[Match, ...]:
        """What only the user can settle, in list order, each track once."""
        seen: dict[TrackId, Match] = {}
        for entry in self.source_read.entries:
            match = self.matches[entry.track.id]
            if match.outcome is Outcome.AMBIGUOUS:
                seen.setdefault(entry.track.id, match)
        return tuple(seen.values())

    def source_ref(self, track: TrackId) -> TrackRef:
        """One of the source's tracks as decisions name it."""
        origin = self.source_origin
        return TrackRef(service=origin.service, scope=origin.scope, track=self.matches[track].wanted)


class Comparing:
    """Makes reviews; each call is one job."""

    def __init__(self, database: OpenDatabase, connections: Connections, accounts: Accounts) -> None:
        self._database = database
        self._connections = connections
        self._accounts = accounts

    def compare(self, source: Side, target: Side, policy: Policy, control: Control) -> Review:
        """Read both sides, match and compare; writes nothing anywhere.

        Raises:
            UsageError: the two sides are one, or one cannot serve.
            IncompleteRead, ServiceError: a side could not be read whole.
        """
        check_sides(source, target, policy)
        started = time.monotonic()
        reads = fan_out(
            lambda side: self._read(side, control),
            [source, target],
            at_once=2 if source.account != target.account else 1,
        )
        with (
            self._connections.open(source.account, control) as source_service,
            self._connections.open(target.account, control) as target_service,
            without_collecting(),
        ):
            return self._matched(source, target, policy, reads, source_service, target_service, control, started)

    def _matched(
        self,
        source: Side,
        target: Side,
        policy: Policy,
        reads: list[SideRead],
        source_service: PlaylistService,
        target_service: PlaylistService,
        control: Control,
        started: float,
    ) -> Review:
        source_read, target_read = reads
        source_origin = Origin(service=source.account.service, scope=source_service.scope)
        target_origin = Origin(service=target.account.service, scope=target_service.scope)
        for origin, service in ((source_origin, source_service), (target_origin, target_service)):
            if isinstance(service, RelinksTracks):
                follow_moves(self._database, origin, service.relinked())
        known = recall(
            self._database,
            (source.key, target.key),
            policy.mode,
            source_origin,
            target_origin,
            {entry.track.id for entry in source_read.entries},
            {entry.track.id for entry in target_read.entries},
        )
        listing = _Listing(target_service, self._connections, self._accounts, control)
        wants = Target(
            entries=target_read.entries,
            catalogue=listing,
            take=_taker(target_service, source_origin),
            takes_all=isinstance(target_service, TakesForeign) and not target_service.lenders,
            borrows=isinstance(target_service, TakesForeign) and bool(target_service.lenders),
        )
        matches = match_side(source_read.entries, wants, known, policy.accept, control)
        review = Review(
            source=source,
            target=target,
            source_read=source_read,
            target_read=target_read,
            source_origin=source_origin,
            target_origin=target_origin,
            target_traits=target_service.traits,
            policy=policy,
            rules=rules_of(target_service),
            knowledge=known,
            matches=matches,
            catalogue=listing.listed,
            shown=_NO_DIFF,
            requests=sum(read.requests for read in reads),
            started=started,
            source_keyed=_NO_LIST,
            target_keyed=_NO_LIST,
            base=Base(),
        )
        return compared(review)

    def _read(self, side: Side, control: Control) -> SideRead:
        # Both sides are read at once, and a service object serves one thread only.
        with self._connections.open(side.account, control) as service:
            return _read(service, side, control)

    def list_catalogue(self, review: Review, control: Control) -> Catalogue | None:
        """The target's catalogue, listed now if the comparison did not need it: for the user's own search."""
        if review.catalogue is not None:
            return review.catalogue
        with self._connections.open(review.target.account, control) as service:
            return _Listing(service, self._connections, self._accounts, control)()


class _Listing:
    """Lists the target's catalogue when something first needs it."""

    def __init__(
        self, service: PlaylistService, connections: Connections, accounts: Accounts, control: Control
    ) -> None:
        self._service = service
        self._connections = connections
        self._accounts = accounts
        self._control = control
        self._asked = False
        self.listed: Catalogue | None = None

    def __call__(self) -> Catalogue | None:
        if not self._asked:
            self.listed = list_catalogue(self._service, self._connections, self._accounts.of_service, self._control)
            self._asked = True
        return self.listed


def check_sides(source: Side, target: Side, policy: Policy) -> None:
    """Refuse what can be seen to be wrong before anything is read.

    Raises:
        UsageError: the same playlist twice, an unreadable source, a target that takes nothing.
    """
    nothing = "Nothing was changed."
    if source.key is None:
        raise UsageError("The source does not exist yet.", where=source.title, unchanged=nothing, code="no-source")
    if source.key == target.key:
        raise UsageError(
            "Source and target are the same playlist.",
            where=source.title,
            unchanged=nothing,
            next="Choose another target.",
            code="same-playlist",
        )
    if source.playlist is not None and not source.playlist.readable:
        raise UsageError(
            f"“{source.title}” cannot be read: {source.playlist.unreadable_reason}",
            unchanged=nothing,
            next="Copy it to a playlist of your own first.",
            code="not-readable",
        )
    if target.playlist is not None and not target.playlist.writable:
        raise UsageError(
            f"“{target.title}” cannot be written to: {target.playlist.unwritable_reason}",
            unchanged=nothing,
            next="Choose another target or make a new playlist.",
            code="not-writable",
        )
    if policy.mode is Mode.ADD and policy.removals_approved:
        raise UsageError(
            "Add missing never removes, so there is nothing to allow.",
            unchanged=nothing,
            next="Use --mode mirror, or leave --allow-removals out.",
            code="usage",
        )


def rules_of(service: PlaylistService) -> TargetRules:
    """What merging must know of the target's service."""
    traits = service.traits
    return TargetRules(
        ordered=traits.ordered,
        adds=isinstance(service, AddsEntries),
        moves=isinstance(service, MovesEntries),
        removes=isinstance(service, RemovesEntries),
        keeps_duplicates=traits.duplicates == "keeps",
        add_batch=traits.add_batch or MOST_ADDS_WITHOUT_A_LIMIT,
        remove_batch=traits.remove_batch or MOST_ADDS_WITHOUT_A_LIMIT,
        move_batch=traits.move_batch,
        capacity=traits.capacity,
    )


def compared(review: Review) -> Review:
    """The review with its diff made anew from its matches; ticks go back to what is proposed."""
    known = review.knowledge
    target_key = {entry.track.id: _key(entry.track.id, known) for entry in review.target_read.entries}
    source = Keyed(entries=review.source_read.entries, keys=tuple(_source_keys(review, target_key)))
    target = Keyed(
        entries=review.target_read.entries,
        keys=tuple(target_key[entry.track.id] if entry.addressable else None for entry in review.target_read.entries),
    )
    base = Base(keys=_base_keys(review), held=_held(review, source), entries=_base_entries(review))
    with without_collecting():
        shown = diff(source, target, base, review.matches, review.policy, review.rules)
    return replace(review, source_keyed=source, target_keyed=target, base=base, shown=shown)


def _key(track: TrackId, known: Knowledge) -> str:
    canon = known.target_canons.get(track)
    return f"c{canon}" if canon is not None else f"t{track}"


def _source_keys(review: Review, target_key: Mapping[TrackId, str]) -> Iterable[str | None]:
    for entry in review.source_read.entries:
        match = review.matches[entry.track.id]
        if match.settled is None:
            yield None
        else:
            yield target_key.get(match.settled.id) or _key(match.settled.id, review.knowledge)


def _base_keys(review: Review) -> tuple[str, ...]:
    return tuple(f"c{item.canon}" for item in review.knowledge.base)


def _base_entries(review: Review) -> frozenset[EntryId] | None:
    if not review.target_traits.occurrence_ids:
        return None
    return frozenset(item.target_entry for item in review.knowledge.base if item.target_entry is not None)


def _held(review: Review, source: Keyed) -> dict[str, int]:
    """Base counts of source entries that are open at present."""
    canons = review.knowledge.source_canons
    in_base = set(_base_keys(review))
    held: Counter[str] = Counter()
    for entry, key in zip(source.entries, source.keys, strict=True):
        canon = canons.get(entry.track.id)
        if key is None and canon is not None and f"c{canon}" in in_base:
            held[f"c{canon}"] += 1
    return dict(held)


def ticked(review: Review, rows: Iterable[int], on: bool) -> Review:
    """The review with these rows' actions ticked or not; rows without an action stay as they are."""
    changed = list(review.shown.rows)
    for index in rows:
        if changed[index].action not in (Action.NONE, Action.ADOPT):
            changed[index] = replace(changed[index], ticked=on)
    return replace(review, shown=replace(review.shown, rows=tuple(changed), counts=count(changed)))


def with_match(review: Review, track: TrackId, match: Match) -> Review:
    """The review after one match changed; the user's ticks on other rows are kept."""
    before = _choices(review.shown)
    made = compared(replace(review, matches={**review.matches, track: match}))
    rows = [replace(row, ticked=before[key]) if (key := _row_key(row)) in before else row for row in made.shown.rows]
    return replace(made, shown=replace(made.shown, rows=tuple(rows), counts=count(rows)))


_RowKey = tuple[EntryId | None, EntryId | None, Action]


def _row_key(row: DiffRow) -> _RowKey:
    return (
        row.source.id if row.source is not None else None,
        row.target.id if row.target is not None else None,
        row.action,
    )


def _choices(shown: Diff) -> dict[_RowKey, bool]:
    return {_row_key(row): row.ticked for row in shown.rows if row.action not in (Action.NONE, Action.ADOPT)}


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


_NO_LIST = Keyed(entries=(), keys=())
_NO_DIFF = diff(_NO_LIST, _NO_LIST, Base(), {}, Policy(), TargetRules())
