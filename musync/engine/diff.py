"""What differs between two lists, and what the mode would do about each row (sync-spec 2.2, 2.3).

Occurrences of one recording are counted, never looked at as a set: the k-th copy on one side is the k-th on the other,
what is left over on either side is only there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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


_Fate = tuple[Action, str]
"""What is proposed for an occurrence that has no partner, and the note that goes with it."""

_NO_FATE: _Fate = (Action.NONE, "")


@dataclass(slots=True)
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
    partner = partners(source, target)
    taken = set(partner.values())
    alone = [place for place in range(len(target.entries)) if place not in taken]
    fates = _source_fates(source, partner, base, policy, rules)
    ends = _target_fates(source, target, alone, base, policy, rules)
    ours_first = _source_rows(source, target, partner, fates, base, matches)
    drafts = _interleaved(ours_first, [_target_row(target, place, ends) for place in alone])
    arrangement, order_left, moves_asked = _mark_moves(drafts, target, policy, rules)
    rows = _rows(drafts, arrangement, len(target.entries))
    return Diff(
        mode=policy.mode,
        rows=tuple(rows),
        counts=count(rows),
        base_size=len(base.keys),
        base_missing_source=missing_from(base, source.places, base.held),
        base_missing_target=missing_from(base, target.places, {}),
        source_size=len(source.entries),
        target_size=len(target.entries),
        order_left=order_left,
        moves_asked=moves_asked,
    )


def count(rows: Sequence[DiffRow]) -> Counts:
    """The numbers of a diff; unticked removals count as to be removed, they wait for the user."""
    common = 0
    actions = dict.fromkeys(Action, 0)
    outcomes = dict.fromkeys(Outcome, 0)
    both, ours, remove = Place.BOTH, Place.ONLY_SOURCE, Action.REMOVE
    for row in rows:
        if row.place is both:
            common += 1
        elif row.place is ours and row.match is not None:
            outcomes[row.match.outcome] += 1
        if row.ticked or row.action is remove:
            actions[row.action] += 1
    return Counts(
        common=common,
        to_add=actions[Action.ADD],
        to_remove=actions[Action.REMOVE],
        to_move=actions[Action.MOVE],
        ambiguous=outcomes[Outcome.AMBIGUOUS],
        not_found=outcomes[Outcome.NOT_FOUND],
        not_asked=outcomes[Outcome.NOT_ASKED],
        not_addable=outcomes[Outcome.NOT_ADDABLE],
        skipped=outcomes[Outcome.SKIPPED],
    )


def _without_partner(listed: Keyed, places: Iterable[int]) -> Mapping[str, list[int]]:
    """Of these places those that have a key, by it."""
    found: dict[str, list[int]] = {}
    for place in places:
        key = listed.keys[place]
        if key is not None:
            found.setdefault(key, []).append(place)
    return found


def _source_fates(
    source: Keyed, partner: Mapping[int, int], base: Base, policy: Policy, rules: TargetRules
) -> dict[int, _Fate]:
    """What happens to source occurrences that have no partner, by place."""
    fates: dict[int, _Fate] = {}
    loose = _without_partner(source, (place for place in range(len(source.keys)) if place not in partner))
    for key, rest in loose.items():
        there = len(source.places[key]) - len(rest)
        left_out = max(0, base.counts.get(key, 0) - there) if policy.mode is Mode.ADD else 0
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
    source: Keyed, target: Keyed, alone: Iterable[int], base: Base, policy: Policy, rules: TargetRules
) -> dict[int, _Fate]:
    """What happens to target occurrences that have no partner, by place."""
    if policy.mode is not Mode.MIRROR:
        return {}
    fates: dict[int, _Fate] = {}
    for key, places in _without_partner(target, alone).items():
        held = base.held.get(key, 0)
        own = max(0, base.counts.get(key, 0) - len(source.places.get(key, ())) - held)
        for place in places:
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


def _removal(policy: Policy, rules: TargetRules) -> _Fate:
    if not rules.removes:
        return Action.NONE, NOTE_CANNOT_REMOVE
    if policy.removals == "never":
        return Action.NONE, NOTE_NEVER
    if policy.removals == "apply" or policy.removals_approved:
        return Action.REMOVE, ""
    return Action.REMOVE, NOTE_ASKS


def _source_rows(
    source: Keyed,
    target: Keyed,
    partner: Mapping[int, int],
    fates: Mapping[int, _Fate],
    base: Base,
    matches: Mapping[TrackId, Match],
) -> list[Draft]:
    """A row for each entry of the source; what stands on both sides but not in the base enters it without a write."""
    rows = []
    left = dict(base.counts)
    both, alone, add, adopt = Place.BOTH, Place.ONLY_SOURCE, Action.ADD, Action.ADOPT
    for place, (entry, key) in enumerate(zip(source.entries, source.keys, strict=True)):
        match = matches.get(entry.track.id)
        there = partner.get(place)
        if there is None:
            action, note = fates.get(place, _NO_FATE)
            ticked = action is add and not note
            rows.append(Draft(alone, entry, place, None, None, match, action, ticked, note))
            continue
        row = Draft(both, entry, place, target.entries[there], there, match)
        known = left.get(key or "", 0)
        if known > 0:
            left[key or ""] = known - 1
        else:
            row.action = adopt
        rows.append(row)
    return rows


def _target_row(target: Keyed, place: int, fates: Mapping[int, _Fate]) -> Draft:
    entry = target.entries[place]
    action, note = fates.get(place, _NO_FATE) if entry.addressable else _NO_FATE
    ticked = action is Action.REMOVE and not note
    return Draft(Place.ONLY_TARGET, None, None, entry, place, None, action, ticked, note)


def _interleaved(source_rows: list[Draft], alone: list[Draft]) -> list[Draft]:
    """Source order, with each entry that is only there behind the row of its predecessor there, at the top if none."""
    behind: dict[int | None, list[Draft]] = {}
    last = anchor = -1
    for row in alone:
        assert row.target_at is not None
        if row.target_at != last + 1:
            anchor = row.target_at - 1
        last = row.target_at
        behind.setdefault(anchor, []).append(row)
    rows = behind.pop(-1, [])
    for row in source_rows:
        rows.append(row)
        if row.target_at in behind:
            rows.extend(behind[row.target_at])
    return rows


def _mark_moves(drafts: list[Draft], target: Keyed, policy: Policy, rules: TargetRules) -> tuple[Arrangement, str, int]:
    """Mark the rows that move; where the order is left, none is marked and the second value says why.

    The third counts the moves where these are so many that they are asked about.
    """
    there = target.entries
    if policy.mode is not Mode.MIRROR or not rules.ordered:
        return arrange(drafts, there, policy, rules), "no-order" if policy.mode is Mode.MIRROR else "", 0
    moved = {index: drafts[index].action for index in moved_rows(drafts, there)}
    for index in moved:
        drafts[index].action, drafts[index].ticked = Action.MOVE, True
    arrangement = arrange(drafts, there, policy, rules)
    asked = len(moved) if len(moved) > MOVE_LIMIT and not arrangement.order_left else 0
    left = arrangement.order_left or (ORDER_LEFT[policy.order] if asked else "")
    if not left:
        return arrangement, "", asked
    for index, action in moved.items():
        drafts[index].action, drafts[index].ticked = action, False
    return arrange(drafts, there, policy, rules), left, asked


def _rows(drafts: list[Draft], arrangement: Arrangement, target_size: int) -> list[DiffRow]:
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
        for draft, after in zip(drafts, places_after(drafts, arrangement, target_size), strict=True)
    ]
