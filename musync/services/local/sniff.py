"""What sort of audio a file holds, told by its first bytes: names lie."""

from __future__ import annotations

from enum import StrEnum
from typing import BinaryIO

SUFFIXES = frozenset(
    ("mp3", "flac", "ogg", "oga", "opus", "m4a", "alac", "aac", "wav", "aif", "aiff", "aifc", "wma", "ape", "mpc", "wv")
)
"""Ends of the names of music files, in lower case; other files are not looked at."""


class Format(StrEnum):
    """The kinds of files whose tags can be read."""

    MP3 = "mp3"
    AAC = "aac"
    FLAC = "flac"
    VORBIS = "vorbis"
    OPUS = "opus"
    OGG_FLAC = "ogg-flac"
    SPEEX = "speex"
    MP4 = "mp4"
    WAV = "wav"
    AIFF = "aiff"
    ASF = "asf"
    APE = "ape"
    MUSEPACK = "musepack"
    WAVPACK = "wavpack"


_STARTS: tuple[tuple[bytes, Format], ...] = (
    (b"fLaC", Format.FLAC),
    (b"MAC ", Format.APE),
    (b"MPCK", Format.MUSEPACK),
    (b"MP+", Format.MUSEPACK),
    (b"wvpk", Format.WAVPACK),
    (b"ADIF", Format.AAC),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Format.ASF),
)
_OGG: tuple[tuple[bytes, Format], ...] = (
    (b"\x01vorbis", Format.VORBIS),
    (b"OpusHead", Format.OPUS),
    (b"\x7fFLAC", Format.OGG_FLAC),
    (b"Speex   ", Format.SPEEX),
)
_HEAD = 64
# Sound in these two starts anywhere, after padding for instance: here the name may decide.
_BY_NAME = {"mp3": Format.MP3, "aac": Format.AAC}


def recognise(stream: BinaryIO, suffix: str) -> Format | None:
    """The format of an open file, None when it is none we know; leaves the stream at its start.

    `suffix` (lower case, no dot) decides only where the content does not.
    """
    head = stream.read(_HEAD)
    if head.startswith(b"ID3"):
        stream.seek(_after_id3(head))
        found: Format | None = _by_content(stream.read(_HEAD)) or Format.MP3
    else:
        found = _by_content(head) or (_BY_NAME.get(suffix) if head else None)
    stream.seek(0)
    return found


def _by_content(head: bytes) -> Format | None:
    if head.startswith(b"OggS"):
        return next((kind for mark, kind in _OGG if mark in head), None)
    if head[4:8] == b"ftyp":
        return Format.MP4
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return Format.WAV
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return Format.AIFF
    return next((kind for start, kind in _STARTS if head.startswith(start)), None) or _by_sync(head)


def _by_sync(head: bytes) -> Format | None:
    """MPEG audio begins with eleven set bits; the layer bits after them are zero in AAC."""
    if len(head) < 2 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    return Format.AAC if head[1] & 0xF6 == 0xF0 else Format.MP3


def _after_id3(head: bytes) -> int:
    """Where the ID3v2 tag at the start ends."""
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    footer = 10 if len(head) > 5 and head[5] & 0x10 else 0
    return 10 + size + footer
