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
    def place(self) -> SideKey:
        """What identifies the side, also before it exists: then it is its title on the account."""
        return self.key or SideKey.unmade(self.account.service, self.account.ext_id, self.title)

    @property
    def label(self) -> SideLabel:
        """What people call it."""
        url = self.playlist.url if self.playlist is not None else None
        return SideLabel(key=self.place, title=self.title, account=self.account.name, url=url)


def side_of(account: Account, playlist: Playlist) -> Side:
    """The side of a playlist that exists."""
    return Side(account=account, playlist=playlist, title=playlist.title)
