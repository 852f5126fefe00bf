"""What earlier runs and the user's answers say about the tracks of a pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

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
    """

    pair: Pair | None = None
    base: tuple[BaseItem, ...] = ()
    links: Mapping[TrackId, tuple[Track, ...]] = field(default_factory=dict)
    source_canons: Mapping[TrackId, Canon] = field(default_factory=dict)
    target_canons: Mapping[TrackId, Canon] = field(default_factory=dict)
    confirmed: Mapping[TrackId, Track] = field(default_factory=dict)
    rejected: Mapping[TrackId, frozenset[TrackId]] = field(default_factory=dict)
    skipped: frozenset[TrackId] = frozenset()


def recall(
    database: OpenDatabase,
    sides: tuple[SideKey | None, SideKey | None],
    mode: Mode,
    source: Origin,
    target: Origin,
    source_ids: Iterable[TrackId],
    target_ids: Iterable[TrackId],
) -> Knowledge:
    """Read what is remembered, in one block."""
    with database().read() as work:
        pair = work.pairs.find(sides[0], sides[1], mode) if sides[0] and sides[1] else None
        canons = work.links.canons(source.service, source.scope, source_ids)
        base = work.pairs.base(pair.id) if pair else ()
        wanted = {*canons.values(), *(item.canon for item in base)}
        aliases = work.links.aliases(wanted, target.service, target.scope)
        decisions = work.decisions.applying(pair.id if pair else None, target.service, target.scope)
        known_targets = work.links.canons(target.service, target.scope, target_ids)
    target_canons = dict(known_targets)
    for canon, refs in aliases.items():
        target_canons.update((ref.track.id, canon) for ref in refs)
    answers = [decision for decision in decisions if _lies_in(decision.a, source)]
    return Knowledge(
        pair=pair,
        base=base,
        links={
            track: tuple(ref.track for ref in aliases[canon]) for track, canon in canons.items() if canon in aliases
        },
        source_canons=canons,
        target_canons=target_canons,
        confirmed=_confirmed(answers),
        rejected=_rejected(answers),
        skipped=frozenset(d.a.track.id for d in answers if d.kind is DecisionKind.SKIP),
    )


def _lies_in(ref: TrackRef, origin: Origin) -> bool:
    return (ref.service, ref.scope) == (origin.service, origin.scope)


def _confirmed(answers: Iterable[Decision]) -> dict[TrackId, Track]:
    return {d.a.track.id: d.b.track for d in answers if d.kind is DecisionKind.CONFIRMED and d.b is not None}


def _rejected(answers: Iterable[Decision]) -> dict[TrackId, frozenset[TrackId]]:
    found: dict[TrackId, set[TrackId]] = {}
    for decision in answers:
        if decision.kind in (DecisionKind.REJECTED, DecisionKind.UNLINKED) and decision.b is not None:
            found.setdefault(decision.a.track.id, set()).add(decision.b.track.id)
    return {track: frozenset(others) for track, others in found.items()}
