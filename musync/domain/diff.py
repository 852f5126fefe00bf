"""What differs between two lists, and what is meant to be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from musync.domain.ids import EntryId
from musync.domain.match import Match
from musync.domain.sync import Mode
from musync.domain.track import Entry, Track


class Action(StrEnum):
    """What happens to one entry."""

    NONE = "none"
    ADD = "add"
    REMOVE = "remove"
    MOVE = "move"
    ADOPT = "adopt"


class Place(StrEnum):
    """Where a row's track stands."""

    BOTH = "both"
    ONLY_SOURCE = "only_source"
    ONLY_TARGET = "only_target"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffRow:
    """One row of the review: an entry of the source, of the target, or both aligned.

    `source_at`, `target_at` are 0-based places now; `target_to` is the place after the run if every proposed action is
    carried out. `ticked` says whether the action is carried out unless the user changes it. `note` is the code of a
    remark: `removed-on-target`, `removal-asks`, `removal-never`, `cannot-remove`, `foreign`, `duplicate`.
    """

    place: Place
    source: Entry | None = None
    source_at: int | None = None
    target: Entry | None = None
    target_at: int | None = None
    target_to: int | None = None
    match: Match | None = None
    action: Action = Action.NONE
    ticked: bool = False
    note: str = ""

    @property
    def wanted(self) -> Entry:
        """The entry that the row is about, the source's where there is one."""
        entry = self.source or self.target
        assert entry is not None
        return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers of a diff under the names scripts read."""

    common: int = 0
    to_add: int = 0
    to_remove: int = 0
    to_move: int = 0
    ambiguous: int = 0
    not_found: int = 0
    not_asked: int = 0
    not_addable: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What page 2 shows: every row once, in the order of the source with the target's own entries between.

    `base_...` are counts of the list last verified on both sides, and of what each side no longer has of it.
    `order_left` as in `Plan`. `moves_asked` counts the moves that would bring over the order where these are so many
    that the user is asked, also after the answer; 0 where nothing is asked.
    """

    mode: Mode
    rows: tuple[DiffRow, ...]
    counts: Counts
    base_size: int = 0
    base_missing_source: int = 0
    base_missing_target: int = 0
    source_size: int = 0
    target_size: int = 0
    order_left: str = ""
    moves_asked: int = 0


class StepKind(StrEnum):
    """The kinds of journalled requests, in the order they are sent."""

    CREATE = "create"
    ADD = "add"
    MOVE = "move"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedAction:
    """One entry's part of a step; `row` is the index of its DiffRow.

    A creation and an add name the `track` (the target's own), a move and a removal the `entry`. A move of an entry that
    the same plan adds has neither: its row tells which. `row` is -1 for entries that only move because of another.
    """

    row: int
    track: Track | None = None
    entry: EntryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request's worth of a plan.

    A creation makes the target of the tracks it names and of nothing else. `at` is where an add inserts or a move
    ends, 0-based, None for the end.
    """

    kind: StepKind
    actions: tuple[PlannedAction, ...]
    at: int | None = None

    @property
    def tracks(self) -> tuple[Track, ...]:
        """What it puts on the target, in order."""
        return tuple(action.track for action in self.actions if action.track is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that will be sent, in order, and the list of track ids that must stand at the end.

    `order_left` says that the order is not brought about: it cannot be here (`no-order`, `cannot-move`,
    `too-many-moves`), the user was not asked yet (`asks`) or leaves it (`left`); empty when it will be. `moves_waiting`
    counts the moves that wait for that answer, `removals_waiting` planned removals that nobody approved yet.
    """

    mode: Mode
    steps: tuple[Step, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    order_left: str = ""
    moves_waiting: int = 0
    removals_waiting: int = 0

    def count(self, kind: StepKind) -> int:
        """How many actions of this kind it holds; what a playlist is made with counts as added too."""
        kinds = (StepKind.CREATE, kind) if kind is StepKind.ADD else (kind,)
        return sum(
            action.row >= 0 and (action.track is not None or action.entry is not None)
            for step in self.steps
            if step.kind in kinds
            for action in step.actions
        )

    @property
    def writes(self) -> Mapping[str, int]:
        """Planned actions by the names scripts read."""
        return {
            "added": self.count(StepKind.ADD),
            "removed": self.count(StepKind.REMOVE),
            "moved": self.count(StepKind.MOVE),
        }

    @property
    def empty(self) -> bool:
        """Nothing to send."""
        return not self.steps


@dataclass(frozen=True, slots=True, kw_only=True)
class BrakeHit:
    """A brake that trips: its id ("B1" …), the side it is about and the numbers for the message."""

    id: str
    side: str
    before: int
    after: int
    limit: int = 0
    liftable: bool = True
