"""Looking through the music folders of accounts anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from musync.app.accounts import Accounts
from musync.app.connections import Connections
from musync.domain import Account, Control, ScanReport
from musync.domain.errors import UsageError
from musync.services.api import Scans
from musync.services.shelf import Shelf


class Scanning:
    """Finds the accounts that can be scanned, and scans them."""

    def __init__(self, accounts: Accounts, shelf: Shelf, connections: Connections) -> None:
        self._accounts = accounts
        self._shelf = shelf
        self._connections = connections

    def accounts(self, what: str = "") -> tuple[Account, ...]:
        """The accounts meant by a folder or a name, all that can be scanned for nothing.

        Raises:
            UsageError: there is none.
        """
        able = [account for account in self._accounts.all() if account.service in self._services()]
        found = [account for account in able if not what or account.name == what or _lies_in(what, account)]
        if found:
            return tuple(found)
        if not what:
            raise UsageError("There is no music folder yet.", next=self._hint(), code="nothing-to-scan")
        known = ", ".join(account.name for account in able) or "none yet"
        raise UsageError(
            f"“{what}” is neither an account with a music folder nor the folder of one.",
            next=f"Such accounts: {known}. {self._hint()}",
            code="nothing-to-scan",
        )

    def scan(self, account: Account, control: Control) -> ScanReport:
        """Bring an account's index up to date."""
        with self._connections.open(account, control) as service:
            if not isinstance(service, Scans):
                raise UsageError(f"{account.name} has nothing to scan.", code="nothing-to-scan")
            return service.scan()

    def _services(self) -> Sequence[str]:
        return [
            item.id
            for item in self._shelf.items()
            if item.plugin is not None and not item.problem and self._shelf.abilities(item.id).scans
        ]

    def _hint(self) -> str:
        adders = [
            f"musync accounts add {name} {self._shelf.plugin(name).settings_hint}".strip() for name in self._services()
        ]
        return f"Add one: {' or '.join(adders)}" if adders else ""


def _lies_in(what: str, account: Account) -> bool:
    """Whether the text is a folder that the account was set up with."""
    folder = Path(what).expanduser().absolute()
    return any(value and Path(value).expanduser().absolute() == folder for value in account.settings.values())
