"""Accounts, as the user named them; none holds a secret."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, update

from musync.domain import Account
from musync.domain.errors import UsageError
from musync.store.codec import from_text, to_text
from musync.store.connections import Block, OneRow, Query
from musync.store.naming import folded
from musync.store.tables import account as table


class Accounts:
    """The accounts of this home."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def all(self) -> tuple[Account, ...]:
        """Every account, in the order they were added."""
        return tuple(_account(row) for row in self._block.execute(select(table).order_by(table.c.id)))

    def get(self, name: str) -> Account | None:
        """The account of this name, capitals or not."""
        return self._one(select(table).where(table.c.name_key == folded(name)))

    def by_identity(self, service: str, ext_id: str) -> Account | None:
        """The account that the service knows by this id."""
        return self._one(select(table).where(table.c.service == service, table.c.ext_id == ext_id))

    def add(self, account: Account) -> None:
        """Keep a new account.

        Raises:
            UsageError: the name is taken (`account-name-taken`), or the account is known by another (`account-known`).
        """
        known = self.by_identity(account.service, account.ext_id)
        if known is not None:
            raise UsageError(
                f"This {account.service} account was added before, as “{known.name}”.",
                where=known.name,
                unchanged="No account was added.",
                next="Use it under that name, or remove it first.",
                code="account-known",
            )
        self._refuse_taken(account)
        self._block.execute(insert(table).values(service=account.service, ext_id=account.ext_id, **_editable(account)))

    def update(self, account: Account) -> None:
        """Change name, label and settings of the account with this identity.

        Raises:
            UsageError: there is none (`account-unknown`), or the new name is another's (`account-name-taken`).
        """
        self._refuse_taken(account)
        here = (table.c.service == account.service, table.c.ext_id == account.ext_id)
        if self._block.execute(update(table).where(*here).values(**_editable(account))).rowcount == 0:
            raise UsageError(
                f"There is no such {account.service} account.",
                where=account.name,
                unchanged="No account was changed.",
                next="See the accounts with “musync accounts”.",
                code="account-unknown",
            )

    def remove(self, name: str) -> bool:
        """Forget the account, if there is one; decisions, pairs and history stay."""
        return self._block.execute(delete(table).where(table.c.name_key == folded(name))).rowcount > 0

    def _refuse_taken(self, account: Account) -> None:
        holder = self.get(account.name)
        if holder is not None and (holder.service, holder.ext_id) != (account.service, account.ext_id):
            raise UsageError(
                f"There is an account named “{holder.name}” already, on {holder.service}.",
                where=holder.name,
                unchanged="No account was added or changed.",
                next="Choose another name.",
                code="account-name-taken",
            )

    def _one(self, query: Query) -> Account | None:
        row = self._block.execute(query).first()
        return None if row is None else _account(row)


def _editable(account: Account) -> dict[str, str]:
    return {
        "name": account.name,
        "name_key": folded(account.name),
        "label": account.label,
        "settings": to_text(dict(account.settings)),
    }


def _account(row: OneRow) -> Account:
    return Account(
        name=row.name, service=row.service, ext_id=row.ext_id, label=row.label, settings=from_text(row.settings)
    )
