"""A playlist as a memory account stores it, and what edits do to its rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from musync.domain import Entry, Playlist

Rows = tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One state of a playlist; `mark` grows with every write, `before` is the state that stale reads show.

    The ids of `rows` are unique in the world and last as long as the entry does.
    """

    head: Playlist
    rows: Rows = ()
    mark: int = 0
    cover: bytes | None = None
    before: Stored | None = None


def inserted(rows: Rows, new: Sequence[Entry], at: int | None) -> Rows:
    """The rows with new ones before place `at`, at the end for None."""
    start = len(rows) if at is None else at
    return (*rows[:start], *new, *rows[start:])


def without(rows: Rows, places: Collection[int]) -> Rows:
    """The rows but those at these places."""
    return tuple(row for place, row in enumerate(rows) if place not in places)


def moved(rows: Rows, places: Sequence[int], to: int) -> Rows:
    """The rows with those at these places together, in this order, the first standing at `to`."""
    return inserted(without(rows, frozenset(places)), [rows[place] for place in places], to)
