"""Which candidate a wanted track takes: the best and clear one, and no counterpart for two different tracks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from musync.domain.ids import TrackId
from musync.domain.match import MatchState
from musync.engine.lexicon import Kind
from musync.engine.profile import Profile
from musync.engine.score import Verdict, judge

TWO_TRACKS = "two tracks, one match"
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

    `found` are its candidates, best first; `rule` says in words why the state is what it is.
    """

    made: Profile
    state: MatchState
    found: list[Found] = field(default_factory=list)
    chosen: Found | None = None
    rule: str = ""


def decide(row: Row, found: Sequence[Found], rules: Rules) -> None:
    """Settle a row on the best of these candidates, on one in the target list if it is good enough."""
    if not found:
        return
    if rules.preferred:
        there = [one for one in found if one.id in rules.preferred]
        if there and there[0].p >= rules.accept and there[0].p > found[0].p - 2 * rules.margin:
            found = there
    best = found[0]
    copies = _copies_of_first(found, rules)
    row.chosen = max(copies, key=lambda one: _worth(row.made, one, rules)) if len(copies) > 1 else best
    second = next((one for one in found[1:] if one not in copies), None)
    row.state, row.rule = MatchState.AUTO, "best and clear"
    if best.p < rules.accept:
        row.state = MatchState.AMBIGUOUS
        row.rule = f"{best.p * 100:.0f} % is less than the {rules.accept * 100:.0f} % asked for"
    elif second is not None and best.p - second.p < rules.margin:
        row.state, row.rule = MatchState.AMBIGUOUS, f"a close second: {second.made.track.title}"


def _copies_of_first(found: Sequence[Found], rules: Rules) -> list[Found]:
    """Return the best candidate and those that are its recording once more."""
    first = found[0]
    return [first, *(one for one in found[1:] if one.p >= rules.accept and are_copies(first.made, one.made))]


def are_copies(one: Profile, other: Profile) -> bool:
    """Tell whether two tracks of one catalogue are one recording twice, remastered perhaps or on another album."""
    if one.seconds is not None and other.seconds is not None and abs(one.seconds - other.seconds) > 2:
        return False
    if same_recording(one, other):
        return True
    return (one.kinds ^ other.kinds) <= _NO_MATTER and judge(one, other).probability >= _COPY


def same_recording(one: Profile, other: Profile) -> bool:
    """Tell whether two tracks say the same of title, artists, version and length, whatever their albums are."""
    if one.isrc and one.isrc == other.isrc:
        return True
    if one.seconds is not None and other.seconds is not None and abs(one.seconds - other.seconds) > 2:
        return False
    return (
        one.key == other.key
        and one.kinds == other.kinds
        and one.version == other.version
        and one.bracketed == other.bracketed
        and set(one.names + one.guests) == set(other.names + other.guests)
    )


def _worth(wanted: Profile, found: Found, rules: Rules) -> tuple[bool, bool, bool, bool, int, float, str]:
    """Return what decides between copies: the same file, the list, the version, the album, then the fullest."""
    track = found.made.track
    told = (track.album, track.duration_ms, track.isrc, track.mbid, track.track_number, track.year)
    return (
        found.verdict.evidence.same_file,
        found.id in rules.preferred,
        wanted.kinds == found.made.kinds,
        bool(wanted.album.text) and wanted.album.text == found.made.album.text,
        sum(1 for one in told if one),
        found.p,
        found.id,
    )


def assign(rows: Sequence[Row], rules: Rules) -> None:
    """See to it that two different tracks do not take one counterpart; the surest choose first."""
    holders: dict[TrackId, list[Row]] = {}
    settled = [(row.chosen.p, row) for row in rows if row.state is MatchState.AUTO and row.chosen is not None]
    for _, row in sorted(settled, key=lambda item: -item[0]):
        _take(row, holders, rules)


def _take(row: Row, holders: dict[TrackId, list[Row]], rules: Rules) -> None:
    """Let a row take its counterpart, share it with its own copies, take another one, or clash."""
    assert row.chosen is not None
    others = holders.setdefault(row.chosen.id, [])
    if not others:
        others.append(row)
    elif all(same_recording(row.made, other.made) for other in others):
        row.chosen = _free_copy(row, holders, rules) or row.chosen
        holders.setdefault(row.chosen.id, []).append(row)
    elif another := _another(row, holders, rules):
        row.chosen = another
        holders.setdefault(another.id, []).append(row)
    else:
        _clash(row, others)


def _free_copy(row: Row, holders: Mapping[TrackId, list[Row]], rules: Rules) -> Found | None:
    """Return another copy of the counterpart that stands in the target list and is not taken yet."""
    copies = _copies_of_first(row.found, rules)
    return next((one for one in copies if one.id in rules.preferred and not holders.get(one.id)), None)


def _another(row: Row, holders: Mapping[TrackId, list[Row]], rules: Rules) -> Found | None:
    """Return the counterpart that a row would take among those nobody has, if any is good enough."""
    trial = Row(row.made, MatchState.UNMATCHED)
    decide(trial, [one for one in row.found if not holders.get(one.id)], rules)
    return trial.chosen if trial.state is MatchState.AUTO else None


def _clash(row: Row, others: Sequence[Row]) -> None:
    """Leave it to the user which of several tracks is meant; what is the very same file stays."""
    for one in (row, *others):
        if one.chosen is not None and not one.chosen.verdict.evidence.same_file:
            one.state, one.rule = MatchState.AMBIGUOUS, TWO_TRACKS
