"""The database's file and folders, readable by their owner alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal
from urllib.parse import quote

_OWNER_ONLY = 0o600
_OWNER_ONLY_FOLDER = 0o700


def make_folder(folder: Path) -> None:
    """Make it and what is missing above it; one that exists keeps its permissions."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=_OWNER_ONLY_FOLDER, exist_ok=True)


def make_file(path: Path) -> None:
    """Make an empty file, or tighten one that exists; SQLite gives the files beside it the same permissions."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    except FileExistsError:
        if path.is_dir():
            raise
        tighten(path)
    else:
        os.close(descriptor)


def tighten(path: Path) -> None:
    """Take away what others may do with it."""
    if os.name != "nt" and path.stat().st_mode & 0o077:
        path.chmod(_OWNER_ONLY)


def uri(path: Path, mode: Literal["ro", "rw"]) -> str:
    """The name under which SQLite opens a file that exists: `ro` never writes to it, `rw` may."""
    posix = os.fsencode(path.absolute().as_posix())
    return f"file://{'' if posix.startswith(b'/') else '/'}{quote(posix)}?mode={mode}"


def look_uri(path: Path) -> str:
    """The name under which SQLite opens the file for a look that leaves it, and the folder, as they are.

    After a look that may write, SQLite works a journal left by a crash into the file; after one that may not, it leaves
    the files that it puts beside it. So the one is for files without a journal, the other for those with one.
    """
    return uri(path, "ro" if path.with_name(f"{path.name}-wal").exists() else "rw")
