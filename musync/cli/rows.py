"""The rows of a comparison or a run as tables: what happens to each track, and why something does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from musync.app.documents import outcome_of
from musync.app.outcomes import NOT_THERE
from musync.app.reports import NOTES
from musync.cli.output import Output
from musync.cli.table import Column
from musync.cli.words import number, percent
from musync.domain import Action, RunRow, Track

_LISTED = ("ambiguous", "not_found", "not_asked", "not_addable", "skipped")


@dataclass(frozen=True, slots=True)
class Group:
    """Rows with one fate: the heading before and after the run, and the sign that stands before each."""

    before: str
    after: str
    mark: str


GROUPS = {
    "added": Group("Already added", "Added", "+"),
    "add": Group("To add", "Not added", "+"),
    "removed": Group("Already removed", "Removed", "-"),
    "remove": Group("To remove", "Not removed", "-"),
    "moved": Group("Already moved", "Moved", "↕"),
    "move": Group("To move", "Not moved", "↕"),
    "refused": Group("Refused", "Refused", "!"),
    "ambiguous": Group("To choose", "To choose", "?"),
    "not_found": Group("Not found", "Not found", "✖"),
    "not_asked": Group("Not asked yet", "Not asked yet", "…"),
    "not_addable": Group("Cannot be added", "Cannot be added", "❒"),
    "skipped": Group("Skipped", "Skipped", "–"),
    "left_out": Group("Left out", "Left out", "–"),
    "only_there": Group("Only there, left alone", "Only there, left alone", "·"),
    "both": Group("In both", "In both", "✔"),
}
"""In the order in which they are shown."""

EXTRA = frozenset({"only_there", "both"})
"""Groups that nothing happens to; shown when more is asked for."""


def group_of(row: RunRow) -> str:
    """The group a row belongs to, a key of `GROUPS`."""
    if row.error:
        return "refused"
    if row.action in (Action.ADD, Action.REMOVE, Action.MOVE):
        done = {Action.ADD: "added", Action.REMOVE: "removed", Action.MOVE: "moved"}
        return done[row.action] if row.written else row.action.value
    outcome = outcome_of(row)
    if outcome in _LISTED:
        return str(outcome)
    if row.note in NOT_THERE:
        return "left_out"
    return "only_there" if row.source is None else "both"


def grouped(rows: Iterable[RunRow]) -> dict[str, list[RunRow]]:
    """The rows by group, in the order of `GROUPS`; groups without rows are left out."""
    found: dict[str, list[RunRow]] = {key: [] for key in GROUPS}
    for row in rows:
        found[group_of(row)].append(row)
    return {key: group for key, group in found.items() if group}


def show_rows(
    output: Output,
    rows: Sequence[RunRow],
    *,
    finished: bool,
    every: bool = False,
    most: int | None = None,
    aside: bool = False,
) -> None:
    """Print the rows under a heading for each group.

    Args:
        output: where to.
        rows: all of the run.
        finished: the run is over; else it is still to be.
        every: groups that nothing happens to, too, with all reasons.
        most: rows of a group that are shown at most.
        aside: to stderr, before a question.
    """
    say = output.alert if aside else output.line
    for key, found in grouped(rows).items():
        if key in EXTRA and not every:
            continue
        group = GROUPS[key]
        say("")
        say(f"{group.after if finished else group.before} ({number(len(found))})")
        columns = (Column("", fixed=True), Column(""), Column(""))
        output.table(columns, [_cells(group.mark, row, every) for row in found[:most]], aside=aside)
        if most is not None and len(found) > most:
            say(f"  … and {number(len(found) - most)} more")


def _cells(mark: str, row: RunRow, every: bool) -> tuple[str, ...]:
    wanted = row.source or row.target
    return (f"  {mark}", name(wanted), row.error or _why(row, every))


def name(track: Track | None) -> str:
    """Artist and title on one line."""
    if track is None:
        return ""
    title = track.title or track.url or "(no title)"
    return f"{track.artist} - {title}" if track.artists else title


def _likely(row: RunRow) -> str:
    """How likely it is the same recording; nothing where that is certain, or where it is known to be another one."""
    doubts = any(reason.part == "preference" and reason.value != 1 for reason in row.reasons)
    if row.probability is None or row.probability >= 1 or (doubts and outcome_of(row) == "matched"):
        return ""
    return f", {percent(row.probability)}"


def _why(row: RunRow, every: bool) -> str:
    """The counterpart where it is called otherwise, and what there is to say about it."""
    parts = [NOTES[row.note]] if row.note in NOT_THERE and row.note in NOTES else []
    if row.source is not None and row.target is not None and (every or name(row.source) != name(row.target)):
        parts.append(f"{name(row.target)}{_likely(row)}")
    told = every or outcome_of(row) in _LISTED
    parts += [reason.text for reason in row.reasons if told or reason.part == "preference"]
    return "; ".join(dict.fromkeys(part for part in parts if part))
