"""Questions put to a service by several workers at once, each with a service object of its own.

No question is sent twice, whoever wants the answer. An answer is judged where it arrives, so that a worker goes on with
the same track until it is settled, and only then with the next one.
"""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager

from musync.app.climbing import Climb, put
from musync.app.jobs import fan_out
from musync.app.paging import LONGEST_WAIT_S, again
from musync.domain import Control, Track
from musync.domain.errors import Cancelled, MusyncError, RateLimited, ServiceError, SignInRequired, Unavailable
from musync.engine.queries import Question
from musync.services.api import PlaylistService

MOST_RETRIES = 50
"""Requests of one search that may be repeated before it is given up for now (sync-spec 4.7)."""
MOST_REFUSALS = 10
"""Questions refused one after the other, with no answer between, after which no more are put."""

Connect = Callable[[], AbstractContextManager[PlaylistService]]


class Lanes:
    """The workers of one search, and what they share. `settled` hears of each climb that needs no more asking.

    `is_settled` decides after each answer; both are called by one worker at a time. `requests` counts every request,
    repeated ones too; `error` is what ended the asking early.
    """

    def __init__(
        self, climbs: Sequence[Climb], is_settled: Callable[[Climb], bool], settled: Callable[[Climb], None]
    ) -> None:
        self.requests = 0
        self.error: MusyncError | None = None
        self._is_settled = is_settled
        self._settled = settled
        self._ready = deque(climbs)
        self._answers: dict[str, tuple[Track, ...] | ServiceError] = {}
        self._waiting: dict[str, list[Climb]] = defaultdict(list)
        self._guard = threading.RLock()
        self._retries = 0
        self._refusals = 0
        self._held_until = 0.0

    def run(self, connect: Connect, at_once: int, control: Control) -> None:
        """Ask until every climb is settled or the service will not go on; then `error` says why.

        Raises:
            Cancelled: the user said stop; what was settled before is told.
        """
        lanes = max(1, min(at_once, len(self._ready)))
        fan_out(lambda _: self._work(connect, control), range(lanes), at_once=lanes)

    def _work(self, connect: Connect, control: Control) -> None:
        try:
            with connect() as service:
                while (question := self._take(control)) is not None:
                    self._answer(question, self._ask(question, service, control))
        except MusyncError as error:
            self._end(error)
            if isinstance(error, Cancelled):
                raise
        except BaseException:
            self._end(None)
            raise

    def _take(self, control: Control) -> Question | None:
        """The next question that nobody is asking; climbs whose answer is there or on its way are dealt with."""
        while True:
            control.checkpoint()
            with self._guard:
                if not self._ready:
                    return None
                climb = self._ready.popleft()
                question = climb.next
                if question is None:
                    self._settled(climb)
                elif question.key in self._answers:
                    self._climb_on(climb, self._answers[question.key])
                else:
                    self._waiting[question.key].append(climb)
                    if len(self._waiting[question.key]) == 1:
                        return question

    def _ask(self, question: Question, service: PlaylistService, control: Control) -> tuple[Track, ...] | ServiceError:
        """The answer, or why this one question has none.

        Raises:
            MusyncError: no question will be answered now.
        """

        def request() -> tuple[Track, ...]:
            self._wait_for_all(control)
            with self._guard:
                self.requests += 1
            return put(question, service)

        try:
            return again(request, control, before_retry=lambda error: self._before_retry(error, control))
        except ServiceError as error:
            if error.transient or isinstance(error, SignInRequired):
                raise
            return error

    def _answer(self, question: Question, answer: tuple[Track, ...] | ServiceError) -> None:
        with self._guard:
            self._answers[question.key] = answer
            self._count_refusals(answer)
            for climb in reversed(self._waiting.pop(question.key)):
                self._climb_on(climb, answer)

    def _climb_on(self, climb: Climb, answer: tuple[Track, ...] | ServiceError) -> None:
        if isinstance(answer, ServiceError):
            climb.fail(answer)
        else:
            climb.take(answer)
        if self._is_settled(climb) or climb.next is None:
            self._settled(climb)
        elif self.error is None:
            self._ready.appendleft(climb)

    def _count_refusals(self, answer: Iterable[Track] | ServiceError) -> None:
        """End the asking where the service refuses whatever it is asked."""
        self._refusals = self._refusals + 1 if isinstance(answer, ServiceError) else 0
        if self._refusals >= MOST_REFUSALS and isinstance(answer, ServiceError):
            self._end(answer)

    def _wait_for_all(self, control: Control) -> None:
        """Send nothing while the service has asked any of the workers to wait."""
        # A longer time than was ever asked for means that the clock was set back.
        while 0 < (left := self._held_until - control.now()) <= LONGEST_WAIT_S:
            control.sleep(left)
        control.checkpoint()

    def _before_retry(self, error: BaseException, control: Control) -> None:
        with self._guard:
            self._retries += 1
            if isinstance(error, RateLimited) and error.retry_after <= LONGEST_WAIT_S:
                self._held_until = max(self._held_until, control.now() + error.retry_after)
            if self._retries > MOST_RETRIES:
                raise Unavailable(
                    f"{MOST_RETRIES} requests had to be repeated; the search goes on later.", code="too-many-retries"
                ) from error

    def _end(self, error: MusyncError | None) -> None:
        with self._guard:
            self.error = self.error or error
            self._ready.clear()
