"""The wizard as a state machine without a window: pick, review, confirm, write, done.

A stack of frozen states; `back` pops one until writing has begun. Pages show a state and hand the user's choices back.
Methods that take a control are jobs; all others only compute, and store answers through `later`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from musync.app.comparing import Comparing
from musync.app.decisions import Decisions
from musync.app.matching import confirmed, owned_or_not, skipped, without
from musync.app.results import Watcher, Written, watch_nothing
from musync.app.review import (
    Review,
    check_sides,
    compared,
    compared_again,
    ticked,
    with_answer,
    with_found,
    with_match,
)
from musync.app.searching import Findings, Tell
from musync.app.sides import Side, side_of
from musync.app.writing import Writing, check_brakes, plan_of
from musync.domain import (
    Control,
    Decision,
    DecisionKind,
    Match,
    MatchState,
    Place,
    Plan,
    Policy,
    Track,
    TrackId,
    TrackRef,
)
from musync.domain.errors import Braked, MusyncError, PlanStale, UsageError

CLOSE = 0.1
"""Two candidates nearer than this are a choice; one alone is a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickState:
    """Page 1: what is chosen so far."""

    source: Side | None = None
    target: Side | None = None
    policy: Policy = field(default_factory=Policy)

    @property
    def problem(self) -> MusyncError | None:
        """Why the comparison cannot begin yet, None when it can."""
        if self.source is None:
            return UsageError("First choose something to take from", code="no-source")
        if self.target is None:
            return UsageError("Now choose where it should go", code="no-target")
        try:
            check_sides(self.source, self.target, self.policy)
        except MusyncError as error:
            return error
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """Page 2: both lists compared; `brake` is what would stop the run as it is ticked now."""

    review: Review
    plan: Plan
    brake: Braked | None


class Verdict(StrEnum):
    """What the user said about one track on page 3."""

    ACCEPTED = "accepted"
    SKIPPED = "skipped"
    NEVER = "never"
    NOT_THIS = "not_this"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One row of the queue; `group` says how much it needs eyes.

    choose, look; missing (nothing fits), unavailable (what fits cannot be added: no file of it is owned); effort
    (another version stands in), certain.
    """

    match: Match
    group: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmState:
    """Page 3: everything that was matched by guess, what needs eyes first."""

    review: Review
    questions: tuple[Question, ...]

    @property
    def open(self) -> int:
        """How many still wait for an answer."""
        return sum(question.group in ("choose", "look") and question.verdict is None for question in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteState:
    """Page 4 before writing: the plan, what it costs, and what would stop it."""

    review: Review
    plan: Plan
    brake: Braked | None
    requests: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What page 4 will show, worked out before it is: good as long as the review it was made of is the present one."""

    of: Review
    state: WriteState


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneState:
    """Page 4 afterwards."""

    written: Written


State = PickState | ReviewState | ConfirmState | WriteState | DoneState

Later = Callable[[Callable[[], None]], None]
"""Runs a short storing task, at once or in order in the background."""


def at_once(task: Callable[[], None]) -> None:
    """A `Later` that does not wait."""
    task()


class _Answer:
    """A stored answer: its number is known once the storing ran."""

    def __init__(self) -> None:
        self.stored: Decision | None = None


@dataclass(frozen=True, slots=True)
class _Taken:
    """What one verdict changed, so that it can be taken back."""

    track: TrackId
    before: Match
    verdict: Verdict | None
    answer: _Answer


