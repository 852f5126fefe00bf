"""The base after a run: what both sides are now known to hold (sync-spec 2.2, column "base afterwards")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from musync.domain import Action, Diff, DiffRow, Mode, Place
from musync.engine.diff import NOTE_REMOVED_ON_TARGET
from musync.engine.keyed import Base, Keyed


@dataclass(frozen=True, slots=True)
class BaseRow:
    """One place of the new base: its key, and the row it comes from (None: kept from the old base)."""

    key: str
    row: int | None


def base_after(diff: Diff, source: Keyed, target: Keyed, base: Base, written: AbstractSet[int]) -> tuple[BaseRow, ...]:
    """The new base in the order of the source; `written` are the rows whose action was verified.

    Entries enter when both sides are known to hold them; under add also when the target's owner took them out, so that
    they are not offered as new again. What is held, and removals that did not happen, keep their old count.
    """
    kept = [
        BaseRow(key, index)
        for index, row in enumerate(diff.rows)
        if (key := _key(row, source)) is not None and _is_settled(row, index in written, diff.mode)
    ]
    old = base.counts
    have = Counter(item.key for item in kept)
    rest = [
        BaseRow(key, None)
        for key, wanted in _still_owed(diff, target, base, written).items()
        for _ in range(min(wanted, max(0, old.get(key, 0) - have[key])))
    ]
    return (*kept, *rest)


def _key(row: DiffRow, source: Keyed) -> str | None:
    return source.keys[row.source_at] if row.source_at is not None else None


def _is_settled(row: DiffRow, written: bool, mode: Mode) -> bool:
    if row.place is Place.BOTH:
        return True
    if row.action is Action.ADD:
        return written or (mode is Mode.ADD and row.note == NOTE_REMOVED_ON_TARGET)
    return False


def _still_owed(diff: Diff, target: Keyed, base: Base, written: AbstractSet[int]) -> Counter[str]:
    """Old base counts that no row settles: held ones, adds that failed, and removals that have not happened."""
    owed: Counter[str] = Counter(base.held)
    for index, row in enumerate(diff.rows):
        if row.target_at is None or row.place is not Place.ONLY_TARGET or index in written:
            continue
        key = target.keys[row.target_at]
        if key is not None and (row.action is Action.REMOVE or row.note in ("removal-never", "cannot-remove")):
            owed[key] += 1
    return owed


def keys_of(rows: Sequence[BaseRow]) -> tuple[str, ...]:
    """The keys alone, as the next run's base holds them."""
    return tuple(row.key for row in rows)
