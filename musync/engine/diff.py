"""What differs between two lists, and what the mode would do about each row (sync-spec 2.2, 2.3).

Occurrences of one recording are counted, never looked at as a set: the k-th copy on one side is the k-th on the other,
what is left over on either side is only there.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from musync.domain import Action, Counts, Diff, DiffRow, Entry, Match, Mode, Outcome, Place, Policy, TrackId
from musync.engine.align import partners
from musync.engine.keyed import Base, Keyed, TargetRules, missing_from
from musync.engine.order import MOVE_LIMIT, Arrangement, arrange, moved_rows, places_after

NOTE_REMOVED_ON_TARGET = "removed-on-target"
NOTE_ASKS = "removal-asks"
NOTE_NEVER = "removal-never"
NOTE_CANNOT_REMOVE = "cannot-remove"
NOTE_FOREIGN = "foreign"
NOTE_DUPLICATE = "duplicate"
ORDER_LEFT = {"ask": "asks", "leave": "left", "bring": ""}
"""Why the order is left as it is, by the answer to the question whether it is brought over."""


@dataclass(slots=True, kw_only=True)
class Draft:
    """A row of the review while its fate is being found out; the fields are those of DiffRow."""

    place: Place
    source: Entry | None = None
    source_at: int | None = None
    target: Entry | None = None
    target_at: int | None = None
    match: Match | None = None
    action: Action = Action.NONE
    ticked: bool = False
    note: str = ""


def diff(
    source: Keyed,
    target: Keyed,
    base: Base,
    matches: Mapping[TrackId, Match],
    policy: Policy,
    rules: TargetRules,
) -> Diff:
    """Every row of the review with the action proposed for it."""
    ours, theirs = source.places, target.places
    partner = partners(source, target)
    fates = _source_fates(ours, partner, base, policy, rules)
    ends = _target_fates(ours, target, set(partner.values()), base, policy, rules)
    ours_first = [
        _source_row(source, place, partner.get(place), target, fates, matches) for place in range(len(source.entries))
    ]
    taken = set(partner.values())
    alone = {place: _target_row(target, place, ends) for place in range(len(target.entries)) if place not in taken}
    drafts = _interleaved(ours_first, alone, len(target.entries))
    _mark_adopted(drafts, source, base)
    arrangement, order_left, moves_asked = _mark_moves(drafts, target, policy, rules)
    rows = _rows(drafts, arrangement)
    return Diff(
        mode=policy.mode,
        rows=tuple(rows),
        counts=count(rows),
        base_size=len(base.keys),
        base_missing_source=missing_from(base, ours),
        base_missing_target=missing_from(replace(base, held={}), theirs),
        source_size=len(source.entries),
        target_size=len(target.entries),
        order_left=order_left,
        moves_asked=moves_asked,
    )


def count(rows: list[DiffRow] | tuple[DiffRow, ...]) -> Counts:
    """The numbers of a diff; unticked removals count as to be removed, they wait for the user."""
    by_outcome = dict.fromkeys(Outcome, 0)
    for row in rows:
        if row.match is not None and row.place is Place.ONLY_SOURCE:
            by_outcome[row.match.outcome] += 1
    return Counts(
        common=sum(row.place is Place.BOTH for row in rows),
        to_add=sum(row.action is Action.ADD and row.ticked for row in rows),
        to_remove=sum(row.action is Action.REMOVE for row in rows),
        to_move=sum(row.action is Action.MOVE and row.ticked for row in rows),
        ambiguous=by_outcome[Outcome.AMBIGUOUS],
        not_found=by_outcome[Outcome.NOT_FOUND],
        not_asked=by_outcome[Outcome.NOT_ASKED],
        not_addable=by_outcome[Outcome.NOT_ADDABLE],
        skipped=by_outcome[Outcome.SKIPPED],
    )


def _source_fates(
    ours: Mapping[str, list[int]], partner: Mapping[int, int], base: Base, policy: Policy, rules: TargetRules
) -> dict[int, tuple[Action, str]]:
    """What happens to source occurrences that have no partner: (action, note) by place."""
    fates: dict[int, tuple[Action, str]] = {}
    counts = base.counts
    for key, places in ours.items():
        rest = [place for place in places if place not in partner]
        there = len(places) - len(rest)
        left_out = min(len(rest), max(0, counts[key] - there)) if policy.mode is Mode.ADD else 0
        for index, place in enumerate(rest):
            if index < left_out:
                fates[place] = (Action.ADD, NOTE_REMOVED_ON_TARGET)
            elif _is_second_copy(there + index, policy, rules):
                fates[place] = (Action.NONE, NOTE_DUPLICATE)
            else:
                fates[place] = (Action.ADD, "")
    return fates


def _is_second_copy(copies_before: int, policy: Policy, rules: TargetRules) -> bool:
    return copies_before > 0 and (policy.duplicates == "collapse-new" or not rules.keeps_duplicates)


def _target_fates(
    ours: Mapping[str, list[int]],
    target: Keyed,
    taken: AbstractSet[int],
    base: Base,
    policy: Policy,
    rules: TargetRules,
) -> dict[int, tuple[Action, str]]:
    """What happens to target occurrences that have no partner: (action, note) by place."""
    if policy.mode is not Mode.MIRROR:
        return {}
    fates: dict[int, tuple[Action, str]] = {}
    counts = base.counts
    for key, places in target.places.items():
        wanted = len(ours.get(key, ()))
        held = base.held.get(key, 0)
        own = max(0, counts[key] - wanted - held)
        for place in places:
            if place in taken:
                continue
            entry = target.entries[place]
            readded = base.entries is not None and entry.id not in base.entries
            if held > 0:
                held -= 1
            elif own > 0 and not readded:
                own -= 1
                fates[place] = _removal(policy, rules)
            elif policy.foreign == "remove":
                fates[place] = _removal(policy, rules)
            else:
                fates[place] = (Action.NONE, NOTE_FOREIGN)
    return fates


def _removal(policy: Policy, rules: TargetRules) -> tuple[Action, str]:
    if not rules.removes:
        return Action.NONE, NOTE_CANNOT_REMOVE
    if policy.removals == "never":
        return Action.NONE, NOTE_NEVER
    if policy.removals == "apply" or policy.removals_approved:
        return Action.REMOVE, ""
    return Action.REMOVE, NOTE_ASKS


def _source_row(
    source: Keyed,
    place: int,
    partner: int | None,
    target: Keyed,
    fates: Mapping[int, tuple[Action, str]],
    matches: Mapping[TrackId, Match],
) -> Draft:
    entry = source.entries[place]
    match = matches.get(entry.track.id)
    if partner is not None:
        return Draft(
            place=Place.BOTH,
            source=entry,
            source_at=place,
            target=target.entries[partner],
            target_at=partner,
            match=match,
        )
    action, note = fates.get(place, (Action.NONE, ""))
    return Draft(
        place=Place.ONLY_SOURCE,
        source=entry,
        source_at=place,
        match=match,
        action=action,
        ticked=action is Action.ADD and not note,
        note=note,
    )


def _target_row(target: Keyed, place: int, fates: Mapping[int, tuple[Action, str]]) -> Draft:
    entry = target.entries[place]
    action, note = fates.get(place, (Action.NONE, "")) if entry.addressable else (Action.NONE, "")
    return Draft(
        place=Place.ONLY_TARGET,
        target=entry,
        target_at=place,
        action=action,
        ticked=action is Action.REMOVE and not note,
        note=note,
    )


def _interleaved(source_rows: list[Draft], alone: Mapping[int, Draft], target_size: int) -> list[Draft]:
    """Source order, with each entry that is only there behind the row of its predecessor there, at the top if none."""
    behind: dict[int | None, list[Draft]] = {}
    partners = {row.target_at for row in source_rows if row.target_at is not None}
    anchor: int | None = None
    for place in range(target_size):
        if place in partners:
            anchor = place
        else:
            behind.setdefault(anchor, []).append(alone[place])
    rows = behind.get(None, [])
    for row in source_rows:
        rows.append(row)
        if row.target_at is not None:
            rows.extend(behind.get(row.target_at, ()))
    return rows


def _mark_adopted(drafts: list[Draft], source: Keyed, base: Base) -> None:
    """Mark the rows that stand on both sides but were not in the base: they enter it without being written."""
    known = base.counts
    for draft in drafts:
        if draft.place is Place.BOTH and draft.source_at is not None:
            key = source.keys[draft.source_at] or ""
            if known[key] > 0:
                known[key] -= 1
            else:
                draft.action = Action.ADOPT


def _mark_moves(drafts: list[Draft], target: Keyed, policy: Policy, rules: TargetRules) -> tuple[Arrangement, str, int]:
    """Mark the rows that move; where the order is left, none is marked and the second value says why.

    The third counts the moves where these are so many that they are asked about.
    """
    if policy.mode is not Mode.MIRROR or not rules.ordered:
        return arrange(drafts, policy, rules), "no-order" if policy.mode is Mode.MIRROR else "", 0
    moved = {index: drafts[index].action for index in moved_rows(drafts, target.entries)}
    for index in moved:
        drafts[index].action, drafts[index].ticked = Action.MOVE, True
    arrangement = arrange(drafts, policy, rules)
    asked = len(moved) if len(moved) > MOVE_LIMIT and not arrangement.order_left else 0
    left = arrangement.order_left or (ORDER_LEFT[policy.order] if asked else "")
    if not left:
        return arrangement, "", asked
    for index, action in moved.items():
        drafts[index].action, drafts[index].ticked = action, False
    return arrange(drafts, policy, rules), left, asked


def _rows(drafts: list[Draft], arrangement: Arrangement) -> list[DiffRow]:
    """The finished rows, each with the place at which it will stand after the run."""
    return [
        DiffRow(
            place=draft.place,
            source=draft.source,
            source_at=draft.source_at,
            target=draft.target,
            target_at=draft.target_at,
            target_to=after,
            match=draft.match,
            action=draft.action,
            ticked=draft.ticked,
            note=draft.note,
        )
        for draft, after in zip(drafts, places_after(drafts, arrangement), strict=True)
    ]