class SyncSession:
    """One way through the wizard; used by one thread, but for its jobs."""

    def __init__(self, comparing: Comparing, writing: Writing, decisions: Decisions, *, later: Later = at_once) -> None:
        self._comparing = comparing
        self._writing = writing
        self._decisions = decisions
        self._later = later
        self._stack: list[State] = [PickState()]
        self._verdicts: dict[TrackId, Verdict] = {}
        self._taken: list[_Taken] = []
        self._late: dict[TrackId, Match] = {}

    # --- moving through the pages ---

    @property
    def state(self) -> State:
        """Where the wizard stands."""
        return self._stack[-1]

    @property
    def states(self) -> tuple[State, ...]:
        """The way so far, the present state last."""
        return tuple(self._stack)

    def back(self) -> State:
        """One page back; answers stay. From the end and from the first page there is none."""
        if len(self._stack) > 1 and not isinstance(self.state, DoneState):
            left = self._stack.pop()
            if isinstance(left, ConfirmState) and left.review is not self._review:
                self._show(compared_again(left.review))
        return self.state

    def begin_anew(self, *, keep_sides: bool = False) -> PickState:
        """Back to page 1, with the same sides for a repetition."""
        first, last = self._stack[0], self.state
        assert isinstance(first, PickState)
        if isinstance(last, DoneState):
            first = replace(first, target=_as_made(first.target, last.written))
        self._stack = [first if keep_sides else PickState(policy=first.policy)]
        self._forget_answers()
        return self._pick_state

    # --- page 1 ---

    @property
    def _pick_state(self) -> PickState:
        state = self._stack[0]
        assert isinstance(state, PickState)
        return state

    def pick(
        self, *, source: Side | None = None, target: Side | None = None, policy: Policy | None = None
    ) -> PickState:
        """Choose; what is not given stays."""
        now = self._pick_state
        self._stack = [PickState(source=source or now.source, target=target or now.target, policy=policy or now.policy)]
        return self._pick_state

    def unpick(self, *, source: bool = False, target: bool = False) -> PickState:
        """Choose nothing for a side."""
        now = self._pick_state
        self._stack = [replace(now, source=None if source else now.source, target=None if target else now.target)]
        return self._pick_state

    def compare(self, control: Control) -> ReviewState:
        """Job: read, match and compare the two sides."""
        picked = self._pick_state
        if picked.problem is not None:
            raise picked.problem
        assert picked.source is not None
        assert picked.target is not None
        review = self._comparing.compare(picked.source, picked.target, picked.policy, control)
        self._forget_answers()
        self._stack = [picked, _review_state(review)]
        return self._review_state

    def _forget_answers(self) -> None:
        self._verdicts, self._taken, self._late = {}, [], {}

    # --- page 2 ---

    @property
    def _review_state(self) -> ReviewState:
        state = self._stack[1]
        assert isinstance(state, ReviewState)
        return state

    @property
    def _review(self) -> Review:
        state = self.state
        if isinstance(state, PickState | DoneState):
            raise UsageError("Nothing is compared yet.", code="no-review")
        return state.review

    def _show(self, review: Review) -> None:
        """Put a changed review into the state on top."""
        self._stack[-1] = self._with_review(self.state, review)

    def _with_review(self, state: State, review: Review) -> State:
        match state:
            case ReviewState():
                return _review_state(review)
            case ConfirmState():
                return self._confirm_state(review)
            case WriteState():
                return _write_state(review)
            case _:
                return state

    def tick(self, rows: Iterable[int], on: bool) -> ReviewState:
        """Tick or untick the actions of these rows."""
        self._show(ticked(self._review, rows, on))
        return self._review_state

    def set_policy(self, policy: Policy) -> ReviewState:
        """Compare the same reads under another policy: a lifted brake, approved removals."""
        picked = self._pick_state
        self._stack[0] = replace(picked, policy=policy)
        self._show(compared(replace(self._review, policy=policy)))
        return self._review_state

    def bring_order(self, bring: bool) -> State:
        """Answer whether the order is brought over too where that takes many moves; on any page before writing."""
        before = self._settled()
        policy = replace(before.policy, order="bring" if bring else "leave")
        review = compared_again(replace(before, policy=policy))
        self._stack = [self._with_review(state, review) for state in self._stack]
        return self.state

    def link(self, source_row: int, target_row: int) -> ReviewState:
        """Say that an entry here and an entry there are the same recording.

        Raises:
            UsageError: the rows are not one of each side.
        """
        rows = self._review.shown.rows
        here, there = rows[source_row], rows[target_row]
        if here.source is None or there.target is None or here.match is None:
            raise UsageError("Linking takes one row from each side.", code="not-linkable")
        self._confirm(here.match, there.target.track)
        return self._review_state

    def unlink(self, row: int) -> ReviewState:
        """Say that the two entries of a row are not the same recording, for this pair.

        Raises:
            UsageError: the row has no counterpart.
        """
        shown = self._review.shown.rows[row]
        match, there = shown.match, shown.target
        if match is None or there is None or shown.place is not Place.BOTH:
            raise UsageError("This row has no counterpart to unlink.", code="not-linked")
        self._answer(match, DecisionKind.UNLINKED, there.track, self._without(match, there.track.id), None)
        return self._review_state

    # --- from page 2 to page 3: what only a search on the service can tell ---

    def ask(self, control: Control, tell: Tell, *, anew: bool = False) -> Findings:
        """Job: ask the target's service about what is not known yet; `tell` hears of matches as they are found.

        What it hears is to be handed to `take_in`, in the thread that uses this session. With `anew` what was not found
        is asked about once more, whatever earlier searches said. Gives the last piece.

        Raises:
            Cancelled: what was found so far was told and is kept.
        """
        review = self._review
        missing = (MatchState.UNMATCHED, MatchState.LOCAL_ONLY)
        again = {track for track in review.searched if anew and review.matches[track].state in missing}
        return self._comparing.search(review, control, tell, anew=again)

    def take_in(self, *found: Findings) -> State:
        """Take in what a search found; what the user said meanwhile stays."""
        if isinstance(self.state, PickState | DoneState):
            return self.state
        review = self._review
        matches = {track: match for piece in found for track, match in piece.matches.items()}
        said = {track for track in matches if review.matches[track].origin == "user"}
        self._late.update((track, matches[track]) for track in said)
        made = with_found(review, {track: match for track, match in matches.items() if track not in said})
        requests = review.requests + sum(piece.requests for piece in found)
        made = replace(made, requests=requests, seconds=review.seconds + sum(piece.seconds for piece in found))
        self._show(made if isinstance(self.state, ConfirmState) else compared_again(made))
        return self.state

    def ask_all(self, control: Control, *, anew: bool = False) -> None:
        """Job: the whole search at once, for faces that show nothing meanwhile.

        Raises:
            ServiceError: the service will not go on; what it said before is taken in and kept.
        """
        pieces: list[Findings] = []
        try:
            self.ask(control, pieces.append, anew=anew)
        finally:
            self.take_in(*pieces)
        error = pieces[-1].error
        if error is not None:
            error.unchanged = error.unchanged or "Nothing was written. What was found is kept for the next run."
            raise error

    # --- page 3 ---

    def to_confirm(self) -> ConfirmState:
        """On to page 3."""
        self._stack.append(self._confirm_state(self._review))
        state = self.state
        assert isinstance(state, ConfirmState)
        return state

    def _confirm_state(self, review: Review) -> ConfirmState:
        return ConfirmState(review=review, questions=questions(review, self._verdicts))

    def accept(self, track: TrackId, candidate: TrackId) -> State:
        """The counterpart is this candidate."""
        match = self._review.matches[track]
        chosen = next(one.track for one in match.candidates if one.track.id == candidate)
        self._confirm(match, chosen)
        return self.state

    def choose(self, track: TrackId, other: Track) -> State:
        """The counterpart is this one, which the user found by searching."""
        self._confirm(self._review.matches[track], other)
        return self.state

    def accept_all(self, at_least: float) -> int:
        """Accept the best candidate of every open question from this probability on; gives how many."""
        tracks = [match for match in self._review.open_matches if _likely(match, at_least)]
        for match in tracks:
            if match.chosen is not None and match.wanted.id not in self._verdicts:
                self._confirm(match, match.chosen.track)
        return len(tracks)

    def reject(self, track: TrackId, candidate: TrackId) -> State:
        """Not this one, now and later."""
        match = self._review.matches[track]
        wrong = next(one.track for one in match.candidates if one.track.id == candidate)
        self._answer(match, DecisionKind.REJECTED, wrong, self._without(match, candidate), None)
        return self.state

    def never(self, track: TrackId) -> State:
        """Never sync this track."""
        match = self._review.matches[track]
        made = skipped(match.wanted, "never sync: your answer")
        kept = replace(made, candidates=match.candidates)
        self._answer(match, DecisionKind.SKIP, None, kept, Verdict.NEVER)
        return self.state

    def skip(self, track: TrackId) -> State:
        """Leave it out of this run only; nothing is stored."""
        match = self._review.matches[track]
        made = replace(skipped(match.wanted, "skipped this time"), candidates=match.candidates)
        self._change(match, made, Verdict.SKIPPED, _Answer())
        return self.state

    def take_back(self) -> TrackId | None:
        """Undo the last verdict; gives its track, None when there is none."""
        if not self._taken:
            return None
        last = self._taken.pop()
        self._later(lambda: self._forget(last.answer))
        if last.verdict is None:
            self._verdicts.pop(last.track, None)
        else:
            self._verdicts[last.track] = last.verdict
        before = last.before
        if before.origin != "user":
            before = self._late.pop(last.track, before)
        self._show(self._with(last.track, before))
        return last.track

    def search(self, text: str, control: Control, limit: int = 20) -> Sequence[Track]:
        """Job: the user's own search on the target's side; changes nothing."""
        return self._comparing.find(self._review, text, limit, control)

    def _without(self, match: Match, track: TrackId) -> Match:
        left = without(match, track)
        return owned_or_not(left) if self._review.borrows else left

    def _confirm(self, match: Match, other: Track) -> None:
        self._answer(match, DecisionKind.CONFIRMED, other, confirmed(match, other), Verdict.ACCEPTED)

    def _answer(
        self, match: Match, kind: DecisionKind, other: Track | None, made: Match, verdict: Verdict | None
    ) -> None:
        review, answer = self._review, _Answer()
        origin = review.target_origin
        decision = Decision(
            kind=kind,
            a=review.source_ref(match.wanted.id),
            b=TrackRef(service=origin.service, scope=origin.scope, track=other) if other is not None else None,
            at=time.time(),
        )

        def store() -> None:
            answer.stored = self._decisions.remember(decision, review)

        self._later(store)
        self._change(match, made, verdict, answer)

    def _change(self, match: Match, made: Match, verdict: Verdict | None, answer: _Answer) -> None:
        track = match.wanted.id
        self._taken.append(_Taken(track, match, self._verdicts.get(track), answer))
        if verdict is None:
            self._verdicts.pop(track, None)
        else:
            self._verdicts[track] = verdict
        self._show(self._with(track, made))

    def _with(self, track: TrackId, match: Match) -> Review:
        """The review after an answer; on page 3, where many are given, the whole is compared when it is left."""
        change = with_answer if isinstance(self.state, ConfirmState) else with_match
        return change(self._review, track, match)

    def _settled(self) -> Review:
        """The review with all answers taken in."""
        answered = isinstance(self.state, ConfirmState) and self._review is not self._review_state.review
        return compared_again(self._review) if answered else self._review

    def _forget(self, answer: _Answer) -> None:
        if answer.stored is not None and answer.stored.id is not None:
            self._decisions.forget(answer.stored.id)

    # --- page 4 ---

    def forecast(self, control: Control) -> Forecast:
        """Job: work out what page 4 will show; it may take some frames for a long list."""
        control.checkpoint()
        return Forecast(of=self._review, state=_write_state(self._settled()))

    def to_write(self, forecast: Forecast | None = None) -> WriteState:
        """On to page 4; the brakes are looked at again. What was worked out before is taken if it still holds."""
        holds = forecast is not None and forecast.of is self._review
        state = forecast.state if forecast is not None and holds else _write_state(self._settled())
        self._stack.append(state)
        return state

    def write(self, control: Control, watcher: Watcher = watch_nothing) -> DoneState:
        """Job: carry the plan out. After this there is no way back, only a new sync."""
        try:
            written = self._writing.write(self._settled(), control, watcher)
        except PlanStale as stale:
            self._pick_what_is_there(stale)
            raise
        done = DoneState(written=written)
        self._stack.append(done)
        return done

    def _pick_what_is_there(self, stale: PlanStale) -> None:
        """Let the next comparison be with the playlist that somebody made in the meantime."""
        picked = self._pick_state
        if stale.playlist is not None and picked.target is not None:
            self._stack[0] = replace(picked, target=side_of(picked.target.account, stale.playlist))


