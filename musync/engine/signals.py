"""The evidence in steps coarse enough to be weighed: each signal is one letter or word of a small vocabulary."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from musync.engine.credits import ArtistEvidence
from musync.engine.evidence import Evidence
from musync.engine.lexicon import OTHER_RECORDING, Kind
from musync.engine.titles import TitleEvidence


class Signals(NamedTuple):
    """The steps that the weights are given to; equal signals mean equal probability."""

    title: str
    lost: str
    spare: str
    artists: str
    album: str
    length: str
    flags: tuple[str, ...]


def signals(e: Evidence) -> Signals:
    """Reduce evidence to its steps."""
    return Signals(
        _title(e.title),
        _LOST[bisect_right(_LOST_AT, e.title.lost)],
        _LOST[bisect_right(_LOST_AT, e.title.spare)],
        _artists(e.artists),
        _ALBUM[bisect_right(_ALBUM_AT, e.album)] if e.album is not None else "?",
        length_step(e.gap),
        _flags(e)
        if e.only_a or e.only_b or e.both or e.album_only or e.by_album or _told(e)
        else _title_flags(e.title),
    )


_SAME_AT = (0.4, 0.55, 0.7, 0.8, 0.9, 0.95, 1.0)
_SAME = ("0", "4", "5", "7", "8", "9", "95", "=")
_LOST_AT = (1e-9, 0.15, 0.3, 0.5)
_LOST = ("0", "1", "2", "3", "5")
_ALBUM_AT = (0.4, 0.6, 0.8, 1.0)
_ALBUM = ("no", "little", "some", "near", "=")
_GAP_AT = (1.01, 2.01, 3.01, 5.01, 8.01, 15.01, 30.01, 60.01)
LENGTHS = ("1", "2", "3", "5", "8", "15", "30", "60", "more")
"""Steps of a difference in length: at most so many seconds."""


_READ = 0.8
"""Below this likeness, Chinese characters may have been read in a way nobody here knows."""


def _title(title: TitleEvidence) -> str:
    if not title.known:
        return "?"
    step = _SAME[bisect_right(_SAME_AT, title.same)]
    if title.across:
        return ("k" if title.unread and title.same < _READ else "x") + step
    return step


def _artists(artists: ArtistEvidence) -> str:
    """Return how the artists stand to each other in one word."""
    if not artists.known:
        return "title" if artists.in_title else "?"
    if artists.first:
        if artists.fewer == 1:
            return "=" if artists.more == 1 and artists.best == 1 else "within"
        return "first"
    if artists.best >= 0.85:
        return "other"
    if artists.in_title:
        return "title"
    if artists.across:
        return "x"
    return "like" if artists.best >= 0.7 else "no"


def length_step(gap: float | None) -> str:
    """Return the step of a difference in length, "?" when it is not known."""
    return "?" if gap is None else LENGTHS[bisect_right(_GAP_AT, abs(gap))]


def _told(e: Evidence) -> bool:
    return e.isrc is not None or e.mbid is not None or e.artists.other_guests


def _title_flags(title: TitleEvidence) -> tuple[str, ...]:
    return (("numbers",) if title.numbers else ()) + (("short",) if title.short else ())


def _flags(e: Evidence) -> tuple[str, ...]:
    """Return what else is told: versions on one side or both, codes."""
    found = list(_title_flags(e.title))
    found.extend(sorted(f"one {kind.value}" for kind in e.only_a | e.only_b))
    found.extend(sorted(f"both {kind.value}" for kind in e.both))
    found.extend(sorted(f"album {kind.value}" for kind in e.album_only))
    found.extend(sorted(f"by album {kind.value}" for kind in e.by_album))
    found.extend(
        name
        for name, holds in (
            ("other mixer", e.other_mixer),
            ("mixer unsaid", e.one_mixer and Kind.REMIX in e.both),
            ("other name", e.other_name),
            ("other place", e.other_place),
            ("other guests", e.artists.other_guests),
            ("isrc equal", e.isrc is True),
            ("isrc differs", e.isrc is False),
            ("mbid equal", e.mbid is True),
            ("mbid differs", e.mbid is False),
        )
        if holds
    )
    return tuple(found)


_TITLE_CLASS = {
    "?": "?",
    "=": "=",
    "95": "near",
    "9": "near",
    "8": "like",
    "7": "like",
    "5": "no",
    "4": "no",
    "0": "no",
}
_ARTIST_CLASS = {"=": "=", "within": "=", "first": "some", "other": "some", "title": "title", "?": "?", "x": "?",
                 "like": "like", "no": "no"}  # fmt: skip
_LENGTH_CLASS = {"?": "?", "1": "2", "2": "2", "3": "8", "5": "8", "8": "8", "15": "15", "30": "more", "60": "more",
                 "more": "more"}  # fmt: skip
_ALBUM_CLASS = {"?": "?", "=": "=", "near": "=", "some": "no", "little": "no", "no": "no"}
_OTHER_NAMES = frozenset(kind.value for kind in OTHER_RECORDING)
_SOFT = frozenset((Kind.EDIT.value, Kind.EXTENDED.value, Kind.NAMED.value, Kind.MONO.value, Kind.STEREO.value))


@lru_cache(maxsize=1 << 16)
def features(s: Signals) -> tuple[str, ...]:
    """Return the names of the weights that apply: every signal by itself, and those that only count together."""
    lost = "lost" if s.lost not in "01" else ""
    title = (s.title[0] + _TITLE_CLASS[s.title[1:]] if s.title[0] in "xk" else _TITLE_CLASS[s.title]) + lost
    artists, length, album = _ARTIST_CLASS[s.artists], _LENGTH_CLASS[s.length], _ALBUM_CLASS[s.album]
    found = [
        f"title {s.title}", f"lost {s.lost}", f"spare {s.spare}", f"artists {s.artists}", f"album {s.album}",
        f"length {s.length}", f"title {title}, artists {artists}", f"title {title}, length {length}",
        f"title {title}, album {album}", f"artists {artists}, length {length}", f"artists {artists}, album {album}",
        f"album {album}, length {length}",
        f"title {title}, artists {artists}, length {length}",
        f"title {title}, artists {artists}, album {album}",
    ]  # fmt: skip
    found.extend(s.flags)
    versions = {flag.partition(" ")[2] for flag in s.flags if flag.startswith("one ")}
    if versions & _OTHER_NAMES:
        found += ["version differs", f"version differs, length {length}"]
    elif versions & _SOFT:
        found += ["version remark differs", f"version remark differs, length {length}"]
    both = {flag.partition(" ")[2] for flag in s.flags if flag.startswith("both ")}
    if both & _OTHER_NAMES:
        found += ["same version", f"same version, length {length}"]
    if s.spare not in "01":
        found += [f"spare, length {length}", f"spare, artists {artists}"]
    if "numbers" in s.flags:
        found += [f"numbers, title {title}", f"numbers, length {length}"]
    return tuple(found)
