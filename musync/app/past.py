"""The sides of a run of the past, found again for a new comparison."""

from __future__ import annotations

from pathlib import Path

from musync.app.accounts import Accounts
from musync.app.connections import Connections
from musync.app.paging import again
from musync.app.sides import Side, side_of
from musync.domain import Account, Control, SideLabel
from musync.domain.errors import Braked, UsageError
from musync.services.shelf import Shelf


def side_again(label: SideLabel, accounts: Accounts, shelf: Shelf, connections: Connections, control: Control) -> Side:
    """The side that history calls so, as it is now; one whose run did not make it is yet to be made.

    Raises:
        Braked: its account's name belongs to another account now (B5).
        UsageError: its account is no longer known.
        NotFound: the playlist is gone.
    """
    account = _account(label, accounts, shelf)
    if not label.key.made:
        return Side(account=account, playlist=None, title=label.title)
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
    _refuse_another(label, accounts)
    raise UsageError(
        f"The account “{label.account}” of this run is no longer there.",
        where=f"{label.title} ({key.service})",
        unchanged="Nothing was changed.",
        next=f"Add it again: musync accounts add {key.service}",
        code="unknown-account",
    )


def _refuse_another(label: SideLabel, accounts: Accounts) -> None:
    """Stop where somebody else goes by the account's name now: what it holds is not what the run knew."""
    other = next((one for one in accounts.of_service(label.key.service) if one.name == label.account), None)
    if other is None:
        return
    raise Braked(
        f"“{other.name}” is another account now: the run belongs to {label.key.account}, this is {other.ext_id}.",
        brakes=("B5",),
        where=f"{label.title} ({label.key.service})",
        unchanged="Nothing was changed on either side.",
        next="Pick the two sides again, or add the account of the run under another name.",
        code="brake-b5",
    )
