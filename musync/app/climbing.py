"""One track's way down the ladder of questions: what was asked, what came up, what is left to ask."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from musync.domain import Match, MatchState, PastSearch, Track, TrackId
from musync.domain.errors import ServiceError
from musync.engine.matching import ACCEPT
from musync.engine.queries import Question, Rung, questions
from musync.services.api import FindsIsrc, PlaylistService, Searches, SearchesFields

ROWS = 10
"""Tracks that one question asks for; no service is known to give fewer at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a service can be asked for a track."""

    isrc: bool
    fields: bool
    text: bool

    def __bool__(self) -> bool:
        return self.isrc or self.fields or self.text

    def questions(self, wanted: Track) -> tuple[Question, ...]:
        """What to ask about a track, the most telling first."""
        return questions(wanted, isrc=self.isrc, fields=self.fields, text=self.text)


NO_WAYS = Ways(isrc=False, fields=False, text=False)


def ways_of(service: PlaylistService) -> Ways:
    """The ways of a service, none of them where it cannot be searched at all."""
    return Ways(
        isrc=isinstance(service, FindsIsrc),
        fields=isinstance(service, SearchesFields),
        text=isinstance(service, Searches),
    )


def put(question: Question, service: PlaylistService) -> tuple[Track, ...]:
    """Ask a service one question: one request."""
    if question.rung is Rung.ISRC and isinstance(service, FindsIsrc):
        return tuple(service.find_isrc(question.text))
    if question.rung is Rung.FIELDS and isinstance(service, SearchesFields):
        return tuple(service.search_fields(question.text, question.artist, ROWS))
    assert isinstance(service, Searches)
    return tuple(service.search(question.text, ROWS))


Ladder = Callable[[Track], Iterable[Question]]


class Climb:
    """The search for one wanted track. It can be left at any rung and taken up again there.

    The ladder is made when the first question is asked for: much is known before, of many tracks everything.
    """

    def __init__(self, wanted: Track, ladder: Ladder, past: PastSearch | None = None) -> None:
        self.wanted = wanted
        self.asked = set(past.asked) if past is not None else set()
        self.found: dict[TrackId, Track] = {track.id: track for track in past.found} if past is not None else {}
        self.past = past
        self.error: ServiceError | None = None
        self._ladder = ladder

    @cached_property
    def _left(self) -> deque[Question]:
        return deque(question for question in self._ladder(self.wanted) if question.key not in self.asked)

    @property
    def next(self) -> Question | None:
        """What to ask now, None when there is nothing left."""
        return self._left[0] if self._left else None

    @property
    def recalled(self) -> bool:
        """All that is known comes from an earlier run."""
        return self.past is not None and self.asked == self.past.asked

    @property
    def complete(self) -> bool:
        """Every question was answered, so what was not found is not there."""
        return bool(self.asked) and self.error is None and not self._left

    def take(self, found: Iterable[Track]) -> None:
        """Take the answer to the next question in."""
        self.asked.add(self._left.popleft().key)
        self.add(found)

    def fail(self, error: ServiceError) -> None:
        """The next question was refused; another may still be answered."""
        self._left.popleft()
        self.error = error

    def add(self, found: Iterable[Track]) -> None:
        """Take in tracks that came up, known ones as they were described first."""
        for track in found:
            self.found.setdefault(track.id, track)


def is_enough(match: Match) -> bool:
    """Whether asking on would only repeat the answer: a counterpart is certain, or several are as likely as can be.

    What only stands in, or is not what is preferred, leaves open whether something better comes up.
    """
    if any(reason.part == "preference" for reason in match.reasons):
        return False
    return match.state is MatchState.AUTO or (match.chosen is not None and match.chosen.probability >= ACCEPT)
