"""A run in a few lines: which lists, which numbers, what still waits."""

from __future__ import annotations

from musync.app.reports import put_right
from musync.app.results import Written
from musync.app.review import Review
from musync.cli.words import counted, number, took
from musync.domain import Counts, Mode, Plan, RunState

MODES = {
    Mode.ADD: "Add missing: nothing is moved or removed.",
    Mode.MIRROR: "Mirror: the target becomes like the source.",
}
ORDER_LEFT = {
    "no-order": "The target has no order of its own.",
    "cannot-move": "The order stays: the target cannot move tracks.",
    "too-many-moves": "The order stays: it would take too many moves.",
    "left": "The order stays, as you chose.",
}
_STATES = {
    RunState.STOPPED: "Stopped before the end.",
    RunState.DRIFTED: "The target changed meanwhile; nothing more was written.",
    RunState.UNVERIFIED: "The target does not show what was sent. Compare again to see what arrived.",
    RunState.FAILED: "The run ended early.",
    RunState.WAITING: "The run waits.",
}


PREFERRED = {
    ("prefer", "exact"): "only the same release",
    ("prefer", "best"): "best effort, another version where the recording is not there",
    ("explicit", "clean"): "clean",
    ("explicit", "explicit"): "explicit",
    ("live", "studio"): "studio recordings",
    ("live", "live"): "live recordings",
}


def headlines(review: Review) -> list[str]:
    """Both lists with their sizes, and what is preferred where that is not the usual."""
    preferred = [PREFERRED[item] for item in review.policy.preference.options.items()]
    return [_sides(review), *([f"Preferred: {'; '.join(preferred)}."] if preferred else [])]


def _sides(review: Review) -> str:
    source, target = review.source, review.target
    there = "new" if review.created else number(len(review.target_read.entries))
    return (
        f"{source.title} ({source.account.name}, {number(len(review.source_read.entries))}) → "
        f"{target.title} ({target.account.name}, {there})"
    )


def planned(counts: Counts, plan: Plan) -> str:
    """The numbers before writing."""
    writes = plan.writes
    parts = [
        (counts.common, "in both"),
        (writes["added"], "to add"),
        (writes["moved"], "to move"),
        (writes["removed"], "to remove"),
        *_open(counts),
    ]
    return _joined(parts) or "Nothing to write."


def written(result: Written) -> str:
    """The numbers after writing, counted from the last read."""
    done = [row.action.value for row in result.rows if row.written]
    failed = sum(bool(row.error) for row in result.rows)
    parts = [
        (done.count("add"), "added"),
        (done.count("move"), "moved"),
        (done.count("remove"), "removed"),
        (failed, "refused"),
        (result.review.shown.counts.common, "in both before"),
        *_open(result.review.shown.counts),
    ]
    return _joined(parts) or "Nothing was written."


def _open(counts: Counts) -> list[tuple[int, str]]:
    return [
        (counts.ambiguous, "to choose"),
        (counts.not_found, "not found"),
        (counts.not_asked, "not asked yet"),
        (counts.not_addable, "cannot be added"),
        (counts.skipped, "skipped"),
    ]


def _joined(parts: list[tuple[int, str]]) -> str:
    return " · ".join(f"{number(count)} {words}" for count, words in parts if count)


def remarks(plan: Plan) -> list[str]:
    """What the plan leaves as it is, and how that can be changed."""
    found = []
    if plan.removals_waiting:
        removals = counted(plan.removals_waiting, "removal")
        found.append(f"{removals} not approved; --allow-removals approves them for one run.")
    if plan.moves_waiting:
        moves = counted(plan.moves_waiting, "track")
        found.append(f"The order waits for you: {moves} would move. Without --yes the sync asks, in a terminal.")
    if plan.order_left in ORDER_LEFT:
        found.append(ORDER_LEFT[plan.order_left])
    return found


def unasked(review: Review) -> str:
    """Why some tracks have no answer yet, and what gets them one."""
    return f"{counted(len(review.unasked), 'track')} not asked about yet: musync sync searches for them."


def ended(result: Written) -> list[str]:
    """How the run ended, and the way to what is open."""
    found = [_STATES[result.state]] if result.state in _STATES else []
    if result.repaired:
        found.append(f"{number(result.repaired)} {put_right(result.repaired)}.")
    if result.unmade:
        found.append(unmade(result))
    if result.run is not None:
        run = result.run.id
        found.append(f"Run {run}: {counted(result.requests, 'request')}, {took(result.seconds)}.")
        if result.review.shown.counts.ambiguous:
            found.append(f"musync review {run} asks about what is to choose.")
    return found


def unmade(result: Written) -> str:
    """That a new target was not made, and why where nothing else says it."""
    why = ": none of the tracks was taken" if result.error is None and not result.plan.empty else ""
    return f"“{result.review.target.title}” was not made{why}."


def nothing_to_write(review: Review, plan: Plan) -> str:
    """Why a plan holds nothing, empty when it does hold something."""
    if not plan.empty:
        return ""
    if not review.source_read.entries:
        return "The source is empty: nothing to copy."
    counts = review.shown.counts
    same = counts.common == len(review.source_read.entries) == len(review.target_read.entries)
    if same and not plan.order_left:
        return f"Already the same: {counted(counts.common, 'track')} in both. Nothing to write."
    numbers = _joined([(counts.common, "in both"), *_open(counts)])
    return f"Nothing to write: {numbers}." if numbers else "Nothing to write."
