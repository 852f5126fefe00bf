"""What the disk and the index may say, in the words of musync."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from musync.domain.errors import AccessDenied, Busy, DiskFull, MusyncError, NotFound, StorageError, Unavailable
from musync.services.api import ErrorTable
from musync.services.local.reasons import reason_of

_KEPT = "Nothing was changed."
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def _of_disk(error: BaseException) -> MusyncError:
    assert isinstance(error, OSError)
    where = str(Path(error.filename)) if error.filename else ""
    if error.errno in _FULL:
        return _full(where)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return NotFound(
            "The folder or file is not there.",
            where=where,
            unchanged=_KEPT,
            next="Connect the disk or network drive it is on, or change the folder of the account.",
        )
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return AccessDenied(
            "There is no permission to do this." if error.errno != errno.EROFS else "The disk is read-only.",
            where=where,
            unchanged=_KEPT,
            next="Change the permissions of the folder, or choose another one.",
        )
    return Unavailable(f"The disk does not answer as it should: {reason_of(error)}.", where=where, unchanged=_KEPT)


def _of_cache(error: BaseException) -> MusyncError:
    assert isinstance(error, OSError)
    if error.errno in _FULL:
        return _full(str(error.filename or ""))
    return StorageError(
        f"The folder for the index of the music folder cannot be used: {reason_of(error)}.",
        where=str(error.filename or ""),
        unchanged="The music and the playlists are as they were.",
        next="See that musync's own folder can be written to.",
    )


def _of_index(error: BaseException) -> MusyncError:
    text = str(error)
    if "full" in text:
        return _full("the index of the music folder")
    if "locked" in text or "busy" in text:
        return Busy(
            "Another musync is noting what is in this music folder.",
            unchanged=_KEPT,
            next="Try again in a moment.",
        )
    return StorageError(
        f"The index of the music folder cannot be used: {text}.",
        unchanged="The music and the playlists are as they were.",
        next="Run it again: the index is made anew where it has to be.",
    )


def _full(where: str) -> DiskFull:
    return DiskFull(
        "There is no room left on the disk.", where=where, unchanged=_KEPT, next="Free some space and run it again."
    )


LOCAL_ERRORS: ErrorTable = {OSError: _of_disk, sqlite3.Error: _of_index}
"""Every foreign error that leaves this service."""

CACHE_ERRORS: ErrorTable = {OSError: _of_cache}
"""Errors of the disk where the index is kept, which is another place than the music."""
