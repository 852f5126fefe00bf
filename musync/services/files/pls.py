"""PLS playlists: `File1=`, `Title1=`, `Length1=`, grouped by number, whatever their order.

The numbers are the order, so an edit has to write the numbers of the entries behind it anew; everything else stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection as Many
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musync.domain.errors import BadFile, Refused
from musync.services.charset import UTF8, Charset, decode, line_end, readable, split_lines
from musync.services.m3u_lines import M3uEntry, one_line, split_artist, words_of
from musync.services.m3u_reader import Problem, unusable

_KEY = re.compile(r"\s*(File|Title|Length)(\d{1,9})\s*=(.*)", re.IGNORECASE | re.DOTALL)
_COUNT = re.compile(r"(\s*NumberOfEntries\s*=\s*)\d*", re.IGNORECASE)
_NUMBER = re.compile(r"(\s*[A-Za-z]+)\d+(\s*=)")


@dataclass(frozen=True)
class PlsDocument:
    """One PLS playlist: the lines as they are, and which of them belong to which entry.

    Attributes:
        entries: in order, unusable ones included.
        problems: line and reason of everything that is not right.
    """

    name: str
    charset: Charset
    lines: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    entries: tuple[M3uEntry, ...]
    problems: tuple[Problem, ...]
    title: None = None

    def to_bytes(self) -> bytes:
        """The file's content; the very bytes it was read from when nothing was edited."""
        return self.charset.encode("".join(self.lines))

    def refusal(self, entry: M3uEntry) -> str:
        """Why this new entry cannot be written here, in words; empty when it can."""
        if reason := unusable(entry.location):
            return f"its path {reason}"
        if not self.charset.holds(entry.location):
            return f"the list is written in {self.charset.title}, which has no letters for this name; save it as M3U8"
        return ""

    def insert(self, at: int, new: Sequence[M3uEntry]) -> PlsDocument:
        """With new entries before entry `at`; raises Refused when one of them cannot be written here."""
        for entry in new:
            if reason := self.refusal(entry):
                raise Refused(f"This cannot be written: {reason}.", where=self.name, unchanged="The list is as it was.")
        kept: list[int | M3uEntry] = list(range(len(self.entries)))
        return self._rebuilt([*kept[:at], *new, *kept[at:]])

    def remove(self, indices: Many[int]) -> PlsDocument:
        """Without these entries."""
        gone = set(indices)
        return self._rebuilt([index for index in range(len(self.entries)) if index not in gone])

    def move(self, indices: Sequence[int], to: int) -> PlsDocument:
        """With these entries together, in the order given, so that the first stands at `to` afterwards."""
        moved = set(indices)
        rest = [index for index in range(len(self.entries)) if index not in moved]
        return self._rebuilt([*rest[:to], *indices, *rest[to:]])

    def with_title(self, title: str) -> PlsDocument:
        """The same: the format has no place for a title."""
        return self

    def _rebuilt(self, order: Sequence[int | M3uEntry]) -> PlsDocument:
        if list(order) == list(range(len(self.entries))):
            return self
        end = line_end("".join(self.lines))
        blocks = [
            self._block(item, number, end) if isinstance(item, M3uEntry) else self._numbered(item, number, end)
            for number, item in enumerate(order, 1)
        ]
        text = "".join(self._around("".join(blocks), len(order), end))
        final = not self.lines or self.lines[-1].endswith(("\n", "\r"))
        return _read(text if final else text.removesuffix(end), self.charset, self.name)

    def _numbered(self, index: int, number: int, end: str) -> str:
        """The lines of an old entry under a new number."""
        lines = (_NUMBER.sub(rf"\g<1>{number}\g<2>", self.lines[at], count=1) for at in self.groups[index])
        return "".join(line if line.endswith(("\n", "\r")) else line + end for line in lines)

    def _block(self, entry: M3uEntry, number: int, end: str) -> str:
        artist, title = one_line(entry.artist), one_line(entry.title)
        words = f"{artist} - {title}" if artist else title
        seconds = -1 if entry.seconds is None else round(entry.seconds)
        lines = [f"File{number}={entry.location}"]
        if title and self.charset.holds(words):
            lines.append(f"Title{number}={words}")
        return "".join(line + end for line in [*lines, f"Length{number}={seconds}"])

    def _around(self, body: str, count: int, end: str) -> Iterator[str]:
        """The lines that belong to no entry, the entries where the first of them stood, and the count set right."""
        owned = {at for group in self.groups for at in group} | self._orphans(count)
        first = min((group[0] for group in self.groups), default=self._start())
        counted = any(_COUNT.match(line) for line in self.lines)
        for at, line in enumerate([*self.lines, ""]):
            if at == first:
                yield body if counted else f"NumberOfEntries={count}{end}{body}"
            if at not in owned and line:
                changed = _COUNT.sub(rf"\g<1>{count}", line, count=1)
                yield changed if changed.endswith(("\n", "\r")) else changed + end

    def _orphans(self, count: int) -> set[int]:
        """Lines of titles without a file whose number an entry has now."""
        keys = ((at, _KEY.match(line)) for at, line in enumerate(self.lines))
        return {at for at, key in keys if key and int(key[2]) <= count}

    def _start(self) -> int:
        """Where the first entry goes: after the line of the section."""
        sections = [at for at, line in enumerate(self.lines) if line.strip().lower() == "[playlist]"]
        return sections[0] + 1 if sections else len(self.lines)


def parse_pls(data: bytes, *, name: str) -> PlsDocument:
    """Read a PLS playlist; raises BadFile when none of its entries can be used or the section is missing."""
    text, charset = decode(data)
    return _read(text, charset, name)


def new_pls(*, name: str) -> PlsDocument:
    """An empty playlist: UTF-8, line feeds."""
    return _read("[playlist]\nNumberOfEntries=0\nVersion=2\n", UTF8, name)


def _read(text: str, charset: Charset, name: str) -> PlsDocument:
    lines = split_lines(text)
    if not any(line.strip().lower() == "[playlist]" for line in lines):
        raise BadFile("This is no PLS playlist: the line [playlist] is missing.", where=name)
    found: dict[int, dict[str, tuple[int, str]]] = {}
    for at, line in enumerate(lines):
        if key := _KEY.match(line):
            found.setdefault(int(key[2]), {}).setdefault(key[1].lower(), (at, readable(key[3]).strip()))
    named = [keys for _, keys in sorted(found.items()) if "file" in keys]
    entries = tuple(_entry(keys) for keys in named)
    problems = [Problem(entry.line, entry.problem) for entry in entries if entry.problem]
    problems += [
        Problem(at + 1, "a title or length without a file")
        for keys in found.values()
        if "file" not in keys
        for at, _ in list(keys.values())[:1]
    ]
    groups = tuple(tuple(sorted(at for at, _ in keys.values())) for keys in named)
    return PlsDocument(name, charset, tuple(lines), groups, entries, tuple(problems))


def _entry(keys: dict[str, tuple[int, str]]) -> M3uEntry:
    at, location = keys["file"]
    if problem := unusable(location):
        return M3uEntry(location[:200], line=at + 1, problem=problem)
    artist, title = split_artist(keys.get("title", (0, ""))[1])
    if not title:
        artist, title = words_of(location)
    length = keys.get("length", (0, ""))[1]
    seconds = float(length) if re.fullmatch(r"\d{1,9}(\.\d+)?", length) else 0.0
    return M3uEntry(location, seconds or None, title, artist, line=at + 1)
