"""The file that the index is kept in: a plain SQLite database in the account's cache folder.

It holds nothing that cannot be read anew: one that was made by another version, for another folder, or that is damaged,
is dropped and made again.
"""

from __future__ import annotations

import logging
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from musync.services.local import words

_log = logging.getLogger(__name__)
_NAME: Final = "library.sqlite3"
_VERSION: Final = 1
_WAIT_S: Final = 5.0

_SCHEMA: Final = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    title TEXT NOT NULL,
    artists TEXT NOT NULL,
    album TEXT NOT NULL,
    album_artist TEXT NOT NULL,
    duration_ms INTEGER,
    isrc TEXT,
    mbid TEXT,
    track_number INTEGER,
    disc_number INTEGER,
    year INTEGER,
    mark TEXT NOT NULL,
    problem TEXT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL
);
CREATE INDEX file_isrc ON file (isrc) WHERE isrc IS NOT NULL;
CREATE INDEX file_changed ON file (changed);
CREATE INDEX file_problem ON file (path) WHERE problem != '';
CREATE TABLE moved (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE glance (revision INTEGER, paths TEXT NOT NULL, sizes BLOB NOT NULL, times BLOB NOT NULL);
"""


def connect(cache: Path, library: str) -> tuple[sqlite3.Connection, Path]:
    """Open the index of `library` in this folder, making it where there is none that serves.

    Raises:
        sqlite3.Error, OSError: the folder cannot be used.
    """
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = cache / _NAME
    connection = _serving(path, library)
    if connection is None:
        _log.info("the index of a music folder cannot be used and is made anew")
        delete(path)
        connection = _connect(path, library)
        assert connection is not None
    return connection, path


def _serving(path: Path, library: str) -> sqlite3.Connection | None:
    """A connection to the index as it is, None when it is damaged or serves something else."""
    try:
        return _connect(path, library)
    except sqlite3.OperationalError as error:
        # Locked, unreadable, disk full: nothing that deleting would mend. A table that is not there is.
        if "no such" not in str(error):
            raise
    except sqlite3.DatabaseError:
        pass
    return None


def _connect(path: Path, library: str) -> sqlite3.Connection | None:
    """A connection to an index that serves this library, None when it is another's or another version's."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if _serves(connection, library):
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _serves(connection: sqlite3.Connection, library: str) -> bool:
    with transaction(connection):
        ((version,),) = connection.execute("PRAGMA user_version").fetchall()
        if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchall():
            _create(connection, library)
            return True
        if version != _VERSION:
            return False
        connection.execute("SELECT 1 FROM words LIMIT 1")
        return connection.execute("SELECT value FROM fact WHERE name = 'library'").fetchall() == [(library,)]


def _create(connection: sqlite3.Connection, library: str) -> None:
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    words.create_table(connection)
    facts = {
        "library": library,
        "generation": secrets.token_hex(4),
        "revision": 0,
        "complete": 0,
        "scanned_at": -1.0,
        "walk_s": 0.0,
    }
    connection.executemany("INSERT INTO fact (name, value) VALUES (?, ?)", facts.items())
    connection.execute(f"PRAGMA user_version = {_VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # A full disk ends the transaction by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def delete(path: Path) -> None:
    """Delete an index and what belongs to it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
