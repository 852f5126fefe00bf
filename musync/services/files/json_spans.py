"""Where values stand in the text of a JSON document, so that one can be changed and all others stay as written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from musync.domain.errors import BadFile

LARGEST = 64 << 20
"""Bytes of the largest JSON file that is read."""

_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Span:
    """A value's first character and the one after its last."""

    start: int
    end: int


def parse_json(text: str, *, name: str) -> object:
    """The value of a JSON text; raises BadFile that says where it breaks off."""
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) - 1 or error.msg.startswith("Unterminated string")
        raise BadFile(
            "The file was cut off." if cut else f"This is not readable JSON: {error.msg}.",
            where=f"{name}, line {error.lineno}, column {error.colno}",
            unchanged="Nothing was changed.",
            next="Export or download it again.",
        ) from error
    except (RecursionError, ValueError) as error:
        raise BadFile(
            "This JSON is nested too deeply or holds a number too long.", where=name, unchanged="Nothing was changed."
        ) from error
    return value


def members(text: str, start: int) -> dict[str, Span]:
    """The values of the object that starts here, by their keys; the last of equal keys, as parsers have it."""
    found: dict[str, Span] = {}
    at = _skip(text, start + 1)
    while text[at] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        _, end = _DECODER.raw_decode(text, at)
        found[key] = Span(at, end)
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at
    return found


def items(text: str, start: int) -> list[Span]:
    """The values of the array that starts here."""
    found: list[Span] = []
    at = _skip(text, start + 1)
    while text[at] != "]":
        _, end = _DECODER.raw_decode(text, at)
        found.append(Span(at, end))
        at = _skip(text, end)
        at = _skip(text, at + 1) if text[at] == "," else at
    return found


def first_value(text: str) -> int:
    """Where the document's value starts."""
    return _skip(text, 0)


def with_member(text: str, start: int, key: str, value: str, *, ascii_only: bool = False) -> str:
    """The text with this string as a member of the object that starts at `start`: changed, or added as its first."""
    written = json.dumps(value, ensure_ascii=ascii_only)
    found = members(text, start)
    if key in found:
        return text[: found[key].start] + written + text[found[key].end :]
    blank = text[start + 1 : _skip(text, start + 1)]
    comma = "," if found else ""
    return f"{text[: start + 1]}{blank}{json.dumps(key)}: {written}{comma}{text[start + 1 :]}"


def with_items(text: str, array: Span, old: Sequence[Span], new: Sequence[str | int]) -> str:
    """The text with other items in an array.

    Args:
        text: the document.
        array: the array in it.
        old: its items.
        new: the items it shall have, a number for the old one of that index, else the text of a new one.
    """
    if not new:
        return f"{text[: array.start]}[]{text[array.end :]}"
    lead = text[array.start + 1 : old[0].start] if old else _fresh_lead(text, array)
    between = text[old[0].end : old[1].start] if len(old) > 1 else "," + (lead or " ")
    tail = text[old[-1].end : array.end - 1] if old else _outdented(lead)
    # A new item takes the indentation of the others.
    margin = lead.rpartition("\n")[2] if "\n" in lead else None
    pieces = [text[old[one].start : old[one].end] if isinstance(one, int) else _laid_out(one, margin) for one in new]
    return f"{text[: array.start]}[{lead}{between.join(pieces)}{tail}]{text[array.end :]}"


def _fresh_lead(text: str, array: Span) -> str:
    """What stands before the first item of an array that had none: a line of its own where the document has lines."""
    line = text[text.rfind("\n", 0, array.start) + 1 : array.start]
    if "\n" not in text[: array.start]:
        return ""
    return "\n" + " " * (len(line) - len(line.lstrip()) + 2)


def _outdented(lead: str) -> str:
    return lead[:-2] if "\n" in lead else ""


def _laid_out(item: str, margin: str | None) -> str:
    """The text of a new item, over several lines where the array's items stand on lines of their own."""
    if margin is None:
        return item
    return json.dumps(json.loads(item), ensure_ascii=item.isascii(), indent=2).replace("\n", f"\n{margin}")


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
