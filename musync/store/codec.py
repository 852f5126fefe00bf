"""Values as compact JSON and back.

Tracks, of which there are many, are lists of their fields in a fixed order; the rest are objects without defaults.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from musync.domain import (
    Action,
    Entry,
    EntryId,
    MatchState,
    Mode,
    PastSearch,
    Plan,
    PlannedAction,
    Playlist,
    PlaylistId,
    PlaylistKind,
    Reason,
    Revision,
    RunRow,
    Step,
    StepKind,
    Track,
    TrackId,
    TrackKind,
)

Json = dict[str, Any]


# A new field goes to the end: what was written before then lacks it and has its default.
_TRACK = (
    "title",
    "artists",
    "album",
    "album_artist",
    "duration_ms",
    "isrc",
    "mbid",
    "track_number",
    "disc_number",
    "year",
    "explicit",
    "url",
    "kind",
)
_track_fields = attrgetter(*_TRACK)
_KINDS = {kind.value: kind for kind in TrackKind}
_PLAYLIST = tuple(
    (field.name, field.default) for field in dataclasses.fields(Playlist) if field.default is not dataclasses.MISSING
)


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_encode_escaped = json.JSONEncoder(separators=(",", ":")).encode


def to_text(value: object) -> str:
    """JSON without blanks; plain where the text is valid Unicode, escaped where it is not."""
    text = _encode(value)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _encode_escaped(value)
    return text


def from_text(text: str) -> Any:
    """What `to_text` was given."""
    return json.loads(text)


def pack(value: object) -> bytes:
    """JSON, compressed: a list of 10,000 entries takes well under 1 MB."""
    return zlib.compress(to_text(value).encode(), 3)


def unpack(data: bytes) -> Any:
    """What `pack` was given."""
    return json.loads(zlib.decompress(data))


def track_meta(track: Track) -> str:
    """A track without its id."""
    return to_text(_track_fields(track))


def track_of(id: str, meta: str) -> Track:
    """The track that `track_meta` was made from."""
    return _read_track((id, from_text(meta)))


def _track(track: Track) -> tuple[str, tuple[Any, ...]]:
    return track.id, _track_fields(track)


def _read_track(data: Sequence[Any]) -> Track:
    fields = dict(zip(_TRACK, data[1], strict=False))
    fields["artists"] = tuple(fields["artists"])
    fields["kind"] = _KINDS[fields["kind"]]
    return Track(id=TrackId(data[0]), **fields)


def playlist_head(playlist: Playlist) -> Json:
    """A playlist without its id."""
    found = ((name, getattr(playlist, name), default) for name, default in _PLAYLIST)
    return {"title": playlist.title, **{name: value for name, value, default in found if value != default}}


def playlist_of(id: str, head: Mapping[str, Any]) -> Playlist:
    """The playlist that `playlist_head` was made from."""
    fields = dict(head)
    if "kind" in fields:
        fields["kind"] = PlaylistKind(fields["kind"])
    if "revision" in fields:
        fields["revision"] = Revision(fields["revision"])
    return Playlist(id=PlaylistId(id), **fields)


def pack_entries(entries: Iterable[Entry]) -> bytes:
    """A list of entries as a snapshot keeps it."""
    return pack([_entry(entry) for entry in entries])


def unpack_entries(data: bytes) -> tuple[Entry, ...]:
    """The entries that `pack_entries` was given."""
    return tuple(_read_entry(item) for item in unpack(data))


def _entry(entry: Entry) -> Json:
    data: Json = {"id": entry.id, "track": _track(entry.track)}
    if entry.added_at is not None:
        data["added_at"] = entry.added_at.isoformat()
    if not entry.addressable:
        data["placeholder"] = entry.reason
    elif entry.reason:
        data["reason"] = entry.reason
    return data


def _read_entry(data: Json) -> Entry:
    added = data.get("added_at")
    return Entry(
        id=EntryId(data["id"]),
        track=_read_track(data["track"]),
        added_at=None if added is None else datetime.fromisoformat(added),
        addressable="placeholder" not in data,
        reason=data.get("placeholder") or data.get("reason", ""),
    )


def pack_rows(rows: Iterable[RunRow]) -> bytes:
    """Some rows of a run."""
    return pack([_row(row) for row in rows])


def unpack_rows(data: bytes) -> tuple[RunRow, ...]:
    """The rows that `pack_rows` was given."""
    return tuple(_read_row(item) for item in unpack(data))


def _row(row: RunRow) -> Json:
    data: Json = {"row": row.row, "action": row.action.value}
    if row.source is not None:
        data["source"] = _track(row.source)
    if row.target is not None:
        data["target"] = _track(row.target)
    if row.state is not None:
        data["state"] = row.state.value
    if row.probability is not None:
        data["probability"] = row.probability
    if row.reasons:
        data["reasons"] = [(reason.part, reason.value, reason.text) for reason in row.reasons]
    if row.written:
        data["written"] = True
    if row.error:
        data["error"] = row.error
    if row.note:
        data["note"] = row.note
    return data


def _read_row(data: Json) -> RunRow:
    source, target, state = data.get("source"), data.get("target"), data.get("state")
    return RunRow(
        row=data["row"],
        source=None if source is None else _read_track(source),
        target=None if target is None else _read_track(target),
        state=None if state is None else MatchState(state),
        action=Action(data["action"]),
        probability=data.get("probability"),
        reasons=tuple(Reason(part=part, value=value, text=text) for part, value, text in data.get("reasons", ())),
        written=data.get("written", False),
        error=data.get("error", ""),
        note=data.get("note", ""),
    )


def pack_plan(plan: Plan) -> bytes:
    """A plan without its steps, which have rows of their own."""
    return pack(
        {
            "mode": plan.mode.value,
            "before": plan.before,
            "after": plan.after,
            "order_left": plan.order_left,
            "moves_waiting": plan.moves_waiting,
            "removals_waiting": plan.removals_waiting,
        }
    )


def unpack_plan(data: bytes, steps: Iterable[Step]) -> Plan:
    """The plan that `pack_plan` was given, with its steps."""
    fields = unpack(data)
    return Plan(
        mode=Mode(fields["mode"]),
        steps=tuple(steps),
        before=tuple(fields["before"]),
        after=tuple(fields["after"]),
        order_left=fields["order_left"],
        moves_waiting=fields.get("moves_waiting", 0),
        removals_waiting=fields["removals_waiting"],
    )


def pack_step(step: Step) -> bytes:
    """One step of a plan."""
    actions = [
        (action.row, None if action.track is None else _track(action.track), action.entry) for action in step.actions
    ]
    return pack({"kind": step.kind.value, "actions": actions, "at": step.at})


def unpack_step(data: bytes) -> Step:
    """The step that `pack_step` was given."""
    fields = unpack(data)
    actions = (
        PlannedAction(row=row, track=None if track is None else _read_track(track), entry=entry)
        for row, track, entry in fields["actions"]
    )
    return Step(
        kind=StepKind(fields["kind"]),
        actions=tuple(actions),
        at=fields["at"],
    )


def pack_search(search: PastSearch) -> bytes:
    """A past search without its times."""
    return pack([sorted(search.asked), [_track(track) for track in search.found]])


def unpack_search(data: bytes, at: float, expires: float) -> PastSearch:
    """The search that `pack_search` was given."""
    asked, found = unpack(data)
    return PastSearch(asked=frozenset(asked), found=tuple(map(_read_track, found)), at=at, expires=expires)
