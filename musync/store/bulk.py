"""Thousands of rows at a time, past the library's work for each single value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Table, insert, text
from sqlalchemy.dialects import sqlite

from musync.store.connections import Block, Plain, Query

T = TypeVar("T")

_DIALECT = sqlite.dialect(paramstyle="qmark")

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
    return str(insert(table).compile(dialect=_DIALECT, column_keys=list(columns)))


def rows_in(block: Block, query: Query, column: Column[Any], values: Iterable[Any], *bound: Any) -> Iterator[Plain]:
    """The rows of `query` in which the column has one of the values, some thousand at a time.

    All values are as they are stored (`columns.storable`), both ways; `bound` are those of the query's own parameters.
    The library would give each value of thousands a name, which takes longer than to find them all.
    """
    for piece in pieces(values):
        yield block.ask_driver(_asking(query, column, len(piece)), (*bound, *piece))


@lru_cache(16)
def _asking(query: Query, column: Column[Any], count: int) -> str:
    return in_words(query.where(text(f"{column} IN ({', '.join('?' * count)})")))


def in_words(query: Query) -> str:
    """The query as the driver takes it."""
    return str(query.compile(dialect=_DIALECT))
