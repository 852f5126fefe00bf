"""The counterparts of a whole list of tracks in a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from musync.domain.ids import TrackId
from musync.domain.match import Candidate, Match, MatchState, Reason
from musync.domain.preference import Preference
from musync.domain.track import Track, TrackKind
from musync.engine.assigning import TWO_TRACKS, assign
from musync.engine.candidates import CatalogueIndex
from musync.engine.preferring import remark
from musync.engine.profile import Profile, profile
from musync.engine.score import explain, judge_all
from musync.engine.settling import Found, Row, Rules, as_preferred, decide
from musync.engine.stand_ins import faint

__all__ = ["ACCEPT", "FLOOR", "MARGIN", "TWO_TRACKS", "match_all"]

ACCEPT = 0.9
"""From this probability on a match needs no eyes."""
FLOOR = 0.3
"""Below this probability a candidate is none."""
MARGIN = 0.05
"""How far the second best must lie behind, unless it is the same recording once more."""
ENOUGH = 0.97
"""An equal title this probable ends the search."""
NEAR = 8
"""Inexact candidates that are compared in full."""
_AT_ONCE = 256
"""Tracks searched for together; between them the matching can be stopped."""

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
    taken: Mapping[TrackId, Track] | None = None,
    preference: Preference | None = None,
    keep: int = 8,
    together: bool = True,
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
        taken: counterparts that are settled already, each with the track of this side that has it.
        preference: which of several versions is taken, and what not without asking.
        keep: most candidates kept for each.
        together: they are one list, in which two different tracks do not take one counterpart.
        checkpoint: called now and then; what it raises ends the matching.
    """
    rules = Rules(
        accept=accept,
        floor=floor,
        margin=margin,
        preferred=preferred,
        keep=keep,
        taken=taken or {},
        preference=preference or Preference(),
    )
    refused = _as_function(rejected)
    rows: list[Row] = []
    for start in range(0, len(wanted), _AT_ONCE):
        checkpoint()
        rows += _search(wanted[start : start + _AT_ONCE], index, rules, refused)
    for beside in [rows] if together else [[row] for row in rows]:
        assign(beside, rules)
    checkpoint()
    return [_match(row, rules) for row in rows]


def _as_function(rejected: Rejected | None) -> Callable[[TrackId], frozenset[TrackId]]:
    if rejected is None:
        return lambda _: frozenset()
    if isinstance(rejected, Mapping):
        table = rejected
        return lambda track: table.get(track, frozenset())
    return rejected


def _search(
    tracks: Sequence[Track], index: CatalogueIndex, rules: Rules, refused: Callable[[TrackId], frozenset[TrackId]]
) -> list[Row]:
    """Find and weigh the candidates of some tracks."""
    made = [profile(track) for track in tracks]
    settled = [_not_searched(one) for one in made]
    searched = [place for place, row in enumerate(settled) if row is None]
    rows = _found([made[place] for place in searched], index, rules, refused)
    found = dict(zip(searched, rows, strict=True))
    return [row if row is not None else found[place] for place, row in enumerate(settled)]


def _found(
    made: Sequence[Profile], index: CatalogueIndex, rules: Rules, refused: Callable[[TrackId], frozenset[TrackId]]
) -> list[Row]:
    """Search for equal titles, and for inexact ones where that leaves a doubt."""
    equal = index.equal_many(made)
    found = _weigh(made, index, equal, refused)
    unsure = [place for place, there in enumerate(found) if not there or there[0].p < ENOUGH]
    doubtful = [made[place] for place in unsure]
    near = index.near_many(doubtful, NEAR)
    known = [set(equal[place]) for place in unsure]
    new = [[there for there in more if there not in seen] for seen, more in zip(known, near, strict=True)]
    for place, more in zip(unsure, _weigh(doubtful, index, new, refused), strict=True):
        found[place] = sorted(found[place] + more, key=_best_first)
    return [_row(one, there, rules) for one, there in zip(made, found, strict=True)]


