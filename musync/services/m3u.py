"""M3U and M3U8 playlists as documents that lose nothing: what was not edited is written back byte for byte.

A document is immutable; every edit makes a new one and touches only the lines concerned. Each entry owns its location
and the directives above it, from the first `#EXT…` or other `#NAME:` line on; comments and blank lines before those
stand for themselves and stay when the entry goes. Locations are explained by `locations`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from musync.domain.errors import BadFile, Refused
from musync.services.blocks import Blocks
from musync.services.charset import UTF8, Charset, decode, line_end, split_lines
from musync.services.m3u_lines import M3uEntry, one_line, written_directives
from musync.services.m3u_reader import M3uReader, Problem, unusable

__all__ = ["M3uDocument", "M3uEntry", "Problem", "new_m3u", "parse_m3u"]

_TITLE = re.compile(r"^([ \t]*#PLAYLIST:[ \t]*)[^\r\n]*", re.IGNORECASE | re.MULTILINE)
_HEADS = ("#EXTM3U", "#EXTENC", "\ufeff")


@dataclass(frozen=True)
class M3uDocument:
    """One M3U playlist: the lines as they are, and what they mean.

    Args:
        name: the file's name, for messages.
        charset: how the file is encoded; edits keep it.
        title: what `#PLAYLIST:` says, None without such a line.
        entries: in order, unusable lines included (`M3uEntry.problem`), so that indices count every line that
            stands for a place in the list.
        problems: line and reason of everything that is not right.
    """

    name: str
    charset: Charset
    title: str | None
    entries: tuple[M3uEntry, ...]
    problems: tuple[Problem, ...]
    blocks: Blocks

    @cached_property
    def text(self) -> str:
        """The whole text."""
        return self.blocks.text

    @cached_property
    def extended(self) -> bool:
        """Whether new entries get their `#EXTINF`: not in a bare list of locations."""
        return not self.entries or "#EXTM3U" in self.text or "#EXTINF" in self.text

    @cached_property
    def has_albums(self) -> bool:
        """Whether new entries get their `#EXTALB`: only where others have it."""
        return "#EXTALB" in self.text

    def to_bytes(self) -> bytes:
        """The file's content; the very bytes it was read from when nothing was edited."""
        return self.charset.encode(self.text)

    def refusal(self, entry: M3uEntry) -> str:
        """Why this new entry cannot be written here, in words; empty when it can.

        A file in an old 8-bit encoding keeps it, because the players it was made for know no other: a name it has no
        letters for is refused rather than garbled, and the file is not converted behind its owner's back.
        """
        if reason := unusable(entry.location):
            return f"its path {reason}"
        if not self.charset.holds(entry.location):
            return f"the list is written in {self.charset.title}, which has no letters for this name; save it as M3U8"
        return ""

    def insert(self, at: int, new: Sequence[M3uEntry]) -> M3uDocument:
        """With new entries before entry `at` (their number: after the last one).

        An entry's `attached` lines are written as they are where it has some, else made from what it says.

        Raises:
            Refused: one of them cannot be written here, see `refusal`.
        """
        for entry in new:
            if reason := self.refusal(entry):
                raise Refused(
                    f"This cannot be written: {reason}.", where=f"{self.name}: {one_line(entry.location)[:80]}"
                )
        return self._edited(self.blocks.insert(at, [self._block(entry) for entry in new]))

    def remove(self, indices: Collection[int]) -> M3uDocument:
        """Without these entries and their directives; comments and blank lines between entries stay."""
        return self._edited(self.blocks.remove(indices))

    def move(self, indices: Sequence[int], to: int) -> M3uDocument:
        """With these entries put together, in the order given, so that the first stands at `to` afterwards."""
        return self._edited(self.blocks.move(indices, to))

    def relocate(self, locations: Mapping[int, str]) -> M3uDocument:
        """With other locations for these entries, none of which `refusal` speaks against; nothing else changes."""
        if not locations:
            return self
        parts = list(self.blocks.parts)
        for index, location in locations.items():
            part = self.blocks.entries[index]
            line = parts[part].rstrip(" \t\r\n")
            above = line[: len(line) - len(self.entries[index].location)]
            parts[part] = above + location + parts[part][len(line) :]
        return self._edited(replace(self.blocks, parts=tuple(parts)))

    def with_title(self, title: str) -> M3uDocument:
        """With this title in its `#PLAYLIST:` line, which is added where there is none.

        Raises:
            Refused: the file's encoding has no letters for it.
        """
        words = one_line(title)
        if not self.charset.holds(words):
            raise Refused(
                f"The list is written in {self.charset.title}, which has no letters for this title.",
                where=self.name,
                unchanged="The list is as it was.",
                next="Choose another title, or export the list as M3U8.",
            )
        for index, part in enumerate(self.blocks.parts):
            changed = _TITLE.sub(lambda found: found[1] + words, part, count=1)
            if changed != part or _TITLE.search(part):
                parts = (*self.blocks.parts[:index], changed, *self.blocks.parts[index + 1 :])
                return self._edited(replace(self.blocks, parts=parts))
        return self._edited(self._with_title_line(f"#PLAYLIST:{words}"))

    def _with_title_line(self, line: str) -> Blocks:
        parts, entries, start = self.blocks.parts, self.blocks.entries, self.blocks.start
        at = 0
        while at < len(parts) and at not in entries[:1] and parts[at].startswith(_HEADS):
            at += 1
        parts = (*parts[:at], line + line_end(self.text), *parts[at:])
        return Blocks(parts, tuple(entry + 1 for entry in entries), start + 1 if start >= at else start)

    def _block(self, entry: M3uEntry) -> str:
        end = line_end(self.text)
        above = list(entry.attached)
        if not above and self.extended:
            above = written_directives(entry, albums=self.has_albums)
        # What stands above is for show: where the encoding cannot hold it, players fall back on the file's name.
        kept = [line for line in above if self.charset.holds(line)]
        return "".join(f"{line}{end}" for line in (*kept, entry.location))

    def _edited(self, blocks: Blocks) -> M3uDocument:
        if blocks is self.blocks:
            return self
        final = not self.text or self.text.endswith(("\n", "\r"))
        return _document(_on_lines(blocks.parts, line_end(self.text), final=final), self.charset, self.name)


