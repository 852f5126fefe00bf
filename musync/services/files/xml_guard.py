"""XML read as a stream of elements, with everything refused that could make a parser work for nothing.

No document type, so no entities; 10 MiB, 64 levels, 200,000 elements. Python's own expat does the reading, because the
place of every element in the text is needed; `defusedxml` forbids the same things and keeps no places.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from musync.domain.errors import BadFile

LARGEST = 10 << 20
DEEPEST = 64
MOST = 200_000
_NO_ELEMENTS = 1_000
"""Comments and the like that a file may hold before its signs are counted as elements without reading it."""

_CUT_OFF = {
    expat.errors.codes[reason]
    for reason in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}
Started = Callable[[str, dict[str, str], int], None]
Ended = Callable[[str, int], None]


class XmlGuard:
    """Feeds one document to handlers: `started(name, attributes, at)`, `ended(name, at)`, `text(data)`.

    Names are `namespace name`; `at` are byte offsets in the UTF-8 text: of the tag's first character.
    """

    def __init__(self, name: str, started: Started, ended: Ended, text: Callable[[str], None]) -> None:
        self._name = name
        self._depth = self._count = 0
        self._started, self._ended = started, ended
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = text
        self._parser.StartDoctypeDeclHandler = self._doctype

    @property
    def line(self) -> int:
        """The line that is being read."""
        return self._parser.CurrentLineNumber

    def parse(self, data: bytes) -> None:
        """Read the whole document, UTF-8 whatever its declaration says; raises BadFile."""
        if len(data) > LARGEST:
            raise self.refused(f"The file is too large: {len(data) >> 20} of at most {LARGEST >> 20} MiB.")
        if data.count(b"<") - data.count(b"</") > MOST + _NO_ELEMENTS:
            raise self._too_many()
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or "unreadable"
            cut = error.code in _CUT_OFF
            raise BadFile(
                "The file was cut off." if cut else f"This is not readable XML: {reason}.",
                where=f"{self._name}, line {error.lineno}",
                unchanged="Nothing was changed.",
                next="Export or download it again.",
            ) from error

    def refused(self, message: str) -> BadFile:
        """The error for something that is not accepted, with the line it stands on."""
        return BadFile(
            message,
            where=f"{self._name}, line {self.line}",
            unchanged="Nothing was changed.",
            next="Save the playlist again with a program you trust, or choose another file.",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise self.refused(f"The file is nested too deeply: more than {DEEPEST} levels.")
        if self._count > MOST:
            raise self._too_many()
        self._started(name, attributes, self._parser.CurrentByteIndex)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._ended(name, self._parser.CurrentByteIndex)

    def _too_many(self) -> BadFile:
        return self.refused(f"The file holds too many elements: more than {MOST:,}.")

    def _doctype(self, *_declared: object) -> None:
        raise self.refused("The file contains a document type, which a playlist has no need for.")
