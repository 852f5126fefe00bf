"""One writer per side, over all processes of this home (sync-spec 4.10)."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from musync.app.stores import OpenDatabase
from musync.domain import LockOwner, SideKey
from musync.domain.errors import Busy

BEAT_S = 15.0
_STARTED = time.time()


class Held:
    """A side that is ours; `beat` is called between requests."""

    def __init__(self, database: OpenDatabase, side: SideKey, nonce: str, now: float) -> None:
        self._database = database
        self._side = side
        self._nonce = nonce
        self._beaten = now

    def beat(self, now: float) -> None:
        """Say that we live, at most every 15 seconds.

        Raises:
            Busy: another process has taken the side since.
        """
        if abs(now - self._beaten) < BEAT_S:
            return
        with self._database().begin() as work:
            ours = work.locks.beat(self._side, nonce=self._nonce, now=now)
        if not ours:
            raise Busy("Another run has taken this playlist over.", next="Wait for it to end, then compare again.")
        self._beaten = now


@contextmanager
def hold(database: OpenDatabase, side: SideKey, title: str, now: float) -> Iterator[Held]:
    """Hold a side for the length of the block.

    Raises:
        Busy: somebody else is writing there; the message says who.
    """
    nonce = secrets.token_hex(8)
    with database().begin() as work:
        owner = work.locks.take(
            side,
            host=socket.gethostname(),
            pid=os.getpid(),
            started=_STARTED,
            now=now,
            nonce=nonce,
            is_dead=_is_dead,
        )
    if owner is not None:
        raise _busy(owner, title)
    try:
        yield Held(database, side, nonce, now)
    finally:
        with database().begin() as work:
            work.locks.release(side, nonce=nonce)


def _is_dead(owner: LockOwner) -> bool:
    """The owner is known to be gone: a process of this computer that no longer exists."""
    if owner.host != socket.gethostname() or os.name == "nt":
        # Signal 0 ends a process on Windows; there the missing heartbeat has to do.
        return False
    try:
        os.kill(owner.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _busy(owner: LockOwner, title: str) -> Busy:
    since = datetime.fromtimestamp(owner.beat).astimezone().strftime("%H:%M:%S")
    return Busy(
        f"Another run is writing to “{title}”: process {owner.pid} on {owner.host}, last heard of at {since}.",
        where=title,
        unchanged="Nothing was changed.",
        next="Wait for it to end, then try again.",
    )
