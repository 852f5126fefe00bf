"""`review`, `runs`, `report` and `decisions`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musync.cli.commands.options import Report, Run
from musync.cli.face import Face
from musync.cli.grammar import command, group
from musync.domain.decision import DecisionKind

Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Only the newest N.")]
Words = Annotated[str, typer.Argument(metavar="TEXT", help="Words of a title, an artist or an album.")]
Kind = Annotated[DecisionKind | None, typer.Option("--kind", help="Only answers of this kind.")]
Numbers = Annotated[list[int], typer.Argument(metavar="ID", help="Numbers of decisions.")]
Decisions = Annotated[Path, typer.Argument(metavar="FILE", help="A JSON file of decisions.")]


def declare_review(program: typer.Typer) -> None:
    """Declare `review`."""

    @command(program, "review")
    def review(face: Face, run: Run) -> int:
        """Answer what a run left to choose."""
        from musync.cli.actions.review import review_run

        return review_run(face, run)


def declare_runs(program: typer.Typer) -> None:
    """Declare `runs` and `report`."""

    @group(program, "runs", help="List runs, show one, list all that is missing.")
    def runs(face: Face) -> int:
        from musync.cli.actions.runs import list_runs

        return list_runs(face, None)

    @command(runs, "list")
    def listed(face: Face, limit: Limit = None) -> int:
        """List runs, the newest first."""
        from musync.cli.actions.runs import list_runs

        return list_runs(face, limit)

    @command(runs, "show")
    def show(face: Face, run: Run) -> int:
        """Show what became of every row of a run."""
        from musync.cli.actions.runs import show_run

        return show_run(face, run)

    @command(runs, "missing")
    def missing(face: Face) -> int:
        """List all that was not found, over all playlists."""
        from musync.cli.actions.runs import list_missing

        return list_missing(face)

    @command(program, "report")
    def report(face: Face, run: Run, file: Report) -> int:
        """Write what came of a run to a file."""
        from musync.cli.actions.runs import write_report_of

        return write_report_of(face, run, file)


def declare_decisions(program: typer.Typer) -> None:
    """Declare `decisions`."""

    @group(program, "decisions", help="List, forget, export and import your answers.")
    def decisions(face: Face) -> int:
        from musync.cli.actions.decisions import list_decisions

        return list_decisions(face, "", None)

    @command(decisions, "list")
    def listed(face: Face, text: Words = "", kind: Kind = None) -> int:
        """List your answers, the newest first."""
        from musync.cli.actions.decisions import list_decisions

        return list_decisions(face, text, kind)

    @command(decisions, "forget")
    def forget(face: Face, id: Numbers) -> int:
        """Take answers back."""
        from musync.cli.actions.decisions import forget_decisions

        return forget_decisions(face, id)

    @command(decisions, "export")
    def export(face: Face, file: Decisions) -> int:
        """Write all answers to a file, for another computer."""
        from musync.cli.actions.decisions import export_decisions

        return export_decisions(face, file)

    @command(decisions, "import")
    def import_(face: Face, file: Decisions) -> int:
        """Take in the answers of a file; newer ones here stay."""
        from musync.cli.actions.decisions import import_decisions

        return import_decisions(face, file)
