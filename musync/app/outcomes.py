"""Which rows a run relies on and what became of each, as history keeps it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from musync.app.review import Review
from musync.domain import Action, DiffRow, Match, MatchState, Place, RunRow, TrackId, TrackRef
from musync.engine.diff import NOTE_DUPLICATE, NOTE_REMOVED_ON_TARGET

NOTE_LEFT_OUT = "left-out"
"""The remark on an addition that the user unticked."""

NOT_THERE = frozenset({NOTE_REMOVED_ON_TARGET, NOTE_DUPLICATE, NOTE_LEFT_OUT})
"""Remarks on rows whose track has a counterpart that the target does not hold, and was not given."""


def links_of(review: Review, state: MatchState) -> list[tuple[TrackRef, TrackRef, float]]:
    """The matches that this run relies on, but for what only stands in: that is not the same recording."""
    return [
        (review.source_ref(match.wanted.id), other, match.chosen.probability)
        for match, other in _relied_on(review)
        if match.state is state and match.origin != "best" and match.chosen is not None
    ]


def stand_ins_of(review: Review) -> list[tuple[TrackRef, TrackRef]]:
    """The tracks of this run for which another version stands in, each with that."""
    found = _relied_on(review)
    return [(review.source_ref(match.wanted.id), other) for match, other in found if match.origin == "best"]


def _relied_on(review: Review) -> Iterable[tuple[Match, TrackRef]]:
    """Each track that stands on both sides, or will, with its counterpart."""
    found = {}
    origin = review.target_origin
    for row in review.shown.rows:
        match = row.match
        if match is None or match.settled is None:
            continue
        if row.place is Place.BOTH or (row.action is Action.ADD and row.ticked):
            other = row.target.track if row.target is not None else match.settled
            found[match.wanted.id] = (match, TrackRef(service=origin.service, scope=origin.scope, track=other))
    return found.values()


def run_rows(review: Review, written: AbstractSet[int], refused: Mapping[int, str]) -> list[RunRow]:
    """Every row of the review as history keeps it; `refused` holds the service's words by row."""
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
        note=_note(row),
    )


def _note(row: DiffRow) -> str:
    return NOTE_LEFT_OUT if row.action is Action.ADD and not (row.ticked or row.note) else row.note


def _effective(row: DiffRow) -> Action:
    """What is meant to happen: an unticked addition or move is none, an unapproved removal stays one."""
    if row.ticked or row.action in (Action.ADOPT, Action.REMOVE):
        return row.action
    return Action.NONE


def carried_out(review: Review, before: Counter[TrackId], there: Counter[TrackId], acked: AbstractSet[int]) -> set[int]:
    """The rows whose action the last read bears out, counted by copies.

    `before` and `there` count the target's tracks before the run and now, `acked` are rows of acknowledged requests.
    """
    left = there - Counter()
    gone = before - there
    written: set[int] = set()
    for index, row in enumerate(review.shown.rows):
        if row.target is None:
            continue
        track_id = row.target.track.id
        if row.action is Action.REMOVE and row.ticked and gone[track_id] > 0:
            gone[track_id] -= 1
            written.add(index)
            continue
        left[track_id] -= 1
        if row.action is Action.MOVE and row.ticked and index in acked:
            written.add(index)
    for index, row in enumerate(review.shown.rows):
        track = row.match.settled if row.match is not None else None
        if row.action is Action.ADD and row.ticked and track is not None and left[track.id] > 0:
            left[track.id] -= 1
            written.add(index)
    return written
