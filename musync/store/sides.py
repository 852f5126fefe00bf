"""Sides as numbers: what other tables call a playlist on an account."""

from __future__ import annotations

from sqlalchemy import insert, select

from musync.domain import PlaylistId, SideKey
from musync.store.connections import Block
from musync.store.tables import playlist


class Sides:
    """Numbers of sides, given when one is first spoken of."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def number(self, side: SideKey) -> int:
        """Its number, a new one when there is none."""
        found = self.known(side)
        if found is not None:
            return found
        row = insert(playlist).values(service=side.service, account=side.account, ext_id=side.playlist)
        return self._block.insert(row)

    def known(self, side: SideKey) -> int | None:
        """Its number, None when nobody spoke of it yet."""
        query = select(playlist.c.id).where(
            playlist.c.service == side.service,
            playlist.c.account == side.account,
            playlist.c.ext_id == side.playlist,
        )
        number: int | None = self._block.execute(query).scalar()
        return number


def side_key(service: str, account: str, ext_id: str) -> SideKey:
    """The side that a row names."""
    return SideKey(service=service, account=account, playlist=PlaylistId(ext_id))
