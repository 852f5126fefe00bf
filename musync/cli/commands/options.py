"""Arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ADDRESS_HELP = "A playlist file, SERVICE:NAME, SERVICE@ACCOUNT:NAME or a link."

Address = Annotated[str, typer.Argument(metavar="ADDRESS", help=ADDRESS_HELP, show_default=False)]
Source = Annotated[str, typer.Argument(metavar="SOURCE", help=f"Taken from. {ADDRESS_HELP}", show_default=False)]
Target = Annotated[str, typer.Argument(metavar="TARGET", help="Written to; the same forms.", show_default=False)]
Run = Annotated[int, typer.Argument(metavar="RUN", help="The number of a run, see musync runs.")]
NewFile = Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.", show_default=False)]
Report = Annotated[Path, typer.Argument(metavar="FILE", help="A name in .html, .csv, .json or .txt.")]
