"""`diff` and `sync`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from musync.app.documents import Document, sync_document
from musync.app.exits import of_error, of_written, worst
from musync.app.outcomes import run_rows
from musync.app.reports import check_report, write_report
from musync.app.results import Written
from musync.app.session import SyncSession, WriteState
from musync.cli import asking, summary
from musync.cli.asking import agrees, nobody_to_ask
from musync.cli.errors import tell
from musync.cli.face import Face
from musync.cli.progress import watcher
from musync.cli.rows import show_rows
from musync.cli.wishes import Wishes
from musync.cli.words import counted
from musync.domain import Control, RunState
from musync.domain.errors import Cancelled, MusyncError

FIRST_ROWS = 8
"""Rows of each group that are shown before the question."""


def search_nothing(_control: Control) -> None:
    """Leave what only a search can tell as it is."""


def diff(face: Face, source: str, target: str, wishes: Wishes, *, create: bool) -> int:
    """Compare, and say what would be written; no service is searched."""
    state = _prepared(face, face.musync.session(), source, target, wishes, create=create)
    code = _rehearsed(face, state, None)
    if state.review.unasked and not face.output.json:
        face.output.note(summary.unasked(state.review))
    return code


def sync(
    face: Face,
    source: str,
    target: str,
    wishes: Wishes,
    *,
    create: bool,
    dry_run: bool,
    yes: bool,
    search_again: bool,
    report: Path | None,
) -> int:
    """Compare, search, ask once unless told not to, and write."""
    if not (yes or dry_run or asking.has_terminal()):
        raise nobody_to_ask("Add --yes to write what is certain, or --dry-run to look only.")
    if report is not None:
        check_report(report.expanduser())
    session = face.musync.session()
    search = partial(session.ask_all, anew=search_again)
    state = _prepared(face, session, source, target, wishes, create=create, search=search)
    if dry_run:
        return _rehearsed(face, state, report)
    if state.brake is not None:
        if not (face.output.json or face.output.quiet):
            _preview(face, state)
        raise state.brake
    if not yes and not (state.plan.empty and not state.plan.moves_waiting):
        _preview(face, state)
        state = _with_order(session, state)
        if not (state.plan.empty or agrees(_question(state))):
            raise Cancelled("Nothing was written.", unchanged="Both lists are as they were.", code="declined")
    done = face.job(lambda control: session.write(control, watcher(control)))
    return _finished(face, done.written, report)


def _prepared(
    face: Face,
    session: SyncSession,
    source: str,
    target: str,
    wishes: Wishes,
    *,
    create: bool,
    search: Callable[[Control], None] = search_nothing,
) -> WriteState:
    settings = face.musync.settings.read()
    policy = wishes.policy(settings.accept, settings.preference)
    resolve = face.musync.addresses.resolve

    def prepare(control: Control) -> WriteState:
        session.pick(source=resolve(source, control), target=resolve(target, control, create=create), policy=policy)
        session.compare(control)
        search(control)
        session.to_confirm()
        return session.to_write()

    return face.job(prepare)


def _rehearsed(face: Face, state: WriteState, report: Path | None) -> int:
    """Show the difference, with whatever would stop the run."""
    output = face.output
    if state.brake is not None and output.json:
        raise state.brake
    if not output.json:
        for line in summary.headlines(state.review):
            output.line(line)
        output.line(summary.planned(state.review.shown.counts, state.plan))
        show_rows(output, run_rows(state.review, set(), {}), finished=False, every=face.verbose)
    if state.brake is not None:
        output.line()
        raise state.brake
    result = face.musync.writing.rehearse(state.review)
    for remark in (summary.nothing_to_write(state.review, state.plan), *summary.remarks(state.plan)):
        if remark:
            output.note(remark)
    return _documented(face, result, report)


def _preview(face: Face, state: WriteState) -> None:
    """What the question is about, beside the result."""
    output = face.output
    for line in summary.headlines(state.review):
        output.alert(line)
    output.alert(summary.MODES[state.review.policy.mode])
    output.alert(summary.planned(state.review.shown.counts, state.plan))
    rows = run_rows(state.review, set(), {})
    show_rows(output, rows, finished=False, every=face.verbose, most=FIRST_ROWS, aside=True)
    output.alert()
    # About the order the next line asks.
    for remark in summary.remarks(replace(state.plan, moves_waiting=0)):
        output.alert(remark)


def _with_order(session: SyncSession, state: WriteState) -> WriteState:
    """Ask about the order where it would take many moves."""
    if not state.plan.moves_waiting:
        return state
    moves = counted(state.plan.moves_waiting, "track")
    answered = session.bring_order(agrees(f"Bring the order over too? {moves} would move."))
    assert isinstance(answered, WriteState)
    return answered


def _question(state: WriteState) -> str:
    writes = state.plan.writes
    parts = [f"{verb} {writes[key]:,}" for key, verb in _VERBS if writes[key]]
    return f"{', '.join(parts)}? ({counted(state.requests, 'request')})".capitalize()


_VERBS = (("added", "add"), ("moved", "move"), ("removed", "remove"))


def _finished(face: Face, result: Written, report: Path | None) -> int:
    """Say what came of it, keep the report, give the exit code."""
    if not face.output.json:
        _tell(face, result)
    return _documented(face, result, report)


def _documented(face: Face, result: Written, report: Path | None) -> int:
    """The document and the report of a run; a report that cannot be written does not hide what was done."""
    document, code = sync_document(result), of_written(result)
    if result.error is not None:
        document["error"] = result.error.document()
    try:
        if report is not None:
            keep_report(face, document, report)
    except MusyncError as error:
        document["error"] = error.document()
        code = worst([code, of_error(error)])
        if not face.output.json:
            tell(error, face.output)
    if face.output.json:
        face.output.document(document)
    return code


def _tell(face: Face, result: Written) -> None:
    output = face.output
    code = of_written(result)
    if output.quiet and result.plan.empty and code == 0:
        return
    for line in summary.headlines(result.review):
        output.line(line)
    output.line(summary.nothing_to_write(result.review, result.plan) or summary.written(result))
    if not output.quiet:
        show_rows(output, result.rows, finished=result.state is not RunState.PLANNED, every=face.verbose)
        output.line()
    for line in (*summary.remarks(result.plan), *summary.ended(result)):
        output.line(line)
    if result.error is not None:
        tell(result.error, output)


def keep_report(face: Face, document: Document, report: Path) -> None:
    """Write the report, and say where it is."""
    path = write_report(document, report.expanduser())
    face.output.note(f"Report: {path}")
