"""Arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from musync.cli.wishes import Versions
from musync.domain.preference import Explicit, Live, Prefer

ADDRESS_HELP = "A playlist file, SERVICE:NAME, SERVICE@ACCOUNT:NAME or a link."

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help=ADDRESS_HELP, show_default=False)]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help=f"Taken from. {ADDRESS_HELP}", show_default=False)]
Target = Annotated[str, typer.Argument(metavar="TARGET", help="Written to; the same forms.", show_default=False)]
Run = Annotated[int, typer.Argument(metavar="RUN", help="The number of a run, see musync runs.")]
NewFile = Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.", show_default=False)]
Report = Annotated[Path, typer.Argument(metavar="FILE", help="A name in .html, .csv, .json or .txt.")]

PREFER_HELP = (
    "exact: only the same release needs no answer. same: the same recording on any. best: where that is not there, "
    "another version of the song by the same artist."
)
EXPLICIT_HELP = "Of several copies the clean or the explicit one. clean: an explicit one waits for your answer."
LIVE_HELP = "Of several recordings that may be meant, studio or live. With best: of all versions."

PreferOption = Annotated[Prefer | None, typer.Option("--prefer", help=PREFER_HELP, show_default="same, or as set")]
ExplicitOption = Annotated[
    Explicit | None, typer.Option("--explicit", help=EXPLICIT_HELP, show_default="any, or as set")
]
LiveOption = Annotated[Live | None, typer.Option("--live", help=LIVE_HELP, show_default="any, or as set")]


def versions(prefer: PreferOption = None, explicit: ExplicitOption = None, live: LiveOption = None) -> Versions:
    """Which of several versions is preferred."""
    return Versions(prefer=prefer, explicit=explicit, live=live)
