"""Copies of the database, taken while it is in use."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from musync.store.files import make_file, make_folder, uri

KEEP = 7
_NAME = re.compile(r"musync-\d{8}T\d{12}Z-r\w+\.sqlite3")


def back_up(path: Path, revision: str) -> Path:
    """Copy the database into `backups/` beside it, under the time and its revision, and keep the newest seven.

    The copy appears under its name only when it is whole.
    """
    folder = path.parent / "backups"
    make_folder(folder)
    final = folder / f"musync-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z-r{revision}.sqlite3"
    temporary = final.with_name(f".{final.name}.{os.getpid()}.musync-tmp")
    try:
        _copy(path, temporary)
        temporary.replace(final)
    finally:
        temporary.unlink(missing_ok=True)
    for old in listed(folder)[KEEP:]:
        old.unlink(missing_ok=True)
    return final


def listed(folder: Path) -> list[Path]:
    """The backups there, newest first."""
    return sorted((file for file in folder.iterdir() if _NAME.fullmatch(file.name)), reverse=True)


def _copy(path: Path, temporary: Path) -> None:
    make_file(temporary)
    with (
        closing(sqlite3.connect(uri(path, "ro"), uri=True)) as source,
        closing(sqlite3.connect(temporary)) as target,
    ):
        source.backup(target)
        # One file that needs no others beside it.
        target.execute("PRAGMA journal_mode=DELETE")
    with temporary.open("rb+") as copy:
        os.fsync(copy.fileno())
