"""What a run keeps: everything it needs before its first request, each step around its own, the outcome at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from musync.app.outcomes import links_of, stand_ins_of
from musync.app.reading import SideRead, side_fingerprint
from musync.app.results import Written
from musync.app.review import Review
from musync.app.sides import Side, side_of
from musync.app.stores import OpenDatabase
from musync.domain import (
    PREFERENCES,
    Action,
    BaseItem,
    Canon,
    Control,
    EntryId,
    MatchState,
    Pair,
    Plan,
    Playlist,
    Run,
    RunState,
    Step,
    StepState,
    TrackId,
)
from musync.engine.base import BaseRow, base_after

if TYPE_CHECKING:
    from musync.store.work import Work


class Record:
    """One run in the database; `run` and `target` are as they are known by now."""

    run: Run

    def __init__(self, database: OpenDatabase, review: Review, plan: Plan, control: Control) -> None:
        self._database = database
        self._review = review
        self._plan = plan
        self._control = control
        self.target: Side = review.target

    def begin(self, before: SideRead) -> None:
        """Make everything durable that must be so before the first request: run, plan, snapshot, links."""
        source, now = self._review.source.place, self._control.now()
        with self._database().begin() as work:
            self._pair = self._kept(work, work.pairs.ensure(source, self.target.place, self._plan.mode))
            self.run = work.runs.begin(
                pair=self._pair.id,
                mode=self._pair.mode,
                source=self._review.source.label,
                target=self.target.label,
                at=now,
                state=RunState.APPLYING,
            )
            work.steps.plan(self.run.id, self._plan)
            if self.target.playlist is not None and not self._plan.empty:
                work.snapshots.keep(self.target.place, self.run.id, before.entries, before.fingerprint, now)
            self._canons = work.links.link_all(links_of(self._review, MatchState.AUTO), origin="auto")
            self._canons.update(work.links.link_all(links_of(self._review, MatchState.CONFIRMED), origin="user"))
            self._canons.update(self._stood_in(work))

    def _kept(self, work: Work, pair: Pair) -> Pair:
        """The pair with what this run prefers, which is asked for again when it is looked at once more."""
        others = {name: value for name, value in pair.options.items() if name not in PREFERENCES}
        kept = replace(pair, options={**others, **self._review.policy.preference.options})
        if kept != pair:
            work.pairs.update(kept)
        return kept

    def _stood_in(self, work: Work) -> dict[tuple[str, str, TrackId], Canon]:
        """The recordings that stand in for tracks of the source in this pair, by those tracks.

        They are not linked: elsewhere, and once the recording itself is there, they are something else.
        """
        found = stand_ins_of(self._review)
        canons = work.links.ensure(other for _, other in found)
        return {wanted.key: canons[other.key] for wanted, other in found}

    def mark(self, number: int, state: StepState, refused: Mapping[int, str] | None = None) -> None:
        """Say how far a step has come, and what was refused of it, by row."""
        with self._database().begin() as work:
            work.steps.set_state(self.run.id, number, state, _words(refused))

    def change_step(self, number: int, step: Step) -> None:
        """Say that a step will be sent as this one."""
        with self._database().begin() as work:
            work.steps.change(self.run.id, number, step)

    def made(self, number: int, playlist: Playlist, refused: Mapping[int, str]) -> None:
        """Keep what the step made, in one commit with that it did: the target, and that there was nothing before it."""
        target = side_of(self.target.account, playlist)
        place, label = target.place, target.label
        with self._database().begin() as work:
            self._pair = work.pairs.made(self._pair, place)
            work.runs.set_target(self.run.id, self._pair.id, label)
            work.snapshots.keep(place, self.run.id, (), side_fingerprint(()), self._control.now())
            work.steps.set_state(self.run.id, number, "done", _words(refused))
        self.target = target
        self.run = replace(self.run, pair=self._pair.id, target=label)

    def end(self, result: Written, written: set[int], added: Mapping[int, EntryId]) -> None:
        """Keep the outcome.

        Args:
            result: what the run came to.
            written: the rows whose action was verified.
            added: row -> the entry it made.
        """
        now = self._control.now()
        with self._database().begin() as work:
            if result.state is RunState.DONE:
                kept = work.pairs.base(self._pair.id)
                work.pairs.save_base(self._pair.id, self._base_items(written, kept, added))
            if result.after is not None:
                work.fingerprints.remember(self.target.place, result.after.fingerprint, now)
            work.runs.save_rows(self.run.id, result.rows)
            work.runs.finish(
                self.run.id,
                result.state,
                at=now,
                added=result.count(Action.ADD),
                removed=result.count(Action.REMOVE),
                moved=result.count(Action.MOVE),
                requests=result.requests,
                error=result.error.case if result.error is not None else "",
            )

    def _base_items(
        self, written: set[int], kept: tuple[BaseItem, ...], added: Mapping[int, EntryId]
    ) -> list[BaseItem]:
        review = self._review
        rows = base_after(review.shown, review.source_keyed, review.target_keyed, review.base, written)
        # Linking may have given recordings other numbers; the stored base was renamed with them, place by place.
        renamed = {old.canon: new.canon for old, new in zip(review.knowledge.base, kept, strict=False)}
        made = [self._settled(row.row, row, renamed, added) for row in rows if row.row is not None]
        settled = [item for item in made if item is not None]
        owed = [canon for row in rows if row.row is None and (canon := _renamed(row, renamed)) is not None]
        return [*settled, *_as_before(owed, kept, settled)]

    def _settled(
        self, index: int, row: BaseRow, renamed: dict[Canon, Canon], added: Mapping[int, EntryId]
    ) -> BaseItem | None:
        shown = self._review.shown.rows[index]
        if shown.source is None:
            return None
        canon = self._canons.get(self._review.source_ref(shown.source.track.id).key, _renamed(row, renamed))
        if canon is None:
            return None
        there = shown.target.id if shown.target is not None else added.get(index)
        return BaseItem(canon=canon, source_entry=shown.source.id, target_entry=there)


def _words(refused: Mapping[int, str] | None) -> str:
    return "; ".join(sorted(set((refused or {}).values())))[:500]


def _renamed(row: BaseRow, renamed: dict[Canon, Canon]) -> Canon | None:
    """The number that the row's recording has now, None when it never had one."""
    if not row.key.startswith("c"):
        return None
    old = Canon(int(row.key[1:]))
    return renamed.get(old, old)


def _as_before(owed: list[Canon], kept: tuple[BaseItem, ...], settled: list[BaseItem]) -> list[BaseItem]:
    """What the base keeps of these recordings: with the entries it knew, so that they do not count as added anew."""
    taken = {item.target_entry for item in settled}
    left: dict[Canon, list[BaseItem]] = defaultdict(list)
    for item in kept:
        if item.target_entry is None or item.target_entry not in taken:
            left[item.canon].append(item)
    return [left[canon].pop(0) if left[canon] else BaseItem(canon=canon) for canon in owed]
