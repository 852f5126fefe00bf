"""`diff` and `sync`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musync.cli.commands.options import ExplicitOption, LiveOption, PreferOption, Source, Target, versions
from musync.cli.face import Face
from musync.cli.grammar import command
from musync.cli.wishes import Duplicates, Foreign, Removals, Wishes
from musync.domain.sync import Mode

Create = Annotated[bool, typer.Option("--create", help="Make the target when it is not there.")]


def wishes(
    mode: Annotated[
        Mode, typer.Option("--mode", help="add: only add what is missing. mirror: be like the source.")
    ] = Mode.ADD,
    accept: Annotated[
        float | None,
        typer.Option("--accept", metavar="P", help="Probability from which a match needs no answer, 0.8 to 1."),
    ] = None,
    removals: Annotated[Removals, typer.Option("--removals", help="Mirror: whether removals are carried out.")] = "ask",
    allow_removals: Annotated[bool, typer.Option("--allow-removals", help="Approve the removals of this run.")] = False,
    foreign: Annotated[Foreign, typer.Option("--foreign", help="Mirror: entries that only the target has.")] = "keep",
    duplicates: Annotated[Duplicates, typer.Option("--duplicates", help="Second copies of a track.")] = "keep",
    top: Annotated[bool, typer.Option("--top", help="Add at the top instead of the end.")] = False,
    prefer: PreferOption = None,
    explicit: ExplicitOption = None,
    live: LiveOption = None,
    override: Annotated[str, typer.Option("--override", metavar="B2,B3", help="Lift these brakes for this run.")] = "",
    confirm_empty: Annotated[
        str, typer.Option("--confirm-empty", metavar="PLAYLIST-ID", help="This list is meant to be empty.")
    ] = "",
) -> Wishes:
    """What `diff` and `sync` are asked to do."""
    return Wishes(
        mode=mode,
        accept=accept,
        removals=removals,
        allow_removals=allow_removals,
        foreign=foreign,
        duplicates=duplicates,
        top=top,
        versions=versions(prefer, explicit, live),
        override=override,
        confirm_empty=confirm_empty,
    )


def declare(program: typer.Typer) -> None:
    """Declare them."""

    @command(program, "sync", wishes=wishes)
    def sync(
        face: Face,
        source: Source,
        target: Target,
        wishes: Wishes,
        create: Create = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")] = False,
        yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; what is not certain waits.")] = False,
        search_again: Annotated[
            bool, typer.Option("--search-again", help="Search for what was not found on earlier days, too.")
        ] = False,
        report: Annotated[
            Path | None,
            typer.Option("--report", metavar="FILE", help="Write what came of it: .html, .csv, .json or .txt."),
        ] = None,
    ) -> int:
        """Bring what is missing from one playlist to another."""
        from musync.cli.actions.sync import sync as run

        return run(
            face,
            source,
            target,
            wishes,
            create=create,
            dry_run=dry_run,
            yes=yes,
            search_again=search_again,
            report=report,
        )

    @command(program, "diff", wishes=wishes)
    def diff(face: Face, source: Source, target: Target, wishes: Wishes, create: Create = False) -> int:
        """Say what differs between two playlists; writes nothing."""
        from musync.cli.actions.sync import diff as run

        return run(face, source, target, wishes, create=create)
