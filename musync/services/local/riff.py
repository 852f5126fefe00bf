"""The list of facts that many programs write into WAV files instead of a tag: `INAM` the title, `IART` the artist."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

_HEADER = struct.Struct("<4sI")
_LARGEST = 1 << 20
_MOST_CHUNKS = 64


def riff_info(stream: BinaryIO) -> dict[str, str]:
    """What the LIST INFO chunk of a RIFF file says, by its four-letter names; empty when there is none."""
    for name, size in _chunks(stream, 12):
        if name == b"LIST" and size <= _LARGEST:
            body = stream.read(size)
            if body.startswith(b"INFO"):
                return _facts(BytesIO(body))
    return {}


def _chunks(stream: BinaryIO, start: int) -> Iterator[tuple[bytes, int]]:
    """Name and size of each chunk, the stream standing at its content."""
    for _ in range(_MOST_CHUNKS):
        stream.seek(start)
        header = stream.read(_HEADER.size)
        if len(header) < _HEADER.size:
            return
        name, size = _HEADER.unpack(header)
        yield name, size
        start += _HEADER.size + size + size % 2


def _facts(body: BinaryIO) -> dict[str, str]:
    return {name.decode("ascii", "replace"): _text(body.read(size)) for name, size in _chunks(body, 4)}


def _text(data: bytes) -> str:
    # No field says which encoding it is: old programs wrote the system's, newer ones UTF-8.
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
