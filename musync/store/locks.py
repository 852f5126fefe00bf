"""One writer per side, over all processes (sync-spec 4.10)."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert

from musync.domain import LockOwner, SideKey
from musync.store.connections import Block
from musync.store.sides import Sides
from musync.store.tables import lock as table

EXPIRY_S = 60.0
"""Seconds after its last beat that an owner counts as gone."""


def _unknown(_owner: LockOwner) -> bool:
    return False


class Locks:
    """Who is writing where. Each of these in a block of its own: only a block's end makes it true for others."""

    def __init__(self, block: Block, sides: Sides) -> None:
        self._block = block
        self._sides = sides

    def take(
        self,
        side: SideKey,
        *,
        host: str,
        pid: int,
        started: float,
        now: float,
        nonce: str,
        is_dead: Callable[[LockOwner], bool] = _unknown,
    ) -> LockOwner | None:
        """Take the side, or say who has it; None: it is yours until `release` or 60 s without a `beat`.

        `nonce` names the taker, who may take it again. `is_dead` may know better than the clock that an owner is gone.
        A block of `begin` makes this atomic over processes.
        """
        number = self._sides.number(side)
        holder = self._block.execute(select(table).where(table.c.side == number)).first()
        if holder is not None and holder.nonce != nonce:
            owner = LockOwner(host=holder.host, pid=holder.pid, started=holder.started, beat=holder.beat)
            # A beat from the future is of a clock that was set back since: it tells as little as an old one.
            if abs(now - owner.beat) <= EXPIRY_S and not is_dead(owner):
                return owner
        values = {"host": host, "pid": pid, "started": started, "beat": now, "nonce": nonce}
        row = insert(table).values(side=number, **values)
        self._block.execute(row.on_conflict_do_update(index_elements=["side"], set_=values))
        return None

    def beat(self, side: SideKey, *, nonce: str, now: float) -> bool:
        """Say that the owner lives; False when the side is not its own any more."""
        here = (table.c.side == self._sides.known(side), table.c.nonce == nonce)
        return self._block.execute(update(table).where(*here).values(beat=now)).rowcount > 0

    def release(self, side: SideKey, *, nonce: str) -> None:
        """Let go of the side; nothing happens when it is another's."""
        here = (table.c.side == self._sides.known(side), table.c.nonce == nonce)
        self._block.execute(delete(table).where(*here))

    def owner(self, side: SideKey) -> LockOwner | None:
        """Who took the side last and did not let go, alive or not."""
        query = select(table).where(table.c.side == self._sides.known(side))
        row = self._block.execute(query).first()
        return None if row is None else LockOwner(host=row.host, pid=row.pid, started=row.started, beat=row.beat)
