"""Page 2 as a value: both lists read, matched and compared, and what follows from the user's answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from musync.app.catalogue import Catalogue, path_of
from musync.app.climbing import NO_WAYS, Ways
from musync.app.jobs import without_collecting
from musync.app.knowledge import Knowledge, Origin
from musync.app.reading import SideRead
from musync.app.sides import Side
from musync.domain import (
    Action,
    Diff,
    DiffRow,
    EntryId,
    Match,
    Mode,
    Outcome,
    Place,
    Policy,
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
    RemovesEntries,
    Traits,
)

MOST_ADDS_WITHOUT_A_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Everything known about the two sides at one moment; nothing in it writes.

    `shown` is the diff with the user's ticks. `borrows`: the target holds places of a library's files, so that what
    no library has cannot be added to it. `searched` are the tracks that only a search on the target's service can tell
    about, in one of these `ways`. `seconds` is what reading, matching and comparing took.
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
    seconds: float
    source_keyed: Keyed = field(repr=False)
    target_keyed: Keyed = field(repr=False)
    base: Base = field(repr=False)
    borrows: bool = False
    searched: frozenset[TrackId] = frozenset()
    ways: Ways = NO_WAYS

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

    @property
    def unasked(self) -> frozenset[TrackId]:
        """The tracks that the target's service is still to be asked about."""
        return frozenset(track for track in self.searched if self.matches[track].outcome is Outcome.NOT_ASKED)

    def source_ref(self, track: TrackId) -> TrackRef:
        """One of the source's tracks as decisions name it."""
        origin = self.source_origin
        return TrackRef(service=origin.service, scope=origin.scope, track=self.matches[track].wanted)


def check_sides(source: Side, target: Side, policy: Policy) -> None:
    """Refuse what can be seen to be wrong before anything is read.

    Raises:
        UsageError: the same playlist twice, an unreadable source, a target that takes nothing.
    """
    nothing = "Nothing was changed."
    if source.key is None:
        raise UsageError("The source does not exist yet.", where=source.title, unchanged=nothing, code="no-source")
    if _same_list(source, target):
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


def _same_list(one: Side, other: Side) -> bool:
    """Whether both are one list: the same playlist, or one file that two services lead to."""
    if one.key is not None and one.key == other.key:
        return True
    if one.account == other.account or one.playlist is None or other.playlist is None:
        return False
    first, second = path_of(one.playlist.url), path_of(other.playlist.url)
    try:
        return bool(first and second) and Path(first).samefile(second)
    except OSError:
        return False


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
    source, target = _keyed(review)
    in_base = tuple(f"c{item.canon}" for item in review.knowledge.base)
    base = Base(keys=in_base, held=_held(review, source, in_base), entries=_base_entries(review))
    with without_collecting():
        shown = diff(source, target, base, review.matches, review.policy, review.rules)
    return replace(review, source_keyed=source, target_keyed=target, base=base, shown=shown)


def _keyed(review: Review) -> tuple[Keyed, Keyed]:
    """Both lists with the recordings' keys; the source's entries have those of the tracks settled on."""
    known = {track: f"c{canon}" for track, canon in review.knowledge.target_canons.items()}
    here, there = review.source_read.entries, review.target_read.entries
    settled = (review.matches[entry.track.id].settled for entry in here)
    ours = tuple(known.get(track.id) or f"t{track.id}" if track is not None else None for track in settled)
    theirs = (known.get(entry.track.id) or f"t{entry.track.id}" if entry.addressable else None for entry in there)
    return Keyed(entries=here, keys=ours), Keyed(entries=there, keys=tuple(theirs))


def _base_entries(review: Review) -> frozenset[EntryId] | None:
    if not review.target_traits.occurrence_ids:
        return None
    return frozenset(item.target_entry for item in review.knowledge.base if item.target_entry is not None)


def _held(review: Review, source: Keyed, base: Collection[str]) -> dict[str, int]:
    """Base counts of source entries that are open at present."""
    if None not in source.keys:
        return {}
    known, in_base = review.knowledge, frozenset(base)
    # What stood in for a track in an earlier run is no link of it, but its entry is known.
    by_entry = {item.source_entry: f"c{item.canon}" for item in known.base if item.source_entry is not None}
    held: Counter[str] = Counter()
    for entry, key in zip(source.entries, source.keys, strict=True):
        if key is None:
            own = f"c{known.source_canons.get(entry.track.id)}"
            old = own if own in in_base else by_entry.get(entry.id)
            if old is not None:
                held[old] += 1
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
    return compared_again(replace(review, matches={**review.matches, track: match}))


def with_answer(review: Review, track: TrackId, match: Match) -> Review:
    """Like `with_match` for one of many answers, in a fraction of its time: only the track's own rows change.

    Whether its counterpart stands in the target already is found out by `compared_again`, which must follow.
    """
    rows = list(review.shown.rows)
    for index, row in enumerate(rows):
        if row.source is not None and row.source.track.id == track:
            rows[index] = _answered(row, match)
    shown = replace(review.shown, rows=tuple(rows))
    return replace(review, matches={**review.matches, track: match}, shown=shown)


def with_found(review: Review, found: Mapping[TrackId, Match]) -> Review:
    """The review with what a search found, as quickly as `with_answer`; what is ticked of it is only a proposal."""
    rows = tuple(
        _answered(row, found[row.source.track.id], _FOUND)
        if row.source is not None and row.source.track.id in found
        else row
        for row in review.shown.rows
    )
    return replace(review, matches={**review.matches, **found}, shown=replace(review.shown, rows=rows))


def _answered(row: DiffRow, match: Match, note: str = "") -> DiffRow:
    if row.place is not Place.ONLY_SOURCE:
        return replace(row, match=match)
    adds = match.settled is not None
    return replace(row, match=match, action=Action.ADD if adds else Action.NONE, ticked=adds, note=note)


_IDLE = frozenset({Action.NONE, Action.ADOPT})
_FOUND = "found"
"""The remark on a row whose tick nobody has seen yet; it goes when the whole is compared."""


_RowKey = tuple[EntryId | None, EntryId | None, Action]


def compared_again(review: Review) -> Review:
    """The review with its diff made anew and the user's ticks kept."""
    before = _choices(review.shown)
    made = compared(review)
    rows = [_chosen(row, before) for row in made.shown.rows]
    return replace(made, shown=replace(made.shown, rows=tuple(rows), counts=count(rows)))


def _chosen(row: DiffRow, choices: Mapping[_RowKey, bool]) -> DiffRow:
    """The row as the user ticked it before, if it was there."""
    if row.action in _IDLE:
        return row
    ticked = choices.get(_row_key(row), row.ticked)
    return row if ticked is row.ticked else replace(row, ticked=ticked)


def _row_key(row: DiffRow) -> _RowKey:
    return (
        row.source.id if row.source is not None else None,
        row.target.id if row.target is not None else None,
        row.action,
    )


def _choices(shown: Diff) -> dict[_RowKey, bool]:
    return {_row_key(row): row.ticked for row in shown.rows if row.action not in _IDLE and row.note != _FOUND}


NO_LIST = Keyed(entries=(), keys=())
NO_DIFF = diff(NO_LIST, NO_LIST, Base(), {}, Policy(), TargetRules())
