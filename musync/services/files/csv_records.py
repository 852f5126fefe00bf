"""Records of delimited text with the very characters they stand as, quoted line breaks included."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from musync.domain.errors import BadFile
from musync.services.charset import readable, split_lines


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its cells, the text it stands as (line end included) and the number of its first line."""

    cells: tuple[str, ...]
    raw: str
    line: int

    @property
    def blank(self) -> bool:
        """No cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


def delimiter_of(text: str) -> str:
    """The delimiter of the header line, `,` unless another stands there more often: titles may hold any of them."""
    header = next((line for line in split_lines(text[:10_000]) if line.strip()), "")
    outside = "".join(header.split('"')[::2]) if header.count('"') % 2 == 0 else header
    return max(",;\t", key=lambda mark: (outside.count(mark), mark == ","))


def records_of(text: str, delimiter: str, name: str) -> Iterator[Record]:
    """Cut the text into records.

    Raises:
        BadFile: a cell is far too long, or the file ends inside a quoted cell.
    """
    lines = split_lines(text)
    # A carriage return inside a line would be an error to the parser; it never sees one.
    reader = csv.reader((line.rstrip("\r\n").replace("\r", " ") + "\n" for line in lines), delimiter=delimiter)
    start = 0
    try:
        for cells in reader:
            raw = "".join(lines[start : reader.line_num])
            if reader.line_num >= len(lines) and raw.count('"') % 2:
                _refuse_open_quote(raw, delimiter, f"{name}, line {start + 1}")
            yield Record(tuple(map(readable, cells)), raw, start + 1)
            start = reader.line_num
    except csv.Error as error:
        raise BadFile(
            f"This is no readable table: {error}.", where=f"{name}, line {start + 1}", unchanged="Nothing was changed."
        ) from error


def written_record(cells: Sequence[str], *, delimiter: str, quote_all: bool, end: str) -> str:
    """The text of a record."""
    stream = io.StringIO()
    how: Literal[0, 1] = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(stream, delimiter=delimiter, quoting=how, lineterminator=end).writerow(cells)
    return stream.getvalue()


def quotes_all(record: Record, delimiter: str) -> bool:
    """Whether every cell of the record is quoted, as some programs do."""
    plain = written_record(record.cells, delimiter=delimiter, quote_all=True, end="")
    return bool(record.cells) and record.raw.rstrip("\r\n") == plain


def _refuse_open_quote(raw: str, delimiter: str, where: str) -> None:
    try:
        list(csv.reader(io.StringIO(raw), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" not in str(error):
            return
        raise BadFile(
            "The file ends inside a quoted cell: it was cut off.",
            where=where,
            unchanged="Nothing was changed.",
            next="Export or download it again.",
        ) from error
