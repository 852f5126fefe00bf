"""How values are written for people: numbers, times, percent, plurals, and text from outside made safe to show.

Everything here returns plain text; widgets show it as `PlainText` only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from datetime import datetime

_LONGEST = 400
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_LEFT_TO_RIGHT = "\u200e"
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


class Ours(str):
    """Text of ours that may hold direction marks on purpose; `fill` takes it as it is."""

    __slots__ = ()


def number(value: int) -> str:
    """An exact number, grouped as the user's language does."""
    return _locale().toString(value)


def percent(share: float) -> Ours:
    """A probability from 0 to 1 as whole percent; rounded down, so that 100 % means certain."""
    figure = f"{int(share * 100 + 1e-9)} %"
    # Digits and sign have no direction of their own and would change places where text runs from right to left.
    return Ours(f"{_LEFT_TO_RIGHT}{figure}{_LEFT_TO_RIGHT}" if QGuiApplication.isRightToLeft() else figure)


def length(duration_ms: int | None) -> str:
    """A length as clock time (3:28, 1:02:07); empty when it is not known."""
    if duration_ms is None:
        return ""
    seconds = round(duration_ms / 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def took(seconds: float) -> str:
    """How long something took or will take."""
    if seconds < 1:
        return QCoreApplication.translate("words", "under 1 s")
    if seconds < 90:
        return QCoreApplication.translate("words", "%1 s").replace("%1", number(round(seconds)))
    return QCoreApplication.translate("words", "%1 min").replace("%1", number(round(seconds / 60)))


def clock(seconds_since_epoch: float) -> str:
    """A moment of today as hours and minutes."""
    return _local(seconds_since_epoch).strftime("%H:%M")


def day_and_clock(seconds_since_epoch: float) -> str:
    """A moment with its day: `14 Nov 22:10`."""
    moment = _local(seconds_since_epoch)
    month = _locale().monthName(moment.month, QLocale.FormatType.ShortFormat)
    return f"{moment.day} {month} {moment:%H:%M}"


def plural(count: int, one: str, many: str) -> str:
    """The phrase for this number, with the number, grouped, in place of `%n`."""
    return (one if count == 1 else many).replace("%n", number(count))


def fill(pattern: str, *values: object) -> str:
    """The pattern with `%1`, `%2` … replaced; what comes from outside is isolated, so that its direction stays inside.

    Numbers are written as the user's language does, other text is made safe and isolated.
    """
    parts = re.split(r"%([1-9])", pattern)
    filled = [parts[0]]
    for index, rest in zip(parts[1::2], parts[2::2], strict=True):
        value = values[int(index) - 1]
        filled.append(_as_part(value))
        filled.append(rest)
    return "".join(filled)


def _as_part(value: object) -> str:
    if isinstance(value, int):
        return number(value)
    return value if isinstance(value, Ours) else isolated(str(value))


def isolated(text: str) -> str:
    """Text from outside for use inside a sentence of ours: safe, and with its own direction."""
    text = shown(text)
    return text if text.isascii() else f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


@lru_cache(maxsize=65_536)
def shown(text: str) -> str:
    """Text from outside on one line: control and direction marks are shown instead of obeyed, endless text is cut."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return _CONTROL.sub(_picture, text) if _CONTROL.search(text) else text


def _picture(mark: re.Match[str]) -> str:
    code = ord(mark.group())
    if code in (0x0A, 0x0D):
        return "⏎"
    if code == 0x09:
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    # The zero-width joiners are part of how some scripts and emoji are spelled.
    return mark.group() if code in (0x200C, 0x200D) else f"‹{code:04X}›"


def _locale() -> QLocale:
    locale = QLocale()
    return QLocale(QLocale.Language.English) if locale.language() == QLocale.Language.C else locale


def _local(seconds_since_epoch: float) -> datetime:
    from datetime import datetime

    return datetime.fromtimestamp(seconds_since_epoch).astimezone()
