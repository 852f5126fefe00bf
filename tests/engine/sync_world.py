"""A whole sync on two plain lists: diff, plan, carried out on a list as a service would, and the base after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from musync.domain import (
    Action,
    Candidate,
    Diff,
    Entry,
    Match,
    MatchState,
    Plan,
    Policy,
    StepKind,
    Track,
    TrackId,
    occurrence_ids,
)
from musync.engine.base import base_after, keys_of
from musync.engine.diff import count, diff
from musync.engine.keyed import Base, Keyed, TargetRules
from musync.engine.plan import make_plan


def entries(names: Sequence[str]) -> tuple[Entry, ...]:
    """Entries for track ids; a name beginning with `!` is a placeholder."""
    ids = occurrence_ids(TrackId(name) for name in names)
    return tuple(
        Entry(id=entry, track=Track(id=TrackId(name), title=name), addressable=not name.startswith("!"))
        for entry, name in zip(ids, names, strict=True)
    )


def keyed(names: Sequence[str], open_: frozenset[str] = frozenset()) -> Keyed:
    """A list whose recordings are named alike on both sides; those in `open_` are not settled."""
    keys = tuple(None if name.startswith("!") or name in open_ else name for name in names)
    return Keyed(entries=entries(names), keys=keys)


@dataclass
class World:
    """Two lists and the base between them; upper-case letters are recordings."""

    source: list[str]
    target: list[str]
    base: tuple[str, ...] = ()
    open: frozenset[str] = frozenset()
    policy: Policy = field(default_factory=Policy)
    rules: TargetRules = field(default_factory=TargetRules)

    def diff(self) -> Diff:
        """The review as it would be shown now."""
        self._base = Base(keys=self.base, held={name: self.source.count(name) for name in self.open})
        self._source, self._target = keyed(self.source, self.open), keyed(self.target)
        return diff(self._source, self._target, self._base, self._matches(), self.policy, self.rules)

    def _matches(self) -> dict[TrackId, Match]:
        found = {}
        for name in self.source:
            track = Track(id=TrackId(name), title=name)
            state = MatchState.AMBIGUOUS if name in self.open else MatchState.AUTO
            if name.startswith("!"):
                state = MatchState.PLACEHOLDER
            found[track.id] = Match(wanted=track, state=state, chosen=Candidate(track=track, probability=1.0))
        return found

    def plan(self, shown: Diff | None = None) -> Plan:
        """What would be sent."""
        return make_plan(shown or self.diff(), self.policy, self.rules)

    def run(self, *, approve: bool = False) -> Plan:
        """Carry it out; `approve` ticks what waits for approval."""
        shown = self.diff()
        if approve:
            rows = tuple(replace(row, ticked=True) if row.action is Action.REMOVE else row for row in shown.rows)
            shown = replace(shown, rows=rows, counts=count(rows))
        plan = self.plan(shown)
        self.target = carry_out(plan, self.target)
        written = {action.row for step in plan.steps for action in step.actions}
        self.base = keys_of(base_after(shown, self._source, self._target, self._base, written))
        return plan


def carry_out(plan: Plan, target: Sequence[str]) -> list[str]:
    """Do to a plain list what the plan's steps say."""
    now: list[tuple[object, str]] = [(entry.id, entry.track.id) for entry in entries(target)]
    for number, step in enumerate(plan.steps):
        if step.kind is StepKind.CREATE:
            assert (number, now, step.at) == (0, [], None), "only what is not there yet is made, and made first"
        if step.kind in (StepKind.CREATE, StepKind.ADD):
            new = [(("new", a.row), a.track.id) for a in step.actions if a.track is not None]
            at = len(now) if step.at is None else step.at
            now[at:at] = new
        elif step.kind is StepKind.MOVE:
            names = [a.entry if a.entry is not None else ("new", a.row) for a in step.actions]
            by_id = dict(now)
            assert all(not by_id[name].startswith("!") for name in names), "a placeholder must not be moved"
            now = [item for item in now if item[0] not in names]
            assert step.at is not None
            now[step.at : step.at] = [(name, by_id[name]) for name in names]
        else:
            names = [a.entry for a in step.actions]
            assert all(name in dict(now) for name in names)
            now = [item for item in now if item[0] not in names]
    assert [name for _, name in now] == list(plan.after), "the plan's own forecast of the list"
    return [name for _, name in now]
