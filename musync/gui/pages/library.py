"""What page 1 can offer: accounts, their playlists once listed, and files that were opened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from musync.gui.desk import Desk
from musync.gui.widgets.account_combo import AccountItem
from musync.gui.words import fill

if TYPE_CHECKING:
    from musync.app.sides import Side
    from musync.domain import Account, Control, Playlist

FILES, FOLDER, FILE = "files", "add:folder", "add:file"


def key_of(account: Account) -> str:
    """The key of an account among the entries of the choice."""
    return f"account:{account.name}"


class Library(QObject):
    """Asks for what is not known yet, in jobs; what is known is there at once."""

    ready = Signal()
    """The accounts are known."""
    closed = Signal(object)
    """The accounts could not be read: the error."""
    listed = Signal(str)
    reading = Signal(str, int, object, str)
    """Key, done, total, code."""
    unlisted = Signal(str, object)
    """Key and error, None when it was stopped."""
    found = Signal(bool, object)
    """For the target, the side."""
    unfound = Signal(bool, object)
    """For the target, the error."""
    added = Signal(bool, object)
    not_added = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._asked: set[str] = set()
        self._listed: dict[str, list[Side]] = {}
        self.accounts: list[Account] = []
        self.files: list[Side] = []

    def begin(self) -> None:
        """Forget everything and ask which accounts there are."""
        self._listed.clear()
        self._asked.clear()
        self.files.clear()
        musync = self._desk.musync
        job = self._desk.submit(lambda _control: musync.accounts.all())
        job.succeeded.connect(self._on_accounts)
        job.failed.connect(self.closed)

    @property
    def empty(self) -> bool:
        """Nothing to choose from."""
        return not self.accounts and not self.files

    def items(self, *, receiving: bool) -> list[AccountItem]:
        """The entries of the account choice, the ways to add one last."""
        accounts = [AccountItem(key_of(account), account.service, self.text(account)) for account in self.accounts]
        more = self.tr("New file…") if receiving else self.tr("Open a file…")
        return [
            *accounts,
            AccountItem(FILES, "file", self.tr("Playlist files")),
            AccountItem(FOLDER, "local", self.tr("Add a music folder…"), act=True),
            AccountItem(FILE, "file", more, act=True),
        ]

    def text(self, account: Account) -> str:
        """An account as people know it."""
        plugin = self._desk.musync.shelf.plugin(account.service)
        return f"{plugin.title} · {account.label or account.name}"

    def account(self, key: str) -> Account:
        """The account behind a key."""
        return next(account for account in self.accounts if key_of(account) == key)

    def sides(self, key: str) -> Sequence[Side] | None:
        """What an entry holds, None while it is not known."""
        return self.files if key == FILES else self._listed.get(key)

    def ask(self, key: str) -> None:
        """Have an account's playlists listed, unless that is under way."""
        if key in self._asked:
            return
        self._asked.add(key)
        account, musync = self.account(key), self._desk.musync
        title = fill(self.tr("Reading playlists of %1"), account.name)
        job = self._desk.submit(lambda control: musync.addresses.playlists(account, control), title)
        job.progressed.connect(lambda done, total, code: self.reading.emit(key, done, total, code))
        job.succeeded.connect(lambda playlists: self._on_listed(account, playlists))
        job.failed.connect(lambda error: self._on_unlisted(key, error))
        job.cancelled.connect(lambda: self._on_unlisted(key, None))

    def resolve(self, address: str, *, receiving: bool, create: bool) -> None:
        """Find what an address names."""
        musync = self._desk.musync
        job = self._desk.submit(lambda control: musync.addresses.resolve(address, control, create=create))
        job.succeeded.connect(lambda side: self._on_found(side, receiving))
        job.failed.connect(lambda error: self.unfound.emit(receiving, error))

    def add_folder(self, folder: Path, *, receiving: bool) -> None:
        """Make an account of a folder of music."""
        musync = self._desk.musync

        def add(control: Control) -> Account:
            from musync.gui.accounts import add_music_folder

            return add_music_folder(musync, folder, control)

        job = self._desk.submit(add, fill(self.tr("Adding %1"), folder.name))
        job.succeeded.connect(lambda account: self._on_added(account, receiving))
        job.failed.connect(self.not_added)

    def put(self, side: Side) -> str:
        """Have a side among what can be chosen; gives the key of the entry it stands under."""
        account = next((one for one in self.accounts if one.ext_id == side.account.ext_id), None)
        if account is None:
            self.files = _with(self.files, side)
            return FILES
        key = key_of(account)
        if key in self._listed:
            self._listed[key] = _with(self._listed[key], side)
        return key

    def _on_accounts(self, accounts: Sequence[Account]) -> None:
        self.accounts = list(accounts)
        self.ready.emit()

    def _on_listed(self, account: Account, playlists: Sequence[Playlist]) -> None:
        from musync.app.sides import side_of

        key = key_of(account)
        self._asked.discard(key)
        self._listed[key] = [side_of(account, playlist) for playlist in playlists]
        self.listed.emit(key)

    def _on_unlisted(self, key: str, error: object) -> None:
        self._asked.discard(key)
        self.unlisted.emit(key, error)

    def _on_found(self, side: Side, receiving: bool) -> None:
        self.put(side)
        self.found.emit(receiving, side)

    def _on_added(self, account: Account, receiving: bool) -> None:
        others = [one for one in self.accounts if one.name != account.name]
        self.accounts = sorted([*others, account], key=lambda one: one.name)
        self._listed.pop(key_of(account), None)
        self.added.emit(receiving, account)


def _with(sides: Sequence[Side], side: Side) -> list[Side]:
    """The sides with this one; first when it is new, in its place when it is not."""
    if any(_same(other, side) for other in sides):
        return [side if _same(other, side) else other for other in sides]
    return [side, *sides]


def _same(one: Side, other: Side) -> bool:
    return one.key == other.key and (one.key is not None or one.title == other.title)
