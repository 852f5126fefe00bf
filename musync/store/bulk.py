"""Thousands of rows at a time, past the library's work for each single value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table, insert
from sqlalchemy.dialects import sqlite

from musync.store.connections import Block

T = TypeVar("T")

_AT_ONCE = 5_000
"""Values in one question; SQLite takes 32,766."""


def pieces(items: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """The items, some at a time."""
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece


def insert_rows(block: Block, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows, their values in the order of the columns and as they are stored (`columns.storable`)."""
    if rows:
        block.driver(_statement(table, columns), rows)


@cache
def _statement(table: Table, columns: tuple[str, ...]) -> str:
    return str(insert(table).compile(dialect=sqlite.dialect(paramstyle="qmark"), column_keys=list(columns)))
