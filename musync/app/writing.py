"""The one way to a service: snapshot, journal, requests, and a last read that the numbers are counted from."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from musync.app.brakes import braked
from musync.app.connections import Connections
from musync.app.knowledge import Origin
from musync.app.locks import Held, hold
from musync.app.paging import again
from musync.app.reading import SideRead, read_side
from musync.app.review import Review
from musync.app.sides import Side, side_of
from musync.app.stores import OpenDatabase
from musync.app.working import WorkingList
from musync.domain import (
    Action,
    BaseItem,
    Canon,
    Control,
    DiffRow,
    MatchState,
    Pair,
    Place,
    Plan,
    Run,
    RunRow,
    RunState,
    SideKey,
    SideLabel,
    Step,
    StepKind,
    TrackId,
    TrackRef,
    WriteReport,
)
from musync.domain.errors import Cancelled, MusyncError, PlanStale, RevisionChanged, UsageError
from musync.engine.base import BaseRow, base_after
from musync.engine.brakes import tripped
from musync.engine.plan import make_plan
from musync.services.api import (
    AddsEntries,
    CreatesPlaylists,
    MovesEntries,
    PlaylistService,
    RemovesEntries,
)

log = logging.getLogger(__name__)

_SETTLE_POLL_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a run came to. `run` is None for a run that had nothing to do and no playlist to do it to.

    `after` is the last read of the target, None when nothing was read. `error` is what ended it early.
    """

    review: Review
    plan: Plan
    run: Run | None
    state: RunState
    rows: tuple[RunRow, ...]
    after: SideRead | None
    requests: int
    seconds: float
    error: MusyncError | None = None

    def count(self, action: Action) -> int:
        """How many rows' actions were found carried out."""
        return sum(row.written and row.action is action for row in self.rows)


Watcher = Callable[[int, int, Step | None], None]
"""Hears of each step: how many are done, how many there are, which one is being sent (None: the last read)."""


def watch_nothing(done: int, total: int, step: Step | None) -> None:
    """A watcher for runs that nobody looks at."""


def plan_of(review: Review) -> Plan:
    """What would be sent for the review as it is ticked."""
    return make_plan(review.shown, review.policy, review.rules)


def check_brakes(review: Review, plan: Plan) -> None:
    """Stop before the first write where something looks like an accident.

    Raises:
        Braked: with the numbers, the likely cause and the exact way on.
    """
    ids = (review.source_read.playlist.id, review.target_read.playlist.id)
    hits = tripped(
        review.shown,
        plan,
        review.policy,
        capacity=review.rules.capacity,
        created=review.created,
        source_id=ids[0],
        target_id=ids[1],
    )
    if hits:
        raise braked(hits, review.source.title, review.target.title, ids)


class Writing:
    """Carries plans out."""

    def __init__(self, database: OpenDatabase, connections: Connections) -> None:
        self._database = database
        self._connections = connections

    def rehearse(self, review: Review) -> Written:
        """What `write` would come to if all went well, without writing anything anywhere (a dry run)."""
        plan = plan_of(review)
        check_brakes(review, plan)
        return Written(
            review=review,
            plan=plan,
            run=None,
            state=RunState.PLANNED,
            rows=tuple(_rows(review, set(), {})),
            after=None,
            requests=review.requests,
            seconds=time.monotonic() - review.started,
        )

    def write(self, review: Review, control: Control, watcher: Watcher = watch_nothing) -> Written:
        """Carry out the review as it is ticked.

        What went wrong after the first write is in the result, what went wrong before is raised.

        Raises:
            Braked, PlanStale, Busy, ServiceError, StorageError: nothing was changed.
        """
        plan = plan_of(review)
        check_brakes(review, plan)
        if review.created and plan.empty:
            return replace(self.rehearse(review), state=RunState.DONE)
        with self._connections.open(review.target.account, control) as service:
            self._check_source(review, control)
            target = _created(service, review) if review.created else review.target
            key, label = target.key, target.label
            assert key is not None
            assert label is not None
            with hold(self._database, key, target.title, control.now()) as held:
                before = _unchanged(service, review, target, control)
                running = _Running(self._database, service, review, plan, key, label, control, watcher, held)
                return running.go(before)

    def _check_source(self, review: Review, control: Control) -> None:
        """Where a revision tells faithfully and for one request, see that the source is as it was reviewed."""
        playlist = review.source.playlist
        if playlist is None:
            return
        with self._connections.open(review.source.account, control) as service:
            if service.traits.revision != "faithful":
                return
            head = again(lambda: service.read_playlist(playlist.id), control)
        if head.revision != review.source_read.playlist.revision:
            raise _stale(review.source.title)


def _created(service: PlaylistService, review: Review) -> Side:
    if not isinstance(service, CreatesPlaylists):
        raise UsageError(f"{review.target.account.name} cannot make playlists.", unchanged="Nothing was changed.")
    details = review.source_read.playlist.description
    return side_of(review.target.account, service.create_playlist(review.target.title, description=details))


def _unchanged(service: PlaylistService, review: Review, target: Side, control: Control) -> SideRead:
    """The target as it stands right before the first write.

    Raises:
        PlanStale: it is no longer as it was reviewed.
    """
    playlist = target.playlist
    assert playlist is not None
    if review.created:
        return replace(review.target_read, playlist=playlist)
    if service.traits.revision == "faithful":
        head = again(lambda: service.read_playlist(playlist.id), control)
        if head.revision is not None and head.revision == review.target_read.playlist.revision:
            return review.target_read
    read = read_side(service, playlist, control)
    if read.fingerprint != review.target_read.fingerprint:
        raise _stale(target.title)
    return read


def _stale(title: str) -> PlanStale:
    return PlanStale(
        f"“{title}” changed since the comparison.",
        where=title,
        unchanged="Nothing was written.",
        next="Compare again and look at the new difference.",
    )


