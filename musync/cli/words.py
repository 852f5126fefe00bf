"""How values are written in a terminal, and text from outside made safe to show there."""

from __future__ import annotations

import re
from datetime import datetime

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SAYINGS = {
    "list-playlists": "Reading the list of playlists",
    "list-tracks": "Reading the music there is",
    "read-entries": "Reading both lists",
    "scan-files": "Reading tags",
    "match": "Looking for counterparts",
    "search": "Searching",
    "write": "Writing",
    "verify": "Reading the list once more",
}


def shown(text: str) -> str:
    """Text on one line: marks that steer a terminal or turn the direction of writing are shown, not obeyed."""
    return _CONTROL.sub(_picture, text) if _CONTROL.search(text) else text


def _picture(mark: re.Match[str]) -> str:
    code = ord(mark.group())
    if code in (0x0A, 0x0D, 0x2028, 0x2029):
        return "⏎"
    if code == 0x09:
        return " "
    return chr(0x2400 + code) if code < 0x20 else f"‹{code:04X}›"


def escaped(json_text: str) -> str:
    """JSON with the same marks written as escapes, which means the same to whoever reads it as JSON."""
    return _CONTROL.sub(_escape, json_text)


def _escape(mark: re.Match[str]) -> str:
    # A line end here is JSON's own: one inside a string was escaped before.
    return mark.group() if mark.group() == "\n" else f"\\u{ord(mark.group()):04x}"


def number(value: int) -> str:
    """An exact number, grouped."""
    return f"{value:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 track`, `1,204 tracks`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A probability as whole percent, rounded down, so that 100 % means certain."""
    return f"{int(share * 100 + 1e-9)} %"


def length(duration_ms: int | None) -> str:
    """A length as clock time (3:28, 1:02:07), empty when it is not known."""
    if duration_ms is None:
        return ""
    minutes, seconds = divmod(round(duration_ms / 1000), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def took(seconds: float) -> str:
    """How long something took."""
    if seconds < 1:
        return "under 1 s"
    return f"{seconds:,.0f} s" if seconds < 90 else f"{seconds / 60:,.0f} min"


def moment(seconds_since_epoch: float) -> str:
    """A moment by this computer's clock: `2026-11-14 22:10`."""
    return datetime.fromtimestamp(seconds_since_epoch).astimezone().strftime("%Y-%m-%d %H:%M")


def saying(code: str) -> str:
    """What a job is doing, in words, from the code it tells; empty for one that has none."""
    return _SAYINGS.get(code, "")
