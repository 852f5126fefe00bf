"""A whole sync on the sample library, with words about what happened."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from musync.app.demo import Demo, add_sample
from musync.app.documents import sync_document
from musync.app.exits import DONE, of_written
from musync.app.results import Written
from musync.cli import summary
from musync.cli.face import Face
from musync.cli.progress import watcher
from musync.cli.rows import GROUPS, grouped, name
from musync.cli.table import Column
from musync.cli.words import counted, number
from musync.domain import Control, Policy, RunRow, RunState

EXAMPLES = 2
"""Rows of each outcome that are shown."""

_MEANINGS = {
    "added": "was missing in Road and stands there now",
    "both": "was in both already, so nothing was done",
    "ambiguous": "not certain: only you can say",
    "not_found": "is not in the library, or only as another recording",
    "not_addable": "cannot be copied by any service",
    "only_there": "only Road has it; adding never removes",
}


def demo(face: Face) -> int:
    """Sync the sample's exported playlist into its library and tell what happened."""
    if face.everywhere.home is None:
        face.move_to(Path(tempfile.mkdtemp(prefix="musync-demo-")))
    prepared = add_sample(face.musync)
    result = face.job(lambda control: _synced(face, prepared, control))
    if face.output.json:
        face.output.document(sync_document(result))
    elif not face.output.quiet:
        _tell(face, prepared, result)
    return DONE if result.state is RunState.DONE else of_written(result)


def _synced(face: Face, prepared: Demo, control: Control) -> Written:
    musync = face.musync
    source = musync.addresses.resolve(prepared.source, control)
    target = musync.addresses.resolve(prepared.target, control, create=True)
    review = musync.comparing.compare(source, target, Policy(), control)
    return musync.writing.write(review, control, watcher(control))


def _tell(face: Face, prepared: Demo, result: Written) -> None:
    output = face.output
    review = result.review
    songs = f" of {counted(len(review.catalogue.tracks), 'song')}" if review.catalogue is not None else ""
    output.line(f"A sync on a made-up library{songs}.")
    output.line(f"From “{review.source.title}”, a playlist exported from a streaming service,")
    output.line(f"what is missing goes to “{review.target.title}”, a playlist of the library.")
    output.line()
    for line in summary.headlines(review):
        output.line(line)
    output.line(summary.nothing_to_write(review, result.plan) or summary.written(result))
    for key, rows in grouped(result.rows).items():
        if key in _MEANINGS:
            output.line()
            output.line(f"{GROUPS[key].after} ({number(len(rows))}): {_MEANINGS[key]}")
            _examples(face, key, rows)
    _way_on(face, prepared, result)


def _examples(face: Face, key: str, rows: list[RunRow]) -> None:
    """The rows that say most: those whose counterpart is called otherwise."""
    telling = sorted(rows, key=lambda row: row.target is None or name(row.source) == name(row.target))
    found = [_example(GROUPS[key].mark, row) for row in telling[:EXAMPLES]]
    face.output.table((Column("", fixed=True), Column(""), Column("")), found)


def _example(mark: str, row: RunRow) -> tuple[str, str, str]:
    both = row.source is not None and row.target is not None
    other = name(row.target) if both and name(row.source) != name(row.target) else ""
    return (f"  {mark}", name(row.source or row.target), other and f"= {other}" if row.written else other)


def _program() -> str:
    """What to type for musync: its name where it is on the search path, else where it lies."""
    if shutil.which("musync"):
        return "musync"
    beside = Path(sys.executable).with_name("musync.exe" if os.name == "nt" else "musync")
    return shlex.quote(str(beside)) if beside.exists() else f"{shlex.quote(sys.executable)} -m musync"


def _way_on(face: Face, prepared: Demo, result: Written) -> None:
    home = shlex.quote(str(face.home.root))
    target, program = shlex.quote(prepared.target), _program()
    commands = [
        (f"{program} show {target} --home {home}", "the playlist as it is now"),
        (f"{program} runs show 1 --home {home} -v", "every row with its reasons"),
        (f"{program} gui --home {home}", "the same in the window"),
    ]
    if result.run is not None:
        commands[1] = (f"{program} runs show {result.run.id} --home {home} -v", commands[1][1])
        if result.review.shown.counts.ambiguous:
            commands.insert(0, (f"{program} review {result.run.id} --home {home}", "answer what is to choose"))
    face.output.line()
    face.output.line(f"Music and playlists: {prepared.folder}")
    face.output.line(f"Everything musync keeps: {face.home.root} (remove the folder and all is gone)")
    face.output.line()
    face.output.line("What to try next:")
    for command, words in commands:
        face.output.line(f"  {command}")
        face.output.line(f"      {words}")
