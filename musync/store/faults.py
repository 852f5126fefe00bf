"""What the database complains about, said in musync's own errors."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from musync.domain.errors import DiskFull, MusyncError, StorageError

_UNCHANGED = "Nothing was changed."
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_HARDLY_ANY = 256 * 1024
"""Bytes: SQLite reports a plain write error in some places where a disk is full."""


@contextmanager
def translated(path: Path | None) -> Iterator[None]:
    """Turn what a disk or another process can do to a statement into our errors; a mistake in one stays what it is."""
    try:
        yield
    except DBAPIError as error:
        ours = _meaning(error.orig, path)
        if ours is None:
            raise
        raise ours from error


@contextmanager
def translated_all(path: Path) -> Iterator[None]:
    """The same where files and SQLite are used directly, and nobody else's code runs inside."""
    try:
        with translated(path):
            yield
    except sqlite3.Error as error:
        ours = _meaning(error, path)
        if ours is None:
            raise
        raise ours from error
    except OSError as error:
        raise _system(error, path) from error


def _meaning(error: BaseException | None, path: Path | None) -> MusyncError | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _is_full(path)):
        return full(path)
    make = _MAKERS.get(primary)
    return None if make is None else make(path)


def _is_full(path: Path | None) -> bool:
    try:
        return path is not None and shutil.disk_usage(path.parent).free < _HARDLY_ANY
    except OSError:
        return False


def _system(error: OSError, path: Path | None) -> MusyncError:
    if error.errno in _NO_ROOM:
        return full(path)
    return StorageError(
        f"musync cannot use its folder: {error.strerror or error}.",
        where=str(error.filename or path or ""),
        unchanged=_UNCHANGED,
        next="Check the folder's owner and permissions, or choose another one with --home.",
        code="home-unusable",
    )


def full(path: Path | None) -> DiskFull:
    """There is no room for the database."""
    return DiskFull(
        "There is no room left on the disk that holds musync's database.",
        where=_place(path),
        unchanged="What the database held before is intact.",
        next="Free some space and try again.",
    )


def locked(path: Path | None) -> StorageError:
    """Another process keeps the database to itself."""
    return StorageError(
        "Another program has been writing to musync's database for too long.",
        where=_place(path),
        unchanged=_UNCHANGED,
        next="Wait until the other musync is done, or close it, and try again.",
        code="database-locked",
    )


def corrupt(path: Path | None) -> StorageError:
    """The file's content is damaged."""
    return StorageError(
        "musync's database is damaged and cannot be read.",
        where=_place(path),
        unchanged="The damaged file was left as it is.",
        next=f"Close musync, move the file away and put the newest copy from {_backups(path)} in its place.",
        code="database-corrupt",
    )


def foreign(path: Path) -> StorageError:
    """The file is a database, but not one of musync's."""
    return StorageError(
        "This file is a database of another program.",
        where=str(path),
        unchanged=_UNCHANGED,
        next="Choose another folder with --home, or move the file away.",
        code="database-foreign",
    )


def newer(path: Path, stored: str, known: str) -> StorageError:
    """The file was written by a newer musync."""
    return StorageError(
        f"musync's database was written by a newer version: it has schema {stored}, this version knows up to {known}.",
        where=str(path),
        unchanged="Nothing was overwritten.",
        next="Update musync, or choose another folder with --home.",
        code="database-newer",
    )


def would_lose(path: Path, stored: str | None, newest: str, table: str) -> StorageError:
    """A migration left rows that refer to nothing."""
    return StorageError(
        f"Bringing musync's database from schema {stored} to {newest} would lose something in the table {table}.",
        where=str(path),
        unchanged="The database is as it was.",
        next="Keep using the version of musync you had, and report this.",
        code="migration-failed",
    )


def _read_only(path: Path | None) -> StorageError:
    return StorageError(
        "musync may not write to its database or the folder it lies in.",
        where=_place(path),
        unchanged=_UNCHANGED,
        next="Make the folder and the files in it writable for you, or choose another one with --home.",
        code="database-read-only",
    )


def _unreachable(path: Path | None) -> StorageError:
    return StorageError(
        "musync's database cannot be opened.",
        where=_place(path),
        unchanged=_UNCHANGED,
        next="Check that the disk is there and that you may write to the folder, or choose another one with --home.",
        code="database-unreachable",
    )


def _place(path: Path | None) -> str:
    return "memory" if path is None else str(path)


def _backups(path: Path | None) -> str:
    return "the backups" if path is None else str(path.parent / "backups")


_MAKERS = {
    sqlite3.SQLITE_BUSY: locked,
    sqlite3.SQLITE_LOCKED: locked,
    sqlite3.SQLITE_CORRUPT: corrupt,
    sqlite3.SQLITE_NOTADB: corrupt,
    sqlite3.SQLITE_READONLY: _read_only,
    sqlite3.SQLITE_PERM: _read_only,
    sqlite3.SQLITE_CANTOPEN: _unreachable,
    sqlite3.SQLITE_IOERR: _unreachable,
}
