"""Named arrays in one file that is written once and then mapped into memory.

The arrays come first, each on a boundary of 64 bytes, then a description of them as JSON, and last where that begins
and the checksum of everything before: a file that was cut off or changed is noticed.
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

_MAGIC: Final = b"musync arrays\x00\x01\n"
_TAIL: Final = struct.Struct("<QI4x16s")
_BOUNDARY: Final = 64
_PIECE: Final = 1 << 20

Arrays = Mapping[str, NDArray[Any]]


class Damaged(Exception):
    """The file is none of ours, or not whole; its text says why."""


class BlockWriter:
    """Writes arrays to a stream one after the other; `finish` makes it a file that can be read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._sum = 0
        self._at = 0
        self._described: dict[str, tuple[str, int, int]] = {}
        self._write(_MAGIC)

    def add(self, name: str, array: NDArray[Any]) -> None:
        """Write one array."""
        self.add_pieces(name, array.dtype, [np.ascontiguousarray(array).data])

    def add_pieces(self, name: str, kind: np.dtype[Any], pieces: Iterable[bytes | memoryview]) -> None:
        """Write an array that comes in pieces."""
        self._write(bytes(-self._at % _BOUNDARY))
        start = self._at
        for piece in pieces:
            self._write(piece)
        self._described[name] = (kind.str, start, (self._at - start) // kind.itemsize)

    def finish(self, head: Mapping[str, Any]) -> None:
        """Write what describes the arrays, with the facts that go with them."""
        start = self._at
        self._write(json.dumps({"head": head, "arrays": self._described}).encode())
        self._stream.write(_TAIL.pack(start, self._sum, _MAGIC))

    def _write(self, data: bytes | memoryview) -> None:
        self._stream.write(data)
        self._sum = zlib.crc32(data, self._sum)
        self._at += len(data) if isinstance(data, bytes) else data.nbytes


def read_blocks(path: Path) -> tuple[Mapping[str, Any], Arrays]:
    """Return the facts and the arrays of a file; they stay valid when the file is deleted or replaced.

    Raises:
        Damaged: it is none, it was cut off, or something in it was changed.
        OSError: it cannot be read.
    """
    with path.open("rb") as stream:
        start = _checked(stream, path.stat().st_size)
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    told = json.loads(mapped[start : len(mapped) - _TAIL.size])
    arrays = {
        name: np.frombuffer(mapped, np.dtype(kind), count, offset)
        for name, (kind, offset, count) in told["arrays"].items()
    }
    return told["head"], arrays


def _checked(stream: BinaryIO, size: int) -> int:
    """Return where the description begins, after looking at every byte."""
    if size < _TAIL.size + len(_MAGIC):
        raise Damaged("it is too short")
    stream.seek(size - _TAIL.size)
    start, known, magic = _TAIL.unpack(stream.read(_TAIL.size))
    if magic != _MAGIC or start > size:
        raise Damaged("it is cut off, or of another make")
    # Read, not mapped: what was only looked at does not count as memory of this process.
    stream.seek(0)
    found, left = 0, size - _TAIL.size
    while left and (piece := stream.read(min(left, _PIECE))):
        found = zlib.crc32(piece, found)
        left -= len(piece)
    if found != known:
        raise Damaged("its checksum is wrong")
    return int(start)
