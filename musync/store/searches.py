"""Searches that were completed and found nothing: not asked again for a while."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from musync.store.bulk import pieces
from musync.store.connections import Block
from musync.store.tables import miss as table


class Searches:
    """What is known not to be there; a key names the wanted track or the question, as the caller likes."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def misses(self, service: str, scope: str, keys: Iterable[str], now: float) -> frozenset[str]:
        """Those of the keys that were searched for in vain and whose time has not passed yet."""
        found: set[str] = set()
        for piece in pieces(dict.fromkeys(keys)):
            query = select(table.c.key).where(
                table.c.service == service, table.c.scope == scope, table.c.key.in_(piece), table.c.expires > now
            )
            found.update(self._block.execute(query).scalars())
        return frozenset(found)

    def remember_miss(self, service: str, scope: str, keys: Iterable[str], *, now: float, expires: float) -> None:
        """Searched for in vain at `now`, not to be asked again before `expires` (both seconds since the epoch)."""
        self._block.execute(delete(table).where(table.c.expires <= now))
        row = insert(table)
        self._block.many(
            row.on_conflict_do_update(
                index_elements=["service", "scope", "key"], set_={"expires": row.excluded.expires}
            ),
            [{"service": service, "scope": scope, "key": key, "expires": expires} for key in dict.fromkeys(keys)],
        )

    def forget(self, service: str, scope: str, keys: Iterable[str] | None = None) -> None:
        """Ask again for these, or for everything on this service."""
        here = (table.c.service == service, table.c.scope == scope)
        if keys is None:
            self._block.execute(delete(table).where(*here))
            return
        for piece in pieces(dict.fromkeys(keys)):
            self._block.execute(delete(table).where(*here, table.c.key.in_(piece)))
