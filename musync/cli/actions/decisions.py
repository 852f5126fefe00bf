"""Your answers: listed, taken back, carried to another computer."""

from __future__ import annotations

from pathlib import Path

from musync.app.decision_files import read_decisions, write_decisions
from musync.app.documents import decision_document
from musync.cli.face import Face
from musync.cli.rows import name
from musync.cli.table import Column
from musync.cli.words import counted, moment
from musync.domain import Decision, DecisionKind
from musync.domain.errors import UsageError

_KINDS = {
    DecisionKind.CONFIRMED: "is",
    DecisionKind.REJECTED: "is not",
    DecisionKind.SKIP: "never sync",
    DecisionKind.UNLINKED: "is not, in this pair",
}


def list_decisions(face: Face, text: str, kind: DecisionKind | None) -> int:
    """List the answers whose tracks hold the text."""
    found = face.musync.decisions.all(text, kind)
    if face.output.json:
        face.output.document({"items": [decision_document(decision) for decision in found]})
        return 0
    columns = (Column("ID", "right", fixed=True), Column("Track"), Column("Answer"), Column("Counterpart"))
    face.output.table((*columns, Column("When", fixed=True)), [_row(decision) for decision in found])
    if not found:
        face.output.note("No answer yet." if not text and kind is None else "No such answer.")
    return 0


def _row(decision: Decision) -> tuple[str, ...]:
    other = name(decision.b.track) if decision.b is not None else ""
    return (str(decision.id), name(decision.a.track), _KINDS[decision.kind], other, moment(decision.at))


def forget_decisions(face: Face, ids: list[int]) -> int:
    """Take answers back.

    Raises:
        UsageError: there is none of one of the numbers; then none was taken back.
    """
    known = {decision.id for decision in face.musync.decisions.all()}
    unknown = [number for number in ids if number not in known]
    if unknown:
        raise UsageError(
            f"There is no decision {unknown[0]}.",
            unchanged="No answer was taken back.",
            next="musync decisions lists them.",
            code="unknown-decision",
        )
    for number in ids:
        face.musync.decisions.forget(number)
    if face.output.json:
        face.output.document({"forgotten": ids})
    elif not face.output.quiet:
        face.output.line(f"Taken back: {counted(len(ids), 'answer')}.")
    return 0


def export_decisions(face: Face, file: Path) -> int:
    """Write all answers to a file."""
    path = file.expanduser().absolute()
    count = write_decisions(face.musync.decisions.export(), path)
    if face.output.json:
        face.output.document({"file": str(path), "decisions": count})
    elif not face.output.quiet:
        face.output.line(f"{counted(count, 'answer')} in {path}.")
    return 0


def import_decisions(face: Face, file: Path) -> int:
    """Take in the answers of a file."""
    items = read_decisions(file.expanduser().absolute())
    taken = face.musync.decisions.import_(items)
    if face.output.json:
        face.output.document({"taken": len(taken), "left": len(items) - len(taken)})
    elif not face.output.quiet:
        left = len(items) - len(taken)
        face.output.line(f"Taken in: {counted(len(taken), 'answer')}. Known before or older: {left:,}.")
    return 0
