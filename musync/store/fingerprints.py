"""Our own earlier states of a side, by which a stale read is known (sync-spec 4.6)."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from musync.domain import SideKey
from musync.store.connections import Block
from musync.store.sides import Sides
from musync.store.tables import recent_fp as table

_KEPT_S = 86_400.0
"""Services show old states for minutes at most."""


class Fingerprints:
    """What sides looked like a short while ago."""

    def __init__(self, block: Block, sides: Sides) -> None:
        self._block = block
        self._sides = sides

    def remember(self, side: SideKey, fingerprint: str, at: float) -> None:
        """The side looked like this at `at` (seconds since the epoch); what is older than a day is forgotten."""
        number = self._sides.number(side)
        self._block.execute(delete(table).where(table.c.side == number, table.c.at < at - _KEPT_S))
        row = insert(table).values(side=number, fingerprint=fingerprint, at=at)
        self._block.execute(row.on_conflict_do_update(index_elements=["side", "fingerprint"], set_={"at": at}))

    def recent(self, side: SideKey, since: float) -> tuple[str, ...]:
        """The fingerprints the side had at or after `since`, newest first."""
        query = select(table.c.fingerprint).where(table.c.side == self._sides.known(side), table.c.at >= since)
        return tuple(self._block.execute(query.order_by(table.c.at.desc())).scalars())
