"""Runs of the past: listed, shown, reported, and all that is missing."""

from __future__ import annotations

from pathlib import Path

from musync.app.documents import Document, label_document, row_document, run_details, run_document
from musync.app.reports import check_report, write_report
from musync.cli.actions.sync import keep_report
from musync.cli.face import Face
from musync.cli.rows import name, show_rows
from musync.cli.table import Column
from musync.cli.words import counted, moment, number
from musync.domain import Run, RunRow


def list_runs(face: Face, limit: int | None) -> int:
    """List runs, the newest first."""
    runs = face.musync.history.all(limit)
    if face.output.json:
        face.output.document({"items": [run_document(run) for run in runs]})
        return 0
    columns = (Column("Run", "right", fixed=True), Column("When", fixed=True), Column("From"), Column("To"))
    face.output.table((*columns, Column("State", fixed=True), Column("Written")), [_run_row(run) for run in runs])
    if not runs:
        face.output.note("No run yet.")
    return 0


def _run_row(run: Run) -> tuple[str, ...]:
    source, target = (f"{label.title} ({label.account})" for label in (run.source, run.target))
    return (str(run.id), moment(run.begun), source, target, run.state.value, _written(run))


def _written(run: Run) -> str:
    signs = (("+", run.added), ("-", run.removed), ("↕", run.moved))
    return " ".join(f"{sign}{number(count)}" for sign, count in signs if count) or "nothing"


def show_run(face: Face, id: int) -> int:
    """Show what became of every row of a run."""
    run, rows = face.musync.history.show(id)
    if face.output.json:
        face.output.document(run_details(run, rows))
        return 0
    source, target = run.source, run.target
    face.output.line(f"{source.title} ({source.account}) → {target.title} ({target.account})")
    face.output.line(f"{moment(run.begun)}, {run.mode.value}, {run.state.value}: {_written(run)}")
    if run.error:
        face.output.line(f"Ended by: {run.error}")
    show_rows(face.output, rows, finished=True, every=face.verbose)
    return 0


def list_missing(face: Face) -> int:
    """List all that the newest run of every pair did not find, or found that nobody here owns."""
    missing = face.musync.history.missing()
    if face.output.json:
        face.output.document({"items": [_missing_document(run, row) for run, row in missing]})
        return 0
    columns = (Column("Track"), Column("Wanted in"), Column("Why"))
    face.output.table(columns, [_missing_row(run, row) for run, row in missing])
    face.output.note(f"{counted(len(missing), 'track')} missing." if missing else "Nothing is missing.")
    return 0


def _missing_row(run: Run, row: RunRow) -> tuple[str, ...]:
    reasons = "; ".join(reason.text for reason in row.reasons)
    return (name(row.source), f"{run.target.title} ({run.target.account})", reasons)


def _missing_document(run: Run, row: RunRow) -> Document:
    sides = {"source_list": label_document(run.source), "target_list": label_document(run.target)}
    return {"run": run.id, **sides, **row_document(row)}


def write_report_of(face: Face, id: int, file: Path) -> int:
    """Write what came of a run to a file."""
    check_report(file.expanduser())
    run, rows = face.musync.history.show(id)
    if not face.output.json:
        keep_report(face, run_details(run, rows), file)
        return 0
    path = write_report(run_details(run, rows), file.expanduser())
    face.output.document({"run": run.id, "file": str(path.absolute())})
    return 0
