"""Tables of tracks: Exportify, TuneMyMusic, Soundiiz, our own columns, and any other whose header can be read."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from musync.domain import PlaylistKind, Track
from musync.domain.errors import BadFile
from musync.services.blocks import Blocks
from musync.services.charset import UTF8, Charset, decode, line_end
from musync.services.files.csv_layouts import OWN_HEADER, Layout, layout_of
from musync.services.files.csv_records import Record, delimiter_of, quotes_all, records_of, written_record
from musync.services.files.csv_rows import read_row, written_cells
from musync.services.files.document import Collection, Document, Listing, Moments, Row, fit, listing_ids
from musync.services.files.histories import refuse_history_table

_NO_TRACKS = {"album", "artist"}
"""Kinds of rows that TuneMyMusic writes beside tracks; they are no entries of a playlist."""
_LIKED = {"favorite songs", "favorite tracks", "library songs", "liked videos"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """How one file writes its records; `constants` are cells that all of them share (column -> text)."""

    name: str
    charset: Charset
    delimiter: str
    layout: Layout
    quote_all: bool
    end: str
    constants: Mapping[int, str] = field(default_factory=dict)

    def record(self, track: Track, added_at: datetime | None = None) -> str:
        """The record of a new track."""
        cells = written_cells(fit(track), self.layout, added_at)
        for column, text in self.constants.items():
            cells[column] = text
        return written_record(cells, delimiter=self.delimiter, quote_all=self.quote_all, end=self.end)

    def changed(self, raw: str, column: int, text: str) -> str:
        """A record with another text in one cell."""
        record = next(records_of(raw, self.delimiter, self.name))
        cells = [*record.cells, *[""] * (column + 1 - len(record.cells))]
        cells[column] = text
        return written_record(cells, delimiter=self.delimiter, quote_all=self.quote_all, end=self.end)

    def row(self, record: Record) -> Row:
        """What a record says."""
        return read_row(record.cells, self.layout, record.line)


@dataclass(frozen=True)
class CsvDocument(Document):
    """One playlist as a table; records that were not edited stay as they are, unknown columns included."""

    table: Table
    blocks: Blocks
    rows: tuple[Row, ...]
    title: str | None = None
    description: str = ""

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return self.blocks.text

    def to_bytes(self) -> bytes:
        """The file's content."""
        return self.table.charset.encode(self.text)

    def as_stored(self, track: Track) -> Track:
        """The track as it reads back from these columns."""
        record = next(records_of(self.table.record(track), self.table.delimiter, self.table.name))
        return self.table.row(record).track

    def refusal(self, track: Track) -> tuple[str, str] | None:
        """A table in an old encoding cannot hold every name."""
        if not self.table.charset.holds(self.table.record(track)):
            return "not-encodable", f"the file is written in {self.table.charset.title}, which has no letters for it"
        return super().refusal(track)

    def insert(self, at: int, tracks: Sequence[Track], *, added_at: Moments) -> CsvDocument:
        """With a record per track; columns the track says nothing of are empty."""
        return self._edited(self.blocks.insert(at, list(map(self.table.record, tracks, added_at))))

    def remove(self, indices: Many[int]) -> CsvDocument:
        """Without these records."""
        return self._edited(self.blocks.remove(indices))

    def move(self, indices: Sequence[int], to: int) -> CsvDocument:
        """With these records together at `to`."""
        return self._edited(self.blocks.move(indices, to))

    def with_details(self, title: str | None, description: str | None) -> CsvDocument:
        """With another name in the column of the playlist's name, where there is one."""
        column = self.table.layout.columns.get("playlist")
        if title is None or column is None:
            return self
        parts = list(self.blocks.parts)
        for place in self.blocks.entries:
            parts[place] = self.table.changed(parts[place], column, title)
        return self._edited(replace(self.blocks, parts=tuple(parts)))

    def _edited(self, blocks: Blocks) -> CsvDocument:
        if blocks is self.blocks:
            return self
        end = self.table.end
        text = "".join(part if part.endswith(("\n", "\r")) else part + end for part in blocks.parts if part)
        # A file whose last line had no end keeps it so, as long as it has rows.
        final = self.text.endswith(("\n", "\r")) or not self.blocks.entries
        read = _read(text if final else text.removesuffix(end), self.table.charset, self.table.name)
        assert isinstance(read, CsvDocument)
        return read


def read_csv(data: bytes, *, name: str) -> CsvDocument | Collection:
    """Read a table; one that holds several playlists is a collection.

    Raises:
        BadFile: its header names no tracks, it is listening history, or it was cut off.
    """
    text, charset = decode(data)
    return _read(text, charset, name)


def new_csv(*, name: str) -> CsvDocument:
    """An empty table of our own columns: UTF-8, commas, line feeds."""
    read = _read(written_record(OWN_HEADER, delimiter=",", quote_all=False, end="\n"), UTF8, name)
    assert isinstance(read, CsvDocument)
    return read


