"""A track's picture: the one inside the file, else the one beside it."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from mutagen import FileType
from mutagen.asf import ASF
from mutagen.flac import FLAC, Picture
from mutagen.mp4 import MP4

from musync.services.local.sniff import recognise
from musync.services.local.tags import CLASSES, PARSER_ERRORS

LARGEST = 10 << 20
"""Bytes; a bigger picture counts as none."""

_Picture: Any = Picture
_FRONT = 3
_STEMS = ("cover", "folder", "front", "albumart", "album")
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif")


def read_cover(path: Path) -> bytes | None:
    """The picture inside the file, else the one in its folder (`cover.jpg`, `folder.png` …), None when there is none.

    JPEG, PNG, GIF or WebP by their first bytes, whatever they are called, at most 10 MiB. Nothing is decoded here.

    Raises:
        OSError: the file cannot be read.
    """
    return next((data for data in chain(_embedded(path), _beside(path)) if _usable(data)), None)


def _usable(data: bytes) -> bool:
    return len(data) <= LARGEST and (
        data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
        or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
    )


def _embedded(path: Path) -> list[bytes]:
    """Pictures in the file, front covers first."""
    with path.open("rb") as stream, suppress(*PARSER_ERRORS, OSError):
        kind = recognise(stream, path.suffix[1:].lower())
        if kind is not None:
            return [data for _, data in sorted(_pictures(CLASSES[kind](stream)), key=lambda found: found[0])]
    return []


def _pictures(file: FileType) -> Iterator[tuple[bool, bytes]]:
    """Every picture, and whether it is something else than the front."""
    tags: Any = file.tags
    if isinstance(file, FLAC):
        yield from ((picture.type != _FRONT, picture.data) for picture in file.pictures)
    if hasattr(tags, "getall"):  # ID3, in whichever container
        yield from ((frame.type != _FRONT, frame.data) for frame in tags.getall("APIC"))
    elif isinstance(file, MP4) and tags:
        yield from ((False, bytes(data)) for data in tags.get("covr", ()))
    elif isinstance(file, ASF) and tags:
        yield from (_picture_of_asf(attribute.value) for attribute in tags.get("WM/Picture", ()))
    elif tags:
        yield from _pictures_in_texts(tags)


def _pictures_in_texts(tags: Any) -> Iterator[tuple[bool, bytes]]:
    """Pictures of Vorbis comments (in base64) and of APEv2 (behind a file name)."""
    for name, value in tags.items():
        if name.lower() == "metadata_block_picture":
            for text in value:
                with suppress(*PARSER_ERRORS, binascii.Error):
                    picture = _Picture(base64.b64decode(text))
                    yield picture.type != _FRONT, picture.data
        elif name.lower().startswith("cover art"):
            yield "front" not in name.lower(), bytes(value.value).partition(b"\0")[2]


def _picture_of_asf(data: bytes) -> tuple[bool, bytes]:
    """Type (1 byte), size (4), then type name and description, each ended by two zero bytes; then the picture."""
    size = int.from_bytes(data[1:5], "little")
    return data[:1] != bytes((_FRONT,)), data[-size:]


def _beside(path: Path) -> Iterator[bytes]:
    """Pictures in the file's folder, the best-known names first."""
    with os.scandir(path.parent) as entries:
        found = [entry for entry in entries if _rank(entry.name) < len(_STEMS)]
    for entry in sorted(found, key=lambda entry: (_rank(entry.name), entry.name)):
        with suppress(OSError):
            if entry.is_file() and entry.stat().st_size <= LARGEST:
                yield Path(entry.path).read_bytes()


def _rank(name: str) -> int:
    stem, dot, suffix = name.lower().rpartition(".")
    if dot + suffix not in _SUFFIXES:
        return len(_STEMS)
    return next((place for place, known in enumerate(_STEMS) if stem.startswith(known)), len(_STEMS))
