"""What stands in the way on this computer: checks as values, each fault with one line that mends it."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from musync.app.accounts import Accounts
from musync.app.display import window_problem
from musync.app.paths import Home
from musync.app.settings import SettingsFile
from musync.app.stores import OpenDatabase
from musync.domain import Account, Control
from musync.domain.errors import Cancelled, MusyncError, SecretsUnavailable
from musync.services.shelf import Shelf
from musync.vault import Vault

LEAST_FREE = 100 * 1024 * 1024
"""Bytes of disk below which a backup of the database may not fit any more."""

Level = Literal["ok", "note", "fault"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at. A note is something missing that nothing set up so far needs; `fix` is one line."""

    name: str
    level: Level
    text: str
    fix: str = ""

    @property
    def ok(self) -> bool:
        """Nothing has to be done about it."""
        return self.level != "fault"


Look = Callable[[], Iterable[Check]]


class Doctor:
    """Looks at everything, or at one service; changes nothing."""

    def __init__(
        self, home: Home, settings: SettingsFile, database: OpenDatabase, shelf: Shelf, accounts: Accounts
    ) -> None:
        self._home = home
        self._settings = settings
        self._database = database
        self._shelf = shelf
        self._accounts = accounts

    def examine(self, control: Control, service: str = "") -> Iterator[Check]:
        """Every check as it is done, of everything or of one service.

        Raises:
            UsageError: there is no such service.
        """
        if service:
            self._shelf.plugin(service)
        for look in (self._services,) if service else self._general():
            control.checkpoint()
            yield from (check for check in look() if not service or check.name == service)
        yield from self._accounts_of(service, control)

    def _general(self) -> tuple[Look, ...]:
        own: tuple[Look, ...] = (self._folder, self._disk, self._read_settings, self._open_database, self._keyring)
        return (*own, _ffmpeg, _window, self._services)

    def _folder(self) -> Iterator[Check]:
        root = self._home.root
        trial = root / f".{secrets.token_hex(6)}.musync-tmp"
        try:
            self._home.prepare()
            trial.touch()
            trial.unlink()
        except MusyncError as error:
            yield _fault("folder", error)
        except OSError as error:
            text = f"Nothing can be written to {root}: {error.strerror or error}."
            fix = "Make it writable, or choose another with --home or MUSYNC_HOME."
            yield Check(name="folder", level="fault", text=text, fix=fix)
        else:
            yield Check(name="folder", level="ok", text=f"{root} can be written to.")

    def _disk(self) -> Iterator[Check]:
        try:
            free = shutil.disk_usage(self._home.root).free
        except OSError as error:
            text = f"The free space cannot be read: {error.strerror or error}."
            yield Check(name="disk", level="note", text=text, fix="Look whether the disk is there.")
            return
        said = f"{free / 1024**3:,.1f} GiB free."
        if free < LEAST_FREE:
            fix = f"Free some room on the disk of {self._home.root}."
            yield Check(name="disk", level="fault", text=f"Nearly full: {said}", fix=fix)
        else:
            yield Check(name="disk", level="ok", text=said)

    def _read_settings(self) -> Iterator[Check]:
        try:
            self._settings.read()
        except MusyncError as error:
            yield _fault("settings", error)
        else:
            yield Check(name="settings", level="ok", text="The settings can be read.")

    def _open_database(self) -> Iterator[Check]:
        try:
            self._database().check()
        except MusyncError as error:
            yield _fault("database", error)
        else:
            yield Check(name="database", level="ok", text="The database opens and is whole.")

    def _keyring(self) -> Iterator[Check]:
        """The key store, asked for something it need not have; only accounts with secrets need it."""
        try:
            Vault().keys("musync doctor")
        except SecretsUnavailable as error:
            needed = any(self._has_secrets(account) for account in self._known_accounts())
            fix = "Unlock or install a keyring (GNOME Keyring, KWallet), or set MUSYNC_SECRET_<ACCOUNT>_<KEY>."
            yield Check(name="keyring", level="fault" if needed else "note", text=error.message, fix=fix)
        else:
            yield Check(name="keyring", level="ok", text="The keyring answers.")

    def _has_secrets(self, account: Account) -> bool:
        return any(
            item.id == account.service and item.plugin is not None and item.plugin.has_secrets
            for item in self._shelf.items()
        )

    def _known_accounts(self) -> tuple[Account, ...]:
        try:
            return self._accounts.all()
        except MusyncError:
            # The check of the database tells why.
            return ()

    def _services(self) -> Iterator[Check]:
        for item in self._shelf.items():
            if item.hidden or not item.enabled:
                continue
            if item.problem:
                fix = "Install musync again." if not item.foreign else "Ask whoever made it, or switch it off."
                yield Check(name=item.id, level="fault", text=f"{item.title}: {item.problem}.", fix=fix)
            else:
                yield Check(name=item.id, level="ok", text=f"{item.title} can be used.")

    def _accounts_of(self, service: str, control: Control) -> Iterator[Check]:
        for account in self._known_accounts():
            if service and account.service != service:
                continue
            control.checkpoint()
            yield self._test(account, control)

    def _test(self, account: Account, control: Control) -> Check:
        name = f"{account.service}@{account.name}"
        try:
            found = self._accounts.test(account.name, control)
        except Cancelled:
            raise
        except MusyncError as error:
            return _fault(name, error, f"musync accounts test {account.name}")
        return Check(name=name, level="ok", text=f"It answers; playlists: {found.playlists:,}.")


def _fault(name: str, error: MusyncError, fix: str = "") -> Check:
    where = f" ({error.where})" if error.where else ""
    return Check(name=name, level="fault", text=f"{error.message}{where}", fix=error.next or fix or "See the log.")


def _ffmpeg() -> Iterator[Check]:
    found = shutil.which("ffmpeg")
    if found is None:
        yield Check(
            name="ffmpeg",
            level="note",
            text="Not installed. Nothing needs it yet.",
            fix="Install ffmpeg with your system's packages when you want it.",
        )
    else:
        yield Check(name="ffmpeg", level="ok", text=found)


def _window() -> Iterator[Check]:
    problem = window_problem()
    if problem is None:
        yield Check(name="window", level="ok", text="The window can open.")
    else:
        yield Check(name="window", level="note", text=problem[0], fix=problem[1])
