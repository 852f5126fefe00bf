"""Service objects for jobs: each is connected for one job and one thread, and closed with it."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from musync.app.paths import Home
from musync.domain import Account, Control
from musync.services.api import Env, PlaylistService
from musync.services.shelf import Shelf
from musync.vault import Vault

if TYPE_CHECKING:
    import requests

log = logging.getLogger(__name__)


class Connections:
    """Connects accounts; lends each service what it may use and nothing else."""

    def __init__(self, shelf: Shelf, home: Home, vault: Vault, *, looked: set[str] | None = None) -> None:
        self._shelf = shelf
        self._home = home
        self._vault = vault
        self._looked = looked

    def of_one_job(self) -> Connections:
        """The same for one job: what one of its services brought up to date, the others do not look at again."""
        return Connections(self._shelf, self._home, self._vault, looked=set())

    @contextmanager
    def open(self, account: Account, control: Control) -> Iterator[PlaylistService]:
        """The account's service for the length of the block; makes no request by itself."""
        plugin = self._shelf.plugin(account.service)
        service = plugin.connect(account, self.env(account, control))
        log.debug("connected %s", account.service)
        try:
            yield service
        finally:
            service.close()

    def cache(self, account: Account) -> Path:
        """The folder for what can be rebuilt of the account; made when missing."""
        return self._home.cache(account)

    def forget_cache(self, account: Account) -> None:
        """Delete what can be rebuilt of the account."""
        shutil.rmtree(self.cache(account), ignore_errors=True)

    def env(self, account: Account, control: Control) -> Env:
        """What the account's service is lent."""
        return Env(
            control=control,
            cache=self.cache(account),
            secrets=self._vault.secrets_of(account.name),
            http=_session,
            looked=set() if self._looked is None else self._looked,
        )


def _session() -> requests.Session:
    # Imported when a service goes to the network: requests alone costs more than a whole local sync's start.
    from musync.net import make_session

    return make_session()
