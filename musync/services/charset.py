"""How a text file is encoded: decoded without loss, and encoded back to the very same bytes.

UTF-8 with and without BOM, UTF-16, else Windows-1252 or Latin-1. A UTF-8 file with a few foreign bytes stays UTF-8:
those bytes pass through as they are.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_UNDECODED = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Charset:
    """What a file's bytes were decoded with.

    `mixed`: some bytes do not belong to the encoding and are carried through. `rest` is a last half character.
    """

    name: str = "utf-8"
    bom: bytes = b""
    rest: bytes = b""
    mixed: bool = False

    @property
    def title(self) -> str:
        """The encoding's name for people."""
        names = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "latin-1": "Latin-1"}
        return names.get(self.name, "UTF-16")

    def encode(self, text: str) -> bytes:
        """The bytes of a text; those of an unchanged text are the ones it was read from."""
        return self.bom + text.encode(self.name, self._errors) + self.rest

    def holds(self, text: str) -> bool:
        """Whether these characters can be written in the encoding."""
        try:
            text.encode(self.name)
        except UnicodeEncodeError:
            return False
        return True

    @property
    def _errors(self) -> str:
        return _errors(self.name)


UTF8 = Charset()
"""What new files are written in: without BOM."""


def decode(data: bytes) -> tuple[str, Charset]:
    """The text and how it is encoded; never fails, binary data becomes some text."""
    charset = _guess(data)
    body = data[len(charset.bom) : len(data) - len(charset.rest)]
    return body.decode(charset.name, _errors(charset.name)), charset


def readable(text: str) -> str:
    """The text with stray bytes read as Windows-1252, fit to be shown and stored."""
    return _UNDECODED.sub(_stray_byte, text) if _UNDECODED.search(text) else text


def split_lines(text: str) -> list[str]:
    r"""Lines with their ends, `\n` or `\r\n`; a lone `\r` ends lines only where the text has no `\n` at all.

    Unlike `str.splitlines`, which also splits at characters that may stand in a title.
    """
    if "\r" in text and "\n" not in text:
        return re.findall(r"[^\r]*\r|[^\r]+", text)
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def line_end(text: str) -> str:
    r"""The end of the first line, which new lines get as well; `\n` for a text of one line."""
    first = text.find("\n")
    if first >= 0:
        return "\r\n" if text[first - 1 : first] == "\r" else "\n"
    return "\r" if "\r" in text else "\n"


def _errors(name: str) -> str:
    return {"utf-8": "surrogateescape", "cp1252": "strict", "latin-1": "strict"}.get(name, "surrogatepass")


def _guess(data: bytes) -> Charset:
    if data.startswith(codecs.BOM_UTF8):
        return _utf8(data, codecs.BOM_UTF8)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16("utf-16-le" if data.startswith(codecs.BOM_UTF16_LE) else "utf-16-be", data, data[:2])
    wide = _wide(data[:4096])
    return _utf16(wide, data) if wide else _narrow(data)


def _utf16(name: str, data: bytes, bom: bytes = b"") -> Charset:
    odd = (len(data) - len(bom)) % 2
    return Charset(name=name, bom=bom, rest=data[len(data) - odd :] if odd else b"")


def _utf8(data: bytes, bom: bytes = b"") -> Charset:
    return Charset(bom=bom, mixed=not _decodes(data, "utf-8"))


def _narrow(data: bytes) -> Charset:
    if _decodes(data, "utf-8"):
        return UTF8
    if _mostly_utf8(data):
        return Charset(mixed=True)
    return Charset(name="cp1252" if _decodes(data, "cp1252") else "latin-1")


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    """Whether more of the lines with foreign letters are UTF-8 than are not."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    good = sum(_decodes(line, "utf-8") for line in lines)
    return good > len(lines) - good


def _wide(head: bytes) -> str:
    """UTF-16 without a mark, told by the zero bytes of its ASCII characters: nearly all on one side."""
    high, low = head[1::2].count(0), head[::2].count(0)
    half = len(head) // 2
    if high > 0.7 * half and low <= 0.02 * half:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 * half and high <= 0.02 * half else ""


def _stray_byte(found: re.Match[str]) -> str:
    code = ord(found[0])
    if not 0xDC80 <= code <= 0xDCFF:
        return "\ufffd"
    return bytes([code - 0xDC00]).decode("cp1252", "replace")
