"""What earlier runs and the user's answers say about the tracks of a pair."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from musync.app.sides import Side
from musync.app.stores import OpenDatabase
from musync.domain import BaseItem, Canon, Decision, DecisionKind, Mode, Pair, SideKey, Track, TrackId, TrackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a side's track ids hold."""

    service: str
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything remembered that matters to one pair, by the source's track ids.

    `links` are the target's tracks known to be the same recording; `canons` the recordings' numbers on either side.
    `described` has those links that do not stand in the target's list, where no catalogue tells what they are.
    `confirmed` holds the user's choice, behind it the other ids under which that recording is known on the target.
    """

    pair: Pair | None = None
    base: tuple[BaseItem, ...] = ()
    links: Mapping[TrackId, tuple[TrackId, ...]] = field(default_factory=dict)
    described: Mapping[TrackId, Track] = field(default_factory=dict)
    source_canons: Mapping[TrackId, Canon] = field(default_factory=dict)
    target_canons: Mapping[TrackId, Canon] = field(default_factory=dict)
    confirmed: Mapping[TrackId, tuple[Track, tuple[TrackId, ...]]] = field(default_factory=dict)
    rejected: Mapping[TrackId, frozenset[TrackId]] = field(default_factory=dict)
    skipped: frozenset[TrackId] = frozenset()


def follow_moves(database: OpenDatabase, origin: Origin, moved: Mapping[TrackId, TrackId]) -> None:
    """Remember that tracks came under other ids, so that links, answers and bases go with them (sync-spec 1.5 d)."""
    if not moved:
        return
    with database().begin() as work:
        canons = work.links.canons(origin.service, origin.scope, moved)
        known = work.links.aliases(canons.values(), origin.service, origin.scope)
        old = {ref.track.id: ref for refs in known.values() for ref in refs if ref.track.id in moved}
        work.links.link_all(((ref, _renamed(ref, moved[track]), 1.0) for track, ref in old.items()), origin="relink")


def follow_making(database: OpenDatabase, source: SideKey, target: Side, mode: Mode) -> None:
    """Give a playlist that is there the pair under which it was yet to be made, and so the answers in it.

    A run that makes it does so itself; this is for one that was broken off right after, and for lists made elsewhere.
    """
    if target.playlist is None:
        return
    unmade = SideKey.unmade(target.account.service, target.account.ext_id, target.title)
    with database().read() as work:
        pair = work.pairs.find(source, unmade, mode)
    if pair is not None:
        with database().begin() as work:
            work.pairs.made(pair, target.place)


def _renamed(ref: TrackRef, track: TrackId) -> TrackRef:
    return replace(ref, track=replace(ref.track, id=track))


def recall(
    database: OpenDatabase,
    sides: tuple[SideKey, SideKey],
    mode: Mode,
    source: Origin,
    target: Origin,
    source_ids: Collection[TrackId],
    target_ids: Collection[TrackId],
    *,
    describe: bool = False,
) -> Knowledge:
    """Read what is remembered, as one state of the database; `describe`: the target lists no catalogue."""
    with database().read() as work:
        pair = work.pairs.find(*sides, mode)
        base = work.pairs.base(pair.id) if pair else ()
        canons = work.links.canons(source.service, source.scope, source_ids)
        answers = [
            decision
            for decision in work.decisions.applying(pair.id if pair else None, target.service, target.scope)
            if (decision.a.service, decision.a.scope) == (source.service, source.scope)
        ]
        asked = work.links.canons(source.service, source.scope, {decision.a.track.id for decision in answers})
        chosen = work.links.canons(
            target.service, target.scope, {decision.b.track.id for decision in answers if decision.b is not None}
        )
        target_canons = work.links.canons(target.service, target.scope, target_ids)
        others = _by_canon(target_canons)
        # What stands in the target's list is linked to that; only for the rest are all its other ids of use.
        elsewhere = {*canons.values(), *chosen.values(), *(item.canon for item in base)} - others.keys()
        not_in_list = work.links.alias_ids(elsewhere, target.service, target.scope)
        refs = work.links.aliases(elsewhere, target.service, target.scope) if describe else {}
    others.update(not_in_list)
    for canon, tracks in not_in_list.items():
        target_canons.update(dict.fromkeys(tracks, canon))
    said = _Answers(answers, asked, canons)
    return Knowledge(
        pair=pair,
        base=base,
        described={ref.track.id: ref.track for of_canon in refs.values() for ref in of_canon},
        links={track: others[canon] for track, canon in canons.items() if canon in others},
        source_canons=canons,
        target_canons=target_canons,
        confirmed={
            track: (other, others.get(chosen.get(other.id, _NO_CANON), ())) for track, other in said.confirmed().items()
        },
        rejected=said.rejected(),
        skipped=said.skipped(),
    )


_NO_CANON = Canon(-1)


def _by_canon(canons: Mapping[TrackId, Canon]) -> dict[Canon, tuple[TrackId, ...]]:
    found: dict[Canon, tuple[TrackId, ...]] = {}
    for track, canon in canons.items():
        found[canon] = (*found[canon], track) if canon in found else (track,)
    return found


class _Answers:
    """Decisions by the ids that their tracks have now: an answer about a recording holds for all its ids."""

    def __init__(
        self, answers: Collection[Decision], asked: Mapping[TrackId, Canon], canons: Mapping[TrackId, Canon]
    ) -> None:
        self._answers = answers
        self._asked = asked
        self._ids: dict[Canon, list[TrackId]] = {}
        for track, canon in canons.items():
            self._ids.setdefault(canon, []).append(track)

    def _about(self, *kinds: DecisionKind) -> Iterator[tuple[TrackId, Track | None]]:
        for decision in self._answers:
            if decision.kind in kinds:
                asked = decision.a.track.id
                other = decision.b.track if decision.b is not None else None
                for track in {asked, *self._ids.get(self._asked.get(asked, _NO_CANON), ())}:
                    yield track, other

    def confirmed(self) -> dict[TrackId, Track]:
        """The counterpart the user chose."""
        return {track: other for track, other in self._about(DecisionKind.CONFIRMED) if other is not None}

    def rejected(self) -> dict[TrackId, frozenset[TrackId]]:
        """The candidates that are wrong."""
        found: dict[TrackId, set[TrackId]] = {}
        for track, other in self._about(DecisionKind.REJECTED, DecisionKind.UNLINKED):
            if other is not None:
                found.setdefault(track, set()).add(other.id)
        return {track: frozenset(others) for track, others in found.items()}

    def skipped(self) -> frozenset[TrackId]:
        """The tracks never to sync."""
        return frozenset(track for track, _ in self._about(DecisionKind.SKIP))
