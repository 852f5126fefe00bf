"""How commands are declared, so that each takes the options that every command takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from musync.cli.ending import to_the_end
from musync.cli.face import Everywhere, Face

P = ParamSpec("P")
Body = Callable[Concatenate[Face, P], int | None]
"""A command: gets its face and its own options, gives an exit code, None for 0."""

PANEL = "Options of every command"


def _everywhere(
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.", rich_help_panel=PANEL)] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No remarks, no progress.", rich_help_panel=PANEL)
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="More rows, reasons and the log.", rich_help_panel=PANEL)
    ] = False,
    home: Annotated[
        Path | None,
        typer.Option("--home", metavar="DIR", help="Keep everything in this folder.", rich_help_panel=PANEL),
    ] = None,
) -> Everywhere:
    return Everywhere(json=json, quiet=quiet, verbose=verbose, home=home)


_OWN = inspect.signature(_everywhere, eval_str=True).parameters
_CONTEXT = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)


def command(app: typer.Typer, name: str, **settings: Any) -> Callable[[Body[P]], Body[P]]:
    """Declare a command."""

    def declare(body: Body[P]) -> Body[P]:
        app.command(name, **settings)(_callable(body))
        return body

    return declare


def group(parent: typer.Typer, name: str, help: str) -> Callable[[Body[P]], typer.Typer]:
    """Declare a group of commands; the body runs when the group's name is typed alone."""

    def declare(body: Body[P]) -> typer.Typer:
        app = typer.Typer(help=help, rich_markup_mode=None, invoke_without_command=True, no_args_is_help=False)
        app.callback()(_callable(body))
        parent.add_typer(app, name=name)
        return app

    return declare


def root(body: Body[P]) -> typer.Typer:
    """Declare the program itself; the body runs when no command is named."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, invoke_without_command=True)
    app.callback()(_callable(body))
    return app


def _callable(body: Body[P]) -> Callable[..., int]:
    """The body under a signature that has everybody's options too, for the parser to read."""

    def run(ctx: typer.Context, **values: Any) -> int:
        given = Everywhere(**{key: values.pop(key) for key in _OWN})
        ctx.obj = ctx.obj.merged(given) if isinstance(ctx.obj, Everywhere) else given
        if ctx.invoked_subcommand is not None:
            return 0
        return to_the_end(Face(ctx.obj, ctx.get_usage()), lambda face: body(face, **values))  # type: ignore[call-arg]

    _, *own = inspect.signature(body, eval_str=True).parameters.values()
    run.__signature__ = inspect.Signature([_CONTEXT, *own, *_OWN.values()])  # type: ignore[attr-defined]
    run.__annotations__ = {}
    run.__doc__ = body.__doc__
    return run
