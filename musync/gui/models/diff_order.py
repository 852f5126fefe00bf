"""What the review's rows are ordered by, column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from musync.domain import DiffRow
from musync.gui.models.diff_lines import Column

_LAST = 1 << 60
_STATE_ORDER = {
    state: place
    for place, state in enumerate(
        (
            "remove",
            "add",
            "moved",
            "ambiguous",
            "not_found",
            "not_asked",
            "cannot_add",
            "only_here",
            "only_there",
            "both",
        )
    )
}
Key = Callable[[DiffRow, str], Any]
"""Gives what a row is ordered by; one key's values are of one type."""


def _title_key(source: bool) -> Key:
    def key(row: DiffRow, _state: str) -> tuple[bool, str]:
        entry = row.source if source else row.target
        return (entry is None, entry.track.title.casefold() if entry is not None else "")

    return key


def _artist_key(source: bool) -> Key:
    def key(row: DiffRow, _state: str) -> tuple[bool, str]:
        entry = row.source if source else row.target
        return (entry is None, entry.track.artist.casefold() if entry is not None else "")

    return key


def _time_key(source: bool) -> Key:
    def key(row: DiffRow, _state: str) -> int:
        entry = row.source if source else row.target
        return entry.track.duration_ms or 0 if entry is not None else _LAST

    return key


KEYS: Mapping[Column, Key] = {
    Column.TICK: lambda row, _state: not row.ticked,
    Column.SOURCE_AT: lambda row, _state: row.source_at if row.source_at is not None else _LAST,
    Column.SOURCE_TITLE: _title_key(True),
    Column.SOURCE_ARTIST: _artist_key(True),
    Column.SOURCE_TIME: _time_key(True),
    Column.STATE: lambda _row, state: _STATE_ORDER[state],
    Column.TARGET_AT: lambda row, _state: row.target_at if row.target_at is not None else _LAST,
    Column.TARGET_TITLE: _title_key(False),
    Column.TARGET_ARTIST: _artist_key(False),
    Column.TARGET_TIME: _time_key(False),
}
