"""`playlists` and `show`."""

from __future__ import annotations

from typing import Annotated

import typer

from musync.cli.commands.options import Address
from musync.cli.face import Face
from musync.cli.grammar import command


def declare(program: typer.Typer) -> None:
    """Declare them."""

    @command(program, "playlists")
    def playlists(
        face: Face,
        account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="An account's name, see musync accounts.")],
        filter: Annotated[str, typer.Option("--filter", metavar="TEXT", help="Titles that hold this.")] = "",
    ) -> int:
        """List the playlists of an account."""
        from musync.cli.actions.lists import list_playlists

        return list_playlists(face, account, filter)

    @command(program, "show")
    def show(face: Face, address: Address) -> int:
        """List what is in a playlist."""
        from musync.cli.actions.lists import show_entries

        return show_entries(face, address)
