"""Counterparts from services that list no catalogue and can only be searched.

Each track goes down a ladder of questions (`climbing`) until its counterpart is certain; several are asked about at
once (`lanes`). What was answered is kept for some days, so that the next run asks nothing of it again
(`past_searches`). At the end all tracks are judged together over everything that came up: no two are to take one
counterpart, and what was found for one may be another's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from musync.app.climbing import Climb, is_enough
from musync.app.connections import Connections
from musync.app.lanes import Lanes
from musync.app.matching import Matcher, Target, is_unasked, unasked
from musync.app.past_searches import PastSearches
from musync.app.review import Review
from musync.app.stores import OpenDatabase
from musync.domain import UNASKED, Control, FreeControl, Match, MatchState, Reason, TrackId
from musync.domain.errors import MusyncError
from musync.engine.candidates import CatalogueIndex
from musync.engine.few import FewTracks
from musync.services.api import PlaylistService


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """A piece of what a search came to: matches that are new or other than before, by wanted track.

    There is a piece for each track that is settled, and the last one for what follows from the whole. `requests` and
    `seconds` are what was spent since the piece before. `error` is what ended the search early, in the last piece only;
    what was not asked then says so.
    """

    matches: Mapping[TrackId, Match]
    requests: int
    seconds: float
    error: MusyncError | None = None


Tell = Callable[[Findings], None]
"""Hears of each piece, in the thread of whichever worker made it, one at a time."""


class Searching:
    """Searches the targets of comparisons; `days` says how long an answer counts."""

    def __init__(self, database: OpenDatabase, connections: Connections, days: Callable[[], float]) -> None:
        self._database = database
        self._connections = connections
        self._days = days

    def recalled(self, review: Review, control: Control) -> dict[TrackId, Match]:
        """What earlier searches tell, without a request; what must still be asked about is left out."""
        return self._search(review, (), control).recalled() if review.searched else {}

    def search(self, review: Review, control: Control, tell: Tell, *, anew: Collection[TrackId] = ()) -> Findings:
        """Ask about what is not known, and about the tracks in `anew` whatever is known; gives the last piece.

        Raises:
            Cancelled: the user said stop; what was found is told and kept.
            StorageError, DiskFull: what was found could not be kept.
        """
        return self._search(review, anew, control).go(tell)

    def _search(self, review: Review, anew: Collection[TrackId], control: Control) -> _Search:
        scope = review.target_origin.scope
        past = PastSearches(self._database, review.target.account, scope, self._days())
        matches = (match for track, match in review.matches.items() if track in review.searched)
        wanted = [match.wanted for match in matches if match.origin != "user"]
        known = past.recall((track for track in wanted if track.id not in anew), control.now())
        climbs = [
            Climb(
                track,
                review.ways.questions,
                known.get(past.key_of(track)) if track.id not in anew else None,
            )
            for track in wanted
        ]
        return _Search(review, climbs, past, self._connections, control)


class _Search:
    """One search for some tracks of one review."""

    def __init__(
        self,
        review: Review,
        climbs: Sequence[Climb],
        past: PastSearches,
        connections: Connections,
        control: Control,
    ) -> None:
        self._review = review
        self._climbs = climbs
        self._past = past
        self._connections = connections
        self._control = control
        there = Target(entries=review.target_read.entries, catalogue=lambda: None)
        rules = (review.knowledge, review.policy.accept)
        self._matcher = Matcher(there, *rules, control, review.policy.preference)
        # An answer that has come is judged and kept also after a stop.
        self._unstopped = Matcher(there, *rules, FreeControl(), review.policy.preference)
        searched = {climb.wanted.id for climb in climbs}
        elsewhere = {track: match for track, match in review.matches.items() if track not in searched}
        for matcher in (self._matcher, self._unstopped):
            matcher.hold(elsewhere)
        self._in_list = there.tracks
        self._judged: dict[TrackId, Match] = {}
        self._lanes = Lanes((), self._is_enough, self._on_settled)

    def recalled(self) -> dict[TrackId, Match]:
        """The matches that follow from what is known already."""
        self._judge_together()
        known = {climb.wanted.id: self._match(climb) for climb in self._climbs if climb.asked}
        return {track: match for track, match in known.items() if match.state is not MatchState.SEARCH_FAILED}

    def go(self, tell: Tell) -> Findings:
        """Ask, judge, keep and tell."""
        self._judge_together()
        waiting = [climb for climb in self._climbs if not (climb.complete or self._is_known(climb))]
        self._lanes = Lanes(waiting, self._is_enough, self._on_settled)
        self._teller = _Teller(tell, self._review.matches)
        self._unsettled = {climb.wanted.id: climb for climb in waiting}
        self._total = len(waiting)
        try:
            if waiting:
                self._control.progress(0, self._total, "search")
                self._lanes.run(self._connect, self._review.target_traits.requests_at_once, self._control)
            self._judge_together()
            self._note_all()
        finally:
            last = self._teller.tell(self._lanes.requests, self._lanes.error)
            self._keep_rest()
        return last

    def _note_all(self) -> None:
        """Tell what became of every track; one that could not be asked anew keeps what was known."""
        for climb in self._climbs:
            match = self._match(climb)
            if match.state is not MatchState.SEARCH_FAILED or is_unasked(self._review.matches[climb.wanted.id]):
                self._teller.note(match)

    def _connect(self) -> AbstractContextManager[PlaylistService]:
        return self._connections.open(self._review.target.account, self._control)

    # What an answer leads to

    def _is_enough(self, climb: Climb) -> bool:
        """Judge one track by what came up for it."""
        index = FewTracks(tuple(climb.found.values()))
        self._judged.update(self._unstopped.judge({climb.wanted.id: climb.wanted}, index))
        return self._is_known(climb)

    def _is_known(self, climb: Climb) -> bool:
        match = self._judged.get(climb.wanted.id)
        return match is not None and is_enough(match)

    def _on_settled(self, climb: Climb) -> None:
        """Tell and keep what became of a track; called by one worker at a time."""
        self._unsettled.pop(climb.wanted.id, None)
        self._past.keep(climb, self._control.now())
        self._teller.note(self._match(climb))
        self._teller.tell(self._lanes.requests)
        self._control.progress(self._total - len(self._unsettled), self._total, "search")

    def _keep_rest(self) -> None:
        """Keep what was answered for tracks that were left half way, too."""
        for climb in self._unsettled.values():
            if not climb.recalled:
                self._past.keep(climb, self._control.now())
        self._past.flush(self._control.now())

    def _match(self, climb: Climb) -> Match:
        """What is known of a track; only a search that came to its end says that it is not there."""
        judged = self._judged.get(climb.wanted.id)
        if judged is None or not (is_enough(judged) or climb.complete):
            return unasked(climb.wanted, self._why_not(climb))
        if judged.state is MatchState.UNMATCHED and climb.past is not None and climb.recalled:
            days = f"searched on {_day(climb.past.at)}, again after {_day(climb.past.expires)}"
            return replace(judged, reasons=(*judged.reasons, Reason(part="search", value=None, text=days)))
        return judged

    def _why_not(self, climb: Climb) -> str:
        if climb.error is not None:
            return f"the search failed: {climb.error.message.rstrip('.')}"
        if climb.next is None:
            return "it has nothing to search by"
        return self._lanes.error.message.rstrip(".") if self._lanes.error is not None else UNASKED

    # All tracks together

    def _judge_together(self) -> None:
        """Judge all tracks over everything that came up for any of them, where that could change something."""
        asked = {climb.wanted.id: climb for climb in self._climbs if climb.asked}
        if self._is_clear(asked):
            return
        pool = {track.id: track for climb in asked.values() for track in climb.found.values()}
        index = CatalogueIndex(tuple((pool | self._in_list).values()), checkpoint=self._control.checkpoint)
        together = self._matcher.judge({track: climb.wanted for track, climb in asked.items()}, index)
        self._judged.update(together)
        for track, climb in asked.items():
            self._lend(climb, together[track])

    def _is_clear(self, asked: Iterable[TrackId]) -> bool:
        matches = [self._judged.get(track) for track in asked]
        taken = [match.settled.id for match in matches if match is not None and match.settled is not None]
        return len(taken) == len(matches) and len(set(taken)) == len(taken)

    def _lend(self, climb: Climb, match: Match) -> None:
        """Keep what came up for other tracks with those it fits, so that the next run judges alike."""
        more = [one.track for one in match.candidates if one.track.id not in climb.found]
        if more and not climb.recalled:
            climb.add(more)
            self._past.keep(climb, self._control.now())


class _Teller:
    """Collects what is new and tells it in pieces."""

    def __init__(self, tell: Tell, matches: Mapping[TrackId, Match]) -> None:
        self._tell = tell
        self._known = dict(matches)
        self._fresh: dict[TrackId, Match] = {}
        self._at = time.monotonic()
        self._requests = 0

    def note(self, match: Match) -> None:
        """Take a match in; one that is known is no news."""
        track = match.wanted.id
        if self._known[track] != match:
            self._known[track] = self._fresh[track] = match

    def tell(self, requests: int, error: MusyncError | None = None) -> Findings:
        """Tell all that is new; `requests` counts from the beginning."""
        now = time.monotonic()
        piece = Findings(matches=self._fresh, requests=requests - self._requests, seconds=now - self._at, error=error)
        self._fresh, self._at, self._requests = {}, now, requests
        self._tell(piece)
        return piece


def _day(moment: float) -> str:
    """A day by this computer's calendar: `2026-11-14`."""
    return datetime.fromtimestamp(moment).astimezone().strftime("%Y-%m-%d")
