"""Everything put together once, by constructor."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from musync.app.accounts import Accounts
from musync.app.addresses import AddressBook
from musync.app.comparing import Comparing
from musync.app.connections import Connections
from musync.app.decisions import Decisions
from musync.app.history import History
from musync.app.logs import start_logging
from musync.app.paths import Home
from musync.app.searching import Searching
from musync.app.session import Later, SyncSession, at_once
from musync.app.settings import SettingsFile
from musync.app.stores import LazyDatabase
from musync.app.writing import Writing
from musync.redaction import Redactor
from musync.services.api import ServicePlugin
from musync.services.shelf import Shelf
from musync.vault import Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Musync:
    """What a face works with; nothing in it has touched the database or the keyring yet."""

    home: Home
    redactor: Redactor
    shelf: Shelf
    settings: SettingsFile
    database: LazyDatabase
    connections: Connections
    accounts: Accounts
    addresses: AddressBook
    comparing: Comparing
    writing: Writing
    decisions: Decisions
    history: History

    def session(self, *, later: Later = at_once) -> SyncSession:
        """A new way through the wizard."""
        return SyncSession(self.comparing, self.writing, self.decisions, later=later)

    def close(self) -> None:
        """Let go of everything that was opened."""
        self.database.close()


def open_musync(home: Home, *, extra: Iterable[ServicePlugin] = (), log_to_file: bool = True) -> Musync:
    """Put everything together for one home; reads the settings and nothing else.

    Raises:
        StorageError: the home folder cannot be used.
    """
    home.prepare()
    settings = SettingsFile(home.settings)
    redactor = Redactor(Path.home())
    if log_to_file:
        start_logging(home, settings.read().log_level, redactor)
    shelf = Shelf(extra=extra)
    database = LazyDatabase(home)
    vault = Vault(redactor.learn)
    connections = Connections(shelf, home, vault)
    accounts = Accounts(database, shelf, connections, vault)
    searching = Searching(database, connections, lambda: settings.read().search_again_days)
    return Musync(
        home=home,
        redactor=redactor,
        shelf=shelf,
        settings=settings,
        database=database,
        connections=connections,
        accounts=accounts,
        addresses=AddressBook(accounts, shelf, connections),
        comparing=Comparing(database, connections, accounts, searching),
        writing=Writing(database, connections),
        decisions=Decisions(database),
        history=History(database),
    )
