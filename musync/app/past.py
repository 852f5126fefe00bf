"""The sides of a run of the past, found again for a new comparison."""

from __future__ import annotations

from pathlib import Path

from musync.app.accounts import Accounts
from musync.app.connections import Connections
from musync.app.paging import again
from musync.app.sides import Side, side_of
from musync.domain import Account, Control, SideLabel
from musync.domain.errors import UsageError
from musync.services.shelf import Shelf


def side_again(label: SideLabel, accounts: Accounts, shelf: Shelf, connections: Connections, control: Control) -> Side:
    """The side that history calls so, as it is now.

    Raises:
        UsageError: its account is no longer known.
        NotFound: the playlist is gone.
    """
    account = _account(label, accounts, shelf)
    with connections.open(account, control) as service:
        return side_of(account, again(lambda: service.read_playlist(label.key.playlist), control))


def _account(label: SideLabel, accounts: Accounts, shelf: Shelf) -> Account:
    key = label.key
    stored = next((one for one in accounts.of_service(key.service) if one.ext_id == key.account), None)
    if stored is not None:
        return stored
    # Services without stored accounts know theirs by their address.
    for claimed in (shelf.claim_path(Path(key.account)), shelf.claim_link(label.url or "")):
        account = claimed[1].account if claimed is not None else None
        if account is not None and (account.service, account.ext_id) == (key.service, key.account):
            return account
    raise UsageError(
        f"The account “{label.account}” of this run is no longer there.",
        where=f"{label.title} ({key.service})",
        unchanged="Nothing was changed.",
        next=f"Add it again: musync accounts add {key.service}",
        code="unknown-account",
    )
