"""Reading an M3U playlist line by line into blocks and entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from musync.domain.errors import BadFile
from musync.services.blocks import Blocks
from musync.services.charset import readable
from musync.services.locations import broken, is_address
from musync.services.m3u_lines import Directives, M3uEntry

_HEAD = {"EXTM3U", "PLAYLIST", "EXTENC", "EXTM3A"}
_STARTS = {"EXTINF", "EXTALB", "EXTART", "EXTGENRE", "EXTIMG", "EXTGRP", "EXTBYT", "EXTVLCOPT", "KODIPROP"}
_ALBUM_WIDE = {"EXTALB", "EXTART", "EXTGENRE", "EXTIMG"}
_NAME = re.compile(r"#([A-Za-z][A-Za-z0-9_-]*)(?::|$|\s)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_IMAGE = re.compile(r"\.(jpe?g|png|gif|webp|bmp)$", re.IGNORECASE)
_NESTED = re.compile(r"\.(m3u8?|pls|xspf)$", re.IGNORECASE)
_LONGEST = 32_767


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that cannot be used or does not look right, and why."""

    line: int
    reason: str


class M3uReader:
    """Takes the lines of one playlist; what it found stands in its attributes after `read`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.title: str | None = None
        self.entries: list[M3uEntry] = []
        self.problems: list[Problem] = []
        self._parts: list[str] = []
        self._places: list[int] = []
        self._block: list[str] = []
        self._above = Directives()
        self._album = Directives()
        self._image_follows = False
        self._one_album = False

    def read(self, lines: list[str], *, stray: bool) -> Blocks:
        """Cut the lines into blocks; `stray`: some bytes are not of the file's encoding."""
        self._one_album = sum(line.startswith("#EXTALB:") for line in lines) == 1
        numbered = enumerate(lines, 1)
        for number, line in numbered:
            text = line.strip(" \t\r\n")
            if stray:
                text = self._without_stray_bytes(text, number)
            if text.startswith("#"):
                if self._directive(text, line, number):
                    self._keep_rest(numbered)
            elif text and not self._image_follows:
                self._location(text, line, number)
            else:
                self._image_follows = self._image_follows and not text
                self._loose(line)
        return self._finish()

    def _without_stray_bytes(self, text: str, number: int) -> str:
        clean = readable(text)
        if clean != text:
            self.problems.append(Problem(number, "some letters are not in the encoding of the rest of the file"))
        return clean

    def _directive(self, text: str, line: str, number: int) -> bool:
        """Take in a line that begins with #; True when binary data follows it."""
        found = _NAME.match(text)
        name = found[1].upper() if found else ""
        if name.startswith("EXT-X-"):
            raise _stream(self.name, number)
        value = text[len(name) + 2 :].strip()
        if name == "PLAYLIST" and value and self.title is None:
            self.title = value
        if name == "EXTIMG":
            self._image_follows = not _IMAGE.search(value) and not is_address(value)
        if self._is_album_wide(name):
            self._album.take(name, value)
            self._parts.append(line)
        elif name and name not in _HEAD and (self._block or self.entries or name in _STARTS):
            self._attach(name, value, line, number)
        else:
            self._loose(line)
        return name == "EXTBIN"

    def _is_album_wide(self, name: str) -> bool:
        return self._one_album and not self.entries and not self._above.seen_info and name in _ALBUM_WIDE

    def _attach(self, name: str, value: str, line: str, number: int) -> None:
        if name == "EXTINF" and self._above.seen_info:
            self._drop_block(number - 1)
        self._block.append(line)
        self._above.take(name, value)

    def _drop_block(self, number: int) -> None:
        """Let directives stand for themselves that no location follows."""
        self.problems.append(Problem(number, "#EXTINF without a file after it"))
        self._parts.extend(self._block)
        self._block, self._above = [], Directives()

    def _loose(self, line: str) -> None:
        (self._block or self._parts).append(line)

    def _location(self, text: str, line: str, number: int) -> None:
        attached = tuple(readable(above.rstrip("\r\n")) for above in self._block)
        problem = unusable(text)
        if problem:
            self.problems.append(Problem(number, problem))
            entry = M3uEntry(text[:200], attached=attached, line=number, problem=problem)
        else:
            entry = self._above.entry(text, attached, number)
        self._places.append(len(self._parts))
        self.entries.append(entry)
        self._parts.append("".join(self._block) + line if self._block else line)
        if attached:
            self._block, self._above = [], Directives()

    def _keep_rest(self, lines: Iterator[tuple[int, str]]) -> None:
        """Carry everything after `#EXTBIN` as it is: the mark is the last of the list."""
        rest = "".join(line for _, line in lines)
        self._block.append(rest)

    def _finish(self) -> Blocks:
        start = len(self._parts)
        if self._above.seen_info and not any("#EXTBIN" in line for line in self._block):
            self._drop_block(0)
        self._parts.extend(self._block)
        self._spread_album()
        return Blocks(tuple(self._parts), tuple(self._places), start)

    def _spread_album(self) -> None:
        """Give an album named once at the top to all entries, if they lie in one folder, else to the first."""
        album = self._album
        if not self.entries or not (album.album or album.artist):
            return
        whole = len(set(_folders(self.entries))) == 1
        for index, entry in enumerate(self.entries if whole else self.entries[:1]):
            self.entries[index] = entry._replace(
                artist=entry.artist or album.artist,
                album=entry.album or album.album,
                year=entry.year or album.year,
            )


def _folders(entries: Iterable[M3uEntry]) -> Iterator[str]:
    return (entry.location.replace("\\", "/").rpartition("/")[0] for entry in entries)


def unusable(text: str) -> str:
    """Why a location cannot be used, in words; empty when it can."""
    if not text:
        return "is empty"
    if _CONTROL.search(text):
        return "holds binary data"
    if broken(text):
        return "hides a line break or a zero byte"
    if len(text) > _LONGEST:
        return "is too long for a location"
    if _NESTED.search(text) and not is_address(text):
        return "is another playlist, which is not opened from here"
    return ""


def _stream(name: str, line: int) -> BadFile:
    return BadFile(
        "This is the index of a stream (HLS), not a playlist of tracks.",
        where=f"{name}, line {line}",
        unchanged="Nothing was changed.",
        next="Choose a playlist file.",
    )
