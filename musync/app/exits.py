"""Exit codes of the command line and of the coming API (sync-spec 6.1)."""

from __future__ import annotations

from collections.abc import Iterable

from musync.app.results import Written
from musync.domain import Counts, MusyncError, RunState
from musync.domain.errors import (
    Braked,
    Busy,
    Cancelled,
    PlanStale,
    RateLimited,
    RevisionChanged,
    SecretsUnavailable,
    SignInRequired,
    UsageError,
)

DONE, BUG, USAGE, WAITS, BRAKE, STALE, WAITING, UNVERIFIED, BUSY, UNREAD, STOPPED = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130

_WORST_FIRST = (STOPPED, BUG, USAGE, BRAKE, UNVERIFIED, STALE, UNREAD, BUSY, WAITING, WAITS, DONE)
_OF_ERROR: tuple[tuple[type[MusyncError], int], ...] = (
    (Cancelled, STOPPED),
    (UsageError, USAGE),
    (Braked, BRAKE),
    (PlanStale, STALE),
    (RevisionChanged, STALE),
    (RateLimited, WAITING),
    (SignInRequired, WAITING),
    (SecretsUnavailable, WAITING),
    (Busy, BUSY),
)


def of_error(error: MusyncError) -> int:
    """The code for an error that ended everything."""
    return next((code for kind, code in _OF_ERROR if isinstance(error, kind)), UNREAD)


def of_written(written: Written) -> int:
    """The code for what a comparison, a dry run or a run came to."""
    if written.state is RunState.STOPPED:
        return STOPPED
    if written.error is not None and written.state is not RunState.UNVERIFIED:
        return of_error(written.error)
    if written.state is RunState.UNVERIFIED:
        return UNVERIFIED
    return of_counts(written.review.shown.counts, written.plan.removals_waiting + written.plan.moves_waiting)


def of_counts(counts: Counts, waiting: int) -> int:
    """3 when something waits for the user or a later run, else 0: what is not found is an outcome, not a failure."""
    return WAITS if counts.ambiguous or counts.not_asked or waiting else DONE


def worst(codes: Iterable[int]) -> int:
    """The worst of several playlists' codes."""
    return min(codes, key=_WORST_FIRST.index, default=DONE)
