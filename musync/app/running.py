"""One run: sent step by step, and read again at its end."""

from __future__ import annotations

import logging
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace

from musync.app.jobs import Uncancelled
from musync.app.locks import Held, hold
from musync.app.making import SETTLE_POLL_S, make
from musync.app.outcomes import carried_out, run_rows
from musync.app.reading import SideRead, read_side
from musync.app.record import Record
from musync.app.results import Watcher, Written
from musync.app.review import Review
from musync.app.stores import OpenDatabase
from musync.app.working import WorkingList
from musync.domain import (
    Control,
    Plan,
    Playlist,
    RunState,
    Step,
    StepKind,
    TrackId,
    WriteReport,
)
from musync.domain.errors import (
    Busy,
    Cancelled,
    MusyncError,
    RevisionChanged,
    UsageError,
)
from musync.engine.plan import as_creation, make_plan
from musync.services.api import (
    AddsEntries,
    MovesEntries,
    PlaylistService,
    RemovesEntries,
)

log = logging.getLogger(__name__)


class Running:
    """One run, from its record to its end. A target that is not there yet is made by its first step."""

    def __init__(
        self,
        database: OpenDatabase,
        service: PlaylistService,
        review: Review,
        plan: Plan,
        control: Control,
        watcher: Watcher,
        held: Held,
    ) -> None:
        self._database = database
        self._service = service
        self._review = review
        self._plan = plan
        self._control = control
        self._watcher = watcher
        self._held = [held]
        self._record = Record(database, review, plan, control)
        self._started = time.monotonic()
        self._refused: dict[int, str] = {}
        self._acked: set[int] = set()
        self._repaired = 0
        self._faithful = service.traits.revision == "faithful"

    def go(self, before: SideRead) -> Written:
        """Record, send, read again, settle. `before.requests` counts those that the run made before it began."""
        self._before = before
        self._requests = before.requests
        self._revision = before.playlist.revision
        self._working = WorkingList(before.entries, lasting_ids=self._service.traits.occurrence_ids)
        self._record.begin(before)
        error: MusyncError | None = None
        with ExitStack() as self._locks:
            try:
                self._send_all()
            except MusyncError as caught:
                log.info("run %d ended early: %s", self._record.run.id, caught.case)
                error = caught
            return self._end(error)

    def _send_all(self) -> None:
        steps = list(self._plan.steps)
        number = 0
        while number < len(steps):
            step = steps[number] = self._next(number, steps[number])
            self._watcher(number, len(steps), step)
            self._control.checkpoint()
            for held in self._held:
                held.beat(self._control.now())
            refused = self._make(number, step) if step.kind is StepKind.CREATE else self._send(number, step)
            number += 1
            if refused and step.kind in (StepKind.CREATE, StepKind.ADD):
                steps[number:] = self._shifted(steps[number:], step, refused)
        self._watcher(len(steps), len(steps), None)

    def _next(self, number: int, step: Step) -> Step:
        """The step as it is sent: while nothing was taken, and so no target made, the next add is the creation."""
        if step.kind is not StepKind.ADD or self._record.target.playlist is not None:
            return step
        creation = as_creation(step)
        self._record.change_step(number, creation)
        return creation

    def _make(self, number: int, step: Step) -> bool:
        """Make the target, go on with it, and say whether some of its tracks were refused."""
        made = make(self._service, self._review, self._record, number, step, self._control)
        self._requests += made.requests
        self._refused.update(made.refused)
        if made.playlist is not None:
            self._take_over(made.step, made.playlist)
        if made.error is not None:
            raise made.error
        return bool(made.refused)

    def _take_over(self, step: Step, made: Playlist) -> None:
        """Go on with the playlist that is there now; it has a lock of its own."""
        self._revision = made.revision
        self._working.follow(step, WriteReport())
        self._acked.update(action.row for action in step.actions)
        target = self._record.target
        try:
            lock = hold(self._database, target.place, target.title, self._control.now())
            self._held.append(self._locks.enter_context(lock))
        except Busy as error:
            error.unchanged = f"“{target.title}” was made with its first tracks; nothing else was changed."
            raise

    def _send(self, number: int, step: Step) -> bool:
        self._record.mark(number, "intent")
        report = self._request(step)
        self._requests += 1
        if report.revision is not None:
            self._revision = report.revision
        self._repaired += report.repaired
        refused = self._working.follow(step, report)
        self._refused.update(refused)
        self._acked.update(action.row for action in step.actions if action.row not in refused)
        self._record.mark(number, "done", refused)
        return bool(refused)

    def _request(self, step: Step) -> WriteReport:
        service, playlist = self._service, self._record.target.place.playlist
        revision = self._revision if self._faithful else None
        if step.kind is StepKind.ADD and isinstance(service, AddsEntries):
            return service.add_entries(playlist, step.tracks, at=step.at, revision=revision)
        ids = self._working.ids(step.actions)
        if step.kind is StepKind.MOVE and isinstance(service, MovesEntries):
            return service.move_entries(playlist, ids, to=step.at or 0, revision=revision)
        if step.kind is StepKind.REMOVE and isinstance(service, RemovesEntries):
            return service.remove_entries(playlist, ids, revision=revision)
        target = self._record.target
        raise UsageError(f"{target.account.name} cannot {step.kind} entries.", where=target.title)

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

    def _end(self, error: MusyncError | None) -> Written:
        """Read the target again, count, and keep what is now known."""
        after, trouble = self._verify()
        wanted = self._working.tracks
        got = tuple(entry.track.id for entry in after.entries) if after is not None else ()
        agrees = got == wanted and (after is not None or self._record.target.playlist is None)
        written: set[int] = set()
        if after is not None:
            written = carried_out(self._review, _counted(self._before), Counter(got), self._acked)
            if agrees:
                self._working.name(after.entries)
        result = Written(
            review=self._review,
            plan=self._plan,
            run=self._record.run,
            state=_end_state(error, trouble, agrees=agrees),
            rows=tuple(run_rows(self._review, written, self._refused)),
            after=after,
            requests=self._review.requests + self._requests,
            seconds=self._review.seconds + time.monotonic() - self._started,
            error=error or trouble,
            repaired=self._repaired,
        )
        self._record.end(result, written, self._working.added)
        return result

    def _verify(self) -> tuple[SideRead | None, MusyncError | None]:
        """The list as it really is; waits within the service's settle window until it is as it should be."""
        playlist = self._record.target.playlist
        if playlist is None:
            return None, None
        if self._plan.empty:
            return self._before, None
        waiting = Uncancelled(self._control)
        until = time.monotonic() + self._service.traits.settle_s
        try:
            while True:
                read = read_side(self._service, playlist, waiting)
                self._requests += read.requests
                same = tuple(entry.track.id for entry in read.entries) == self._working.tracks
                if same or time.monotonic() >= until:
                    return read, None
                waiting.sleep(SETTLE_POLL_S)
        except MusyncError as error:
            return None, error


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
