"""Single values as files write them: lengths, dates, ISRCs, numbers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal

Unit = Literal["ms", "s", "guess"]

_UNFIT = re.compile("[\x00\ud800-\udfff]")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}\d{7}")
_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(ms|s|sec|seconds)?", re.IGNORECASE)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_LONGEST_S = 10_000
"""A number without a unit from here on is milliseconds: as those ten seconds, as seconds nearly three hours."""


def fit_text(text: str) -> str:
    """The text without characters that no text file can hold: zero bytes and halves of letters."""
    return _UNFIT.sub("", text) if _UNFIT.search(text) else text


def isrc_of(cell: str) -> str | None:
    """The first ISRC of a cell in its one spelling, None when what stands there is none (a barcode, a service's id)."""
    for piece in re.split(r"[;,]", cell):
        text = piece.replace("-", "").strip().upper()
        if _ISRC.fullmatch(text):
            return text
    return None


def duration_of(cell: str, unit: Unit) -> int | None:
    """Milliseconds of `201000`, `201`, `225s`, `3:45` or `1:02:03`; nothing and 0 are unknown."""
    text = cell.strip()
    if clock := _CLOCK.fullmatch(text):
        return 1000 * (int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3])) or None
    number = _NUMBER.fullmatch(text)
    if not number:
        return None
    value = float(number[1].replace(",", "."))
    named = (number[2] or "").lower()
    seconds = named.startswith("s") or (not named and (unit == "s" or (unit == "guess" and value < _LONGEST_S)))
    return round(value * 1000 if seconds else value) or None


def instant_of(cell: str) -> datetime | None:
    """A date or time in one of the spellings met; without a zone it is UTC, a date alone is its midnight."""
    text = cell.strip().removesuffix(" UTC")
    if american := _AMERICAN.fullmatch(text):
        month, day, year, hour, minute, second = (int(part or 0) for part in american.groups())
        return _date(year, month, day, hour, minute, second)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def epoch_of(value: object) -> datetime | None:
    """The time of a number of seconds since the epoch."""
    try:
        return datetime.fromtimestamp(float(str(value)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def written_instant(moment: datetime) -> str:
    """A time as `2024-05-01T10:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def year_of(cell: str) -> int | None:
    """The year of a release date `2021`, `2021-03`, `2021-03-05` or `6/25/2013`."""
    found = re.match(r"(\d{4})(?:\D|$)", cell.strip()) or re.fullmatch(r"\d{1,2}/\d{1,2}/(\d{4})", cell.strip())
    return int(found[1]) if found else None


def number_of(cell: str) -> int | None:
    """A positive whole number, None for anything else; `3/12` is 3."""
    found = re.match(r"\s*(\d{1,6})\s*(?:/|$)", cell)
    return (int(found[1]) or None) if found else None


def truth_of(cell: str) -> bool | None:
    """`true`, `TRUE`, `1`, `yes` and their opposites."""
    text = cell.strip().lower()
    if text in ("true", "1", "yes"):
        return True
    return False if text in ("false", "0", "no") else None


def _date(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
