"""Files that are either old or new, never half: temporary name in the same folder, fsync, rename."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from musync.domain.errors import DiskFull

UNFINISHED: Final = ".musync-tmp"
"""The ending of a file that is being written."""
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def write_file(path: Path, data: bytes, *, mode: int | None = None) -> None:
    """Replace the file's content; a symbolic link is followed, an existing file's permissions are kept.

    `mode` is for new files, else what the process's umask leaves.

    Raises:
        DiskFull: no room; the old file is intact and no temporary file is left.
        OSError: anything else that stops it; the same holds.
    """
    final = path.resolve()
    with _room_for(path, "The file is as it was."), _written_beside(final, data, _mode_for(final, mode)) as temporary:
        os.replace(temporary, final)
    _sync_folder(final.parent)


def write_new_file(path: Path, data: bytes) -> None:
    """Make a file that is whole from the first moment it can be seen; nothing that is there is overwritten.

    Raises:
        FileExistsError: something has this name already, be it a link that leads nowhere.
        DiskFull: no room; no file is left, neither the new one nor a temporary one.
        OSError: anything else that stops it; the same holds.
    """
    final = path.parent.resolve() / path.name
    with _room_for(path, "No file was made."), _written_beside(final, data, None) as temporary:
        _name_new(temporary, final)
        try:
            _sync_folder(final.parent)
        except OSError:
            final.unlink(missing_ok=True)
            raise


@contextmanager
def _room_for(path: Path, unchanged: str) -> Iterator[None]:
    """Where errors that mean a full disk become ours."""
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise DiskFull(
            "There is no room left on the disk.",
            where=str(path),
            unchanged=unchanged,
            next="Free some space and run it again.",
        ) from error


@contextmanager
def _written_beside(final: Path, data: bytes, mode: int | None) -> Iterator[Path]:
    """A file with this content beside the final one; whatever happens, it is not left under its temporary name."""
    temporary = final.with_name(f".{secrets.token_hex(6)}.musync-tmp")
    try:
        _write_synced(temporary, data, mode)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _name_new(temporary: Path, final: Path) -> None:
    """Give a file its name unless something has it."""
    if os.name == "nt":
        # A rename overwrites nothing there.
        temporary.rename(final)
        return
    try:
        os.link(temporary, final)
    except FileExistsError:
        raise
    except OSError:
        _claim_and_replace(temporary, final)


def _claim_and_replace(temporary: Path, final: Path) -> None:
    """The same where the file system knows no links: the name is taken first, and its file is empty for a moment."""
    os.close(os.open(final, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        os.replace(temporary, final)
    except BaseException:
        final.unlink(missing_ok=True)
        raise


@contextmanager
def writing(path: Path, *, mode: int) -> Iterator[BinaryIO]:
    """A stream into a new file that has its name when the block has ended; for what is too long to hold in one piece.

    Raises:
        OSError: no room, or anything else that stops it; no file is left then, as when the block raises.
    """
    temporary = path.with_name(f".{secrets.token_hex(6)}{UNFINISHED}")
    try:
        with _synced(temporary, mode) as stream:
            yield stream
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _mode_for(final: Path, mode: int | None) -> int | None:
    try:
        return final.stat().st_mode & 0o7777
    except FileNotFoundError:
        return mode


def _write_synced(path: Path, data: bytes, mode: int | None) -> None:
    with _synced(path, mode) as stream:
        stream.write(data)


@contextmanager
def _synced(path: Path, mode: int | None) -> Iterator[BinaryIO]:
    """A new file to write to, on the disk when the block ends."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o666 if mode is None else mode)
    with os.fdopen(descriptor, "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
    if mode is not None:
        path.chmod(mode)


def _sync_folder(folder: Path) -> None:
    # Makes the rename itself durable; Windows cannot open folders and needs no such call.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
