"""Names people give: told apart by more than capitals."""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """The name as it is compared: without regard to capitals and ways of composing letters."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def searchable(*texts: str) -> str:
    """The texts as one line to search in: without regard to capitals, accents, widths and control characters."""
    line = " ".join(texts)
    if line.isascii() and line.isprintable():
        return line.casefold()
    return "".join(_plain(character) for character in unicodedata.normalize("NFKD", line).casefold())


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Mn":
        return ""
    return " " if category in ("Cc", "Cs") else character
