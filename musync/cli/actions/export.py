"""A playlist written to a new file."""

from __future__ import annotations

from pathlib import Path

from musync.app.documents import Document, sync_document
from musync.app.exits import of_written
from musync.app.exporting import new_file
from musync.app.results import Written
from musync.cli import summary
from musync.cli.errors import tell
from musync.cli.face import Face
from musync.cli.progress import watcher
from musync.cli.rows import show_rows
from musync.domain import Control, Mode, Policy


def export(face: Face, address: str, file: Path, *, for_players: bool) -> int:
    """Copy the playlist that the address names into a file that is not there yet."""
    musync = face.musync
    new_file(musync.shelf, file, file.stem, for_players=for_players)
    policy = Policy(mode=Mode.ADD, accept=musync.settings.read().accept)

    def work(control: Control) -> Written:
        source = musync.addresses.resolve(address, control)
        target = new_file(musync.shelf, file, source.title, for_players=for_players)
        review = musync.comparing.compare(source, target, policy, control)
        return musync.writing.write(review, control, watcher(control))

    result = face.job(work)
    if face.output.json:
        face.output.document(_document(result))
    else:
        _tell(face, result, file)
    return of_written(result)


def _document(result: Written) -> Document:
    document = sync_document(result)
    return document if result.error is None else {**document, "error": result.error.document()}


def _tell(face: Face, result: Written, file: Path) -> None:
    output = face.output
    if result.error is not None:
        tell(result.error, output)
        return
    if not output.quiet:
        output.line(summary.nothing_to_write(result.review, result.plan) or summary.written(result))
        output.line(summary.unmade(result) if result.unmade else f"File: {file.expanduser().absolute()}")
    left = [row for row in result.rows if not row.written]
    show_rows(output, left, finished=True)
