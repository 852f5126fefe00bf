"""A memory world: one service with its catalogue and accounts, its log of requests, and what goes wrong in it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from musync.domain import PlaylistId, Track
from musync.services.memory.account import MemoryAccount
from musync.services.memory.catalogue import HELPFUL, Catalogue
from musync.services.memory.faults import Alteration, Fault

T = TypeVar("T")

WRITES: frozenset[str] = frozenset(
    {
        "create_playlist",
        "add_entries",
        "remove_entries",
        "move_entries",
        "replace_entries",
        "edit_details",
        "delete_playlist",
    }
)
"""The operations that change something."""


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a service's method, answered or not."""

    operation: str
    arguments: Mapping[str, object]


class MemoryWorld:
    """Everything that the service objects of one memory service share; safe to use from several threads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lock = threading.RLock()
        self.catalogue = Catalogue()
        self.habits = HELPFUL
        self.requests: list[Request] = []
        self._accounts: dict[str, MemoryAccount] = {}
        self._faults: list[Fault] = []
        self._stale_reads = 0
        self._ticks = 0

    def account(self, ext_id: str = "me") -> MemoryAccount:
        """The account of this id, made when it is asked for the first time."""
        with self.lock:
            return self._accounts.setdefault(ext_id, MemoryAccount(self, ext_id))

    def add_tracks(self, *tracks: Track) -> None:
        """Take tracks into the catalogue."""
        with self.lock:
            self.catalogue.add(tracks)

    def tick(self) -> int:
        """A number that was never given out before."""
        with self.lock:
            self._ticks += 1
            return self._ticks

    # The log.

    def count(self, *operations: str) -> int:
        """How many requests of these operations were made, of all for none."""
        with self.lock:
            return sum(not operations or request.operation in operations for request in self.requests)

    @property
    def writes(self) -> tuple[Request, ...]:
        """The requests that change something, in the order they were made."""
        with self.lock:
            return tuple(request for request in self.requests if request.operation in WRITES)

    def forget_requests(self) -> None:
        """Begin the log anew."""
        with self.lock:
            self.requests.clear()

    # What goes wrong.

    def fail_next(
        self,
        operation: str,
        error: Exception,
        *,
        playlist: PlaylistId | None = None,
        skip: int = 0,
        times: int | None = 1,
        applied: bool = False,
    ) -> None:
        """Let requests fail; with `applied` they do what they should and only the answer is lost. Rest: see `Fault`."""
        self._add(Fault(operation=operation, playlist=playlist, skip=skip, times=times, error=error, applied=applied))

    def alter_next(
        self,
        operation: str,
        change: Alteration,
        *,
        playlist: PlaylistId | None = None,
        skip: int = 0,
        times: int | None = 1,
    ) -> None:
        """Change what requests are answered with, see the ready-made changes in `faults`."""
        self._add(Fault(operation=operation, playlist=playlist, skip=skip, times=times, change=change))

    def run_before(
        self, operation: str, action: Callable[[], object], *, playlist: PlaylistId | None = None, skip: int = 0
    ) -> None:
        """Do something right before a request is answered: an edit from outside, a cancel."""
        self._add(Fault(operation=operation, playlist=playlist, skip=skip, before=action))

    def read_stale(self, reads: int) -> None:
        """Answer so many reads of heads and entries from the state before each list's last write."""
        with self.lock:
            self._stale_reads = reads

    def mend(self) -> None:
        """Forget everything that was to go wrong."""
        with self.lock:
            self._faults.clear()
            self._stale_reads = 0

    def _add(self, fault: Fault) -> None:
        with self.lock:
            self._faults.append(fault)

    # What service objects call.

    def takes_stale_read(self) -> bool:
        """Whether this read is one of the stale ones; counts."""
        with self.lock:
            stale = self._stale_reads > 0
            self._stale_reads -= stale
            return stale

    def serve(self, request: Request, answer: Callable[[], T]) -> T:
        """Log a request and answer it, with whatever goes wrong."""
        with self.lock:
            self.requests.append(request)
            playlist = request.arguments.get("playlist")
            struck = [fault for fault in self._faults if fault.strikes(request.operation, playlist)]
            for fault in struck:
                if fault.before is not None:
                    fault.before()
            _raise_first(fault for fault in struck if not fault.applied)
            answered = answer()
            _raise_first(fault for fault in struck if fault.applied)
            for fault in struck:
                if fault.change is not None:
                    answered = fault.change(answered)
            return answered


def _raise_first(faults: Iterable[Fault]) -> None:
    for fault in faults:
        if fault.error is not None:
            raise fault.error


_worlds: dict[str, MemoryWorld] = {}
_worlds_lock = threading.Lock()


def world_named(name: str) -> MemoryWorld:
    """The world of this name in this process, made when it is asked for the first time."""
    with _worlds_lock:
        return _worlds.setdefault(name, MemoryWorld(name))


def forget_world(name: str) -> None:
    """Let go of a world; the name then means a new one."""
    with _worlds_lock:
        _worlds.pop(name, None)
