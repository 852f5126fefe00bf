"""Tracks made ready to be indexed, by several processes where there are many."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from musync.app.stored.records import from_record
from musync.domain import Control, Track
from musync.engine.index_arrays import Part
from musync.engine.profile import profile

_log = logging.getLogger(__name__)
HELP_FROM: Final = 150_000
"""Tracks to come from which on starting processes pays: each reads its tables first, which takes a second."""
_MOST: Final = 4
_LISTEN_S: Final = 0.05
"""How long a request to stop may go unnoticed."""


class PartMaker:
    """Makes tracks ready piece by piece; processes that help live as long as the block.

    They are started afresh (spawn), hear no Ctrl+C and take a piece whenever they are free, beside the calling thread.
    A program that is frozen into one file calls `multiprocessing.freeze_support()` first thing.
    """

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []
        self._helpers: ProcessPoolExecutor | None = None
        self._helping = max(min((os.cpu_count() or 1) - 1, _MOST), 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._helpers is not None:
            self._helpers.shutdown(cancel_futures=True)

    def add(self, tracks: Sequence[Track], records: Sequence[bytes], left: int) -> None:
        """Make these tracks ready, here or elsewhere; about `left` more will come."""
        if self._helpers is None and self._helping and left >= HELP_FROM:
            self._helpers = ProcessPoolExecutor(self._helping, multiprocessing.get_context("spawn"))
        busy = sum(piece.is_away for piece in self._pieces)
        # One piece more than there are processes, so that none of them waits for the next.
        if self._helpers is None or busy > self._helping:
            self._pieces.append(_Piece((), part=Part.of([profile(track) for track in tracks])))
        else:
            self._pieces.append(self._sent(self._helpers, records))

    def parts(self, control: Control) -> list[Part]:
        """What was made of all tracks, in the order in which they came; raises Cancelled."""
        away = [piece.away for piece in self._pieces if piece.away is not None]
        while away:
            control.checkpoint()
            away = list(wait(away, timeout=_LISTEN_S, return_when=FIRST_COMPLETED).not_done)
        return [piece.made() for piece in self._pieces]

    def _sent(self, helpers: ProcessPoolExecutor, records: Sequence[bytes]) -> _Piece:
        try:
            with _without_ctrl_c():
                return _Piece(records, away=helpers.submit(part_of, records))
        except (OSError, BrokenProcessPool):
            _log.warning("a catalogue is indexed without help: processes cannot be started here", exc_info=True)
            self._helping = 0
            return _Piece((), part=part_of(records))


@dataclass(slots=True)
class _Piece:
    """The part that is or will be made of some records, and these as long as it is not here."""

    records: Sequence[bytes]
    part: Part | None = None
    away: Future[Part] | None = None

    @property
    def is_away(self) -> bool:
        return self.away is not None and not self.away.done()

    def made(self) -> Part:
        """The part; made here when the process that was to make it has ended instead."""
        if self.away is not None:
            try:
                self.part = self.away.result()
            except BrokenProcessPool:
                _log.warning("a process that indexed a catalogue has ended, its part is indexed without help")
        return self.part if self.part is not None else part_of(self.records)


def part_of(records: Sequence[bytes]) -> Part:
    """Make the tracks of these records ready; what runs in the processes."""
    return Part.of([profile(from_record(record)) for record in records])


@contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Start processes that never hear Ctrl+C: it goes to the whole group, and whoever started them ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
