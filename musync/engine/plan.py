"""From ticked rows to the requests that will be sent (sync-spec 2.4, 4.2): creation, adds, moves, then removes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from musync.domain import Action, Diff, DiffRow, Entry, Plan, PlannedAction, Policy, Step, StepKind, Track, TrackId
from musync.engine.keyed import TargetRules
from musync.engine.order import Arrangement, Insertion, Relocation, arrange, target_entries


def make_plan(diff: Diff, policy: Policy, rules: TargetRules, *, creates: bool = False) -> Plan:
    """Everything that will be sent for the rows as they are ticked, and the list of track ids that must come out.

    `creates`: the target is not there yet. It is made with the first batch of adds; with nothing to add, not at all.
    """
    rows = diff.rows
    there = target_entries(rows)
    arrangement = arrange(rows, there, policy, rules)
    steps = [
        *(step for insertion in arrangement.insertions for step in _adds(rows, insertion, rules)),
        *(_move(rows, relocation) for relocation in arrangement.relocations),
        *_removes(rows, rules),
    ]
    if creates:
        steps[:1] = [as_creation(step) for step in steps[:1]]
    return Plan(
        mode=policy.mode,
        steps=tuple(steps),
        before=tuple(entry.track.id for entry in there),
        after=tuple(_ids_after(rows, there, arrangement)),
        order_left=arrangement.order_left or diff.order_left,
        moves_waiting=diff.moves_asked if policy.order == "ask" else 0,
        removals_waiting=sum(row.action is Action.REMOVE and not row.ticked for row in rows),
    )


def as_creation(step: Step) -> Step:
    """The creation of the target in the place of the add that would come first."""
    return replace(step, kind=StepKind.CREATE, at=None)


def _ids_after(rows: Sequence[DiffRow], there: Sequence[Entry], arrangement: Arrangement) -> Iterator[TrackId]:
    for token in arrangement.after:
        yield there[token].track.id if token >= 0 else counterpart(rows[-1 - token]).id


def counterpart(row: DiffRow) -> Track:
    """The track that an added row puts on the target."""
    track = row.match.settled if row.match is not None else None
    if track is None:
        raise ValueError("only a row with a settled match can be added")
    return track


def _adds(rows: Sequence[DiffRow], insertion: Insertion, rules: TargetRules) -> Iterator[Step]:
    for start in range(0, len(insertion.rows), rules.add_batch):
        batch = insertion.rows[start : start + rules.add_batch]
        yield Step(
            kind=StepKind.ADD,
            actions=tuple(PlannedAction(row=row, track=counterpart(rows[row])) for row in batch),
            at=None if insertion.at is None else insertion.at + start,
        )


def _move(rows: Sequence[DiffRow], relocation: Relocation) -> Step:
    """A move names its entries; one that this plan adds has no id yet and is named by its row alone."""
    by_place = {row.target_at: (index, row) for index, row in enumerate(rows) if row.target_at is not None}
    actions = []
    for token in relocation.tokens:
        if token < 0:
            actions.append(PlannedAction(row=-1 - token))
            continue
        index, row = by_place[token]
        entry = row.target.id if row.target is not None else None
        actions.append(PlannedAction(row=index if row.action is Action.MOVE else -1, entry=entry))
    return Step(kind=StepKind.MOVE, actions=tuple(actions), at=relocation.to)


def _removes(rows: Sequence[DiffRow], rules: TargetRules) -> Iterator[Step]:
    gone = [
        PlannedAction(row=index, entry=row.target.id)
        for index, row in enumerate(rows)
        if row.action is Action.REMOVE and row.ticked and row.target is not None
    ]
    for start in range(0, len(gone), rules.remove_batch):
        yield Step(kind=StepKind.REMOVE, actions=tuple(gone[start : start + rules.remove_batch]))
