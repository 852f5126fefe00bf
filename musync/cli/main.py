"""The entry point of the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache

import typer
from typer.core import TyperGroup

from musync.cli.commands.program import program
from musync.cli.errors import misread, tell
from musync.cli.output import Output, lost, ready_streams, write
from musync.domain.errors import StorageError

USAGE, UNREAD = 2, 9


def main(argv: Sequence[str] | None = None) -> int:
    """Read the command line, do it, and give the exit code; `argv` is without the program's name."""
    ready_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        try:
            return _done(arguments)
        finally:
            # Help, too, may have been printed to a reader that has gone.
            write(sys.stdout, "")
    except StorageError as error:
        tell(error, Output())
    except OSError as error:
        tell(lost(error), Output())
    return UNREAD


def _done(arguments: list[str]) -> int:
    try:
        return int(_parser().main(args=arguments, prog_name="musync", standalone_mode=False) or 0)
    except typer.TyperException as error:
        tell(misread(error), Output(json=_wants_json(arguments)))
        return USAGE


@cache
def _parser() -> TyperGroup:
    """The program as the parser wants it; making it takes longer than many commands."""
    made = typer.main.get_command(program)
    assert isinstance(made, TyperGroup)
    return made


def _wants_json(arguments: Sequence[str]) -> bool:
    """Whether a document was asked for by a command line that cannot be read."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return "--json" in options
