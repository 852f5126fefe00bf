"""Which wanted track takes which counterpart over the whole list, so that no two different ones take the same."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from musync.domain.ids import TrackId
from musync.domain.match import MatchState
from musync.engine.pairing import Pairing
from musync.engine.profile import Profile, profile
from musync.engine.settling import Found, Row, Rules, are_copies, decide, same_recording

TWO_TRACKS = "two tracks, one match"
_GAVE_WAY = "its likeliest counterpart is another track's"
_MOST_TURNS = 6
"""Counterparts that a track is offered at most, one after the other."""
_SUREST = 0.9999
"""What is surer weighs no more."""
_TURN = 1e-6
"""How much less the next counterpart weighs than the one before, if it is as likely."""


def assign(rows: Sequence[Row], rules: Rules) -> None:
    """See to it that two different tracks do not take one counterpart, in whatever order they come.

    Of all the ways to share out what fits, the likeliest is taken: the one with the highest sum of log-odds. Tracks
    that are one recording may share a counterpart, and are spread over its copies in the target list as far as there
    are any. What finds none of its own clashes with the holder of what it wanted most; both are left to the user.
    """
    settled = [row for row in rows if row.state is MatchState.AUTO and row.chosen is not None]
    sharing = _Sharing(rules)
    for row in sorted(settled, key=_surest_first):
        sharing.seat(row)
    sharing.settle()


def _surest_first(row: Row) -> tuple[float, TrackId]:
    assert row.chosen is not None
    return (-row.chosen.p, row.made.track.id)


class _Sharing:
    """One list's tracks on their way to counterparts of their own."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._offered: dict[int, list[Found]] = {}
        self._others: dict[TrackId, Profile] = {}
        self._pairing: Pairing[Row, TrackId] = Pairing(self._worths, _one_recording)
        self._without: list[Row] = []

    def seat(self, row: Row) -> None:
        """Let a row take what is best for all."""
        assert row.chosen is not None
        first = row.chosen if self._is_free(row, row.chosen) else next(iter(self._offers(row)), None)
        if first is None:
            self._without.append(row)
        else:
            self._pairing.seat(row, first.id)

    def settle(self) -> None:
        """Write into the rows what came of it."""
        holders = self._pairing.holders
        for place, party in holders.items():
            self._without += [row for row in party if not _take(row, place, self._rules)]
        self._spread(holders)
        for row in (*self._without, *self._pairing.left_out):
            assert row.chosen is not None
            _clash((row, *holders.get(row.chosen.id, ())))

    def _offers(self, row: Row) -> list[Found]:
        """Return what a row could take, best first: each as if all better ones were another track's."""
        if id(row) not in self._offered:
            free = [one for one in row.found if self._is_free(row, one)]
            self._offered[id(row)] = list(_in_turn(row, free, self._rules))
        return self._offered[id(row)]

    def _worths(self, row: Row) -> list[tuple[TrackId, float]]:
        """Return the same as places with their log-odds, which never rise from one turn to the next."""
        found: list[tuple[TrackId, float]] = []
        worth = math.inf
        for one in self._offers(row):
            worth = min(worth - _TURN, _log_odds(one.p))
            found.append((one.id, worth))
        return found

    def _is_free(self, row: Row, found: Found) -> bool:
        """Tell whether nothing that was settled before has this counterpart, or the same recording has it."""
        taken = self._rules.taken
        if found.id not in taken or found.verdict.evidence.same_file:
            return True
        if found.id not in self._others:
            self._others[found.id] = profile(taken[found.id])
        return same_recording(row.made, self._others[found.id])

    def _spread(self, holders: Mapping[TrackId, Sequence[Row]]) -> None:
        """Let rows that share a counterpart have its copies in the target list, while there are any."""
        used = {*holders, *self._rules.taken}
        for place in sorted(holders):
            party = holders[place]
            for row in party if place in self._rules.taken else party[1:]:
                copy = _copy_in_list(row, self._rules, used)
                if copy is not None:
                    used.add(copy.id)
                    row.chosen = copy


def _one_recording(row: Row, other: Row) -> bool:
    return same_recording(row.made, other.made)


def _in_turn(row: Row, found: Sequence[Found], rules: Rules) -> Iterator[Found]:
    """Yield what a row would settle on, then what without that, and so on."""
    left = list(found)
    for _ in range(_MOST_TURNS):
        trial = Row(row.made, MatchState.UNMATCHED)
        decide(trial, left, rules)
        if trial.state is not MatchState.AUTO or trial.chosen is None:
            return
        yield trial.chosen
        left.remove(trial.chosen)


def _log_odds(p: float) -> float:
    p = min(p, _SUREST)
    return max(math.log(p / (1 - p)), 0.01)


def _take(row: Row, place: TrackId, rules: Rules) -> bool:
    """Let a row have this counterpart; False when what its party got is none for it, because the user refused it."""
    if row.chosen is not None and row.chosen.id == place:
        return True
    found = next((one for one in row.found if one.id == place and one.p >= rules.accept), None)
    if found is not None:
        row.chosen, row.rule = found, _GAVE_WAY
    return found is not None


def _copy_in_list(row: Row, rules: Rules, used: set[TrackId]) -> Found | None:
    """Return another copy of the counterpart that stands in the target list and is not taken yet."""
    assert row.chosen is not None
    made = row.chosen.made
    free = (one for one in row.found if one.id in rules.preferred and one.id not in used and one.p >= rules.accept)
    return next((one for one in free if are_copies(made, one.made)), None)


def _clash(rows: Sequence[Row]) -> None:
    """Leave it to the user which of several tracks is meant; what is the very same file stays."""
    for row in rows:
        if row.chosen is not None and not row.chosen.verdict.evidence.same_file:
            row.state, row.rule = MatchState.AMBIGUOUS, TWO_TRACKS
