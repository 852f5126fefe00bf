"""Files on the disk: read whole, told apart by the hash of their bytes, renamed without overwriting."""

from __future__ import annotations

import errno
import os
import stat
from hashlib import sha256
from pathlib import Path

from musync.domain import MusyncError, Revision
from musync.domain.errors import AccessDenied, BadFile, NotFound, Refused, Unavailable
from musync.safefile import write_file, write_new_file
from musync.services.api import ErrorTable, translated

LARGEST = 256 << 20
"""Bytes of the largest file that is read: two million lines of paths."""

_UNCHANGED = "Nothing was changed."


def read_file(path: Path) -> bytes:
    """The content of a regular file; raises NotFound, AccessDenied, BadFile, Unavailable."""
    with translated(errors_at(path)):
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise _is_folder(path)
        # A pipe or a device would be read for ever.
        if not stat.S_ISREG(found.st_mode):
            raise BadFile("This is not a file of its own.", where=str(path), unchanged=_UNCHANGED)
        if found.st_size > LARGEST:
            raise BadFile(
                f"The file is too large: {found.st_size >> 20} of at most {LARGEST >> 20} MiB.",
                where=str(path),
                unchanged=_UNCHANGED,
            )
        return path.read_bytes()


def revision_of(data: bytes) -> Revision:
    """The mark of a file's state: equal exactly when every byte is."""
    return Revision(sha256(data).hexdigest())


def store(path: Path, data: bytes) -> None:
    """Replace a file's content; raises DiskFull, AccessDenied, NotFound, Unavailable."""
    with translated(errors_at(path)):
        write_file(path, data)


def store_new(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet, whole from the first moment; raises Refused when it does, DiskFull."""
    with translated(errors_at(path)):
        try:
            write_new_file(path, data)
        except FileExistsError as error:
            raise Refused(
                "A file of this name is already there.",
                where=str(path),
                unchanged="It was not touched.",
                next="Choose it as it is, or choose another name.",
                code="exists",
            ) from error


def rename(old: Path, new: Path) -> None:
    """Give a file another name in its folder, never one that is taken."""
    with translated(errors_at(new)):
        if _same_file(old, new):
            old.rename(new)
            return
        try:
            if old.is_symlink():
                raise PermissionError
            os.link(old, new)
        except FileExistsError:
            raise
        except OSError:
            # Not every file system knows links; then there is a moment between look and rename.
            if os.path.lexists(new):
                raise FileExistsError(errno.EEXIST, "exists", str(new)) from None
            old.rename(new)
        else:
            old.unlink()


def unwritable(path: Path) -> str:
    """Why a file cannot be replaced, in words; empty when it can."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return "the file cannot be reached"
    # Whoever takes every right to write away means it, also towards those who could write anyway.
    if not mode & 0o222 or not _may_write(path):
        return "the file is write-protected"
    return "" if _may_write(path.parent) else "its folder is write-protected"


def errors_at(path: Path) -> ErrorTable:
    """How errors of the operating system at this path are told."""
    return {
        FileNotFoundError: lambda _: _missing(path),
        NotADirectoryError: lambda _: _missing(path),
        IsADirectoryError: lambda _: _is_folder(path),
        FileExistsError: lambda _: Refused(
            "A file of this name is already there.", where=str(path), unchanged="It was not touched.", code="exists"
        ),
        PermissionError: lambda _: _denied(path, "its permissions do not allow it"),
        OSError: lambda error: _other(path, error),
        ValueError: lambda _: BadFile("This cannot be the name of a file.", where=repr(str(path))),
    }


def _may_write(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _missing(path: Path) -> NotFound:
    there = os.path.isdir(path.parent)  # noqa: PTH112 - is_dir() fails where nothing may be asked
    return NotFound(
        "There is no file of this name." if there else "There is no such folder.",
        where=str(path),
        unchanged="Nothing was written.",
        next="Check the name; a file on a drive or share has to be connected.",
    )


def _is_folder(path: Path) -> BadFile:
    return BadFile(
        "This is a folder, not a playlist file.",
        where=str(path),
        unchanged=_UNCHANGED,
        next="Choose a file in it, or add the folder as a local library.",
    )


def _denied(path: Path, why: str) -> AccessDenied:
    return AccessDenied(
        f"The file cannot be used: {why}.",
        where=str(path),
        unchanged="It is as it was.",
        next="Change its permissions, or choose another file.",
    )


def _other(path: Path, error: BaseException) -> MusyncError:
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.EROFS, errno.EPERM):
        return _denied(path, "it lies on something that can only be read")
    if number == errno.ELOOP:
        return BadFile("The link to this file leads in a circle.", where=str(path), unchanged=_UNCHANGED)
    if number == errno.ENAMETOOLONG:
        return BadFile("The name of this file is too long.", where=str(path)[:200], unchanged=_UNCHANGED)
    words = os.strerror(number) if number else str(error)
    return Unavailable(
        f"The file cannot be used at the moment: {words}.", where=str(path), unchanged="It is as it was."
    )


def _same_file(old: Path, new: Path) -> bool:
    """Whether both names are one file: a change of case where case does not count."""
    try:
        return old.samefile(new) and old.name.casefold() == new.name.casefold()
    except OSError:
        return False