def parse_m3u(data: bytes, *, name: str) -> M3uDocument:
    """Read an M3U playlist; `name` is the file's, for messages. Bad lines are kept and told in `problems`.

    Raises:
        BadFile: it is the index of a stream (HLS), a web page, or no line of it can be used.
    """
    text, charset = decode(data)
    if text[:200].lstrip("\ufeff \t\r\n").lower().startswith(("<!doctype html", "<html")):
        raise BadFile(
            "This is a web page, not a playlist.",
            where=name,
            unchanged="Nothing was changed.",
            next="Download the playlist again, or choose another file.",
        )
    document = _document(text, charset, name)
    if document.entries and not document.text.lstrip().startswith("#EXTM3U"):
        refuse_junk(document.entries, name)
    return document


def refuse_junk(entries: Sequence[M3uEntry], name: str) -> None:
    """Raise BadFile when no entry can be used: then it is no playlist at all."""
    if all(entry.problem for entry in entries):
        raise BadFile(
            f"No line of this file can be used; the first one {entries[0].problem}.",
            where=f"{name}, line {entries[0].line}",
            unchanged="Nothing was changed.",
            next="Choose a playlist file.",
        )


def new_m3u(title: str, *, name: str) -> M3uDocument:
    """An empty playlist: UTF-8 without BOM, `#EXTM3U`, `#PLAYLIST:`, line feeds."""
    return _document(f"#EXTM3U\n#PLAYLIST:{one_line(title)}\n", UTF8, name)


def _document(text: str, charset: Charset, name: str) -> M3uDocument:
    reader = M3uReader(name)
    stray = charset.mixed or charset.name.startswith("utf-16")
    blocks = reader.read(split_lines(text), stray=stray)
    return M3uDocument(name, charset, reader.title, tuple(reader.entries), tuple(reader.problems), blocks)


def _on_lines(parts: Sequence[str], end: str, *, final: bool) -> str:
    """The parts joined, each on lines of its own; `final`: the last line has an end too."""
    text = "".join(part if part.endswith(("\n", "\r")) else part + end for part in parts if part)
    return text if final else text.removesuffix(end)
