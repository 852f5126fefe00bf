"""Processes that open music files side by side, for as long as one scan lasts.

They are started afresh (spawn), so they inherit neither threads nor open databases, and are given batches of names
through a pipe each. A program that is frozen into one file calls `multiprocessing.freeze_support()` first thing.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Final

from musync.domain import Control
from musync.services.local.index import IndexedFile
from musync.services.local.reader import read_file, unread
from musync.services.local.walk import FoundFile

_log = logging.getLogger(__name__)
_MOST: Final = 8
_BATCH: Final = 64
# How long a request to stop may go unnoticed, and how long a process may take to end before it is killed.
_LISTEN_S: Final = 0.05
_END_S: Final = 0.1


class _NoProcess(Exception):
    """A process could not be started, or ended before any of them did anything."""


def read_in_processes(folder: Path, files: Sequence[FoundFile], control: Control) -> Iterator[list[IndexedFile]]:
    """What the files say, batch by batch as they come.

    However it ends, no process is left. Close the iterator when it is not run to its end. Where no processes can be
    started the calling thread reads.
    """
    batches = iter([files[start : start + _BATCH] for start in range(0, len(files), _BATCH)])
    workers: list[_Worker] = []
    try:
        workers.extend(_Worker(folder) for _ in range(min(os.cpu_count() or 1, _MOST)))
        yield from _share_out(batches, workers, control)
    except _NoProcess:
        _log.warning("music files are read without help: processes cannot be started here", exc_info=True)
    finally:
        _end(workers)
    for batch in chain((worker.batch for worker in workers), batches):
        for found in batch:
            control.checkpoint()
            yield [read_file(folder, found)]


def _share_out(
    batches: Iterator[Sequence[FoundFile]], workers: list[_Worker], control: Control
) -> Iterator[list[IndexedFile]]:
    """Keep every worker busy until there is nothing left to do."""
    busy = [worker for worker in workers if worker.take(next(batches, ()))]
    answered = False
    while busy:
        control.checkpoint()
        ready = wait([worker.pipe for worker in busy], timeout=_LISTEN_S)
        for worker in [worker for worker in busy if worker.pipe in ready]:
            found = worker.give()
            if found is None and not answered:
                raise _NoProcess
            answered = True
            yield worker.replace() if found is None else found
            if not worker.take(next(batches, ())):
                busy.remove(worker)


def _end(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.stop()
    for worker in workers:
        worker.join()


class _Worker:
    """One process, and the batch it is working on."""

    def __init__(self, folder: Path) -> None:
        self.batch: Sequence[FoundFile] = ()
        self._folder = folder
        self.pipe, self._process = self._start()

    def take(self, batch: Sequence[FoundFile]) -> bool:
        """Begin a batch; False when there is none."""
        self.batch = batch
        if batch:
            # A process that has just ended is noticed when its answer is asked for.
            with suppress(OSError):
                self.pipe.send(batch)
        return bool(batch)

    def give(self) -> list[IndexedFile] | None:
        """The answer, None when the process has ended instead."""
        try:
            answer: list[IndexedFile] = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return answer

    def replace(self) -> list[IndexedFile]:
        """Start another process in place of one that ended (no memory left, say); its batch comes back unread."""
        self.stop()
        self.join()
        self.pipe, self._process = self._start()
        return [unread(found, "reading it or a file beside it ended the reader") for found in self.batch]

    def stop(self) -> None:
        """Tell the process to end."""
        self.pipe.close()
        self._process.terminate()

    def join(self) -> None:
        """Wait until it has ended, and see to it."""
        self._process.join(_END_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    def _start(self) -> tuple[Connection, SpawnProcess]:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        process = spawn.Process(target=_serve, args=(theirs, self._folder), daemon=True)
        try:
            with _without_ctrl_c():
                process.start()
        except OSError as error:
            ours.close()
            raise _NoProcess from error
        finally:
            theirs.close()
        return ours, process


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Start processes that never hear Ctrl+C: it goes to the whole group, and would end them while they still load."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, folder: Path) -> None:
    """What runs in the process: answers batches until the other end is closed."""
    # As above, for systems without signal masks; the scan ends its processes itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            pipe.send([read_file(folder, found) for found in pipe.recv()])
