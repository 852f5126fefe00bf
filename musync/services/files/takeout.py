"""Google Takeout's playlists of YouTube: the ids of videos, and nothing about them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from musync.domain import Track, TrackId, TrackKind
from musync.services.charset import decode
from musync.services.files.csv_records import Record, records_of
from musync.services.files.document import Collection, Listing, Row, placeholder
from musync.services.files.values import instant_of

_VIDEO = re.compile(r"[A-Za-z0-9_-]{11}")
_STEM_END = re.compile(r"[- ]videos(?: ?\(\d+\))?$")
_REASON = "a takeout names videos by their ids only, so musync only reads it"


def is_takeout(records: Sequence[Record]) -> bool:
    """Whether the first records are those of a playlist of video ids: header in any language, then id and time."""
    header = [cell.strip().lower() for cell in records[0].cells] if records else []
    if header[:2] == ["playlist id", "channel id"] or (header and header[0] == "video id" and len(header) <= 2):
        return True
    second = records[1].cells if len(records) > 1 else ()
    return len(header) == 2 and len(second) == 2 and _is_row(second)


def read_takeout(data: bytes, *, name: str, stem: str) -> Collection:
    """The playlist of one file; its title is inside only in files up to about 2022."""
    text, _ = decode(data)
    records = [record for record in records_of(text, ",", name) if not record.blank]
    title, description = _heading(records)
    start = 3 if title is not None else 1
    rows = tuple(_row(record) for record in records[start:])
    listing = Listing(id="playlist", title=title or _STEM_END.sub("", stem), description=description, rows=rows)
    return Collection(listings=(listing,), reason=_REASON)


def _heading(records: Sequence[Record]) -> tuple[str | None, str]:
    """Title and description of the old generation, which has a table of one row above that of the videos."""
    if len(records) < 2 or records[0].cells[0].strip().lower() != "playlist id":
        return None, ""
    told = dict(zip((cell.strip().lower() for cell in records[0].cells), records[1].cells, strict=False))
    return told.get("title", "").strip(), told.get("description", "").strip()


def _row(record: Record) -> Row:
    # Ids that begin with a dash are written with a blank before it.
    video = record.cells[0].strip()
    if not _VIDEO.fullmatch(video):
        return placeholder(f"line {record.line}", f"'{video[:40]}' is not the id of a video")
    url = f"https://www.youtube.com/watch?v={video}"
    track = Track(id=TrackId(video), title="", url=url, kind=TrackKind.VIDEO)
    return Row(track=track, added_at=instant_of(record.cells[1]) if len(record.cells) > 1 else None)


def _is_row(cells: Sequence[str]) -> bool:
    return bool(_VIDEO.fullmatch(cells[0].strip())) and instant_of(cells[1]) is not None
