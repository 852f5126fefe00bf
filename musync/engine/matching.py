"""The counterparts of a whole list of tracks in a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from musync.domain.ids import TrackId
from musync.domain.match import Match, MatchState, Reason
from musync.domain.track import Track, TrackKind
from musync.engine.candidates import CatalogueIndex
from musync.engine.profile import Profile, profile
from musync.engine.score import Verdict, explain, judge

ACCEPT = 0.9
"""From this probability on a match needs no eyes."""
FLOOR = 0.3
"""Below this probability a candidate is none."""
MARGIN = 0.05
"""How far the second best must lie behind, unless it is the same recording once more."""
ENOUGH = 0.97
"""An equal title this probable ends the search."""
NEAR = 12
"""Inexact candidates that are compared in full."""

Rejected = Mapping[TrackId, frozenset[TrackId]] | Callable[[TrackId], frozenset[TrackId]]


def match_all(
    wanted: Sequence[Track],
    index: CatalogueIndex,
    *,
    accept: float = ACCEPT,
    floor: float = FLOOR,
    margin: float = MARGIN,
    preferred: frozenset[TrackId] = frozenset(),
    rejected: Rejected | None = None,
    keep: int = 8,
    checkpoint: Callable[[], None] = lambda: None,
) -> list[Match]:
    """Find the counterpart of every wanted track, one match for each in their order.

    Args:
        wanted: the tracks of one side.
        index: the other side's catalogue.
        accept: least probability of an automatic match.
        floor: least probability of a candidate that is shown.
        margin: least distance to the second best, if that is another recording.
        preferred: tracks that already stand in the target list; taken first where they are good enough.
        rejected: what the user refused for each wanted track.
        keep: most candidates kept for each.
        checkpoint: called now and then; what it raises ends the matching.
    """
    rules = Rules(accept=accept, floor=floor, margin=margin, preferred=preferred, keep=keep)
    refused = _as_function(rejected)
    rows = []
    for place, track in enumerate(wanted):
        if place % 64 == 0:
            checkpoint()
        rows.append(_search(track, index, rules, refused(track.id)))
    _assign(rows, rules)
    checkpoint()
    return [_match(row, rules) for row in rows]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a match must fulfil, see `match_all`."""

    accept: float
    floor: float
    margin: float
    preferred: frozenset[TrackId]
    keep: int


@dataclass(slots=True)
class _Found:
    """A candidate while it is being weighed."""

    made: Profile
    verdict: Verdict

    @property
    def id(self) -> TrackId:
        return self.made.track.id

    @property
    def p(self) -> float:
        return self.verdict.probability


@dataclass(slots=True)
class _Row:
    """A wanted track on its way to a match; `chosen` is set while the state is AUTO or AMBIGUOUS."""

    made: Profile
    state: MatchState
    found: list[_Found] = field(default_factory=list)
    chosen: _Found | None = None
    rule: str = ""


def _as_function(rejected: Rejected | None) -> Callable[[TrackId], frozenset[TrackId]]:
    if rejected is None:
        return lambda _: frozenset()
    if isinstance(rejected, Mapping):
        table = rejected
        return lambda track: table.get(track, frozenset())
    return rejected


def _search(track: Track, index: CatalogueIndex, rules: Rules, refused: frozenset[TrackId]) -> _Row:
    """Find and weigh the candidates of one track."""
    made = profile(track)
    if settled := _not_searched(made):
        return settled
    found = _weigh(made, index, index.equal(made), refused)
    if not found or found[0].p < ENOUGH:
        known = {id(one.made) for one in found}
        more = [place for place in index.near(made, NEAR) if id(index.profiles[place]) not in known]
        found = sorted(found + _weigh(made, index, more, refused), key=_best_first)
    row = _Row(made, MatchState.UNMATCHED, [one for one in found if one.p >= rules.floor])
    row.rule = _nothing_near(found) if not row.found else ""
    _decide(row, row.found, rules)
    return row


def _not_searched(made: Profile) -> _Row | None:
    """Settle what no search can answer: episodes, files only the other app has, rows without any name."""
    kind = made.track.kind
    if kind is TrackKind.LOCAL_ONLY and not made.url:
        return _Row(made, MatchState.LOCAL_ONLY, rule="a local file of that service, it cannot be copied")
    if kind is TrackKind.EPISODE:
        return _Row(made, MatchState.PLACEHOLDER, rule="an episode, not a piece of music")
    if not (made.texts or made.isrc or made.mbid or made.url):
        return _Row(made, MatchState.SEARCH_FAILED, rule="no title to search for")
    return None


def _weigh(made: Profile, index: CatalogueIndex, places: Sequence[int], refused: frozenset[TrackId]) -> list[_Found]:
    """Compare a track with these places of the catalogue, best first."""
    profiles = index.profiles
    found = [
        _Found(profiles[place], judge(made, profiles[place]))
        for place in places
        if not refused or profiles[place].track.id not in refused
    ]
    if len(found) > 1:
        found.sort(key=_best_first)
    return found


def _best_first(found: _Found) -> tuple[float, str]:
    """Sort by probability, then by id, so that the order of a catalogue changes nothing."""
    return (-found.p, found.id)


def _nothing_near(found: Sequence[_Found]) -> str:
    if not found:
        return "nothing like it there"
    results = f"{len(found):,} results" if len(found) > 1 else "1 result"
    return f"{results}, none closer than {found[0].p:.0%}".replace("%", " %")


