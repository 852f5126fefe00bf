"""Accounts: who the user is where. Stored without anything secret."""

from __future__ import annotations

import time
from dataclasses import dataclass

from musync.app.connections import Connections
from musync.app.paging import again
from musync.app.stores import OpenDatabase
from musync.domain import Account, Control
from musync.domain.errors import UsageError
from musync.services.api import SignedIn, SignInFlow
from musync.services.shelf import Shelf
from musync.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCheck:
    """What a test of an account showed."""

    account: Account
    playlists: int
    seconds: float


class Accounts:
    """Lists, adds, tests and removes accounts."""

    def __init__(self, database: OpenDatabase, shelf: Shelf, connections: Connections, vault: Vault) -> None:
        self._database = database
        self._shelf = shelf
        self._connections = connections
        self._vault = vault

    def all(self) -> tuple[Account, ...]:
        """Every stored account, by name."""
        with self._database().read() as work:
            return work.accounts.all()

    def named(self, name: str) -> Account:
        """The account of this name.

        Raises:
            UsageError: there is none; the names there are stand in the message.
        """
        accounts = self.all()
        found = next((account for account in accounts if account.name == name), None)
        if found is None:
            known = ", ".join(account.name for account in accounts) or "none yet"
            raise UsageError(f"There is no account “{name}”.", next=f"Accounts are: {known}.", code="unknown-account")
        return found

    def of_service(self, service: str) -> tuple[Account, ...]:
        """The accounts of one service."""
        return tuple(account for account in self.all() if account.service == service)

    def sign_in(self, service: str, control: Control, account: Account | None = None) -> SignInFlow:
        """Begin to sign in to a service, anew for `account` when given."""
        plugin = self._shelf.plugin(service)
        stand_in = account or Account(name=service, service=service, ext_id="")
        return plugin.sign_in(self._connections.env(stand_in, control), account)

    def add(self, service: str, signed_in: SignedIn, *, name: str | None = None) -> Account:
        """Store what a sign-in led to; an identity that is known keeps its name and takes the new settings.

        Raises:
            UsageError: the name is taken by another account.
        """
        with self._database().begin() as work:
            known = work.accounts.by_identity(service, signed_in.ext_id)
            taken = {account.name for account in work.accounts.all()}
            account = Account(
                name=name or (known.name if known is not None else free_name(service, taken)),
                service=service,
                ext_id=signed_in.ext_id,
                label=signed_in.label,
                settings=dict(signed_in.settings),
            )
            if known is not None:
                work.accounts.update(account)
            else:
                work.accounts.add(account)
        if signed_in.secrets:
            self._vault.store(account.name, signed_in.secrets)
        return account

    def remove(self, name: str) -> Account:
        """Forget an account, its secrets, its cache and what it was searched for; decisions and history stay."""
        account = self.named(name)
        with self._database().begin() as work:
            work.accounts.remove(name)
            work.searches.forget(account.service, account.ext_id)
        if self._shelf.plugin(account.service).has_secrets:
            self._vault.forget(account.name)
        self._connections.forget_cache(account)
        return account

    def test(self, name: str, control: Control) -> AccountCheck:
        """Connect and list the first page of playlists."""
        account = self.named(name)
        begun = time.monotonic()
        with self._connections.open(account, control) as service:
            page = again(service.list_playlists, control)
        count = page.total if page.total is not None else len(page.items)
        return AccountCheck(account=account, playlists=count, seconds=time.monotonic() - begun)


def free_name(service: str, taken: set[str]) -> str:
    """The service's id, else the first of it with `-2`, `-3` and so on that is free."""
    if service not in taken:
        return service
    number = 2
    while f"{service}-{number}" in taken:
        number += 1
    return f"{service}-{number}"
