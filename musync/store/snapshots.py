"""Lists as they were before a run's first write."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from musync.domain import Entry, SideKey, Snapshot
from musync.store.codec import pack_entries, unpack_entries
from musync.store.connections import Block, OneRow, Query
from musync.store.sides import Sides, side_key
from musync.store.tables import playlist
from musync.store.tables import snapshot as table

_DAY = 86_400.0
_MOST = 20
_LONGEST = 90 * _DAY
_FEWEST = 5

_ROWS = select(table, playlist.c.service, playlist.c.account, playlist.c.ext_id).join(
    playlist, playlist.c.id == table.c.side
)


class Snapshots:
    """What undo goes back to: of each side at most 20, none older than 90 days, but always the newest 5."""

    def __init__(self, block: Block, sides: Sides) -> None:
        self._block = block
        self._sides = sides

    def keep(self, side: SideKey, run_id: int, entries: Sequence[Entry], fingerprint: str, at: float) -> None:
        """Keep the list as it is before the run's first write; a second one of the same run and side is left out."""
        number = self._sides.number(side)
        row = insert(table).values(side=number, run=run_id, at=at, fingerprint=fingerprint, body=pack_entries(entries))
        self._block.execute(row.on_conflict_do_nothing(index_elements=["run", "side"]))
        self._thin_out(number, at)

    def newest(self, side: SideKey) -> Snapshot | None:
        """The last one of this side."""
        number = self._sides.known(side)
        query = _ROWS.where(table.c.side == number).order_by(table.c.id.desc()).limit(1)
        return next(iter(self._read(query)), None)

    def of_run(self, run_id: int) -> tuple[Snapshot, ...]:
        """The snapshots that the run took and that are still kept, in the order it took them."""
        return self._read(_ROWS.where(table.c.run == run_id).order_by(table.c.id))

    def _read(self, query: Query) -> tuple[Snapshot, ...]:
        return tuple(_snapshot(row) for row in self._block.execute(query))

    def _thin_out(self, side: int, now: float) -> None:
        query = select(table.c.id, table.c.at).where(table.c.side == side).order_by(table.c.id.desc())
        gone = [
            row.id
            for place, row in enumerate(self._block.execute(query))
            if place >= _MOST or (place >= _FEWEST and row.at < now - _LONGEST)
        ]
        if gone:
            self._block.execute(delete(table).where(table.c.id.in_(gone)))


def _snapshot(row: OneRow) -> Snapshot:
    return Snapshot(
        side=side_key(row.service, row.account, row.ext_id),
        run=row.run,
        at=row.at,
        entries=unpack_entries(row.body),
        fingerprint=row.fingerprint,
    )
