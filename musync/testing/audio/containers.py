"""Tags written into tiny music files byte by byte.

Made without the library that the program reads tags with, so that the two check each other; and quick, because files
are made by the ten thousand.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping

Facts = Mapping[str, str]
"""What to write: title, artist, album, albumartist, tracknumber, date, isrc."""

_ID3 = {
    "title": b"TIT2",
    "artist": b"TPE1",
    "album": b"TALB",
    "albumartist": b"TPE2",
    "tracknumber": b"TRCK",
    "date": b"TDRC",
    "isrc": b"TSRC",
}
_MP4 = {"title": b"\xa9nam", "artist": b"\xa9ART", "album": b"\xa9alb", "albumartist": b"aART", "date": b"\xa9day"}
_TEXT, _NUMBERS = 1, 0


def mp3(sound: bytes, facts: Facts) -> bytes:
    """The MP3 with an ID3v2.4 tag before it."""
    frames = b"".join(name + _syncsafe(len(text) + 1) + b"\0\0\x03" + text for name, text in _named(_ID3, facts))
    return b"ID3\x04\0\0" + _syncsafe(len(frames)) + frames + sound


def flac(sound: bytes, facts: Facts) -> bytes:
    """The FLAC with a Vorbis comment as its only block after the stream's description, which always comes first."""
    at = described = 4 + _block_size(sound, 4)
    last = bool(sound[4] & 0x80)
    while not last:
        last = bool(sound[at] & 0x80)
        at += _block_size(sound, at)
    comment = _vorbis_comment(facts)
    blocks = b"\0" + sound[5:described] + b"\x84" + len(comment).to_bytes(3, "big") + comment
    return b"fLaC" + blocks + sound[at:]


def opus(sound: bytes, facts: Facts) -> bytes:
    """The Opus file with its second page, which holds the comment, written anew."""
    first = _page_end(sound, 0)
    second = _page_end(sound, first)
    serial = sound[14:18]
    return sound[:first] + _ogg_page(serial, 1, b"OpusTags" + _vorbis_comment(facts)) + sound[second:]


def m4a(sound: bytes, facts: Facts) -> bytes:
    """The MP4 with its tags in `moov`, which has to come last so that nothing else shifts."""
    atoms = list(_atoms(sound, 0))
    name, start, end = atoms[-1]
    assert name == b"moov"
    kept = b"".join(sound[a:b] for inner, a, b in _atoms(sound[:end], start + 8) if inner != b"udta")
    return sound[:start] + _atom(b"moov", kept + _atom(b"udta", _mp4_tags(facts)))


WRITERS: Mapping[str, Callable[[bytes, Facts], bytes]] = {"mp3": mp3, "flac": flac, "opus": opus, "m4a": m4a}
"""Suffix -> how such a file gets its tags."""


def _named(names: Mapping[str, bytes], facts: Facts) -> Iterable[tuple[bytes, bytes]]:
    return ((names[field], text.encode()) for field, text in facts.items() if field in names)


def _syncsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def _block_size(data: bytes, start: int) -> int:
    """The bytes that a FLAC block takes, its header included."""
    return 4 + int.from_bytes(data[start + 1 : start + 4], "big")


def _vorbis_comment(facts: Facts) -> bytes:
    lines = [f"{field.upper()}={text}".encode() for field, text in facts.items()]
    return b"\0\0\0\0" + struct.pack("<I", len(lines)) + b"".join(struct.pack("<I", len(line)) + line for line in lines)


def _page_end(data: bytes, start: int) -> int:
    segments = data[start + 26]
    return start + 27 + segments + sum(data[start + 27 : start + 27 + segments])


def _ogg_page(serial: bytes, number: int, packet: bytes) -> bytes:
    lacing = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = b"OggS\0\0" + bytes(8) + serial + struct.pack("<I", number)
    tail = bytes((len(lacing),)) + lacing + packet
    return head + struct.pack("<I", _ogg_crc(head + bytes(4) + tail)) + tail


def _crc_table() -> tuple[int, ...]:
    table = []
    for number in range(256):
        value = number << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    return tuple(table)


_CRC = _crc_table()


def _ogg_crc(data: bytes) -> int:
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ _CRC[value >> 24 ^ byte]
    return value


def _atoms(data: bytes, start: int) -> Iterable[tuple[bytes, int, int]]:
    """Name, start and end of each atom from there on."""
    while start + 8 <= len(data):
        end = start + int.from_bytes(data[start : start + 4], "big")
        yield data[start + 4 : start + 8], start, end
        start = end


def _atom(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + name + content


def _mp4_tags(facts: Facts) -> bytes:
    items = [_atom(name, _mp4_data(_TEXT, text)) for name, text in _named(_MP4, facts)]
    if "tracknumber" in facts:
        items.append(_atom(b"trkn", _mp4_data(_NUMBERS, struct.pack(">4H", 0, int(facts["tracknumber"]), 0, 0))))
    if "isrc" in facts:
        named = _atom(b"mean", b"\0\0\0\0com.apple.iTunes") + _atom(b"name", b"\0\0\0\0ISRC")
        items.append(_atom(b"----", named + _mp4_data(_TEXT, facts["isrc"].encode())))
    handler = _atom(b"hdlr", bytes(8) + b"mdirappl" + bytes(9))
    return _atom(b"meta", bytes(4) + handler + _atom(b"ilst", b"".join(items)))


def _mp4_data(kind: int, content: bytes) -> bytes:
    return _atom(b"data", struct.pack(">II", kind, 0) + content)
