"""Which wanted track takes which counterpart over the whole list, so that no two different ones take the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from musync.domain.ids import TrackId
from musync.domain.match import MatchState
from musync.engine.pairing import Pairing
from musync.engine.profile import Profile, profile
from musync.engine.settling import Found, Row, Rules, decide, same_recording, takes_unasked, which_are_copies
from musync.engine.stand_ins import difference, stand_ins

TWO_TRACKS = "two tracks, one match"
_GAVE_WAY = "its likeliest counterpart is another track's"
_MOST_TURNS = 6
"""Counterparts that a track is offered at most, one after the other."""
_SUREST = 0.9999
"""What is surer weighs no more."""
_TURN = 1e-6
"""How much less the next counterpart weighs than the one before, if it is as likely."""


_OPEN = (MatchState.AMBIGUOUS, MatchState.UNMATCHED)
_Turns = Callable[[Row, Sequence[Found], Rules], Iterable[Found]]


def assign(rows: Sequence[Row], rules: Rules) -> None:
    """See to it that two different tracks do not take one counterpart, in whatever order they come.

    Of all the ways to share out what fits, the likeliest is taken: the one with the highest sum of log-odds. Tracks
    that are one recording may share a counterpart, and are spread over its copies in the target list as far as there
    are any. What finds none of its own clashes with the holder of what it wanted most; both are left to the user.
    With best effort, what is still open then takes another version of the song that nobody has.
    """
    sharing = _Sharing(_Offers(rules, _in_turn))
    settled = [row for row in rows if row.state is MatchState.AUTO and row.chosen is not None]
    for row in sorted(settled, key=_surest_first):
        sharing.seat(row, row.chosen)
    _settle(sharing, rules)
    if rules.preference.prefer == "best":
        _let_stand_in(rows, rules)


def _surest_first(row: Row) -> tuple[float, TrackId]:
    assert row.chosen is not None
    return (-row.chosen.p, row.made.track.id)


def _settle(sharing: _Sharing, rules: Rules) -> None:
    """Write into the rows what came of sharing out."""
    holders = sharing.holders
    without = [row for place, party in holders.items() for row in party if not _take(row, place, rules)]
    _spread(holders, rules)
    for row in (*without, *sharing.left_out):
        assert row.chosen is not None
        _clash((row, *holders.get(row.chosen.id, ())))


def _let_stand_in(rows: Sequence[Row], rules: Rules) -> None:
    """Give what found no recording of its own another version of the song, marked as that."""
    rows = sorted(rows, key=lambda row: row.made.track.id)
    taken = {
        row.chosen.id: row.made.track
        for row in rows
        if row.chosen is not None and (row.state is MatchState.AUTO or row.rule == TWO_TRACKS)
    }
    offers = _Offers(replace(rules, taken={**taken, **rules.taken}), stand_ins)
    sharing = _Sharing(offers)
    for row in rows:
        if row.state in _OPEN and row.rule != TWO_TRACKS:
            sharing.seat(row)
    for place, party in sharing.holders.items():
        for row in party:
            found = next((one for one in offers.of(row) if one.id == place), None)
            if found is not None:
                _stand_in(row, found, rules)


def _stand_in(row: Row, found: Found, rules: Rules) -> None:
    """Let a row have what is left of the song, or the recording itself where nothing nearer to the wish is there."""
    itself = found is row.chosen and row.part == "preference"
    row.rule = (
        f"best effort: no {rules.preference.live} recording of it is there"
        if itself
        else difference(row.made, found.made, found.verdict.evidence)
    )
    row.state, row.chosen, row.stands_in, row.part = MatchState.AUTO, found, not itself, "preference"


class _Offers:
    """What each row could take; `turns` says it, the best first."""

    def __init__(self, rules: Rules, turns: _Turns) -> None:
        self._rules = rules
        self._turns = turns
        self._offered: dict[int, list[Found]] = {}
        self._others: dict[TrackId, Profile] = {}

    def of(self, row: Row) -> list[Found]:
        """Return what a row could take, best first: each as if all better ones were another track's."""
        if id(row) not in self._offered:
            free = [one for one in row.found if self.is_free(row, one)]
            self._offered[id(row)] = list(islice(self._turns(row, free, self._rules), _MOST_TURNS))
        return self._offered[id(row)]

    def worths(self, row: Row) -> list[tuple[TrackId, float]]:
        """Return the same as places with their log-odds, which never rise from one turn to the next."""
        found: list[tuple[TrackId, float]] = []
        worth = math.inf
        for one in self.of(row):
            worth = min(worth - _TURN, _log_odds(one.p))
            found.append((one.id, worth))
        return found

    def is_free(self, row: Row, found: Found) -> bool:
        """Tell whether nothing that was settled before has this counterpart, or the same recording has it."""
        taken = self._rules.taken
        if found.id not in taken or found.verdict.evidence.same_file:
            return True
        if found.id not in self._others:
            self._others[found.id] = profile(taken[found.id])
        return same_recording(row.made, self._others[found.id])


