"""The program itself: every command, in the order of its help."""

from __future__ import annotations

from typing import Annotated

import typer

from musync.cli.commands import accounts, history, lists, setup, syncing, tools
from musync.cli.face import Face
from musync.cli.grammar import root


@root
def program(
    face: Face,
    version: Annotated[bool, typer.Option("--version", help="Say which version this is.")] = False,
) -> int:
    """Keep playlists in step between music services, local libraries and playlist files."""
    if version:
        return _version(face)
    from musync.cli.actions.window import open_window

    return open_window(face)


def _version(face: Face) -> int:
    from musync import __version__

    if face.output.json:
        face.output.document({"version": __version__})
    face.output.line(f"musync {__version__}")
    return 0


for declare in (
    syncing.declare,
    history.declare_review,
    lists.declare,
    tools.declare,
    accounts.declare,
    history.declare_runs,
    history.declare_decisions,
    setup.declare,
):
    declare(program)
