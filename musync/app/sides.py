"""The two sides of a run as they were picked."""

from __future__ import annotations

from dataclasses import dataclass

from musync.domain import Account, Playlist, SideKey, SideLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One playlist on one account; `playlist` is None while it is only meant to be created under `title`."""

    account: Account
    playlist: Playlist | None
    title: str

    @property
    def key(self) -> SideKey | None:
        """What identifies the side, None before it exists."""
        if self.playlist is None:
            return None
        return SideKey(service=self.account.service, account=self.account.ext_id, playlist=self.playlist.id)

    @property
    def label(self) -> SideLabel | None:
        """What people call it, None before it exists."""
        if self.key is None or self.playlist is None:
            return None
        return SideLabel(key=self.key, title=self.title, account=self.account.name, url=self.playlist.url)


def side_of(account: Account, playlist: Playlist) -> Side:
    """The side of a playlist that exists."""
    return Side(account=account, playlist=playlist, title=playlist.title)
