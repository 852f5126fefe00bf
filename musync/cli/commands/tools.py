"""`match`, `scan` and `export`."""

from __future__ import annotations

from typing import Annotated

import typer

from musync.cli.commands.options import Address, NewFile, versions
from musync.cli.face import Face
from musync.cli.grammar import command
from musync.cli.wishes import Versions

TRACKS_HELP = "JSONL of tracks, or an address."


def declare(program: typer.Typer) -> None:
    """Declare them."""

    @command(program, "match", versions=versions)
    def match(
        face: Face,
        versions: Versions,
        queries: Annotated[str, typer.Argument(metavar="QUERIES", help=TRACKS_HELP)],
        library: Annotated[
            str, typer.Argument(metavar="LIBRARY", help="The same, or an account for all its music.")
        ] = "",
        top: Annotated[int, typer.Option("--top", metavar="N", min=1, max=50, help="Counterparts of each.")] = 5,
        pairs: Annotated[
            bool, typer.Option("--pairs", help="Judge pairs: lines of {id, a, b}, or line by line.")
        ] = False,
    ) -> int:
        """Find the best counterparts of tracks, with probability and reasons."""
        from musync.cli.actions.match import match as run

        return run(face, queries, library, versions, top=top, pairs=pairs)

    @command(program, "scan")
    def scan(
        face: Face,
        folder: Annotated[
            str, typer.Argument(metavar="[FOLDER|ACCOUNT]", help="A music folder or its account; else all.")
        ] = "",
    ) -> int:
        """Look through music folders anew; lists what cannot be read."""
        from musync.cli.actions.scan import scan as run

        return run(face, folder)

    @command(program, "export")
    def export(
        face: Face,
        address: Address,
        file: NewFile,
        for_players: Annotated[
            bool, typer.Option("--for-players", help="M3U as players want it: relative places with /.")
        ] = False,
    ) -> int:
        """Write a playlist to a new file: M3U, PLS, XSPF, JSPF, CSV, JSON or text."""
        from musync.cli.actions.export import export as run

        return run(face, address, file, for_players=for_players)
