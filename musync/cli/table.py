"""Tables of plain text: as wide as their content, at most as wide as the terminal; long cells go on in the next line.

rich draws prettier ones and takes a second for three thousand rows; playlists have more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from rich.cells import cell_len, chop_cells

GAP = "  "
NARROWEST = 8
"""Cells below which a column that wraps is not squeezed."""

_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `fixed` ones keep their width when the terminal is narrow, the others wrap."""

    title: str
    align: Literal["left", "right"] = "left"
    fixed: bool = False


Rows = Sequence[Sequence[str]]


def drawn(columns: Sequence[Column], rows: Rows, width: int, *, bold: bool = False) -> Iterator[str]:
    """The lines of a table for a terminal of so many cells; the heading is left out where no column has a title."""
    widths = _fitted(columns, _natural(columns, rows), width - len(GAP) * (len(columns) - 1))
    if any(column.title for column in columns):
        for line in _lines(columns, [column.title for column in columns], widths):
            yield f"{_BOLD}{line}{_PLAIN}" if bold else line
    for row in rows:
        yield from _lines(columns, row, widths)


def _natural(columns: Sequence[Column], rows: Rows) -> list[int]:
    """What each column would like to have."""
    widths = [cells(column.title) for column in columns]
    for row in rows:
        for index, text in enumerate(row):
            widths[index] = max(widths[index], cells(text))
    return widths


def _fitted(columns: Sequence[Column], natural: list[int], room: int) -> list[int]:
    """The room shared out: columns that need less than an equal share get what they need, the others the rest."""
    widths = list(natural)
    open_now = [index for index, column in enumerate(columns) if not column.fixed]
    left = room - sum(natural[index] for index, column in enumerate(columns) if column.fixed)
    while open_now and sum(natural[index] for index in open_now) > left:
        share = left // len(open_now)
        modest = [index for index in open_now if natural[index] <= share]
        if not modest:
            for place, index in enumerate(open_now):
                widths[index] = max(NARROWEST, share + (place < left % len(open_now)))
            break
        left -= sum(natural[index] for index in modest)
        open_now = [index for index in open_now if index not in modest]
    return widths


def _lines(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [wrap(text, width) for text, width in zip(row, widths, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=""):
        padded = (_padded(part, width, column) for part, width, column in zip(parts, widths, columns, strict=True))
        yield GAP.join(padded).rstrip()


def _padded(text: str, width: int, column: Column) -> str:
    space = " " * (width - cells(text))
    return space + text if column.align == "right" else text + space


def cells(text: str) -> int:
    """How many cells of a terminal the text takes."""
    return len(text) if text.isascii() else cell_len(text)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells, broken between words where that can be done."""
    if cells(text) <= width:
        return [text]
    lines = [""]
    for word in text.split(" "):
        together = f"{lines[-1]} {word}" if lines[-1] else word
        if cells(together) <= width:
            lines[-1] = together
            continue
        pieces = chop_cells(word, width) if cells(word) > width else [word]
        lines = [*(line for line in lines if line), *pieces]
    return lines
