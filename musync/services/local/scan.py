"""Bringing the index of a folder up to date.

Only files that are new or changed are opened: many of them in processes of their own, few in the calling thread.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from musync.domain import Control, ScanReport, Unreadable
from musync.domain.errors import NotFound
from musync.services.local.index import Index, IndexedFile, Stamp
from musync.services.local.walk import FoundFile, Walked, walk

PROCESSES_FROM: Final = 1_000
"""Files to open above which starting processes pays."""

_BATCH: Final = 16
# From how many known files on an empty folder looks like a disk that is not connected.
_MANY: Final = 10


def scan(folder: Path, index: Index, control: Control) -> ScanReport:
    """Look for what changed in the folder and note it in the index.

    What was read before a stop stays noted; files count as gone, and as moved, only when everything was looked at.

    Raises:
        NotFound: the folder is gone, or is empty although it held many files; the index is left as it was.
        OSError: the folder cannot be listed.
        Cancelled: the job was asked to stop.
    """
    began = control.now()
    walked = _walk(folder, index.stamps(), control)
    revision = index.revision + 1
    usable = _open_fresh(folder, index, walked, revision, control)
    moved = index.finish(walked.gone, revision, at=control.now(), walk_s=walked.seconds)
    problems = index.problems()
    known_problems = len(problems) - (len(walked.fresh) - len(usable))
    listed = (Unreadable(path=path, reason=reason) for path, reason in problems.items())
    return ScanReport(
        added=len(usable - walked.changed - set(moved.values())),
        changed=len(usable & walked.changed),
        removed=len(walked.gone) - len(moved),
        moved=len(moved),
        unchanged=max(walked.unchanged - known_problems, 0),
        unreadable=tuple(sorted((*walked.unreadable, *listed), key=lambda one: one.path)),
        seconds=max(control.now() - began, 0.0),
    )


def _walk(folder: Path, known: dict[str, Stamp], control: Control) -> Walked:
    """Look at the folder, and do not believe it when everything is gone."""
    count = len(known)
    try:
        walked = walk(folder, known, control)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _vanished("The music folder is not there.", "folder-missing", folder, count) from error
    if len(walked.gone) == count >= _MANY and not walked.fresh:
        raise _vanished("The music folder holds no music any more.", "folder-empty", folder, count)
    return walked


def _vanished(message: str, code: str, folder: Path, count: int) -> NotFound:
    return NotFound(
        message,
        code=code,
        where=str(folder),
        unchanged=f"What is known of its {count:,} files is kept." if count else "Nothing was changed.",
        next="Connect the disk or network drive that it is on. If the music is elsewhere now, add that folder.",
    )


def _open_fresh(folder: Path, index: Index, walked: Walked, revision: int, control: Control) -> set[str]:
    """Open what is new or changed, note it, and return the paths of those that are music."""
    usable: set[str] = set()
    done = 0
    # Closing it ends the processes, also when the index cannot be written.
    with closing(_read(folder, walked.fresh, control)) as batches:
        for batch in batches:
            index.store(batch, revision)
            usable.update(file.path for file in batch if not file.problem)
            done += len(batch)
            control.progress(done, len(walked.fresh), "scan-files")
    return usable


def _read(folder: Path, files: Sequence[FoundFile], control: Control) -> Generator[list[IndexedFile], None, None]:
    if not files:
        return
    # Only here, because the library that reads tags takes longer to import than ten thousand files to look at.
    from musync.services.local.reader import read_file
    from musync.services.local.workers import read_in_processes

    if len(files) > PROCESSES_FROM:
        yield from read_in_processes(folder, files, control)
        return
    for start in range(0, len(files), _BATCH):
        batch = []
        for found in files[start : start + _BATCH]:
            control.checkpoint()
            batch.append(read_file(folder, found))
        yield batch