def _as_made(target: Side | None, written: Written) -> Side | None:
    """The target as it is after the run: one that the run made exists now."""
    made = written.after.playlist if written.after is not None and written.run is not None else None
    if target is None or target.playlist is not None or made is None:
        return target
    return replace(target, playlist=made)


def questions(review: Review, verdicts: dict[TrackId, Verdict]) -> tuple[Question, ...]:
    """The queue of page 3: choices, looks, what was not found or is not owned, what is taken, each in list order."""
    seen: dict[TrackId, Question] = {}
    for entry in review.source_read.entries:
        match = review.matches[entry.track.id]
        verdict = verdicts.get(entry.track.id)
        if entry.track.id not in seen and (verdict is not None or _is_a_guess(match)):
            seen[entry.track.id] = Question(match=match, group=group_of(match, verdict), verdict=verdict)
    order = {"choose": 0, "look": 1, "missing": 2, "unavailable": 3, "effort": 4, "certain": 5}
    return tuple(sorted(seen.values(), key=lambda question: order[question.group]))


def _is_a_guess(match: Match) -> bool:
    if match.state in (MatchState.AMBIGUOUS, MatchState.UNMATCHED, MatchState.UNAVAILABLE):
        return True
    return match.state is MatchState.AUTO and match.origin not in ("link", "list", "rule")


