"""The wizard without a window: pages, answers, the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from musync.app.session import ConfirmState, DoneState, PickState, ReviewState, SyncSession, Verdict, WriteState
from musync.domain import Action, DecisionKind, MatchState, Mode, Outcome, Place, Policy, RunState, Track, TrackId
from musync.domain.errors import UsageError
from tests.app.conftest import TwoServices, own


def opened(two: TwoServices, policy: Policy | None = None) -> SyncSession:
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"), policy=policy)
    session.compare(two.control)
    return session


def with_a_question(two: TwoServices, songs: Sequence[Track]) -> TrackId:
    """The source does not say which of the target's two recordings of a song it means; gives the wanted track."""
    wanted = Track(id=TrackId("Lantern"), title="Lantern Parade", artists=("Kit Marsh",))
    two.world("here").add_tracks(own("here", wanted))
    for album, seconds in (("Morning", 190), ("Evening", 254)):
        other = replace(wanted, id=TrackId(f"Lantern{album}"), album=album, duration_ms=seconds * 1000)
        two.world("there").add_tracks(own("there", other))
    two.fill("here", "Road", [songs[0], wanted])
    two.fill("there", "Road", ())
    return TrackId("here-Lantern")


def test_the_first_page_says_what_is_missing(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    session = two.musync.session()
    state = session.state
    assert isinstance(state, PickState)
    assert state.problem is not None
    assert state.problem.case == "no-source"
    state = session.pick(source=two.side("here", "Road"))
    assert state.problem is not None
    assert state.problem.case == "no-target"
    state = session.pick(target=two.side("here", "Road"))
    assert state.problem is not None
    assert state.problem.case == "same-playlist"
    assert session.pick(target=two.side("there", "Road")).problem is None


def test_all_pages_lead_to_the_written_list(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:4])
    two.fill("there", "Road", songs[:1])
    session = opened(two)
    session.to_confirm()
    state = session.to_write()
    assert (state.plan.writes["added"], state.brake) == (3, None)
    done = session.write(two.control)
    assert done.written.state is RunState.DONE
    assert two.titles("there", "Road") == [song.title for song in songs[:4]]
    assert session.back() is done, "there is no way back from what is written"


def test_back_keeps_the_ticks_and_the_answers(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = with_a_question(two, songs)
    session = opened(two)
    state = session.state
    assert isinstance(state, ReviewState)
    add = next(index for index, row in enumerate(state.review.shown.rows) if row.action is Action.ADD)
    session.tick([add], False)
    session.to_confirm()
    session.accept(wanted, TrackId("there-LanternEvening"))
    state = session.back()
    assert isinstance(state, ReviewState)
    assert not state.review.shown.rows[add].ticked
    assert state.review.matches[wanted].state is MatchState.CONFIRMED
    assert isinstance(session.back(), PickState)


def test_unticked_rows_are_not_written(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:4])
    session = opened(two)
    session.tick([1, 2], False)
    session.write(two.control)
    assert two.titles("there", "Road") == [songs[0].title, songs[3].title]


