"""Takes secrets out of text before it reaches a log, an error message or a report.

Three ways of knowing one: by the name it is given (`token=…`, `Authorization: …`), by its place in an address
(`https://name:password@host`), and by having been told it (`learn`), also URL-encoded and in base64.
"""

from __future__ import annotations

import base64
import logging
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

HIDDEN = "***"
SHORTEST = 4
"""Characters a secret needs to be looked for literally: hiding each "abc" would make logs unreadable."""

_NAMES = (
    r"(?:[\w-]{0,32}(?:token|secret|passw(?:or)?d|passphrase|api_?key|api-key|api_sig|authorization|signature)[\w-]{0,32}"
    r"|code|code_verifier|sk|sig|enc|auth|session_?key)"
)
# Single letters are Subsonic's password, token and salt, and mean something only in an address.
_IN_ADDRESS = re.compile(rf"([?&;](?:{_NAMES}|[stp])=)[^&\s\"'<>#]+", re.IGNORECASE)
_IN_PAIRS = re.compile(rf"((?<![\w-])[\"']?{_NAMES}[\"']?\s*[=:]\s*[\"'])[^\"']+", re.IGNORECASE)
_UNQUOTED = re.compile(rf"((?<![\w-]){_NAMES}=)[^\s&,;\"']+", re.IGNORECASE)
_HEADER = re.compile(
    r"((?<![\w-])[\"']?(?:proxy-)?(?:authorization|set-cookie|cookie|x-[\w-]{0,32}(?:token|auth|key)[\w-]{0,32})[\"']?\s*:\s*[\"']?)"
    r"[^\r\n\"'}]+",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"(\b[a-z][a-z0-9+.-]{0,20}://)[^/\s@\"'?#]+@", re.IGNORECASE)
_NAMED = (_HEADER, _IN_ADDRESS, _IN_PAIRS, _UNQUOTED)


class Redactor:
    """Knows this process's live secrets and hides them, and whatever is named like one."""

    def __init__(self, home: Path | None = None) -> None:
        self._home = str(home or Path.home())
        self._spellings: set[str] = set()
        self._learned: re.Pattern[str] | None = None

    def learn(self, secret: str) -> None:
        """Hide this secret from now on, in every spelling it may take."""
        if len(secret) < SHORTEST:
            return
        self._spellings |= set(spellings(secret))
        longest_first = sorted(self._spellings, key=len, reverse=True)
        self._learned = re.compile("|".join(map(re.escape, longest_first)))

    def redact(self, text: str) -> str:
        """Return the text without secrets, with the home folder as `~`."""
        if self._learned:
            text = self._learned.sub(HIDDEN, text)
        for pattern in _NAMED:
            text = pattern.sub(rf"\g<1>{HIDDEN}", text)
        text = _USERINFO.sub(rf"\g<1>{HIDDEN}@", text)
        return text.replace(self._home, "~") if len(self._home) > 1 else text


class SecretFilter(logging.Filter):
    """Put on a handler, it lets no secret into what the handler writes, tracebacks included.

    A filter on a logger would not see the records of loggers below it, so it belongs on each handler.
    """

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; it is never held back."""
        record.msg, record.args = self._redactor.redact(message_of(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
        if record.exc_text:
            record.exc_text = self._redactor.redact(record.exc_text)
        if record.stack_info:
            record.stack_info = self._redactor.redact(record.stack_info)
        return True


def message_of(record: logging.LogRecord) -> str:
    """Return a record's message; one whose values do not fit its text is shown as it is instead of raising here."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"{record.msg} {record.args}"


def spellings(secret: str) -> Iterator[str]:
    """Yield the secret plain, URL-encoded, and as it looks inside base64 wherever it begins there."""
    yield secret
    yield quote(secret, safe="")
    yield quote_plus(secret)
    for before in range(3):
        plain = _inside_base64(secret.encode(), before)
        if len(plain) >= SHORTEST:
            yield plain
            yield plain.replace("+", "-").replace("/", "_")


def _inside_base64(secret: bytes, before: int) -> str:
    """Return the characters that depend on the secret alone when `before` bytes (modulo 3) stand in front of it."""
    encoded = base64.b64encode(b"\0" * before + secret).decode()
    first = (before * 8 + 5) // 6
    whole = (before + len(secret)) * 8 // 6
    return encoded[first:whole]