def _row(made: Profile, found: Sequence[Found], rules: Rules) -> Row:
    """Settle a track on the best of what was found."""
    likely = [one for one in found if one.p >= rules.floor]
    row = Row(made, MatchState.UNMATCHED, likely + faint(made, found[len(likely) :], rules))
    row.rule = _nothing_near(found) if not likely else ""
    decide(row, likely, rules)
    return row


def _not_searched(made: Profile) -> Row | None:
    """Settle what no search can answer: episodes, files only the other app has, rows without any name."""
    kind = made.track.kind
    if kind is TrackKind.LOCAL_ONLY and not made.url:
        return Row(made, MatchState.LOCAL_ONLY, rule="a local file of that service, it cannot be copied")
    if kind is TrackKind.EPISODE:
        return Row(made, MatchState.PLACEHOLDER, rule="an episode, not a piece of music")
    if not (made.texts or made.isrc or made.mbid or made.url):
        return Row(made, MatchState.SEARCH_FAILED, rule="no title to search for")
    return None


def _weigh(
    made: Sequence[Profile],
    index: CatalogueIndex,
    places: Sequence[Sequence[int]],
    refused: Callable[[TrackId], frozenset[TrackId]],
) -> list[list[Found]]:
    """Compare each track with its places of the catalogue, all of them at once; each one's best first."""
    asked: list[tuple[int, Profile, Profile]] = []
    for number, (one, there) in enumerate(zip(made, places, strict=True)):
        not_these = refused(one.track.id)
        others = [index.profiles[place] for place in there]
        asked.extend((number, one, other) for other in others if other.track.id not in not_these)
    found: list[list[Found]] = [[] for _ in made]
    verdicts = judge_all([(one, other) for _, one, other in asked])
    for (number, _, other), verdict in zip(asked, verdicts, strict=True):
        found[number].append(Found(other, verdict))
    for there_found in found:
        there_found.sort(key=_best_first)
    return found


def _best_first(found: Found) -> tuple[float, str]:
    """Sort by probability, then by id, so that the order of a catalogue changes nothing."""
    return (-found.p, found.id)


def _nothing_near(found: Sequence[Found]) -> str:
    if not found:
        return "nothing like it there"
    results = f"{len(found):,} results" if len(found) > 1 else "1 result"
    return f"{results}, none closer than {found[0].p:.0%}".replace("%", " %")


def _match(row: Row, rules: Rules) -> Match:
    """Turn a row into its match, with reasons."""
    kept = _ranked(row, rules)
    candidates = {id(one): _candidate(row, one, rules) for one in kept}
    return Match(
        wanted=row.made.track,
        state=row.state,
        chosen=candidates[id(row.chosen)] if row.chosen is not None else None,
        candidates=tuple(candidates.values()),
        reasons=(Reason(part=row.part, value=None, text=row.rule),) if row.rule else (),
        origin=_origin(row, rules),
    )


def _ranked(row: Row, rules: Rules) -> list[Found]:
    """Return the candidates that are shown, best first; where something is preferred, what is chosen leads."""
    found = as_preferred(row.made, row.found, rules)
    if row.chosen is None or (row.chosen in found[: rules.keep] and rules.preference.usual):
        return found[: rules.keep]
    return [row.chosen, *(one for one in found if one is not row.chosen)][: rules.keep]


def _candidate(row: Row, found: Found, rules: Rules) -> Candidate:
    """Explain a candidate, with what the preference says of it."""
    explained = explain(row.made, found.made, found.verdict)
    stands_in = row.stands_in and found is row.chosen
    if stands_in:
        said: Reason | None = Reason(part="preference", value=0.5, text=row.rule)
    else:
        said = remark(row.made, found.made, found.verdict.evidence, rules.preference)
    if said is None:
        return explained
    return replace(explained, reasons=(*explained.reasons, said), stands_in=stands_in)


def _origin(row: Row, rules: Rules) -> str:
    """Return how the counterpart was found: best (effort), file, list, id or text."""
    if row.chosen is None:
        return ""
    if row.stands_in:
        return "best"
    evidence = row.chosen.verdict.evidence
    if evidence.same_file:
        return "file"
    if row.chosen.id in rules.preferred:
        return "list"
    return "id" if evidence.isrc or evidence.mbid else "text"