class _Running:
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
        self._refused: dict[int, str] = {}
        self._acked: set[int] = set()
        self._requests = 0
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
            self._pair: Pair = pair
            self._run = work.runs.begin(
                pair=pair.id, mode=pair.mode, source=source, target=self._label, at=now, state=RunState.APPLYING
            )
            work.steps.plan(self._run.id, self._plan)
            if not self._plan.empty:
                work.snapshots.keep(self._key, self._run.id, self._before.entries, self._before.fingerprint, now)
            self._canons = work.links.link_all(self._auto_links(), origin="auto")
            self._canons.update(work.links.link_all(self._user_links(), origin="user"))

    def _auto_links(self) -> list[tuple[TrackRef, TrackRef, float]]:
        return list(_links(self._review, MatchState.AUTO))

    def _user_links(self) -> list[tuple[TrackRef, TrackRef, float]]:
        return list(_links(self._review, MatchState.CONFIRMED))

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
        written = self._carried_out(Counter(got)) if after is not None else set()
        rows = tuple(_rows(self._review, written, self._refused))
        result = Written(
            review=self._review,
            plan=self._plan,
            run=self._run,
            state=state,
            rows=rows,
            after=after,
            requests=self._review.requests + self._requests,
            seconds=time.monotonic() - self._review.started,
            error=error or trouble,
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

    def _carried_out(self, there: Counter[TrackId]) -> set[int]:
        """The rows whose action the last read bears out, counted by copies."""
        left = there - Counter()
        before = Counter(entry.track.id for entry in self._before.entries)
        gone = before - there
        written: set[int] = set()
        for index, row in enumerate(self._review.shown.rows):
            if row.target is None:
                continue
            track_id = row.target.track.id
            if row.action is Action.REMOVE and row.ticked and gone[track_id] > 0:
                gone[track_id] -= 1
                written.add(index)
                continue
            left[track_id] -= 1
            if row.action is Action.MOVE and row.ticked and index in self._acked:
                written.add(index)
        for index, row in enumerate(self._review.shown.rows):
            track = row.match.settled if row.match is not None else None
            if row.action is Action.ADD and row.ticked and track is not None and left[track.id] > 0:
                left[track.id] -= 1
                written.add(index)
        return written

    def _keep(self, result: Written, written: set[int]) -> None:
        now = self._control.now()
        with self._database().begin() as work:
            if result.state is RunState.DONE:
                kept = work.pairs.base(self._pair.id)
                work.pairs.save_base(self._pair.id, self._base_items(written, kept, result.after))
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

    def _base_items(self, written: set[int], kept: tuple[BaseItem, ...], after: SideRead | None) -> list[BaseItem]:
        review = self._review
        rows = base_after(review.shown, review.source_keyed, review.target_keyed, review.base, written)
        # Linking may have given recordings other numbers; the stored base was renamed with them, place by place.
        renamed = {old.canon: new.canon for old, new in zip(review.knowledge.base, kept, strict=False)}
        return [item for row in rows if (item := self._base_item(row, renamed)) is not None]

    def _base_item(self, row: BaseRow, renamed: dict[Canon, Canon]) -> BaseItem | None:
        if row.row is None:
            old = Canon(int(row.key[1:])) if row.key.startswith("c") else None
            return BaseItem(canon=renamed.get(old, old)) if old is not None else None
        entry = self._review.shown.rows[row.row].source
        if entry is None:
            return None
        canon = self._canons.get(self._review.source_ref(entry.track.id).key)
        if canon is None:
            canon = Canon(int(row.key[1:])) if row.key.startswith("c") else None
            canon = renamed.get(canon, canon) if canon is not None else None
        target = self._review.shown.rows[row.row].target
        if canon is None:
            return None
        return BaseItem(canon=canon, source_entry=entry.id, target_entry=target.id if target is not None else None)


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


def _links(review: Review, state: MatchState) -> list[tuple[TrackRef, TrackRef, float]]:
    """The matches that this run relies on."""
    found = {}
    for row in review.shown.rows:
        match = row.match
        if match is None or match.state is not state or match.settled is None or match.chosen is None:
            continue
        if row.place is Place.BOTH or (row.action is Action.ADD and row.ticked):
            other = row.target.track if row.target is not None else match.settled
            found[match.wanted.id] = (
                review.source_ref(match.wanted.id),
                _target_ref(review.target_origin, other),
                match.chosen.probability,
            )
    return list(found.values())


def _target_ref(origin: Origin, track: object) -> TrackRef:
    return TrackRef(service=origin.service, scope=origin.scope, track=track)  # type: ignore[arg-type]


def _rows(review: Review, written: set[int], refused: dict[int, str]) -> list[RunRow]:
    return [
        _run_row(index, row, index in written, refused.get(index, "")) for index, row in enumerate(review.shown.rows)
    ]


def _run_row(index: int, row: DiffRow, written: bool, error: str) -> RunRow:
    match = row.match
    chosen = match.chosen if match is not None else None
    other = row.target.track if row.target is not None else (chosen.track if chosen is not None else None)
    return RunRow(
        row=index + 1,
        source=row.source.track if row.source is not None else None,
        target=other,
        state=match.state if match is not None else None,
        action=_effective(row),
        probability=chosen.probability if chosen is not None else None,
        reasons=(chosen.reasons if chosen is not None and match is not None and match.settled else ())
        or (match.reasons if match is not None else ()),
        written=written,
        error=error,
    )


def _effective(row: DiffRow) -> Action:
    """What is meant to happen: an unticked addition or move is none, an unapproved removal stays one."""
    if row.ticked or row.action in (Action.ADOPT, Action.REMOVE):
        return row.action
    return Action.NONE