def test_two_recordings_are_asked_about_and_the_answer_is_kept(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = with_a_question(two, songs)
    session = opened(two)
    state = session.to_confirm()
    question = next(one for one in state.questions if one.match.wanted.id == wanted)
    assert (question.match.outcome, state.open) == (Outcome.AMBIGUOUS, 1)
    session.accept(wanted, TrackId("there-LanternEvening"))
    state = session.state
    assert isinstance(state, ConfirmState)
    assert state.open == 0
    assert next(one for one in state.questions if one.match.wanted.id == wanted).verdict is Verdict.ACCEPTED
    again = opened(two)
    state = again.to_confirm()
    assert state.open == 0
    assert two.compare().matches[wanted].state is MatchState.CONFIRMED


def test_never_is_stored_and_this_time_is_not(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = with_a_question(two, songs)
    session = opened(two)
    session.to_confirm()
    session.skip(wanted)
    assert two.compare().matches[wanted].outcome is Outcome.AMBIGUOUS
    session.never(wanted)
    assert two.compare().matches[wanted].outcome is Outcome.SKIPPED
    assert [decision.kind for decision in two.musync.decisions.all()] == [DecisionKind.SKIP]


def test_a_verdict_can_be_taken_back_and_is_forgotten(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = with_a_question(two, songs)
    session = opened(two)
    session.to_confirm()
    session.never(wanted)
    assert session.take_back() == wanted
    assert two.musync.decisions.all() == ()
    state = session.state
    assert isinstance(state, ConfirmState)
    assert state.open == 1
    assert session.take_back() is None


def test_accept_all_takes_only_what_is_likely_enough(two: TwoServices, songs: tuple[Track, ...]) -> None:
    with_a_question(two, songs)
    session = opened(two)
    session.to_confirm()
    assert session.accept_all(1.0) == 0
    assert session.accept_all(0.3) == 1


def test_an_unlinked_pair_stays_apart_on_the_next_run(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    two.fill("there", "Road", songs[:2])
    session = opened(two)
    session.unlink(0)
    for rows in (session.state.review.shown.rows, two.compare().shown.rows):  # type: ignore[union-attr]
        assert [row.place for row in rows].count(Place.BOTH) == 1
        assert {row.place for row in rows if row.wanted.track.title == songs[0].title} == {
            Place.ONLY_SOURCE,
            Place.ONLY_TARGET,
        }


def test_two_rows_linked_by_hand_stay_linked(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", [songs[0], songs[1]])
    two.fill("there", "Road", [songs[20], songs[1]])
    session = opened(two)
    rows = session.state.review.shown.rows  # type: ignore[union-attr]
    here = next(index for index, row in enumerate(rows) if row.place is Place.ONLY_SOURCE)
    there = next(index for index, row in enumerate(rows) if row.place is Place.ONLY_TARGET)
    session.link(here, there)
    session.write(two.control)
    assert two.titles("there", "Road") == [songs[20].title, songs[1].title]
    assert two.compare().shown.counts.common == 2


def test_linking_two_rows_of_one_side_is_refused(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    session = opened(two)
    with pytest.raises(UsageError, match="one row from each side"):
        session.link(0, 1)


def test_a_brake_is_shown_in_the_review_and_lifted_there(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs)
    two.fill("there", "Road", ())
    policy = Policy(mode=Mode.MIRROR, removals="apply")
    two.sync(policy)
    two.fill("here", "Road", songs[:20])
    session = opened(two, policy)
    state = session.state
    assert isinstance(state, ReviewState)
    assert state.brake is not None
    assert state.brake.brakes == ("B2", "B3")
    state = session.set_policy(replace(policy, overrides=frozenset({"B2", "B3"})))
    assert state.brake is None
    session.write(two.control)
    assert len(two.titles("there", "Road")) == 20


def test_the_users_own_search_finds_in_the_catalogue(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = with_a_question(two, songs)
    session = opened(two)
    session.to_confirm()
    found = session.search("juniper orchard", two.control)
    assert found[0].title == "Juniper Orchard"
    session.choose(wanted, found[0])
    state = session.to_write()
    assert isinstance(state, WriteState)
    done = session.write(two.control)
    assert "Juniper Orchard" in two.titles("there", "Road")
    assert isinstance(done, DoneState)


def test_a_repetition_begins_with_the_same_sides(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    session = opened(two)
    session.write(two.control)
    assert session.begin_anew(keep_sides=True).source is not None
    assert session.begin_anew().source is None


def test_answers_can_be_stored_in_the_background_in_order(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = with_a_question(two, songs)
    waiting = []
    session = two.musync.session(later=waiting.append)
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    session.to_confirm()
    session.never(wanted)
    session.take_back()
    assert two.musync.decisions.all() == ()
    for task in waiting:
        task()
    assert two.musync.decisions.all() == ()


def test_a_search_puts_titles_before_albums(two: TwoServices, songs: tuple[Track, ...]) -> None:
    with_a_question(two, songs)
    session = opened(two)
    found = session.search("Evening", two.control)
    assert [track.album for track in found] == ["Evening"]
    window = session.search("the ambers window", two.control, limit=3)
    assert window[0].title == "Amber Window"


def test_answers_on_the_third_page_count_at_once_and_hold_on_the_fourth(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    wanted = with_a_question(two, songs)
    two.fill("there", "Road", [songs[5]])
    session = opened(two)
    session.to_confirm()
    session.accept(wanted, TrackId("there-LanternEvening"))
    state = session.state
    assert isinstance(state, ConfirmState)
    assert sum(row.ticked for row in state.review.shown.rows) == 2
    session.choose(wanted, own("there", songs[5]))
    write = session.to_write()
    assert write.plan.writes["added"] == 1, "what was chosen stands there already"
    assert write.review.shown.counts.common == 1
    session.back()
    session.take_back()
    assert session.to_write().plan.writes["added"] == 2
    session.write(two.control)
    assert two.titles("there", "Road") == [songs[5].title, songs[0].title, "Lantern Parade"]


def test_a_plan_worked_out_before_the_last_answer_is_not_taken(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = with_a_question(two, songs)
    session = opened(two)
    session.to_confirm()
    before = session.forecast(two.control)
    assert before.state.plan.writes["added"] == 1
    session.accept(wanted, TrackId("there-LanternEvening"))
    assert session.to_write(before).plan.writes["added"] == 2
    session.back()
    now = session.forecast(two.control)
    assert session.to_write(now) is now.state
