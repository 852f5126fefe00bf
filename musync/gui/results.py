"""A run's rows in words: what was written, what was left out and why, in the states of the tokens."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from musync.app.results import Written
from musync.domain import OUTCOME_OF, Action, MatchState, Outcome, RunRow, RunState
from musync.gui.models.outcomes import OutcomeRow
from musync.gui.rows import artist_of, title_of
from musync.gui.widgets.bars import Part
from musync.gui.words import fill, plural, shown

_ACTS = (Action.ADD, Action.REMOVE, Action.MOVE)


def _tr(text: str) -> str:
    return QCoreApplication.translate("results", text)


def written_parts(written: Written) -> list[Part]:
    """What was written, by kind."""
    return [
        Part("add", _tr("Added"), written.count(Action.ADD)),
        Part("remove", _tr("Removed"), written.count(Action.REMOVE)),
        Part("moved", _tr("Moved"), written.count(Action.MOVE)),
    ]


def left_out_parts(rows: list[OutcomeRow]) -> list[Part]:
    """What was left out, by reason."""
    words = {
        "failed": _tr("Failed"),
        "ambiguous": _tr("Open"),
        "not_found": _tr("Not found"),
        "not_asked": _tr("Not done"),
        "cannot_add": _tr("Cannot add"),
        "only_here": _tr("Left out"),
        "only_there": _tr("Stays"),
    }
    return [Part(state, word, sum(row.state == state for row in rows)) for state, word in words.items()]


def already_there(written: Written) -> int:
    """Tracks that were on both sides and needed nothing."""
    return sum(
        row.source is not None and row.action in (Action.NONE, Action.ADOPT) and _was_there(written, index)
        for index, row in enumerate(written.rows)
    )


def left_out(written: Written) -> list[OutcomeRow]:
    """Every track that did not go, with the reason; failures first."""
    rows = list(_left_out(written))
    order = ("failed", "ambiguous", "not_found", "not_asked", "cannot_add", "only_here", "only_there")
    return sorted(rows, key=lambda row: order.index(row.state))


def headline(written: Written) -> str:
    """One sentence: how the list stands now."""
    title = written.run.target.title if written.run is not None else written.review.target.title
    if written.unmade:
        return fill(_tr("%1 was not made"), title)
    if written.after is None:
        return fill(_tr("%1 could not be read again"), title)
    count = len(written.after.entries)
    has = plural(count, _tr("has 1 track now"), _tr("has %n tracks now"))
    mirrors = written.review.policy.mode.value == "mirror"
    if mirrors and not written.plan.order_left and written.state is RunState.DONE:
        return fill(_tr("%1 %2, in the order of %3"), title, has, written.review.source.title)
    return fill(_tr("%1 %2"), title, has)


def summary(written: Written) -> str:
    """What was done out of what was meant, in one line."""
    meant = written.plan.writes
    done = {"added": Action.ADD, "removed": Action.REMOVE, "moved": Action.MOVE}
    words = {
        "added": (_tr("%1 of %2 added"), _tr("%1 added")),
        "removed": (_tr("%1 of %2 removed"), _tr("%1 removed")),
        "moved": (_tr("%1 of %2 moved"), _tr("%1 moved")),
    }
    parts = []
    for key, (some, every) in words.items():
        count, wanted = written.count(done[key]), meant[key]
        if wanted:
            parts.append(fill(every, count) if count >= wanted else fill(some, count, wanted))
    one, many = _tr("1 path of a moved file put right"), _tr("%n paths of moved files put right")
    if written.repaired:
        parts.append(plural(written.repaired, one, many))
    order = _order_words(written.plan.order_left)
    return ". ".join(part for part in (", ".join(parts) or _tr("Nothing had to be written"), order) if part) + "."


def _order_words(code: str) -> str:
    return {
        "no-order": _tr("That list has no order"),
        "cannot-move": _tr("The order could not be changed there"),
        "too-many-moves": _tr("The order was left, it would take too many moves"),
        "asks": _tr("The order was left, it waits for your answer"),
        "left": _tr("The order was left, as you chose"),
    }.get(code, "")


def _left_out(written: Written) -> Iterator[OutcomeRow]:
    for row in written.rows:
        track = row.source or row.target
        if track is None:
            continue
        state, word, why = _fate(row, written)
        if state:
            yield OutcomeRow(state, word, row.row, title_of(track), artist_of(track), why)


def _fate(row: RunRow, written: Written) -> tuple[str, str, str]:
    """State, word and reason of a row that did not go; three empty strings for one that did or need not."""
    if row.error:
        return "failed", _tr("Failed"), shown(row.error)
    if row.action in _ACTS and not row.written:
        if row.action is Action.REMOVE and not _was_meant(written, row):
            return "only_there", _tr("Stays"), _tr("its removal was not ticked")
        why = shown(written.error.message) if written.error is not None else _tr("not seen in the list afterwards")
        return "not_asked", _tr("Not done"), why
    if row.source is None or row.state is None:
        return "", "", ""
    return _by_outcome(row, written)


def _by_outcome(row: RunRow, written: Written) -> tuple[str, str, str]:

    assert row.state is not None
    outcome = OUTCOME_OF[row.state]
    reason = shown(row.reasons[0].text) if row.reasons else ""
    if outcome is Outcome.MATCHED:
        if row.action is Action.NONE and not _was_there(written, row.row - 1):
            return "only_here", _tr("Left out"), _tr("you unticked it")
        return "", "", ""
    words = {
        Outcome.AMBIGUOUS: ("ambiguous", _tr("Open"), reason or _tr("more than one recording fits")),
        Outcome.NOT_FOUND: ("not_found", _tr("Not found"), reason or _tr("no counterpart found")),
        Outcome.NOT_ASKED: ("not_asked", _tr("Not asked"), reason or _tr("the search did not come to an end")),
        Outcome.NOT_ADDABLE: ("cannot_add", _tr("Cannot add"), reason or _tr("it cannot be copied")),
    }
    if outcome in words:
        return words[outcome]
    word = _tr("Never") if row.state is MatchState.SKIP and "never" in reason else _tr("Skipped")
    return "only_here", word, reason


def _was_meant(written: Written, row: RunRow) -> bool:
    return written.review.shown.rows[row.row - 1].ticked


def _was_there(written: Written, index: int) -> bool:
    return written.review.shown.rows[index].target is not None


def past_row(row: RunRow) -> OutcomeRow:
    """A row of a past run: what was done, or what stood in the way."""
    track = row.source or row.target
    title = title_of(track) if track is not None else ""
    artist = artist_of(track) if track is not None else ""
    why = shown(row.error) or (shown(row.reasons[0].text) if row.reasons else "")
    if row.error:
        return OutcomeRow("failed", _tr("Failed"), row.row, title, artist, why)
    if row.written:
        state, word = {
            Action.ADD: ("add", _tr("Added")),
            Action.REMOVE: ("remove", _tr("Removed")),
            Action.MOVE: ("moved", _tr("Moved")),
        }.get(row.action, ("done", _tr("Done")))
        return OutcomeRow(state, word, row.row, title, artist)
    if row.source is None or row.state is None:
        return OutcomeRow("only_there", _tr("Stayed"), row.row, title, artist)
    state, word = {
        Outcome.MATCHED: ("both", _tr("In both")),
        Outcome.AMBIGUOUS: ("ambiguous", _tr("Open")),
        Outcome.NOT_FOUND: ("not_found", _tr("Not found")),
        Outcome.NOT_ASKED: ("not_asked", _tr("Not asked")),
        Outcome.NOT_ADDABLE: ("cannot_add", _tr("Cannot add")),
        Outcome.SKIPPED: ("only_here", _tr("Skipped")),
    }[OUTCOME_OF[row.state]]
    if row.note == "left-out" or row.action in _ACTS:
        state, word = "only_here", _tr("Left out")
    return OutcomeRow(state, word, row.row, title, artist, "" if state == "both" else why)
