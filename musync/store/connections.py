"""Connections to SQLite as sync-spec 1.2 wants them, and the one a block works on."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    Executable,
    Insert,
    Row,
    Select,
    StaticPool,
    create_engine,
    event,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import QueuePool

_PRAGMAS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",  # nothing outside the home folder
    "PRAGMA trusted_schema=OFF",
    "PRAGMA journal_size_limit=16777216",  # one large block does not leave a large journal behind
)


def file_engine(path: Path, busy_s: float) -> Engine:
    """An engine on a file; a connection waits `busy_s` seconds for a lock."""

    def connect() -> sqlite3.Connection:
        # A pooled connection may serve another thread later, never two at once.
        return sqlite3.connect(path, timeout=busy_s, isolation_level=None, check_same_thread=False)

    return _prepared(create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=4, max_overflow=-1))


def memory_engine() -> Engine:
    """An engine on one connection to a database that vanishes with it."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)

    return _prepared(create_engine("sqlite://", creator=connect, poolclass=StaticPool))


def _prepared(engine: Engine) -> Engine:
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    # A block that may write takes the lock first: one that read and only then wants to write could not wait for it.
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"))


def write_ahead(engine: Engine, busy_s: float) -> None:
    """Switch the file to WAL, where readers and the writer do not wait for each other.

    SQLite does not wait for locks here, so two processes that make the same file at once need a few attempts.
    """
    deadline = time.monotonic() + busy_s
    driver = engine.raw_connection()
    try:
        cursor = driver.cursor()
        while not _switched(cursor.execute, deadline):
            time.sleep(0.01)
    finally:
        driver.close()


def _switched(execute: Callable[[str], Any], deadline: float) -> bool:
    try:
        execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
            raise
        return False
    return True


Rows = CursorResult[*tuple[Any, ...]]
"""Rows of any width: what their columns hold is known to the tables, not to the checker."""

OneRow = Row[*tuple[Any, ...]]

Plain = Sequence[tuple[Any, ...]]
"""Rows as the driver gives them."""

Query = Select[*tuple[Any, ...]]


class Block:
    """The connection of one block: of the thread that began it, and of nobody once the block is over."""

    def __init__(self, connection: Connection, *, may_write: bool) -> None:
        self._connection: Connection | None = connection
        self._may_write = may_write
        self._thread = threading.get_ident()

    def execute(
        self, statement: Executable, rows: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None
    ) -> Rows:
        """Run a statement, once or for each of the rows."""
        return self._mine(writing=statement.is_dml).execute(statement, rows)

    def driver(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run an INSERT in the driver's own words for each of the rows."""
        self._mine(writing=True).exec_driver_sql(statement, list(rows))

    def ask_driver(self, statement: str, values: tuple[Any, ...]) -> Plain:
        """The rows of a SELECT in the driver's own words, their values as they are stored."""
        result = self._mine(writing=False).exec_driver_sql(statement, values)
        with closing(result):
            return result.cursor.fetchall()

    def _mine(self, *, writing: bool) -> Connection:
        if self._connection is None:
            raise RuntimeError("this block of the database is over")
        if threading.get_ident() != self._thread:
            raise RuntimeError("a block of the database belongs to the thread that began it")
        if writing and not self._may_write:
            raise RuntimeError("this block of the database was begun for reading only")
        return self._connection

    def insert(self, statement: Insert) -> int:
        """Add one row and give its number."""
        (number,) = self.execute(statement).inserted_primary_key or (0,)
        return int(number)

    def many(self, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a statement for each of the rows, of which there may be none."""
        if rows:
            self.execute(statement, rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *how: object) -> None:
        self._connection = None
