"""Other versions of a song, taken for want of the recording itself where best effort is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from musync.engine.evidence import NO_KINDS, Evidence
from musync.engine.lexicon import SOFT, Kind, listed
from musync.engine.normalise import Words
from musync.engine.preferring import fits_rating, fits_stage, too_explicit
from musync.engine.profile import Profile
from musync.engine.reasons import spell_seconds
from musync.engine.settling import Found, Row, Rules

_NEAR = frozenset((Kind.LIVE, Kind.ACOUSTIC, Kind.RERECORDED, Kind.TAKE, Kind.DEMO))
_FAR = frozenset((Kind.REMIX, Kind.ARRANGED))
_VERSIONS = SOFT | _NEAR | _FAR
"""Kinds of versions that are still the song; all others are something else, or somebody else's."""
_ADJECTIVES = frozenset(
    (Kind.LIVE, Kind.ACOUSTIC, Kind.RERECORDED, Kind.EXTENDED, Kind.CLEAN, Kind.EXPLICIT, Kind.MONO, Kind.STEREO)
)
_NO_SONG_BY_NAME = listed("intro outro interlude prelude skit reprise untitled overture finale bonus track")
"""Titles that an artist gives to several pieces."""
_PART = re.compile(r"(?:part|pt|parte|teil|vol|volume|no|nr)(\d+)")
_MOST_TIMES = 2.5
"""What is so many times as long is not the song, but a loop or a part of it."""
_UNTOLD_S = 60.0
"""Two titles that say nothing of a version may be so many seconds apart."""
_TELLING_S = 3
"""Fewer seconds are not worth a word."""


def stands_in(wanted: Profile, found: Profile, evidence: Evidence) -> bool:
    """Tell whether a track is beyond doubt the song that is wanted, in whatever version its own artist has made."""
    title, apart = evidence.title, _apart(evidence)
    return (
        title.known
        and title.same >= 1
        and not (title.across or title.numbers or title.lost or title.spare)
        and _parts(wanted) == _parts(found)
        and not _is_no_name(wanted.worded[0])
        and _one_artist(wanted, found)
        and apart <= _VERSIONS
        and _lengths_agree(wanted, found, told=bool(apart) or evidence.other_place or evidence.other_mixer)
    )


def faint(wanted: Profile, found: Sequence[Found], rules: Rules) -> list[Found]:
    """Return those of the candidates below the floor that could stand in, where that is asked for."""
    if rules.preference.prefer != "best":
        return []
    return [one for one in found if stands_in(wanted, one.made, one.verdict.evidence)]


def stand_ins(row: Row, found: Sequence[Found], rules: Rules) -> list[Found]:
    """Return what of these candidates could stand in for what a row wants, best first."""
    preference = rules.preference
    fit = [
        one
        for one in found
        if stands_in(row.made, one.made, one.verdict.evidence) and not too_explicit(one.made, preference)
    ]

    def worth(found: Found) -> tuple[bool, int, bool, bool, bool, float, str]:
        evidence = found.verdict.evidence
        apart = _apart(evidence)
        return (
            not fits_stage(found.made, evidence, preference),
            -fits_rating(found.made, preference),
            found.id not in rules.preferred,
            evidence.other_mixer or not _FAR.isdisjoint(apart),
            not _NEAR.isdisjoint(apart),
            -found.p,
            found.id,
        )

    return sorted(fit, key=worth)


def difference(wanted: Profile, found: Profile, evidence: Evidence) -> str:
    """Say how what stands in differs from what is wanted: "best effort: live version, 41 s longer"."""
    parts = [_version(wanted, found, evidence)]
    gap = evidence.gap
    if gap is not None and abs(gap) >= _TELLING_S:
        parts.append(f"{spell_seconds(round(abs(gap)))} {'longer' if gap > 0 else 'shorter'}")
    return f"best effort: {', '.join(filter(None, parts)) or 'the likeliest of what is there'}"


def _version(wanted: Profile, found: Profile, e: Evidence) -> str:
    here = (e.only_b - e.by_album) | (e.album_only & found.album.kinds)
    there = (e.only_a - e.by_album) | (e.album_only & wanted.album.kinds)
    # What makes it another recording tells more than what makes it another edition.
    if told := here - SOFT or (here if there <= SOFT else NO_KINDS):
        return f"{_named(told)} version" if told <= _ADJECTIVES else _named(told)
    if there:
        return "studio version" if Kind.LIVE in there else "the plain version"
    for holds, text in (
        (e.other_mixer, "another remix"),
        (e.other_place, "live at another place or time"),
        (e.other_name, "another version"),
    ):
        if holds:
            return text
    return ""


def _named(kinds: Iterable[Kind]) -> str:
    return ", ".join(sorted(kind.value for kind in kinds))


def _is_no_name(title: Words) -> bool:
    words = [word for word in title if not word.isdecimal()]
    return bool(words) and _NO_SONG_BY_NAME.issuperset(words)


def _apart(e: Evidence) -> frozenset[Kind]:
    """Return the kinds that only one side is said to be."""
    return e.only_a | e.only_b | e.album_only


def _parts(made: Profile) -> set[str]:
    """Return the numbers of parts that stand in what a title says of its version: "Live 1999, Part 2"."""
    return {number for remark in made.remarks for number in _PART.findall(remark)}


def _one_artist(wanted: Profile, found: Profile) -> bool:
    """Tell whether each side's first artist is named on the other, letter by letter: "Tribute to X" is not X.

    Where both also name somebody the other does not, it is another performance: the same composer, another soloist.
    """
    if not wanted.names or not found.names:
        return False
    here, there = {*wanted.names, *wanted.guests}, {*found.names, *found.guests}
    return wanted.names[0] in there and found.names[0] in here and (here <= there or there <= here)


def _lengths_agree(wanted: Profile, found: Profile, *, told: bool) -> bool:
    if wanted.seconds is None or found.seconds is None:
        return True
    short, long = sorted((wanted.seconds, found.seconds))
    return long <= short * _MOST_TIMES and (told or long - short <= _UNTOLD_S)
