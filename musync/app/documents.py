"""The documents scripts read: the shapes of `--json`, of JSON reports and of the coming HTTP API. Keys are stable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from musync.app.outcomes import NOT_THERE
from musync.app.results import Written
from musync.app.sides import Side
from musync.domain import (
    OUTCOME_OF,
    Account,
    Candidate,
    Counts,
    Decision,
    Entry,
    Match,
    MusyncError,
    Outcome,
    Playlist,
    Reason,
    Run,
    RunRow,
    SideLabel,
    Track,
)

Document = dict[str, Any]


def track_document(track: Track | None, service: str = "") -> Document | None:
    """A track; what is not known is left out."""
    if track is None:
        return None
    document: Document = {"id": track.id, "title": track.title, "artists": list(track.artists)}
    extra = {
        "album": track.album or None,
        "duration_s": round(track.duration_ms / 1000, 3) if track.duration_ms is not None else None,
        "isrc": track.isrc,
        "mbid": track.mbid,
        "explicit": track.explicit,
        "url": track.url,
        "service": service or None,
    }
    document.update((key, value) for key, value in extra.items() if value is not None)
    return document


def reasons_document(reasons: Iterable[Reason]) -> list[Document]:
    """The named parts of a verdict."""
    return [{"part": reason.part, "value": reason.value, "text": reason.text} for reason in reasons]


def candidate_document(candidate: Candidate) -> Document:
    """One ranked counterpart."""
    return {
        "id": candidate.track.id,
        "p": round(candidate.probability, 4),
        "reasons": reasons_document(candidate.reasons),
    }


def match_document(match: Match) -> Document:
    """What is known about one wanted track."""
    return {
        "track": track_document(match.wanted),
        "outcome": match.outcome.value,
        "ranked": [candidate_document(candidate) for candidate in match.candidates],
        "reasons": reasons_document(match.reasons),
    }


def playlist_document(playlist: Playlist, account: Account) -> Document:
    """A playlist's head."""
    return {
        "id": playlist.id,
        "title": playlist.title,
        "address": f"{account.service}@{account.name}:{playlist.id}",
        "owner": playlist.owner,
        "count": playlist.count,
        "kind": playlist.kind.value,
        "readable": playlist.readable,
        "writable": playlist.writable,
        "reason": playlist.unreadable_reason or playlist.unwritable_reason,
    }


def entry_document(entry: Entry) -> Document:
    """A place in a playlist."""
    return {
        "id": entry.id,
        "track": track_document(entry.track),
        "added_at": entry.added_at.isoformat() if entry.added_at is not None else None,
        "addressable": entry.addressable,
        "reason": entry.reason,
    }


def side_document(side: Side, count: int | None = None) -> Document:
    """One side of a run as it was picked."""
    return {
        "service": side.account.service,
        "account": side.account.name,
        "id": side.playlist.id if side.playlist is not None else None,
        "title": side.title,
        "count": count,
    }


def label_document(label: SideLabel) -> Document:
    """One side of a run as history keeps it."""
    return {
        "service": label.key.service,
        "account": label.account,
        "id": _id_of(label),
        "title": label.title,
        "count": None,
    }


def row_document(row: RunRow) -> Document:
    """What became of one row."""
    return {
        "row": row.row,
        "source": track_document(row.source),
        "target": track_document(row.target),
        "outcome": outcome_of(row),
        "probability": round(row.probability, 4) if row.probability is not None else None,
        "reasons": reasons_document(row.reasons),
        "action": row.action.value,
        "written": row.written,
        "error": row.error or None,
        "note": row.note or None,
    }


def outcome_of(row: RunRow) -> str | None:
    """A row's outcome in the six words, None for entries that only the target has."""
    return OUTCOME_OF[row.state].value if row.state is not None else None


def sync_document(written: Written) -> Document:
    """What a comparison, a dry run or a run came to."""
    review = written.review
    after = len(written.after.entries) if written.after is not None else len(review.target_read.entries)
    return {
        "run": written.run.id if written.run is not None else None,
        "state": written.state.value,
        "mode": review.policy.mode.value,
        "source": side_document(review.source, len(review.source_read.entries)),
        "target": {**side_document(review.target, after), **_target_id(written)},
        "counts": counts_document(review.shown.counts),
        "entries": [row_document(row) for row in written.rows],
        "planned": dict(written.plan.writes),
        "written": written_numbers(written),
        "repaired": written.repaired,
        "order": written.plan.order_left or "kept",
        "moves_waiting": written.plan.moves_waiting,
        "requests": written.requests,
        "seconds": round(written.seconds, 3),
    }


def _target_id(written: Written) -> Document:
    return {"id": _id_of(written.run.target)} if written.run is not None else {}


def _id_of(label: SideLabel) -> str | None:
    """The playlist's id, None for one that was to be made and was not."""
    return label.key.playlist if label.key.made else None


def written_numbers(written: Written) -> dict[str, int]:
    """What the last read bears out, by the names scripts read."""
    done = [row.action.value for row in written.rows if row.written]
    return {"added": done.count("add"), "removed": done.count("remove"), "moved": done.count("move")}


def counts_document(counts: Counts) -> Document:
    """The numbers of a diff."""
    return asdict(counts)


def run_document(run: Run) -> Document:
    """One line of history."""
    return {
        "id": run.id,
        "mode": run.mode.value,
        "source": label_document(run.source),
        "target": label_document(run.target),
        "state": run.state.value,
        "begun": _time(run.begun),
        "ended": _time(run.ended) if run.ended is not None else None,
        "written": {"added": run.added, "removed": run.removed, "moved": run.moved},
        "requests": run.requests,
        "error": run.error or None,
    }


def run_details(run: Run, rows: Sequence[RunRow]) -> Document:
    """A run of history with its rows, in the shape of `sync`."""
    return {
        **run_document(run),
        "run": run.id,
        "counts": counts_of(rows),
        "entries": [row_document(row) for row in rows],
    }


def counts_of(rows: Sequence[RunRow]) -> dict[str, int]:
    """A run's numbers as its stored rows tell them."""
    outcomes = [outcome_of(row) for row in rows]
    actions = [row.action.value for row in rows]
    return {
        "common": sum(_is_common(row) for row in rows),
        "to_add": actions.count("add"),
        "to_remove": actions.count("remove"),
        "to_move": actions.count("move"),
        **{outcome.value: outcomes.count(outcome.value) for outcome in Outcome if outcome is not Outcome.MATCHED},
    }


def _is_common(row: RunRow) -> bool:
    stays = row.action.value in ("none", "adopt", "move") and row.note not in NOT_THERE
    return stays and outcome_of(row) == Outcome.MATCHED.value


def decision_document(decision: Decision) -> Document:
    """One answer of the user."""
    other = decision.b
    return {
        "id": decision.id,
        "kind": decision.kind.value,
        "track": track_document(decision.a.track, decision.a.service),
        "counterpart": track_document(other.track, other.service) if other is not None else None,
        "pair": decision.pair,
        "at": _time(decision.at),
    }


def account_document(account: Account) -> Document:
    """An account; nothing secret is in it."""
    return {
        "name": account.name,
        "service": account.service,
        "id": account.ext_id,
        "label": account.label,
        "settings": dict(account.settings),
    }


def error_document(error: MusyncError) -> Document:
    """An error as one document."""
    return {"error": error.document()}


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
