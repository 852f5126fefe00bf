"""How commands are declared: each takes the options that every command takes, and bundles of options of its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec

import typer

from musync.cli.ending import to_the_end
from musync.cli.face import Everywhere, Face

P = ParamSpec("P")
Body = Callable[Concatenate[Face, P], int | None]
"""A command: gets its face and its own options, gives an exit code, None for 0."""

Bundles = Mapping[str, Callable[..., Any]]
"""Parameters of a body that are made of several options: name -> maker, whose parameters are the options."""


def _everywhere(
    json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No remarks, no progress.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="More rows, reasons and the log.")] = False,
    home: Annotated[Path | None, typer.Option("--home", metavar="DIR", help="Keep everything in this folder.")] = None,
) -> Everywhere:
    return Everywhere(json=json, quiet=quiet, verbose=verbose, home=home)


_CONTEXT = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)


def command(app: typer.Typer, name: str, **bundles: Callable[..., Any]) -> Callable[[Body[P]], Body[P]]:
    """Declare a command."""

    def declare(body: Body[P]) -> Body[P]:
        app.command(name)(_callable(body, bundles))
        return body

    return declare


def group(parent: typer.Typer, name: str, help: str) -> Callable[[Body[P]], typer.Typer]:
    """Declare a group of commands; the body runs when the group's name is typed alone."""

    def declare(body: Body[P]) -> typer.Typer:
        app = typer.Typer(help=help, rich_markup_mode=None, invoke_without_command=True, no_args_is_help=False)
        app.callback()(_callable(body, {}))
        parent.add_typer(app, name=name)
        return app

    return declare


def root(body: Body[P]) -> typer.Typer:
    """Declare the program itself; the body runs when no command is named."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, invoke_without_command=True)
    app.callback()(_callable(body, {}))
    return app


def _callable(body: Body[P], bundles: Bundles) -> Callable[..., int]:
    """The body under the signature that the parser reads: bundles opened, and everybody's options at the end."""
    opened = {name: _parameters(maker) for name, maker in bundles.items()}
    shared = _parameters(_everywhere)

    def run(ctx: typer.Context, **values: Any) -> int:
        given = _everywhere(**{option.name: values.pop(option.name) for option in shared})
        ctx.obj = ctx.obj.merged(given) if isinstance(ctx.obj, Everywhere) else given
        if ctx.invoked_subcommand is not None:
            return 0
        for name, options in opened.items():
            values[name] = bundles[name](**{option.name: values.pop(option.name) for option in options})
        return to_the_end(Face(ctx.obj, ctx.get_usage()), lambda face: body(face, **values))  # type: ignore[call-arg]

    _, *own = _parameters(body)
    flat = [option for parameter in own for option in opened.get(parameter.name, [parameter])]
    run.__signature__ = inspect.Signature(_in_order([_CONTEXT, *flat, *shared]))  # type: ignore[attr-defined]
    run.__annotations__ = {}
    run.__doc__ = body.__doc__
    return run


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    return list(inspect.signature(function, eval_str=True).parameters.values())


def _in_order(parameters: list[inspect.Parameter]) -> list[inspect.Parameter]:
    """As a signature wants them: what has no default first."""
    return sorted(parameters, key=lambda parameter: parameter.default is not inspect.Parameter.empty)
