"""The database: opened once, used in blocks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal, Self

from sqlalchemy import Engine

from musync.store.backups import back_up
from musync.store.connections import Block, file_engine, memory_engine, write_ahead
from musync.store.faults import corrupt, locked, translated, translated_all
from musync.store.files import make_file, make_folder
from musync.store.history import HISTORY, History, create, migrate, refuse_newer, stored_revision
from musync.store.work import Work

log = logging.getLogger(__name__)

BUSY_S = 5.0
"""Seconds that a block waits for another process before it gives up."""


class Database:
    """musync's own database; safe to share between threads, each block belongs to the thread that began it."""

    def __init__(self, engine: Engine, path: Path | None, busy_s: float = BUSY_S) -> None:
        self._engine = engine
        self._path = path
        self._busy_s = busy_s
        self._inside = threading.local()
        # The one connection of a database in memory serves one block at a time.
        self._alone = threading.Lock() if path is None else None

    @classmethod
    def open(cls, path: Path, *, busy_s: float = BUSY_S, history: History = HISTORY) -> Self:
        """Open the file, made when missing, brought to the newest revision (after a backup) when older.

        Raises:
            StorageError: newer than this version (nothing is overwritten), damaged, of another program, locked, or in a
                folder that cannot be used; the code says which.
            DiskFull: no room for it.
        """
        with translated_all(path):
            make_folder(path.parent)
            make_file(path)
            stored = stored_revision(path, busy_s)
            refuse_newer(path, stored, history)
            engine = file_engine(path, busy_s)
            try:
                _bring_up_to_date(engine, path, stored, busy_s, history)
            except BaseException:
                engine.dispose()
                raise
        return cls(engine, path, busy_s)

    @classmethod
    def memory(cls) -> Self:
        """A database that lives as long as this object, for tests and trials."""
        engine = memory_engine()
        create(engine)
        return cls(engine, None)

    @contextmanager
    def begin(self) -> Iterator[Work]:
        """A block that may write: committed at its end, rolled back on any error.

        It takes the write lock at once, so what it read is still so when it writes. No network and no second block
        inside.

        Raises:
            StorageError: locked for more than five seconds, damaged, read-only.
            DiskFull: no room; nothing of the block is stored.
        """
        with self._block("BEGIN IMMEDIATE") as work:
            yield work

    @contextmanager
    def read(self) -> Iterator[Work]:
        """A block that only reads: one state of the database from beginning to end, whoever writes meanwhile."""
        with self._block("BEGIN") as work:
            yield work

    @contextmanager
    def _block(self, begin: Literal["BEGIN", "BEGIN IMMEDIATE"]) -> Iterator[Work]:
        with (
            self._one_at_a_time(),
            translated(self._path),
            closing(self._engine.connect()) as connection,
            connection.execution_options(begin=begin).begin(),
            Block(connection, may_write=begin == "BEGIN IMMEDIATE") as block,
        ):
            yield Work(block)

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if getattr(self._inside, "block", False):
            raise RuntimeError("this thread is in a block of the database already and would wait for itself")
        if self._alone is not None and not self._alone.acquire(timeout=self._busy_s):
            raise locked(self._path)
        self._inside.block = True
        try:
            yield
        finally:
            self._inside.block = False
            if self._alone is not None:
                self._alone.release()

    def back_up(self) -> Path:
        """Copy the file into `backups/` beside it, while it may be in use; the newest seven are kept."""
        assert self._path is not None
        with translated_all(self._path):
            return back_up(self._path, HISTORY.newest)

    def check(self) -> None:
        """Look at the whole file for damage; takes about a second for 200 MB.

        Raises:
            StorageError: damaged.
        """
        with translated(self._path), closing(self._engine.connect()) as connection:
            reading = connection.execution_options(begin="BEGIN")
            if reading.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
                raise corrupt(self._path)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *how: object) -> None:
        self.close()


def _bring_up_to_date(engine: Engine, path: Path, stored: str | None, busy_s: float, history: History) -> None:
    write_ahead(engine, busy_s)
    if stored is None:
        stored = create(engine)
        refuse_newer(path, stored, history)
    if stored != history.newest:
        kept = back_up(path, stored)
        log.info("kept the database of revision %s as %s", stored, kept.name)
        migrate(engine, path, history)
