"""`services` and `accounts`."""

from __future__ import annotations

from typing import Annotated

import typer

from musync.cli.face import Face
from musync.cli.grammar import command, group

Name = Annotated[str, typer.Argument(metavar="NAME", help="An account's name.")]


def declare(program: typer.Typer) -> None:
    """Declare them."""

    @command(program, "services")
    def services(face: Face) -> int:
        """List the services and what each can do."""
        from musync.cli.actions.services import list_services

        return list_services(face)

    @group(program, "accounts", help="List, add, test and remove accounts.")
    def accounts(face: Face) -> int:
        from musync.cli.actions.accounts import list_accounts

        return list_accounts(face)

    @command(accounts, "list")
    def listed(face: Face) -> int:
        """List the accounts."""
        from musync.cli.actions.accounts import list_accounts

        return list_accounts(face)

    @command(accounts, "add")
    def add(
        face: Face,
        service: Annotated[str, typer.Argument(metavar="SERVICE", help="A service's id, see musync services.")],
        name: Annotated[str, typer.Option("--name", metavar="N", help="What to call it; unique over all.")] = "",
        set: Annotated[
            list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Answers a question of the form.")
        ] = None,
        secret_stdin: Annotated[
            bool, typer.Option("--secret-stdin", help="Reads the secret from standard input.")
        ] = False,
    ) -> int:
        """Add an account; what --set does not say is asked."""
        from musync.cli.actions.adding import add_account

        return add_account(face, service, name, set or [], secret_stdin)

    @command(accounts, "test")
    def test(face: Face, name: Name) -> int:
        """Connect to an account and count its playlists."""
        from musync.cli.actions.accounts import test_account

        return test_account(face, name)

    @command(accounts, "remove")
    def remove(face: Face, name: Name) -> int:
        """Forget an account; decisions and history stay."""
        from musync.cli.actions.accounts import remove_account

        return remove_account(face, name)
