"""Lists in JSON that can be edited: JSPF and our own; items that were not edited stay as written."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Collection as Many
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Self

from musync.domain import Track
from musync.domain.errors import BadFile
from musync.services.charset import Charset
from musync.services.files.document import Document, Moments, Row, fit
from musync.services.files.json_spans import Span, first_value, items, members, parse_json, with_items, with_member
from musync.services.files.values import fit_text


@dataclass(frozen=True)
class JsonDocument(Document):
    """One playlist in JSON.

    Attributes:
        outer: the key whose object is the playlist, empty where that is the whole document.
        array: the key of its tracks.
        title_key, description_key: those of its title and description.
    """

    describes: ClassVar[bool] = True
    outer: ClassVar[str] = ""
    array: ClassVar[str]
    title_key: ClassVar[str] = "title"
    description_key: ClassVar[str]

    name: str
    folder: Path
    charset: Charset
    text: str
    rows: tuple[Row, ...]
    title: str | None
    description: str

    @classmethod
    def of(cls, text: str, charset: Charset, name: str, folder: Path) -> Self:
        """Read a text of a file in `folder`; raises BadFile when it is no such playlist."""
        head = _head(cls.outer, parse_json(text, name=name))
        listed = head.get(cls.array, []) if head is not None else None
        if head is None or not isinstance(listed, list):
            raise BadFile(
                f"The file holds no list of tracks under '{cls.array}'.", where=name, unchanged="Nothing was changed."
            )
        rows = tuple(cls.read_item(item, number, folder) for number, item in enumerate(listed, 1))
        title, words = head.get(cls.title_key), head.get(cls.description_key)
        return cls(
            name,
            folder,
            charset,
            text,
            rows,
            fit_text(title) if isinstance(title, str) and title.strip() else None,
            fit_text(words) if isinstance(words, str) else "",
        )

    @classmethod
    @abstractmethod
    def read_item(cls, item: object, number: int, folder: Path) -> Row:
        """What one item of the array says; `number` counts from 1."""

    @classmethod
    @abstractmethod
    def written_item(cls, track: Track, added_at: datetime | None) -> Mapping[str, object]:
        """The item for a new track."""

    def to_bytes(self) -> bytes:
        """The file's content."""
        return self.charset.encode(self.text)

    def as_stored(self, track: Track) -> Track:
        """The track as its item reads back."""
        return self.read_item(json.loads(self._item(track)), 1, self.folder).track

    def insert(self, at: int, tracks: Sequence[Track], *, added_at: Moments) -> Self:
        """With an item per track."""
        kept = list(range(len(self.rows)))
        return self._with([*kept[:at], *map(self._item, tracks, added_at), *kept[at:]])

    def remove(self, indices: Many[int]) -> Self:
        """Without these items."""
        gone = set(indices)
        return self._with([index for index in range(len(self.rows)) if index not in gone])

    def move(self, indices: Sequence[int], to: int) -> Self:
        """With these items together at `to`."""
        moved = set(indices)
        rest = [index for index in range(len(self.rows)) if index not in moved]
        return self._with([*rest[:to], *indices, *rest[to:]])

    def with_details(self, title: str | None, description: str | None) -> Self:
        """With another title or description."""
        text = self.text
        for key, value in ((self.description_key, description), (self.title_key, title)):
            if value is not None:
                text = with_member(text, self._start(text), key, value, ascii_only=self._ascii_only)
        return self._read(text)

    def _item(self, track: Track, added_at: datetime | None = None) -> str:
        item = self.written_item(fit(track), added_at)
        filled = {key: value for key, value in item.items() if value not in (None, "", (), [], {})}
        return json.dumps(filled, ensure_ascii=self._ascii_only)

    @property
    def _ascii_only(self) -> bool:
        return not self.charset.name.startswith("utf")

    def _with(self, new: Sequence[str | int]) -> Self:
        start = self._start(self.text)
        array = members(self.text, start).get(self.array)
        if array is None:
            text = f'{self.text[: start + 1]}"{self.array}": [], {self.text[start + 1 :]}'
            return self._read(text)._with(new)
        return self._read(self._rewritten(array, new))

    def _read(self, text: str) -> Self:
        return self.of(text, self.charset, self.name, self.folder)

    def _rewritten(self, array: Span, new: Sequence[str | int]) -> str:
        old = items(self.text, array.start)
        return with_items(self.text, array, old, new) if list(new) != list(range(len(old))) else self.text

    def _start(self, text: str) -> int:
        """Where the object of the playlist starts."""
        start = first_value(text)
        return members(text, start)[self.outer].start if self.outer else start


def _head(outer: str, value: object) -> Mapping[str, object] | None:
    if outer and isinstance(value, dict):
        value = value.get(outer)
    return value if isinstance(value, dict) else None
