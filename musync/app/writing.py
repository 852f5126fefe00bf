"""The one way to a service: snapshot, journal, requests, and a last read that the numbers are counted from."""

from __future__ import annotations

from dataclasses import replace

from musync.app.brakes import braked
from musync.app.connections import Connections
from musync.app.jobs import without_collecting
from musync.app.locks import hold
from musync.app.making import not_there
from musync.app.outcomes import run_rows
from musync.app.paging import again
from musync.app.reading import SideRead, read_side
from musync.app.results import Watcher, Written, watch_nothing
from musync.app.review import Review
from musync.app.running import Running
from musync.app.stores import OpenDatabase
from musync.domain import Control, Plan, RunState
from musync.domain.errors import PlanStale
from musync.engine.brakes import tripped
from musync.engine.plan import make_plan
from musync.services.api import PlaylistService


def plan_of(review: Review) -> Plan:
    """What would be sent for the review as it is ticked."""
    return make_plan(review.shown, review.policy, review.rules, creates=review.created)


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
            rows=tuple(run_rows(review, set(), {})),
            after=None,
            requests=review.requests,
            seconds=review.seconds,
        )

    @without_collecting()
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
            looks = self._check_source(review, control)
            with hold(self._database, review.target.place, review.target.title, control.now()) as held:
                before = _unchanged(service, review, control)
                before = replace(before, requests=before.requests + looks)
                return Running(self._database, service, review, plan, control, watcher, held).go(before)

    def _check_source(self, review: Review, control: Control) -> int:
        """Where a revision tells faithfully and for one request, see that the source is as it was reviewed.

        Gives how many requests that took.
        """
        playlist = review.source.playlist
        if playlist is None:
            return 0
        with self._connections.open(review.source.account, control) as service:
            if service.traits.revision != "faithful":
                return 0
            head = again(lambda: service.read_playlist(playlist.id), control)
        if head.revision != review.source_read.playlist.revision:
            raise _stale(review.source.title)
        return 1


def _unchanged(service: PlaylistService, review: Review, control: Control) -> SideRead:
    """The target as it stands right before the first write; its `requests` are those that it took to see it.

    Raises:
        PlanStale: it is no longer as it was reviewed.
    """
    playlist = review.target.playlist
    if playlist is None:
        return not_there(service, review, control)
    heads = 0
    if service.traits.revision == "faithful":
        head = again(lambda: service.read_playlist(playlist.id), control)
        heads = 1
        if head.revision is not None and head.revision == review.target_read.playlist.revision:
            return replace(review.target_read, requests=heads)
    read = read_side(service, playlist, control)
    if read.fingerprint != review.target_read.fingerprint:
        raise _stale(review.target.title)
    return replace(read, requests=read.requests + heads)


def _stale(title: str) -> PlanStale:
    return PlanStale(
        f"“{title}” changed since the comparison.",
        where=title,
        unchanged="Nothing was written.",
        next="Compare again and look at the new difference.",
    )