_LACKING = {MatchState.UNMATCHED: "missing", MatchState.UNAVAILABLE: "unavailable"}


def group_of(match: Match, verdict: Verdict | None = None) -> str:
    """How much a match needs eyes; an answered one keeps the group it had."""
    if match.state in _LACKING:
        return _LACKING[match.state]
    if verdict is None and match.state is not MatchState.AMBIGUOUS:
        return "effort" if match.origin == "best" else "certain"
    probabilities = sorted((one.probability for one in match.candidates), reverse=True)
    close = len(probabilities) > 1 and probabilities[0] - probabilities[1] < CLOSE
    return "choose" if close else "look"


def _likely(match: Match, at_least: float) -> bool:
    return match.chosen is not None and match.chosen.probability >= at_least


def _brake(review: Review, plan: Plan) -> Braked | None:
    try:
        check_brakes(review, plan)
    except Braked as error:
        return error
    return None


def _review_state(review: Review) -> ReviewState:
    plan = plan_of(review)
    return ReviewState(review=review, plan=plan, brake=_brake(review, plan))


def _write_state(review: Review) -> WriteState:
    plan = plan_of(review)
    return WriteState(review=review, plan=plan, brake=_brake(review, plan), requests=forecast_requests(review, plan))


def forecast_requests(review: Review, plan: Plan) -> int:
    """Requests that writing takes: one per step, one to see that nothing changed, and the last read."""
    if plan.empty:
        return 0
    page = review.target_traits.page or max(1, len(plan.after))
    return len(plan.steps) + 1 + 1 + -(-max(1, len(plan.after)) // page)
