"""What a run came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from musync.app.reading import SideRead
from musync.app.review import Review
from musync.domain import Action, Plan, Run, RunRow, RunState, Step
from musync.domain.errors import MusyncError


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a run came to. `run` is None for a run that had nothing to do and no playlist to do it to.

    `after` is the last read of the target, None when nothing was read. `error` is what ended it early. `repaired`
    counts lines of the target's file that named moved files by their old paths and were put right by the way.
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
    repaired: int = 0

    @property
    def unmade(self) -> bool:
        """The target was to be made, and was not: nothing that could be put into it was taken, or it went wrong."""
        return (
            self.review.created and self.state is not RunState.PLANNED and not (self.run and self.run.target.key.made)
        )

    def count(self, action: Action) -> int:
        """How many rows' actions were found carried out."""
        return sum(row.written and row.action is action for row in self.rows)


Watcher = Callable[[int, int, Step | None], None]
"""Hears of each step: how many are done, how many there are, which one is being sent (None: the last read)."""


def watch_nothing(done: int, total: int, step: Step | None) -> None:
    """A watcher for runs that nobody looks at."""
