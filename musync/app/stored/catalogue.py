"""A stored catalogue as it is read: tracks by place, and the index that finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from musync.app.stored.blocks import Arrays, BlockWriter, Damaged, read_blocks
from musync.app.stored.lazy import LazyTracks
from musync.app.stored.records import from_record
from musync.domain import Revision, Track
from musync.engine.index_arrays import IndexArrays, Rows
from musync.engine.postings import Postings
from musync.engine.ragged import Lists
from musync.safefile import writing

Records = tuple[NDArray[np.int64], bytes]
"""The lengths of some records in bytes, and the records one behind the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What a stored catalogue was made of.

    `scope` is where its track ids hold, `revision` the service's mark of its state (None: it gives none), `rules` how
    titles were taken apart.
    """

    scope: str
    revision: Revision | None
    rules: str

    @property
    def mark(self) -> str:
        """The state as one word; empty where the service gives no revision, so that nobody knows what changed."""
        return f"{self.rules} {self.revision} {self.scope}" if self.revision is not None else ""


class StoredTracks(LazyTracks):
    """The tracks of a stored catalogue, each read when it is asked for; any thread may."""

    def __init__(self, records: Lists) -> None:
        self.records: Final = records
        self._starts = records.starts
        self._bytes = memoryview(records.items.data)

    @classmethod
    def of(cls, records: Iterable[Records]) -> Self:
        """Tracks that are in no file."""
        sizes, data = zip(*records, strict=True)
        return cls(Lists.of(np.concatenate(sizes).tolist(), np.frombuffer(b"".join(data), np.uint8)))

    def __len__(self) -> int:
        return len(self._starts) - 1

    def at(self, place: int) -> Track:
        """The track at this place."""
        return from_record(self.record(place))

    def record(self, place: int) -> bytes:
        """The track at this place (from 0) as it is stored."""
        return bytes(self._bytes[int(self._starts[place]) : int(self._starts[place + 1])])


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCatalogue:
    """One stored catalogue: what it was made of, its tracks, and their index."""

    state: State
    tracks: StoredTracks
    index: IndexArrays


def read_catalogue(path: Path) -> StoredCatalogue:
    """The catalogue in this file.

    Raises:
        Damaged: the file cannot serve.
        OSError: it cannot be read.
    """
    head, arrays = read_blocks(path)
    try:
        return StoredCatalogue(
            state=State(**head), tracks=StoredTracks(_lists(arrays, "records")), index=_index(arrays)
        )
    except (KeyError, TypeError) as error:
        raise Damaged(f"it holds something else: {error}") from error


def write_catalogue(path: Path, state: State, records: Iterable[Records], index: IndexArrays) -> None:
    """Write a catalogue; raises OSError."""
    lengths: list[NDArray[np.int64]] = []

    def pieces() -> Iterator[bytes]:
        for sizes, data in records:
            lengths.append(sizes)
            yield data

    with writing(path, mode=0o600) as stream:
        out = BlockWriter(stream)
        out.add_pieces("records", np.dtype(np.uint8), pieces())
        out.add("records starts", np.cumsum(np.concatenate([[0], *lengths]), dtype=np.int64))
        for name, array in _arrays(index).items():
            out.add(name, array)
        out.finish({"scope": state.scope, "revision": state.revision, "rules": state.rules})


def _arrays(index: IndexArrays) -> dict[str, NDArray[Any]]:
    """All arrays of an index by the names they are stored under."""
    rows = index.rows
    return {
        "keys": index.postings.keys,
        "starts": index.postings.starts,
        "places": index.postings.places,
        "texts": rows.texts.items,
        "texts starts": rows.texts.starts,
        "words": rows.words.items,
        "words starts": rows.words.starts,
        "seconds": rows.seconds,
        "marks": rows.marks,
        "remarks": rows.remarks,
        "ties": rows.ties,
    }


def _index(arrays: Arrays) -> IndexArrays:
    return IndexArrays(
        Postings(arrays["keys"], arrays["starts"], arrays["places"]),
        Rows(
            texts=_lists(arrays, "texts"),
            words=_lists(arrays, "words"),
            seconds=arrays["seconds"],
            marks=arrays["marks"],
            remarks=arrays["remarks"],
            ties=arrays["ties"],
        ),
    )


def _lists(arrays: Arrays, name: str) -> Lists:
    return Lists(arrays[f"{name} starts"], arrays[name])