def _read(text: str, charset: Charset, name: str) -> CsvDocument | Collection:
    delimiter = delimiter_of(text)
    records = list(records_of(text, delimiter, name))
    header, rows = _header_and_rows(records, name)
    layout = _settled(_layout(header, rows, name), rows)
    _refuse_cut_off(header, rows, text, name)
    tracks, groups = _tracks_and_groups(layout, rows)
    first = rows[0] if rows else None
    table = Table(
        name=name,
        charset=charset,
        delimiter=delimiter,
        layout=layout,
        quote_all=quotes_all(first or header, delimiter),
        end=line_end(text),
        constants=_constants(layout, first),
    )
    if len(groups) > 1 or len(tracks) < len(rows) or "video_id" in layout.columns:
        return _collection(table, groups)
    places = tuple(at for at, record in enumerate(records) if record is not header and not record.blank)
    parts = tuple(record.raw for record in records)
    title = next(iter(groups), "").strip() or None
    return CsvDocument(table, Blocks(parts, places, len(parts)), tuple(map(table.row, rows)), title)


def _header_and_rows(records: Sequence[Record], name: str) -> tuple[Record, list[Record]]:
    filled = [record for record in records if not record.blank]
    if not filled:
        raise BadFile("The table is empty.", where=name, unchanged="Nothing was changed.", next="Choose another file.")
    if filled[0].cells[0].startswith("spotify:"):
        # A table without header, as some scripts write them: its links are all that can be told.
        return Record(("track uri", *filled[0].cells[1:]), "", 0), filled
    return filled[0], filled[1:]


def _layout(header: Record, rows: Sequence[Record], name: str) -> Layout:
    first = rows[0].cells if rows else ()
    refuse_history_table(header.cells, first, name)
    layout = layout_of(header.cells, first)
    if layout is None:
        found = ", ".join(cell.strip()[:30] for cell in header.cells[:8])
        raise BadFile(
            f"The header line names no tracks. Found: {found}.",
            where=f"{name}, line {header.line}",
            unchanged="Nothing was changed.",
            next="The first line has to name the columns; musync's own are " + ", ".join(OWN_HEADER) + ".",
        )
    return layout


def _settled(layout: Layout, rows: Iterable[Record]) -> Layout:
    """With the separator of artists that this file uses: Exportify's changed under one and the same header."""
    at = layout.columns.get("artists")
    if layout.artist_rule != "semicolon" or at is None:
        return layout
    cells = [record.cells[at] for record in rows if len(record.cells) > at]
    commas = any("," in cell for cell in cells) and not any(";" in cell for cell in cells)
    return replace(layout, artist_rule="comma") if commas else layout


def _refuse_cut_off(header: Record, rows: Sequence[Record], text: str, name: str) -> None:
    """Raise BadFile when the last row alone is short and has no line end: the rest of the file is missing."""
    if len(rows) < 2 or text.endswith(("\n", "\r")) or len(rows[-1].cells) >= len(header.cells):
        return
    if all(len(record.cells) == len(header.cells) for record in rows[:-1]):
        raise BadFile(
            f"The file was cut off: the last row has {len(rows[-1].cells)} of {len(header.cells)} columns.",
            where=f"{name}, line {rows[-1].line}",
            unchanged="Nothing was changed.",
            next="Export or download it again.",
        )


def _tracks_and_groups(layout: Layout, rows: Sequence[Record]) -> tuple[list[Record], dict[str, list[Record]]]:
    """The rows that are tracks, and the same by the name of their playlist."""
    kind, playlist = layout.columns.get("type"), layout.columns.get("playlist")
    tracks = [record for record in rows if kind is None or _cell(record, kind).lower() not in _NO_TRACKS]
    groups: dict[str, list[Record]] = {}
    for record in tracks:
        groups.setdefault("" if playlist is None else _cell(record, playlist), []).append(record)
    return tracks, groups


def _constants(layout: Layout, first: Record | None) -> dict[int, str]:
    """What new records repeat: the name of the playlist and the kind of row."""
    columns = [layout.columns[name] for name in ("playlist", "type") if name in layout.columns]
    return {at: first.cells[at] for at in columns if first is not None and at < len(first.cells)}


def _collection(table: Table, groups: Mapping[str, Sequence[Record]]) -> Collection:
    ids = listing_ids(title.strip() for title in groups)
    listings = tuple(
        Listing(id=name, title=title.strip(), rows=tuple(map(table.row, records)), kind=_kind(title))
        for name, (title, records) in zip(ids, groups.items(), strict=True)
    )
    if "video_id" in table.layout.columns:
        reason = "it is part of a takeout"
    else:
        reason = "it holds several playlists" if len(groups) > 1 else "it lists albums or artists as well"
    return Collection(listings=listings, reason=f"{reason}, so musync only reads it")


def _kind(title: str) -> PlaylistKind:
    return PlaylistKind.LIKED if title.strip().lower() in _LIKED else PlaylistKind.PLAYLIST


def _cell(record: Record, at: int) -> str:
    return record.cells[at].strip() if at < len(record.cells) else ""