class _Sharing:
    """One list's tracks on their way to counterparts of their own."""

    def __init__(self, offers: _Offers) -> None:
        self._offers = offers
        # Seated by the offers alone: with a method of this object the two would hold each other, and all rows.
        self._pairing: Pairing[Row, TrackId] = Pairing(offers.worths, _one_recording)
        self._without: list[Row] = []

    @property
    def holders(self) -> Mapping[TrackId, Sequence[Row]]:
        """Who has which counterpart; several rows of one recording may share it."""
        return self._pairing.holders

    @property
    def left_out(self) -> Sequence[Row]:
        """The rows for which nothing is left."""
        return self._without + self._pairing.left_out

    def seat(self, row: Row, first: Found | None = None) -> None:
        """Let a row take what is best for all; `first` is what it would take by itself, where that is known."""
        if first is None or not self._offers.is_free(row, first):
            first = next(iter(self._offers.of(row)), None)
        if first is None:
            self._without.append(row)
        else:
            self._pairing.seat(row, first.id)


def _one_recording(row: Row, other: Row) -> bool:
    return same_recording(row.made, other.made)


def _in_turn(row: Row, found: Sequence[Found], rules: Rules) -> Iterator[Found]:
    """Yield what a row would settle on, then what without that, and so on."""
    left = list(found)
    while True:
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
    found = next((one for one in row.found if one.id == place and takes_unasked(row.made, one, rules)), None)
    if found is not None:
        row.chosen, row.rule = found, _GAVE_WAY
    return found is not None


def _spread(holders: Mapping[TrackId, Sequence[Row]], rules: Rules) -> None:
    """Let rows that share a counterpart have its copies in the target list, while there are any."""
    used = {*holders, *rules.taken}
    for place in sorted(holders):
        for row in holders[place] if place in rules.taken else holders[place][1:]:
            copy = _copy_in_list(row, rules, used)
            if copy is not None:
                used.add(copy.id)
                row.chosen = copy


def _copy_in_list(row: Row, rules: Rules, used: Container[TrackId]) -> Found | None:
    """Return another copy of the counterpart that stands in the target list and is not taken yet."""
    assert row.chosen is not None
    made = row.chosen.made
    free = [one for one in row.found if one.id in rules.preferred and one.id not in used]
    taken = [one for one in free if takes_unasked(row.made, one, rules)]
    copies = which_are_copies(made, [one.made for one in taken])
    return next((one for one, is_copy in zip(taken, copies, strict=True) if is_copy), None)


def _clash(rows: Sequence[Row]) -> None:
    """Leave it to the user which of several tracks is meant; what is the very same file stays."""
    for row in rows:
        if row.chosen is not None and not row.chosen.verdict.evidence.same_file:
            row.state, row.rule = MatchState.AMBIGUOUS, TWO_TRACKS
