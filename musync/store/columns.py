"""Column types: text that survives whatever a file system or a service calls a thing."""

from __future__ import annotations

import json

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

_ESCAPED = "\ufdd0"
"""A character that stands for nothing in Unicode: text beginning with it is stored in its escaped form."""


class AnyText(TypeDecorator[str]):
    """Text of any origin, also file names that are no valid Unicode: half surrogate pairs are escaped on the way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make it storable."""
        return value if value is None else storable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Give back exactly what was stored."""
        return value if value is None else restored(value)


def storable(text: str) -> str:
    """The text as a column of this type holds it."""
    if text.isascii():
        return text
    if text.startswith(_ESCAPED):
        return _ESCAPED + json.dumps(text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _ESCAPED + json.dumps(text)
    return text


def restored(text: str) -> str:
    """What `storable` was given."""
    if not text.startswith(_ESCAPED):
        return text
    given: str = json.loads(text[1:])
    return given
