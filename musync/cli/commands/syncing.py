"""`diff` and `sync`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from musync.cli.commands.options import Source, Target
from musync.cli.face import Face
from musync.cli.grammar import command
from musync.cli.wishes import Wishes
from musync.domain.sync import Mode


class Removals(StrEnum):
    """What to do with planned removals."""

    ASK = "ask"
    APPLY = "apply"
    NEVER = "never"


class Foreign(StrEnum):
    """What to do with entries that only the target has."""

    KEEP = "keep"
    REMOVE = "remove"


class Duplicates(StrEnum):
    """Whether copies are kept."""

    KEEP = "keep"
    COLLAPSE_NEW = "collapse-new"


ModeOption = Annotated[Mode, typer.Option("--mode", help="add: only add what is missing. mirror: be like the source.")]
AcceptOption = Annotated[
    float | None,
    typer.Option("--accept", metavar="P", help="Probability from which a match needs no answer, 0.8 to 1."),
]
RemovalsOption = Annotated[Removals, typer.Option("--removals", help="Mirror: whether removals are carried out.")]
AllowOption = Annotated[bool, typer.Option("--allow-removals", help="Approve the removals of this run.")]
ForeignOption = Annotated[Foreign, typer.Option("--foreign", help="Mirror: entries that only the target has.")]
DuplicatesOption = Annotated[Duplicates, typer.Option("--duplicates", help="Second copies of a track.")]
TopOption = Annotated[bool, typer.Option("--top", help="Add at the top instead of the end.")]
OverrideOption = Annotated[str, typer.Option("--override", metavar="B2,B3", help="Lift these brakes for this run.")]
EmptyOption = Annotated[
    str, typer.Option("--confirm-empty", metavar="PLAYLIST-ID", help="This list is meant to be empty.")
]
CreateOption = Annotated[bool, typer.Option("--create", help="Make the target when it is not there.")]


def declare(program: typer.Typer) -> None:
    """Declare them."""

    @command(program, "sync")
    def sync(
        face: Face,
        source: Source,
        target: Target,
        mode: ModeOption = Mode.ADD,
        create: CreateOption = False,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be written.")] = False,
        yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask; what is not certain waits.")] = False,
        accept: AcceptOption = None,
        removals: RemovalsOption = Removals.ASK,
        allow_removals: AllowOption = False,
        foreign: ForeignOption = Foreign.KEEP,
        duplicates: DuplicatesOption = Duplicates.KEEP,
        top: TopOption = False,
        override: OverrideOption = "",
        confirm_empty: EmptyOption = "",
        report: Annotated[
            Path | None,
            typer.Option("--report", metavar="FILE", help="Write what came of it: .html, .csv, .json or .txt."),
        ] = None,
    ) -> int:
        """Bring what is missing from one playlist to another."""
        from musync.cli.actions.sync import sync as run

        wishes = Wishes(
            mode=mode,
            accept=accept,
            removals=removals.value,
            allow_removals=allow_removals,
            foreign=foreign.value,
            duplicates=duplicates.value,
            top=top,
            override=override,
            confirm_empty=confirm_empty,
        )
        return run(face, source, target, wishes, create=create, dry_run=dry_run, yes=yes, report=report)

    @command(program, "diff")
    def diff(
        face: Face,
        source: Source,
        target: Target,
        mode: ModeOption = Mode.ADD,
        create: CreateOption = False,
        accept: AcceptOption = None,
        removals: RemovalsOption = Removals.ASK,
        allow_removals: AllowOption = False,
        foreign: ForeignOption = Foreign.KEEP,
        duplicates: DuplicatesOption = Duplicates.KEEP,
        top: TopOption = False,
        override: OverrideOption = "",
        confirm_empty: EmptyOption = "",
    ) -> int:
        """Say what differs between two playlists; writes nothing."""
        from musync.cli.actions.sync import diff as run

        wishes = Wishes(
            mode=mode,
            accept=accept,
            removals=removals.value,
            allow_removals=allow_removals,
            foreign=foreign.value,
            duplicates=duplicates.value,
            top=top,
            override=override,
            confirm_empty=confirm_empty,
        )
        return run(face, source, target, wishes, create=create)
