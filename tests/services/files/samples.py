"""The sample files: made-up songs in the shapes that other programs write."""

from __future__ import annotations

from pathlib import Path

from musync.domain import Entry
from musync.services.files.document import Collection, Document, Row, entries_of
from musync.services.files.recognise import Content, read_content

FOLDER = Path(__file__).parents[2] / "data" / "files"
ALL = tuple(sorted(path.name for path in FOLDER.iterdir()))

A, B = "0" + "a" * 21, "0" + "b" * 21
RAIN, SUN = f"spotify:{A}", f"spotify:{B}"


def sample(name: str) -> Content:
    """A sample as it is understood."""
    path = FOLDER / name
    return read_content(path.read_bytes(), path)


def document(name: str) -> Document:
    """A sample that can be edited."""
    content = sample(name)
    assert isinstance(content, Document)
    return content


def collection(name: str) -> Collection:
    """A sample that is read only."""
    content = sample(name)
    assert isinstance(content, Collection)
    return content


def rows(name: str) -> tuple[Row, ...]:
    """The rows of a sample with one playlist."""
    content = sample(name)
    return content.rows if isinstance(content, Document) else content.listings[0].rows


def entries(name: str) -> tuple[Entry, ...]:
    """The entries of a sample with one playlist."""
    return entries_of(rows(name))
