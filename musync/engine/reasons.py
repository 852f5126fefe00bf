"""Why a verdict is what it is, part by part and in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from musync.domain.match import Reason
from musync.engine.evidence import Evidence
from musync.engine.lexicon import OTHER_RECORDING, Kind
from musync.engine.profile import Profile
from musync.engine.text import plain

SAME_FILE = Reason(part="file", value=1.0, text="the same file")
_LONGEST = 90


def reasons(wanted: Profile, found: Profile, evidence: Evidence) -> tuple[Reason, ...]:
    """Return the named parts of a comparison; texts say how the candidate differs from the wanted track."""
    if evidence.same_file:
        return (SAME_FILE,)
    parts = (
        _title(wanted, found, evidence),
        _artists(wanted, found, evidence),
        _album(wanted, found, evidence),
        length_reason(wanted.seconds, found.seconds),
        _version(evidence),
        _code("isrc", evidence.isrc),
        _code("mbid", evidence.mbid),
    )
    return tuple(part for part in parts if part is not None)


_EQUAL = {part: Reason(part=part, value=1.0, text="equal") for part in ("title", "artists", "album", "isrc", "mbid")}
_DIFFERS = {part: Reason(part=part, value=0.0, text="differs") for part in ("isrc", "mbid")}
_UNSAID = Reason(part="album", value=None, text="one side names none")
_NO_LENGTH = Reason(part="length", value=None, text="one side does not say")
_SAME_LENGTH = Reason(part="length", value=1.0, text="same length")
_NO_TITLE = Reason(part="title", value=None, text="one side has none")
_NO_ARTIST = Reason(part="artists", value=None, text="one side names none")


def _title(wanted: Profile, found: Profile, evidence: Evidence) -> Reason:
    one, other = wanted.track.title, found.track.title
    if one == other and one.strip():
        return _EQUAL["title"]
    if not wanted.texts or not found.texts:
        return _NO_TITLE
    title = evidence.title
    value = round(max(0.0, title.same - title.lost / 2 - title.spare / 4), 2)
    if title.across:
        text = "sounds alike" if title.same >= 0.7 else "another script, reading not known"
    elif title.numbers:
        text, value = "another number", min(value, 0.3)
    elif title.same == 1:
        text = (
            "equal but for spelling"
            if plain(one) == plain(other) or title.spare == 0
            else "equal but for what stands beside"
        )
    else:
        text = "spelling differs" if title.same >= 0.8 and title.lost < 0.2 else "differs"
    return Reason(part="title", value=value, text=f"{text}: {_both(one, other)}")


def _artists(wanted: Profile, found: Profile, evidence: Evidence) -> Reason:
    artists = evidence.artists
    if wanted.track.artists == found.track.artists and wanted.track.artists:
        return _EQUAL["artists"]
    one, other = wanted.track.artist, found.track.artist
    if not artists.known:
        return Reason(part="artists", value=0.8, text="named in the title") if artists.in_title else _NO_ARTIST
    if artists.first:
        value = 1.0 if artists.fewer == 1 else 0.8
        text = f"{clip(one)} = {clip(other)}" if artists.fewer == artists.more == 1 else f"shared: {_both(one, other)}"
        return Reason(part="artists", value=value, text=text)
    if artists.in_title:
        return Reason(part="artists", value=0.7, text=f"named in the title: {_both(one, other)}")
    if artists.across:
        return Reason(part="artists", value=None, text=f"another script: {_both(one, other)}")
    return Reason(part="artists", value=round(artists.best * 0.6, 2), text=_both(one, other))


def _album(wanted: Profile, found: Profile, evidence: Evidence) -> Reason | None:
    if evidence.album is None:
        return _UNSAID if wanted.album.text or found.album.text else None
    if evidence.album == 1:
        return _EQUAL["album"]
    return Reason(part="album", value=round(evidence.album, 2), text=_both(wanted.track.album, found.track.album))


def length_reason(wanted: float | None, found: float | None) -> Reason | None:
    """Compare two lengths in seconds; None when neither is known."""
    if wanted is None or found is None:
        return None if wanted is found else _NO_LENGTH
    return _length(round(wanted), round(found))


@lru_cache(maxsize=1 << 14)
def _length(wanted: int, found: int) -> Reason:
    gap = abs(found - wanted)
    if gap == 0:
        return _SAME_LENGTH
    text = f"{spell_seconds(gap)} {'longer' if found > wanted else 'shorter'}"
    if gap > 10:
        text = f"{_clock(found)} instead of {_clock(wanted)}, {text}"
    return Reason(part="length", value=round(max(0.0, 1 - gap / 30), 2), text=text)


def spell_seconds(seconds: int) -> str:
    """Write a span as people say it: "41 s", "2 min 34 s", "1 h 3 min"."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{rest} s"


def _clock(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def _version(evidence: Evidence) -> Reason | None:
    """Say how the versions differ, or that both are of one unusual kind."""
    wanted, found = evidence.only_a - evidence.by_album, evidence.only_b - evidence.by_album
    if not wanted and not found:
        return _agreed(evidence)
    value = 0.0 if (wanted | found) & OTHER_RECORDING else 0.6
    text = f"{_named(found) or _plain_kind(wanted)} instead of {_named(wanted) or _plain_kind(found)}"
    return Reason(part="version", value=value, text=text)


def _agreed(evidence: Evidence) -> Reason | None:
    """Say what is to be said where both are of the same kind."""
    for differs, text in (
        (evidence.other_mixer, "another remix"),
        (evidence.other_place, "live, at another place or time"),
        (evidence.other_name, "another version"),
    ):
        if differs:
            return Reason(part="version", value=0.0, text=text)
    return Reason(part="version", value=1.0, text=f"both {_named(evidence.both)}") if evidence.both else None


def _plain_kind(other: Iterable[Kind]) -> str:
    return "studio" if Kind.LIVE in other else "the plain version"


def _named(kinds: Iterable[Kind]) -> str:
    return ", ".join(sorted(kind.value for kind in kinds))


def _code(part: str, agrees: bool | None) -> Reason | None:
    if agrees is None:
        return None
    return _EQUAL[part] if agrees else _DIFFERS[part]


def _both(one: str, other: str) -> str:
    return f"{clip(one)} / {clip(other)}"


def clip(text: str) -> str:
    """Cut what is too long to be read in a reason."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
