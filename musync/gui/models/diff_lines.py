"""What one line of the review shows, worked out from its row."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from musync.domain import DiffRow, Track
from musync.gui.paint import Tick
from musync.gui.rows import artist_of, chip_text, counterpart, ghost, title_of
from musync.gui.words import length, number


class Column(IntEnum):
    """The columns, from the leading side."""

    TICK = 0
    SOURCE_AT = 1
    SOURCE_TITLE = 2
    SOURCE_ARTIST = 3
    SOURCE_TIME = 4
    STATE = 5
    TARGET_AT = 6
    TARGET_TITLE = 7
    TARGET_ARTIST = 8
    TARGET_TIME = 9


class Side(NamedTuple):
    """One side of a line as it is shown."""

    at: str
    title: str
    artist: str
    time: str
    album: str


class Line(NamedTuple):
    """One visible line; `ghost` stands where the target has nothing."""

    state: str
    chip: str
    source: Side | None
    target: Side | None
    ghost: str


class Group(NamedTuple):
    """A line that heads others, over all columns."""

    key: str
    title: str
    note: str
    open: bool
    tick: Tick


def line_of(row: DiffRow, state: str) -> Line:
    """The line of a row in this state."""
    source = _side(row.source_at, row.source.track) if row.source is not None else None
    said = ghost(row, state)
    other = counterpart(row) if not said else None
    at = row.target_at if row.target is not None else None
    target = _side(at, other) if other is not None else None
    if target is not None and row.target is None:
        target = target._replace(at="+")
    return Line(state, chip_text(row, state, reading_arrow()), source, target, said)


def _side(at: int | None, track: Track) -> Side:
    place = number(at + 1) if at is not None else ""
    return Side(place, title_of(track), artist_of(track), length(track.duration_ms), track.album)


def reading_arrow() -> str:
    """An arrow in the direction of reading."""
    return "←" if QApplication.isRightToLeft() else "→"
