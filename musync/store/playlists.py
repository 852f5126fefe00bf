"""Playlists as they were last seen, so that they have names while a service is out of reach."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from musync.domain import Playlist, SideKey, SideLabel
from musync.store.codec import from_text, playlist_head, playlist_of, to_text
from musync.store.connections import Block
from musync.store.tables import account as accounts
from musync.store.tables import playlist as table


class Playlists:
    """What playlists are called."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def remember(self, service: str, account: str, *playlists: Playlist, at: float) -> None:
        """Keep the heads of these playlists of one account, seen at `at` (seconds since the epoch)."""
        statement = insert(table)
        self._block.many(
            statement.on_conflict_do_update(
                index_elements=["service", "account", "ext_id"],
                set_={"head": statement.excluded.head, "seen": statement.excluded.seen},
            ),
            [
                {
                    "service": service,
                    "account": account,
                    "ext_id": item.id,
                    "head": to_text(playlist_head(item)),
                    "seen": at,
                }
                for item in playlists
            ],
        )

    def seen(self, service: str, account: str) -> tuple[Playlist, ...]:
        """The playlists of one account as they were last seen, oldest acquaintance first."""
        query = select(table.c.ext_id, table.c.head).where(
            table.c.service == service, table.c.account == account, table.c.head.is_not(None)
        )
        rows = self._block.execute(query.order_by(table.c.id))
        return tuple(playlist_of(row.ext_id, from_text(row.head)) for row in rows)

    def label(self, side: SideKey) -> SideLabel:
        """What people call this side: title and account name as last known, ids where nothing is known."""
        query = select(table.c.head).where(
            table.c.service == side.service, table.c.account == side.account, table.c.ext_id == side.playlist
        )
        text = self._block.execute(query).scalar()
        head = {"title": side.playlist} if text is None else from_text(text)
        return SideLabel(key=side, title=head["title"], account=self._account_name(side), url=head.get("url"))

    def _account_name(self, side: SideKey) -> str:
        query = select(accounts.c.name).where(accounts.c.service == side.service, accounts.c.ext_id == side.account)
        name: str | None = self._block.execute(query).scalar()
        return side.account if name is None else name
