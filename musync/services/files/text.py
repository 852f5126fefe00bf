"""Plain lists: one `Artist - Title` per line, also numbered, the other way round, or as links."""

from __future__ import annotations

import re
from collections.abc import Collection as Many
from collections.abc import Sequence
from dataclasses import dataclass, replace

from musync.domain import Track, TrackId
from musync.services.blocks import Blocks
from musync.services.charset import UTF8, Charset, decode, line_end, readable, split_lines
from musync.services.files.document import Document, Moments, Row, fit, placeholder
from musync.services.files.ids import id_in_uri, identified, kind_of_uri, link_of_uri, local_track_in
from musync.services.m3u_lines import one_line

_NUMBERED = re.compile(r"^\d{1,5}[.)]\s+(?=\S)")
_BULLET = re.compile(r"^[-*•]\s+(?=\S)")
_LINK = re.compile(r"(?:https?://|spotify:)\S+")
_DASHES = re.compile(r"\s+[-\u2013\u2014]\s+")
_COMMENT = re.compile(r"#(?:$|\s|#|!|[A-Z]{3})")
_TURNED = re.compile(r"(?:title|song|track)s?\s+-\s+artists?", re.IGNORECASE)
_HEADING = re.compile(r"artists?\s+-\s+(?:title|song|track)s?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Habit:
    """How the lines of one list are written."""

    numbered: bool = False
    turned: bool = False

    def row(self, line: str, number: int) -> Row:
        """What a line says."""
        text = line.strip()
        if _LINK.fullmatch(text):
            if own := local_track_in(text):
                return Row(track=identified(own, None))
            named = id_in_uri(text)
            return Row(
                track=identified(Track(id=TrackId(""), title="", url=link_of_uri(text), kind=kind_of_uri(text)), named)
            )
        if "\0" in text:
            return placeholder(f"line {number}", "holds binary data")
        artist, title = self._split(line, text)
        track = Track(id=TrackId(""), title=title, artists=(artist,) if artist else ())
        return Row(track=identified(track, None))

    def line(self, track: Track, number: int) -> str:
        """The line for a track, so that `row` reads it back as well as a line can."""
        artist, title = one_line(", ".join(track.artists)), one_line(track.title)
        if not title:
            return track.url or ""
        if not artist:
            # A line that begins with a blank and a dash has no artist; without them it might not be read as a title.
            return f" - {title}"
        line = " - ".join((title, artist) if self.turned else (artist, title))
        if _HEADING.fullmatch(line) or _TURNED.fullmatch(line):
            line = line.replace(" - ", " \u2013 ", 1)
        line = f"{number}. {line}" if self.numbered else line.lstrip("\ufeff")
        # What would be taken for a comment begins with the wide form of the sign.
        return f"\uff03{line[1:]}" if _COMMENT.match(line) else line

    def _split(self, line: str, text: str) -> tuple[str, str]:
        if line.startswith(" - "):
            return "", text[2:].strip()
        text = (_NUMBERED if self.numbered else _BULLET).sub("", text, count=1)
        parts = text.split(" - ", 1) if " - " in text else _DASHES.split(text, maxsplit=1)
        if len(parts) < 2 or not parts[0].strip() or not parts[1].strip():
            return "", text
        first, second = parts[0].strip(), parts[1].strip()
        return (second, first) if self.turned else (first, second)


@dataclass(frozen=True)
class TextDocument(Document):
    """A plain list; comments, blank lines and lines that were not edited stay as they are."""

    name: str
    charset: Charset
    habit: Habit
    blocks: Blocks
    rows: tuple[Row, ...]
    title: str | None = None
    description: str = ""

    def to_bytes(self) -> bytes:
        """The file's content."""
        return self.charset.encode(self.blocks.text)

    def as_stored(self, track: Track) -> Track:
        """Artist and title are all that a line keeps."""
        return self.habit.row(self.habit.line(fit(track), 1), 1).track

    def refusal(self, track: Track) -> tuple[str, str] | None:
        """A line needs a title, or at least a link, and letters to write it in."""
        line = self.habit.line(fit(track), 1)
        if not line.strip(" -"):
            return "nothing-to-write", "neither title nor address is known"
        if not self.charset.holds(line):
            return "not-encodable", f"the file is written in {self.charset.title}, which has no letters for it"
        return None

    def insert(self, at: int, tracks: Sequence[Track], *, added_at: Moments) -> TextDocument:
        """With a line per track; a plain list keeps no time."""
        end = line_end(self.blocks.text)
        lines = (self.habit.line(fit(track), at + place) for place, track in enumerate(tracks, 1))
        return self._edited(self.blocks.insert(at, [line + end for line in lines]))

    def remove(self, indices: Many[int]) -> TextDocument:
        """Without these lines."""
        return self._edited(self.blocks.remove(indices))

    def move(self, indices: Sequence[int], to: int) -> TextDocument:
        """With these lines together at `to`; numbers in front of them stay as they were."""
        return self._edited(self.blocks.move(indices, to))

    def with_details(self, title: str | None, description: str | None) -> TextDocument:
        """The same: a plain list has no place for either."""
        return self

    def _edited(self, blocks: Blocks) -> TextDocument:
        if blocks is self.blocks:
            return self
        text, end = self.blocks.text, line_end(self.blocks.text)
        changed = "".join(part if part.endswith(("\n", "\r")) else part + end for part in blocks.parts if part)
        final = not text or text.endswith(("\n", "\r"))
        return _read(changed if final else changed.removesuffix(end), self.charset, self.name)


def read_text(data: bytes, *, name: str) -> TextDocument:
    """Read a plain list; whatever it holds, it is one."""
    text, charset = decode(data)
    return _read(text, charset, name)


def new_text(*, name: str) -> TextDocument:
    """An empty list: UTF-8, line feeds."""
    return _read("", UTF8, name)


def _read(text: str, charset: Charset, name: str) -> TextDocument:
    lines = split_lines(text)
    places = [at for at, line in enumerate(lines) if _says_something(line)]
    habit = Habit()
    if places and _TURNED.fullmatch(lines[places[0]].strip()):
        habit, places = replace(habit, turned=True), places[1:]
    elif places and _HEADING.fullmatch(lines[places[0]].strip()):
        places = places[1:]
    if len(places) > 1 and all(_NUMBERED.match(lines[at].strip()) for at in places):
        habit = replace(habit, numbered=True)
    rows = tuple(habit.row(readable(lines[at]).rstrip("\r\n"), at + 1) for at in places)
    return TextDocument(name, charset, habit, Blocks(tuple(lines), tuple(places), len(lines)), rows)


def _says_something(line: str) -> bool:
    text = line.strip()
    return bool(text) and not _COMMENT.match(text)
