"""The wizard's way through a search: results stream in, the user chooses meanwhile, the next page waits for both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from musync.app.searching import Findings
from musync.app.session import ConfirmState, ReviewState, SyncSession, Verdict
from musync.domain import Action, DecisionKind, MatchState, Outcome, Track, TrackId
from musync.domain.errors import RateLimited
from tests.app.conftest import own
from tests.app.searched import ONE_BY_ONE, Make, Searched, song

LANTERN = TrackId("here-Lantern")


def opened(two: Searched) -> SyncSession:
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    return session


def confirm(session: SyncSession) -> ConfirmState:
    state = session.state
    assert isinstance(state, ConfirmState)
    return state


def with_a_choice(made: Make, songs: tuple[Track, ...]) -> Searched:
    """A service with two recordings of what is wanted, and the source does not say which."""
    wanted = Track(id=TrackId("Lantern"), title="Lantern Parade", artists=("Kit Marsh",))
    there = [
        replace(wanted, id=TrackId(album), album=album, duration_ms=length)
        for album, length in (("Morning", 190_000), ("Evening", 254_000))
    ]
    two: Searched = made([*there, *songs], traits=ONE_BY_ONE)
    two.wish(wanted, *songs[:3])
    return two


def asked(session: SyncSession, two: Searched) -> list[Findings]:
    """What a search tells, not taken in yet."""
    pieces: list[Findings] = []
    session.ask(two.control, pieces.append)
    return pieces


def test_results_fill_the_third_page_as_they_are_taken_in(made: Make, songs: tuple[Track, ...]) -> None:
    two = with_a_choice(made, songs)
    session = opened(two)
    session.to_confirm()
    assert confirm(session).questions == ()
    requests = confirm(session).review.requests
    session.take_in(*asked(session, two))
    state = confirm(session)
    assert [question.group for question in state.questions] == ["choose", "certain", "certain", "certain"]
    assert state.open == 1
    assert state.review.unasked == frozenset()
    assert state.review.requests == requests + 4


def test_the_plan_has_what_was_found(made: Make, songs: tuple[Track, ...]) -> None:
    two = with_a_choice(made, songs)
    session = opened(two)
    session.to_confirm()
    session.take_in(*asked(session, two))
    assert session.to_write().plan.writes["added"] == 3
    session.write(two.control)
    assert two.titles("there", "Road") == [track.title for track in songs[:3]]


def test_back_on_the_second_page_the_results_are_there(made: Make, songs: tuple[Track, ...]) -> None:
    two = with_a_choice(made, songs)
    session = opened(two)
    session.to_confirm()
    session.take_in(*asked(session, two))
    state = session.back()
    assert isinstance(state, ReviewState)
    assert (state.review.shown.counts.to_add, state.review.shown.counts.ambiguous) == (3, 1)
    assert state.plan.writes["added"] == 3


def test_a_choice_made_while_results_come_in_is_never_overwritten(made: Make, songs: tuple[Track, ...]) -> None:
    two = with_a_choice(made, songs)
    session = opened(two)
    session.to_confirm()
    pieces = asked(session, two)
    session.take_in(*pieces)
    session.accept(LANTERN, TrackId("there-Evening"))
    session.never(TrackId("here-AmberRoad"))
    session.skip(TrackId("here-AmberWindow"))
    session.reject(TrackId("here-AmberMachine"), TrackId("there-AmberMachine"))
    before = confirm(session).questions
    session.take_in(*pieces)
    assert confirm(session).questions == before
    matches = confirm(session).review.matches
    assert matches[LANTERN].state is MatchState.CONFIRMED
    assert matches[TrackId("here-AmberRoad")].outcome is Outcome.SKIPPED
    assert matches[TrackId("here-AmberMachine")].outcome is Outcome.NOT_FOUND
    stored = {decision.kind for decision in two.musync.decisions.all()}
    assert stored == {DecisionKind.CONFIRMED, DecisionKind.SKIP, DecisionKind.REJECTED}


def test_a_verdict_taken_back_shows_what_was_found_meanwhile(made: Make, songs: tuple[Track, ...]) -> None:
    two = with_a_choice(made, songs)
    session = opened(two)
    session.to_confirm()
    pieces = asked(session, two)
    session.skip(LANTERN)
    session.take_in(*pieces)
    assert confirm(session).questions[0].verdict is Verdict.SKIPPED
    session.take_back()
    question = next(one for one in confirm(session).questions if one.match.wanted.id == LANTERN)
    assert (question.verdict, question.group) == (None, "choose")


def test_a_track_linked_by_hand_is_not_searched_for(made: Make, songs: tuple[Track, ...]) -> None:
    two = with_a_choice(made, songs)
    two.fill("there", "Road", [songs[20]])
    session = opened(two)
    state = session.state
    assert isinstance(state, ReviewState)
    rows = state.review.shown.rows
    here = next(place for place, row in enumerate(rows) if row.source is not None and row.source.track.id == LANTERN)
    there = next(place for place, row in enumerate(rows) if row.source is None)
    session.link(here, there)
    asked(session, two)
    assert not any("Lantern" in words for words in two.asked)


def test_what_was_removed_there_is_offered_unticked_also_when_a_search_finds_it(made: Make) -> None:
    """The source names the track anew, so that no link leads to what was removed; the search does."""
    two = made([song("Lantern")], traits=ONE_BY_ONE)
    two.wish(song("Lantern"))
    session = opened(two)
    session.ask_all(two.control)
    session.write(two.control)
    two.fill("there", "Road", ())
    again = song("Lantern", id="again", album="Reissue")
    two.world("here").add_tracks(own("here", again))
    two.fill("here", "Road", [again])
    session = opened(two)
    session.to_confirm()
    session.take_in(*asked(session, two))
    state = session.back()
    assert isinstance(state, ReviewState)
    (row,) = state.review.shown.rows
    assert (row.action, row.ticked, row.note) == (Action.ADD, False, "removed-on-target")


def test_a_search_of_the_whole_says_what_ended_it_and_keeps_the_rest(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs[:4])
    two.there.fail_next("search", RateLimited("Come back tomorrow.", retry_after=9_000.0), skip=2)
    session = opened(two)
    with pytest.raises(RateLimited) as caught:
        session.ask_all(two.control)
    assert caught.value.unchanged == "Nothing was written. What was found is kept for the next run."
    state = session.state
    assert isinstance(state, ReviewState)
    assert (state.review.shown.counts.to_add, state.review.shown.counts.not_asked) == (2, 2)


def test_asking_anew_leaves_alone_what_has_a_counterpart(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs[:2], traits=ONE_BY_ONE)
    two.wish(*songs[:3])
    opened(two).ask_all(two.control)
    two.there.forget_requests()
    session = opened(two)
    session.ask_all(two.control, anew=True)
    assert two.asked == ["Amber Machine Ambers"]


def test_what_comes_after_the_comparison_was_left_is_dropped(made: Make, songs: tuple[Track, ...]) -> None:
    two = with_a_choice(made, songs)
    session = opened(two)
    pieces = asked(session, two)
    first = session.begin_anew(keep_sides=True)
    assert session.take_in(*pieces) is first


def test_what_the_user_chose_goes_to_no_other_track_without_asking(made: Make) -> None:
    there = song("Lantern Parade", album="Best of")
    two = made([there], traits=ONE_BY_ONE)
    first = replace(there, id=TrackId("first"), album="First")
    guest = replace(
        first, id=TrackId("guest"), artists=("Kit Marsh", "Lina Brandt"), title="Lantern Parade (feat. Lina)"
    )
    two.wish(first, guest)
    session = opened(two)
    session.to_confirm()
    session.choose(TrackId("here-first"), own("there", there))
    session.take_in(*asked(session, two))
    match = confirm(session).review.matches[TrackId("here-guest")]
    assert (match.outcome, match.reasons[-1].text) == (Outcome.AMBIGUOUS, "two tracks, one match")
