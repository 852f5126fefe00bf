"""One run: recorded, sent step by step, read again, and kept."""

from __future__ import annotations

import logging
import time
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from musync.app.locks import Held
from musync.app.outcomes import carried_out, links_of, run_rows, stand_ins_of
from musync.app.reading import SideRead, read_side
from musync.app.results import Watcher, Written
from musync.app.review import Review
from musync.app.stores import OpenDatabase
from musync.app.working import WorkingList
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
    RunState,
    SideKey,
    SideLabel,
    Step,
    StepKind,
    TrackId,
    WriteReport,
)
from musync.domain.errors import Cancelled, MusyncError, RevisionChanged, UsageError
from musync.engine.base import BaseRow, base_after
from musync.engine.plan import make_plan
from musync.services.api import (
    AddsEntries,
    MovesEntries,
    PlaylistService,
    RemovesEntries,
)

if TYPE_CHECKING:
    from musync.store.work import Work

log = logging.getLogger(__name__)

_SETTLE_POLL_S = 0.5


class Running:
    """One run, from its record to its end."""

    def __init__(
        self,
        database: OpenDatabase,
        service: PlaylistService,
        review: Review,
        plan: Plan,
        key: SideKey,
        label: SideLabel,
        control: Control,
        watcher: Watcher,
        held: Held,
    ) -> None:
        self._database = database
        self._service = service
        self._review = review
        self._plan = plan
        self._key = key
        self._label = label
        self._control = control
        self._watcher = watcher
        self._held = held
        self._started = time.monotonic()
        self._refused: dict[int, str] = {}
        self._acked: set[int] = set()
        self._requests = 0
        self._repaired = 0
        self._faithful = service.traits.revision == "faithful"

    def go(self, before: SideRead) -> Written:
        """Record, send, read again, settle."""
        self._before = before
        self._revision = before.playlist.revision
        self._working = WorkingList(before.entries, lasting_ids=self._service.traits.occurrence_ids)
        self._begin()
        error: MusyncError | None = None
        try:
            self._send_all()
        except MusyncError as caught:
            log.info("run %d ended early: %s", self._run.id, caught.case)
            error = caught
        return self._end(error)

    def _begin(self) -> None:
        """Make everything durable that must be so before the first request: run, plan, snapshot, links."""
        source = self._review.source.label
        assert source is not None
        now = self._control.now()
        with self._database().begin() as work:
            pair = work.pairs.ensure(source.key, self._key, self._plan.mode)
            self._pair = self._kept(work, pair)
            self._run = work.runs.begin(
                pair=pair.id, mode=pair.mode, source=source, target=self._label, at=now, state=RunState.APPLYING
            )
            work.steps.plan(self._run.id, self._plan)
            if not self._plan.empty:
                work.snapshots.keep(self._key, self._run.id, self._before.entries, self._before.fingerprint, now)
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

    def _send_all(self) -> None:
        steps = list(self._plan.steps)
        number = 0
        while number < len(steps):
            step = steps[number]
            self._watcher(number, len(steps), step)
            self._control.checkpoint()
            self._held.beat(self._control.now())
            refused = self._send(number, step)
            number += 1
            if refused and step.kind is StepKind.ADD:
                steps[number:] = self._shifted(steps[number:], step, refused)
        self._watcher(len(steps), len(steps), None)

    def _send(self, number: int, step: Step) -> bool:
        self._mark(number, "intent")
        report = self._request(step)
        self._requests += 1
        if report.revision is not None:
            self._revision = report.revision
        self._repaired += report.repaired
        refused = self._working.follow(step, report)
        self._refused.update(refused)
        self._acked.update(action.row for action in step.actions if action.row not in refused)
        self._mark(number, "done", "; ".join(sorted(set(refused.values())))[:500])
        return bool(refused)

    def _request(self, step: Step) -> WriteReport:
        service, playlist = self._service, self._key.playlist
        revision = self._revision if self._faithful else None
        if step.kind is StepKind.ADD and isinstance(service, AddsEntries):
            tracks = [action.track for action in step.actions if action.track is not None]
            return service.add_entries(playlist, tracks, at=step.at, revision=revision)
        ids = self._working.ids(step.actions)
        if step.kind is StepKind.MOVE and isinstance(service, MovesEntries):
            return service.move_entries(playlist, ids, to=step.at or 0, revision=revision)
        if step.kind is StepKind.REMOVE and isinstance(service, RemovesEntries):
            return service.remove_entries(playlist, ids, revision=revision)
        raise UsageError(f"{self._label.account} cannot {step.kind} entries.", where=self._label.title)

    def _shifted(self, rest: list[Step], step: Step, refused: bool) -> list[Step]:
        """The steps still to come after some of an add were refused: places behind it move up, moves are made anew."""
        adds = [later for later in rest if later.kind is StepKind.ADD]
        missing = sum(action.row in self._refused for action in step.actions)
        adds = [later if later.at is None else replace(later, at=later.at - missing) for later in adds]
        if adds or not refused:
            return [*adds, *(later for later in rest if later.kind is not StepKind.ADD)]
        return [later for later in self._replanned().steps if later.kind is not StepKind.ADD]

    def _replanned(self) -> Plan:
        """The plan without what was refused."""
        rows = tuple(
            replace(row, ticked=False) if index in self._refused else row
            for index, row in enumerate(self._review.shown.rows)
        )
        return make_plan(replace(self._review.shown, rows=rows), self._review.policy, self._review.rules)

    def _mark(self, number: int, state: str, error: str = "") -> None:
        with self._database().begin() as work:
            work.steps.set_state(self._run.id, number, state, error)  # type: ignore[arg-type]

    def _end(self, error: MusyncError | None) -> Written:
        """Read the target again, count, and keep what is now known."""
        after, trouble = self._verify()
        wanted = self._working.tracks
        got = tuple(entry.track.id for entry in after.entries) if after is not None else ()
        state = _end_state(error, trouble, agrees=after is not None and got == wanted)
        written = (
            carried_out(self._review, _counted(self._before), Counter(got), self._acked) if after is not None else set()
        )
        rows = tuple(run_rows(self._review, written, self._refused))
        result = Written(
            review=self._review,
            plan=self._plan,
            run=self._run,
            state=state,
            rows=rows,
            after=after,
            requests=self._review.requests + self._requests,
            seconds=self._review.seconds + time.monotonic() - self._started,
            error=error or trouble,
            repaired=self._repaired,
        )
        self._keep(result, written)
        return result

    def _verify(self) -> tuple[SideRead | None, MusyncError | None]:
        """The list as it really is; waits within the service's settle window until it is as it should be."""
        if self._plan.empty:
            return self._before, None
        waiting = _Uncancelled(self._control)
        until = time.monotonic() + self._service.traits.settle_s
        playlist = replace(self._before.playlist, id=self._key.playlist)
        try:
            while True:
                read = read_side(self._service, playlist, waiting)
                self._requests += read.requests
                same = tuple(entry.track.id for entry in read.entries) == self._working.tracks
                if same or time.monotonic() >= until:
                    return read, None
                waiting.sleep(_SETTLE_POLL_S)
        except MusyncError as error:
            return None, error

    def _keep(self, result: Written, written: set[int]) -> None:
        now = self._control.now()
        with self._database().begin() as work:
            if result.state is RunState.DONE:
                kept = work.pairs.base(self._pair.id)
                work.pairs.save_base(self._pair.id, self._base_items(written, kept))
            if result.after is not None:
                work.fingerprints.remember(self._key, result.after.fingerprint, now)
            work.runs.save_rows(self._run.id, result.rows)
            work.runs.finish(
                self._run.id,
                result.state,
                at=now,
                added=result.count(Action.ADD),
                removed=result.count(Action.REMOVE),
                moved=result.count(Action.MOVE),
                requests=result.requests,
                error=result.error.case if result.error is not None else "",
            )

    def _base_items(self, written: set[int], kept: tuple[BaseItem, ...]) -> list[BaseItem]:
        review = self._review
        rows = base_after(review.shown, review.source_keyed, review.target_keyed, review.base, written)
        # Linking may have given recordings other numbers; the stored base was renamed with them, place by place.
        renamed = {old.canon: new.canon for old, new in zip(review.knowledge.base, kept, strict=False)}
        added = self._working.added
        made = [self._settled(row.row, row, renamed, added) for row in rows if row.row is not None]
        settled = [item for item in made if item is not None]
        owed = [canon for row in rows if row.row is None and (canon := _renamed(row, renamed)) is not None]
        return [*settled, *_as_before(owed, kept, settled)]

    def _settled(
        self, index: int, row: BaseRow, renamed: dict[Canon, Canon], added: dict[int, EntryId]
    ) -> BaseItem | None:
        shown = self._review.shown.rows[index]
        if shown.source is None:
            return None
        canon = self._canons.get(self._review.source_ref(shown.source.track.id).key, _renamed(row, renamed))
        if canon is None:
            return None
        there = shown.target.id if shown.target is not None else added.get(index)
        return BaseItem(canon=canon, source_entry=shown.source.id, target_entry=there)


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


class _Uncancelled:
    """A control for the last read, which a stopped run needs too."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def checkpoint(self) -> None:
        """Go on."""

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)

    def progress(self, done: int, total: int | None, code: str) -> None:
        """Tell the one who listens."""
        self._control.progress(done, total, code)

    def now(self) -> float:
        """Seconds since the epoch."""
        return self._control.now()


def _end_state(error: MusyncError | None, trouble: MusyncError | None, *, agrees: bool) -> RunState:
    if isinstance(error, Cancelled):
        return RunState.STOPPED
    if isinstance(error, RevisionChanged):
        return RunState.DRIFTED
    if error is not None:
        return RunState.FAILED
    return RunState.DONE if agrees and trouble is None else RunState.UNVERIFIED


def _counted(read: SideRead) -> Counter[TrackId]:
    return Counter(entry.track.id for entry in read.entries)
