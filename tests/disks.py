"""Disks without room: a file system of a few kilobytes where one may be mounted, else writing that fails at its end."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, kilobytes: int = 64) -> Iterator[Path]:
    """A new folder on a disk of so many kilobytes; without the right to mount, on one that is full when written out."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True).returncode:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", out_of_room)
            yield folder
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def full_disk(folder: Path) -> Iterator[Path]:
    """A new folder, with nothing but a filler in it, on a disk that has not one byte left."""
    with small_disk(folder) as disk:
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                for _ in range(64):
                    filler.write(bytes(1024))
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
        yield disk


def out_of_room(_descriptor: int) -> None:
    """What `os.fsync` says on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")