def _decide(row: _Row, found: Sequence[_Found], rules: Rules) -> None:
    """Settle a row on the best of these candidates, in the target list first."""
    if not found:
        return
    if rules.preferred:
        there = [one for one in found if one.id in rules.preferred]
        if there and there[0].p >= rules.accept and there[0].p > found[0].p - 2 * rules.margin:
            found = there
    alike = _same_as_first(found, rules)
    row.chosen = max(alike, key=lambda one: _worth(row.made, one, rules)) if len(alike) > 1 else found[0]
    second = next((one for one in found if one not in alike), None) if len(found) > len(alike) else None
    row.state, row.rule = MatchState.AUTO, "best and clear"
    if found[0].p < rules.accept:
        row.state, row.rule = (
            MatchState.AMBIGUOUS,
            f"{found[0].p * 100:.0f} % is less than the {rules.accept * 100:.0f} % asked for",
        )
    elif second is not None and found[0].p - second.p < rules.margin:
        row.state, row.rule = MatchState.AMBIGUOUS, f"a close second: {second.made.track.title}"


def _same_as_first(found: Sequence[_Found], rules: Rules) -> list[_Found]:
    """Return the best candidate and those that are its recording once more."""
    first = found[0]
    return [first, *(one for one in found[1:] if one.p >= rules.accept and same_recording(first.made, one.made))]


def same_recording(one: Profile, other: Profile) -> bool:
    """Tell whether two tracks of one service are one recording twice, on two albums perhaps."""
    if one.isrc and one.isrc == other.isrc:
        return True
    if one.seconds is not None and other.seconds is not None and abs(one.seconds - other.seconds) > 2:
        return False
    return (
        one.key == other.key
        and set(one.names + one.guests) == set(other.names + other.guests)
        and one.kinds == other.kinds
        and one.version.remixer == other.version.remixer
        and one.version.name == other.version.name
        and one.pieces[len(one.pieces) - one.extra :] == other.pieces[len(other.pieces) - other.extra :]
    )


def _worth(wanted: Profile, found: _Found, rules: Rules) -> tuple[bool, bool, bool, int, float, str]:
    """Return what decides between copies of one recording: same file, list, album, then the fullest."""
    track = found.made.track
    told = (track.album, track.duration_ms, track.isrc, track.mbid, track.track_number, track.year)
    return (
        found.verdict.evidence.same_file,
        found.id in rules.preferred,
        bool(wanted.album.text) and wanted.album.text == found.made.album.text,
        sum(1 for one in told if one),
        found.p,
        found.id,
    )


def _assign(rows: Sequence[_Row], rules: Rules) -> None:
    """See to it that two different tracks do not take one counterpart where there is a better pairing."""
    holders: dict[TrackId, list[_Row]] = {}
    settled = [row for row in rows if row.state is MatchState.AUTO and row.chosen is not None]
    settled.sort(key=lambda row: -row.chosen.p if row.chosen else 0.0)
    for row in settled:
        _take(row, holders, rules)


def _take(row: _Row, holders: dict[TrackId, list[_Row]], rules: Rules) -> None:
    """Let a row take its counterpart, another one when that is taken, or share it."""
    chosen = row.chosen
    assert chosen is not None
    others = holders.setdefault(chosen.id, [])
    if others and all(same_recording(row.made, other.made) for other in others):
        row.chosen = _free_copy(row, holders, rules) or chosen
        others = holders.setdefault(row.chosen.id, [])
    elif others and not _take_another(row, holders, rules):
        _clash(row, others)
        return
    elif others:
        return
    others.append(row)


def _free_copy(row: _Row, holders: Mapping[TrackId, list[_Row]], rules: Rules) -> _Found | None:
    """Return another copy of the counterpart that stands in the target list and is not taken yet."""
    return next(
        (
            one
            for one in _same_as_first(row.found, rules)
            if one.id in rules.preferred and not holders.get(one.id) and one.p >= rules.accept
        ),
        None,
    )


def _take_another(row: _Row, holders: dict[TrackId, list[_Row]], rules: Rules) -> bool:
    """Settle a row on a counterpart that nobody has, when one is good enough."""
    free = [one for one in row.found if not holders.get(one.id)]
    chosen, rule = row.chosen, row.rule
    _decide(row, free, rules)
    if free and row.state is MatchState.AUTO and row.chosen is not None:
        holders.setdefault(row.chosen.id, []).append(row)
        return True
    row.chosen, row.rule = chosen, rule
    return False


TWO_TRACKS = "two tracks, one match"


def _clash(row: _Row, others: Sequence[_Row]) -> None:
    """Leave it to the user which of several tracks is meant; what is the very same file stays."""
    for one in (row, *others):
        if one.chosen is not None and not one.chosen.verdict.evidence.same_file:
            one.state, one.rule = MatchState.AMBIGUOUS, TWO_TRACKS


def _match(row: _Row, rules: Rules) -> Match:
    """Turn a row into its match, with reasons."""
    kept = row.found[: rules.keep]
    if row.chosen is not None and row.chosen not in kept:
        kept = [row.chosen, *kept[: rules.keep - 1]]
    candidates = {id(one): explain(row.made, one.made, one.verdict) for one in kept}
    return Match(
        wanted=row.made.track,
        state=row.state,
        chosen=candidates[id(row.chosen)] if row.chosen is not None else None,
        candidates=tuple(candidates.values()),
        reasons=(Reason(part="rule", value=None, text=row.rule),) if row.rule else (),
        origin=_origin(row, rules),
    )


def _origin(row: _Row, rules: Rules) -> str:
    """Return how the counterpart was found: file, list, id or text."""
    if row.chosen is None:
        return ""
    evidence = row.chosen.verdict.evidence
    if evidence.same_file:
        return "file"
    if row.chosen.id in rules.preferred:
        return "list"
    return "id" if evidence.isrc or evidence.mbid else "text"
