"""Which candidate a wanted track takes by itself: the best and clear one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from musync.domain.ids import TrackId
from musync.domain.match import MatchState
from musync.domain.preference import Preference
from musync.domain.track import Track
from musync.engine.lexicon import Kind
from musync.engine.preferring import fits_rating, fits_stage, objection
from musync.engine.profile import Profile
from musync.engine.score import Verdict, judge_all

_COPY = 0.95
"""From this probability on two tracks of one catalogue are copies of one recording."""
_NO_MATTER = frozenset((Kind.REMASTER, Kind.EXPLICIT, Kind.CLEAN, Kind.STEREO))
"""Kinds in which copies of one recording may differ."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a match must fulfil, see `musync.engine.matching.match_all`."""

    accept: float
    floor: float
    margin: float
    preferred: frozenset[TrackId]
    keep: int
    taken: Mapping[TrackId, Track] = field(default_factory=dict)
    preference: Preference = field(default_factory=Preference)


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """A candidate while it is being weighed."""

    made: Profile
    verdict: Verdict

    @property
    def id(self) -> TrackId:
        """The candidate's track."""
        return self.made.track.id

    @property
    def p(self) -> float:
        """The probability that it is the wanted recording."""
        return self.verdict.probability


@dataclass(slots=True, eq=False)
class Row:
    """A wanted track on its way to a match; `chosen` is set while the state is AUTO or AMBIGUOUS.

    `found` are its candidates, best first; `rule` says in words why the state is what it is, `part` whether a rule or
    the preference decided. `stands_in`: what is chosen is another version, for want of the recording itself.
    """

    made: Profile
    state: MatchState
    found: list[Found] = field(default_factory=list)
    chosen: Found | None = None
    rule: str = ""
    part: str = "rule"
    stands_in: bool = False


def decide(row: Row, found: list[Found], rules: Rules) -> None:
    """Settle a row on the best of these candidates, on one in the target list if it is good enough."""
    if not found:
        return
    found = as_preferred(row.made, _in_list(row.made, found, rules) or found, rules)
    best = found[0]
    copies = _copies_of_first(found, rules)
    row.chosen = max(copies, key=lambda one: _worth(row.made, one, rules)) if len(copies) > 1 else best
    second = next((one for one in found[1:] if one not in copies and _rivals(row.made, best, one, rules)), None)
    row.state, row.rule, row.part = MatchState.AUTO, "best and clear", "rule"
    if best.p < rules.accept:
        row.state = MatchState.AMBIGUOUS
        row.rule = f"{best.p * 100:.0f} % is less than the {rules.accept * 100:.0f} % asked for"
    elif second is not None and best.p - second.p < rules.margin:
        row.state, row.rule = MatchState.AMBIGUOUS, f"a close second: {second.made.track.title}"
    elif why := _objection(row.made, row.chosen, rules):
        row.state, row.rule, row.part = MatchState.AMBIGUOUS, why, "preference"


def _in_list(wanted: Profile, found: Sequence[Found], rules: Rules) -> list[Found]:
    """Return the candidates in the target list, if the best of them comes near enough to the best of all."""
    if not rules.preferred:
        return []
    there = [one for one in found if one.id in rules.preferred and not _objection(wanted, one, rules)]
    near = there and there[0].p >= rules.accept and there[0].p > found[0].p - 2 * rules.margin
    return there if near else []


def as_preferred(wanted: Profile, found: list[Found], rules: Rules) -> list[Found]:
    """Return the candidates with those first that are preferred, among those that may well be what is wanted."""
    if rules.preference.usual or not found:
        return found
    least = max(rules.accept, found[0].p - 2 * rules.margin)
    likely = [one for one in found if one.p >= least]
    rest = [one for one in found if one.p < least]
    return sorted(likely, key=lambda one: _fitness(wanted, one, rules), reverse=True) + rest


def _rivals(wanted: Profile, best: Found, other: Found, rules: Rules) -> bool:
    """Tell whether the preference does not decide between two candidates."""
    return rules.preference.usual or _fitness(wanted, other, rules) >= _fitness(wanted, best, rules)


def _fitness(wanted: Profile, found: Found, rules: Rules) -> tuple[bool, bool]:
    """Return how well a candidate fits the preference, more is better."""
    stage = fits_stage(found.made, found.verdict.evidence, rules.preference)
    return (not _objection(wanted, found, rules), stage)


def takes_unasked(wanted: Profile, found: Found, rules: Rules) -> bool:
    """Tell whether a candidate is likely enough, and the preference does not object to it."""
    return found.p >= rules.accept and not _objection(wanted, found, rules)


def _objection(wanted: Profile, found: Found, rules: Rules) -> str:
    return objection(wanted, found.made, found.verdict.evidence, rules.preference)


def _copies_of_first(found: Sequence[Found], rules: Rules) -> list[Found]:
    """Return the best candidate and those that are its recording once more."""
    first, *others = found
    others = [one for one in others if one.p >= rules.accept]
    copies = which_are_copies(first.made, [one.made for one in others])
    return [first, *(one for one, is_copy in zip(others, copies, strict=True) if is_copy)]


def which_are_copies(one: Profile, others: Sequence[Profile]) -> list[bool]:
    """Tell which tracks of one catalogue are this one's recording again, remastered perhaps or on another album."""
    found = [_same_length(one, other) and same_recording(one, other) for other in others]
    # All at once: three hundred versions of one song would take a second one by one.
    open_ = [
        place
        for place, other in enumerate(others)
        if not found[place] and _same_length(one, other) and (one.kinds ^ other.kinds) <= _NO_MATTER
    ]
    for place, verdict in zip(open_, judge_all([(one, others[place]) for place in open_]), strict=True):
        found[place] = verdict.probability >= _COPY
    return found


def _same_length(one: Profile, other: Profile) -> bool:
    return one.seconds is None or other.seconds is None or abs(one.seconds - other.seconds) <= 2


def same_recording(one: Profile, other: Profile) -> bool:
    """Tell whether two tracks say the same of title, artists, version and length, whatever their albums are."""
    if one.isrc and one.isrc == other.isrc:
        return True
    return (
        _same_length(one, other)
        and one.key == other.key
        and one.kinds == other.kinds
        and one.version == other.version
        and one.bracketed == other.bracketed
        and set(one.names + one.guests) == set(other.names + other.guests)
    )


def _worth(
    wanted: Profile, found: Found, rules: Rules
) -> tuple[bool, tuple[bool, bool], int, bool, bool, bool, bool, int, float, str]:
    """Return what decides between copies: file, preference, list, version, album, wording, which tells the most."""
    track = found.made.track
    told = (track.album, track.duration_ms, track.isrc, track.mbid, track.track_number, track.year)
    return (
        found.verdict.evidence.same_file,
        _fitness(wanted, found, rules),
        fits_rating(found.made, rules.preference),
        found.id in rules.preferred,
        wanted.kinds == found.made.kinds,
        bool(wanted.album.text) and wanted.album.text == found.made.album.text,
        wanted.remarks == found.made.remarks,
        sum(1 for one in told if one),
        found.p,
        found.id,
    )
