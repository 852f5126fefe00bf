"""What services answered when they were searched: not asked again for a while."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from musync.domain import PastSearch
from musync.store.bulk import pieces
from musync.store.codec import pack_search, unpack_search
from musync.store.connections import Block
from musync.store.tables import search as table


class Searches:
    """Past searches by account; a key names what was wanted, as the caller likes."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def recall(self, service: str, account: str, keys: Iterable[str], now: float) -> dict[str, PastSearch]:
        """Those of the keys that were searched for and whose time has not passed yet."""
        found: dict[str, PastSearch] = {}
        for piece in pieces(dict.fromkeys(keys)):
            query = select(table.c.key, table.c.at, table.c.expires, table.c.body).where(
                table.c.service == service, table.c.account == account, table.c.key.in_(piece), table.c.expires > now
            )
            rows = self._block.execute(query)
            found.update((key, unpack_search(body, at, expires)) for key, at, expires, body in rows)
        return found

    def keep(self, service: str, account: str, searches: Mapping[str, PastSearch], now: float) -> None:
        """Keep these in place of what was known under their keys; what has expired goes."""
        self._block.execute(delete(table).where(table.c.expires <= now))
        row = insert(table)
        self._block.many(
            row.on_conflict_do_update(
                index_elements=["service", "account", "key"],
                set_={name: row.excluded[name] for name in ("at", "expires", "body")},
            ),
            [
                {
                    "service": service,
                    "account": account,
                    "key": key,
                    "at": one.at,
                    "expires": one.expires,
                    "body": pack_search(one),
                }
                for key, one in searches.items()
            ],
        )

    def forget(self, service: str, account: str) -> None:
        """Forget everything that this account was asked."""
        self._block.execute(delete(table).where(table.c.service == service, table.c.account == account))
