"""Decisions as a file that can be taken to another computer: JSON, every answer with the two tracks it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from musync.app.documents import Document, track_document
from musync.domain import Decision, DecisionKind, Mode, Pair, PlaylistId, SideKey, Track, TrackId, TrackRef
from musync.domain.errors import BadFile, MusyncError, StorageError, UsageError
from musync.safefile import write_file

FORMAT, VERSION = "musync-decisions", 1
LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read."""

Item = tuple[Decision, Pair | None]


def as_document(items: Iterable[Item]) -> Document:
    """All decisions as one document."""
    return {"format": FORMAT, "version": VERSION, "decisions": [_item_document(*item) for item in items]}


def write_decisions(items: Iterable[Item], path: Path) -> int:
    """Write them to a file and give how many there are; an older export there is replaced, nothing else is.

    Raises:
        UsageError: something else stands there.
        DiskFull, StorageError: it could not be written; a file that stood there is intact.
    """
    document = as_document(items)
    _refuse_other(path)
    try:
        write_file(path, (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(errors="replace"))
    except OSError as error:
        raise StorageError(
            f"The decisions could not be written: {error.strerror or error}.",
            where=str(path),
            unchanged="All decisions are kept.",
            next="Choose another place.",
            code="decisions-unwritable",
        ) from error
    return len(document["decisions"])


def _refuse_other(path: Path) -> None:
    if not path.exists():
        return
    try:
        read_decisions(path)
    except BadFile as error:
        raise UsageError(
            f"“{path.name}” is there already and holds something else.",
            where=str(path),
            unchanged="The file is as it was.",
            next="Choose another name.",
            code="file-exists",
        ) from error


def read_decisions(path: Path) -> tuple[Item, ...]:
    """The decisions in a file.

    Raises:
        BadFile: it is no such file, of a newer version, or one of its entries cannot be read; nothing was taken.
    """
    document = _loaded(path)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise _bad(path, "This is no file of decisions.")
    version = document.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise _bad(path, f"The file has version {version}, this musync reads {VERSION}.", "Update musync.")
    return tuple(_items(document.get("decisions"), path))


def _loaded(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise _bad(path, f"The file is larger than {LARGEST:,} bytes.")
        return json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        raise _bad(path, f"This is no JSON: {error.msg}, line {error.lineno}.") from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise _bad(path, f"The file cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}.") from error


def _items(entries: object, path: Path) -> Iterator[Item]:
    if not isinstance(entries, list):
        raise _bad(path, "The file holds no list of decisions.")
    for number, entry in enumerate(entries, 1):
        try:
            yield _item(entry)
        except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
            raise _bad(path, f"Decision {number:,} cannot be read.") from error


def _item(entry: Mapping[str, Any]) -> Item:
    kind = DecisionKind(entry["kind"])
    other = _ref(entry["b"]) if entry.get("b") is not None else None
    if (other is None) != (kind is DecisionKind.SKIP):
        raise ValueError("a skip is about one track, everything else about two")
    at = datetime.fromisoformat(entry["at"]).timestamp()
    pair = _pair(entry["pair"]) if entry.get("pair") is not None else None
    return Decision(kind=kind, a=_ref(entry["a"]), b=other, at=at), pair


def _ref(entry: Mapping[str, Any]) -> TrackRef:
    track = entry["track"]
    seconds = track.get("duration_s")
    return TrackRef(
        service=_text(entry["service"]),
        scope=_text(entry.get("scope", "")),
        track=Track(
            id=TrackId(_text(track["id"])),
            title=_text(track.get("title", "")),
            artists=tuple(_text(artist) for artist in track.get("artists", ())),
            album=_text(track.get("album", "")),
            duration_ms=round(float(seconds) * 1000) if seconds is not None else None,
            isrc=_text_or_none(track.get("isrc")),
            mbid=_text_or_none(track.get("mbid")),
            explicit=track.get("explicit") if isinstance(track.get("explicit"), bool) else None,
            url=_text_or_none(track.get("url")),
        ),
    )


def _pair(entry: Mapping[str, Any]) -> Pair:
    return Pair(id=0, source=_key(entry["source"]), target=_key(entry["target"]), mode=Mode(entry["mode"]))


def _key(entry: Mapping[str, Any]) -> SideKey:
    return SideKey(
        service=_text(entry["service"]), account=_text(entry["account"]), playlist=PlaylistId(_text(entry["playlist"]))
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _item_document(decision: Decision, pair: Pair | None) -> Document:
    return {
        "kind": decision.kind.value,
        "a": _ref_document(decision.a),
        "b": _ref_document(decision.b) if decision.b is not None else None,
        "at": datetime.fromtimestamp(decision.at, UTC).isoformat(),
        "pair": _pair_document(pair) if pair is not None else None,
    }


def _ref_document(ref: TrackRef) -> Document:
    return {"service": ref.service, "scope": ref.scope, "track": track_document(ref.track)}


def _pair_document(pair: Pair) -> Document:
    return {
        "mode": pair.mode.value,
        "source": _key_document(pair.source),
        "target": _key_document(pair.target),
    }


def _key_document(key: SideKey) -> Document:
    return {"service": key.service, "account": key.account, "playlist": key.playlist}


def _bad(path: Path, message: str, next: str = "Export the decisions again.") -> MusyncError:
    return BadFile(message, where=str(path), unchanged="No decision was taken in.", next=next, code="bad-decisions")
