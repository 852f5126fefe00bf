"""A whole sync between two memory services: what is read, written, remembered and refused."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musync.app import exits
from musync.app.documents import sync_document
from musync.domain import Action, Mode, Outcome, Policy, RunState, Track
from musync.domain.errors import Braked, Busy, IncompleteRead, PlanStale, Unavailable, UsageError
from tests.app.conftest import TwoServices

MIRROR = Policy(mode=Mode.MIRROR, removals="apply")


def titles(tracks: tuple[Track, ...] | list[Track]) -> list[str]:
    return [track.title for track in tracks]


def test_missing_tracks_are_added_in_order(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", songs[2:3])
    written = two.sync()
    assert two.titles("there", "Road") == titles([songs[2], songs[0], songs[1], songs[3], songs[4]])
    assert (written.state, written.count(Action.ADD)) == (RunState.DONE, 4)


def test_a_second_run_writes_nothing_and_searches_nothing(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", ())
    two.sync()
    two.world("there").forget_requests()
    written = two.sync()
    assert written.plan.empty
    assert two.world("there").writes == ()
    assert two.world("there").count("list_tracks") == 0


def test_a_mirror_has_the_order_of_its_source(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", [songs[n] for n in (4, 1, 3, 0)])
    two.fill("there", "Road", songs[:5])
    two.sync(MIRROR)
    assert two.titles("there", "Road")[:1] == [songs[4].title]
    order = [title for title in two.titles("there", "Road") if title != songs[2].title]
    assert order == titles([songs[n] for n in (4, 1, 3, 0)])


def test_duplicates_survive(two: TwoServices, songs: tuple[Track, ...]) -> None:
    wanted = [songs[0], songs[1], songs[0], songs[0]]
    two.fill("here", "Road", wanted)
    two.fill("there", "Road", ())
    two.sync(MIRROR)
    assert two.titles("there", "Road") == titles(wanted)


def test_a_missing_target_is_created_with_what_it_should_hold(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    two.sync()
    assert two.titles("there", "Road") == titles(songs[:3])


def test_the_time_a_run_took_leaves_out_the_time_a_person_thought(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:3])
    review = replace(two.compare(), seconds=7.0)
    written = two.musync.writing.write(review, two.control)
    assert 7.0 < written.seconds < 67.0


def test_an_empty_target_is_never_created(two: TwoServices) -> None:
    two.fill("here", "Road", ())
    written = two.sync()
    assert (written.run, two.world("there").writes) == (None, ())


def test_a_dry_run_writes_nothing_and_plans_what_is_then_written(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:6])
    two.fill("there", "Road", songs[4:9])
    review = two.compare(MIRROR)
    rehearsed = two.musync.writing.rehearse(review)
    assert (two.world("there").writes, two.musync.history.all()) == ((), ())
    written = two.musync.writing.write(two.compare(MIRROR), two.control)
    assert written.plan == rehearsed.plan


def test_an_emptied_source_stops_before_the_first_write(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", ())
    two.sync(MIRROR)
    two.fill("here", "Road", ())
    with pytest.raises(Braked) as stop:
        two.sync(MIRROR)
    assert stop.value.brakes == ("B1",)
    assert "Nothing was changed" in stop.value.unchanged
    assert len(two.titles("there", "Road")) == 5


def test_confirming_the_empty_list_by_its_id_lets_the_removals_happen(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", ())
    two.sync(MIRROR)
    emptied = two.fill("here", "Road", ())
    two.sync(replace(MIRROR, confirm_empty=emptied.id))
    assert two.titles("there", "Road") == []


def test_a_page_that_fails_leaves_everything_as_it_was(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs)
    two.fill("there", "Road", songs[:3])
    two.world("here").fail_next("read_entries", Unavailable("gone"), skip=1, times=None)
    two.control.sleep = lambda seconds: None  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        two.sync(MIRROR)
    assert two.world("there").writes == ()


def test_a_page_that_fails_once_is_asked_for_again(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs)
    two.world("here").fail_next("read_entries", Unavailable("hiccup"), skip=1)
    two.control.sleep = lambda seconds: None  # type: ignore[method-assign]
    two.sync()
    assert two.titles("there", "Road") == titles(songs)


def test_a_list_that_changed_since_the_review_is_not_written_to(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", songs[:1])
    review = two.compare()
    two.fill("there", "Road", songs[6:9])
    with pytest.raises(PlanStale):
        two.musync.writing.write(review, two.control)
    assert two.titles("there", "Road") == titles(songs[6:9])


def test_a_source_that_changed_since_the_review_stops_it_too(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", songs[:1])
    review = two.compare()
    two.fill("here", "Road", songs[:2])
    with pytest.raises(PlanStale):
        two.musync.writing.write(review, two.control)


def test_one_refused_track_does_not_stop_the_others(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", songs[:1])
    review = two.compare(MIRROR)
    two.world("there").catalogue.drop(f"there-{songs[2].id}")  # type: ignore[arg-type]
    written = two.musync.writing.write(review, two.control)
    assert two.titles("there", "Road") == titles([songs[0], songs[1], songs[3], songs[4]])
    failed = [row for row in written.rows if row.error]
    assert [row.source.title for row in failed if row.source] == [songs[2].title]


def test_two_sides_that_are_one_are_refused(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    side = two.side("here", "Road")
    with pytest.raises(UsageError, match="same playlist"):
        two.musync.comparing.compare(side, side, Policy(), two.control)


def test_a_second_writer_is_told_who_writes(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", songs[:1])
    review, other = two.compare(), two.compare()
    caught: list[Busy] = []

    def meanwhile() -> None:
        with pytest.raises(Busy) as busy:
            two.musync.writing.write(other, two.control)
        caught.append(busy.value)

    two.world("there").run_before("add_entries", meanwhile)
    two.musync.writing.write(review, two.control)
    assert "process" in caught[0].message
    assert Counter(two.titles("there", "Road")) == Counter(titles(songs[:5]))


def test_stopping_keeps_what_is_written_and_says_so(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", [songs[n] for n in (5, 0, 6, 1, 7)])
    two.fill("there", "Road", songs[:2])
    review = two.compare(MIRROR)
    assert len(review.shown.rows) == 5
    two.world("there").run_before("add_entries", two.control.cancel)
    written = two.musync.writing.write(review, two.control)
    assert (written.state, exits.of_written(written)) == (RunState.STOPPED, exits.STOPPED)
    assert written.count(Action.ADD) == 1


def test_a_lost_answer_is_found_out_by_reading(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", songs[:1])
    two.world("there").fail_next("add_entries", Unavailable("reset"), applied=True)
    written = two.sync()
    assert two.titles("there", "Road") == titles(songs[:5])
    assert written.count(Action.ADD) == 4
    assert written.error is not None


def test_an_incomplete_list_changes_nothing(two: TwoServices, songs: tuple[Track, ...]) -> None:
    from musync.services.memory.faults import declaring

    two.fill("here", "Road", songs[:5])
    two.fill("there", "Road", songs[:1])
    two.world("here").alter_next("read_entries", declaring(900), times=None)
    with pytest.raises(IncompleteRead, match="900"):
        two.sync()
    assert two.world("there").writes == ()


def test_what_the_target_does_not_have_is_not_found(two: TwoServices, songs: tuple[Track, ...]) -> None:
    alien = Track(id="alien", title="Zzyzx Nebula Transmission", artists=("Quorl",))  # type: ignore[arg-type]
    two.world("here").add_tracks(replace(alien, id="here-alien"))  # type: ignore[arg-type]
    two.fill("here", "Road", [songs[0], alien])
    written = two.sync()
    assert [row["outcome"] for row in sync_document(written)["entries"]] == ["matched", "not_found"]
    assert written.review.shown.counts.not_found == 1
    assert exits.of_written(written) == exits.DONE


def test_a_rejected_candidate_is_never_written(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:1])
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    session.to_confirm()
    wanted = f"here-{songs[0].id}"
    session.reject(wanted, f"there-{songs[0].id}")  # type: ignore[arg-type]
    written = two.sync()
    assert written.plan.empty
    assert written.review.matches[wanted].outcome is not Outcome.MATCHED  # type: ignore[index]


names = st.lists(st.integers(0, 9), max_size=10)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=names, target=names, edited=names, mirror=st.booleans())
def test_any_two_lists_converge_and_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    songs: tuple[Track, ...],
    source: list[int],
    target: list[int],
    edited: list[int],
    mirror: bool,
) -> None:
    home: Path = tmp_path_factory.mktemp("home")
    two = TwoServices(home, songs)
    policy = replace(MIRROR, overrides=frozenset({"B2", "B3", "B4"})) if mirror else Policy()
    two.fill("here", "Road", [songs[n] for n in source])
    two.fill("there", "Road", [songs[n] for n in target])
    two.sync(policy)
    after = two.titles("there", "Road")
    assert Counter(after) == Counter(titles([songs[n] for n in source])) | Counter(titles([songs[n] for n in target]))
    assert two.sync(policy).plan.empty
    head = two.fill("here", "Road", [songs[n] for n in edited])
    try:
        two.sync(replace(policy, confirm_empty=head.id))
    except Braked:
        assert two.titles("there", "Road") == after
    else:
        assert not Counter(titles([songs[n] for n in edited])) - Counter(two.titles("there", "Road")) or not mirror
        assert two.sync(replace(policy, confirm_empty=head.id)).plan.empty
    two.musync.close()


def test_what_an_earlier_run_linked_is_no_counterpart_of_another_track(
    two: TwoServices, songs: tuple[Track, ...]
) -> None:
    song = songs[0]
    again = replace(song, id="again", title=f"{song.title} - Remastered 2011")  # type: ignore[arg-type]
    two.world("here").add_tracks(replace(again, id="here-again"))  # type: ignore[arg-type]
    two.fill("here", "Road", [song])
    two.fill("there", "Road", ())
    two.sync()
    two.fill("here", "Road", [song, again])
    review = two.compare()
    match = next(one for one in review.matches.values() if one.wanted.title == again.title)
    assert (match.outcome, match.reasons[0].text) == (Outcome.AMBIGUOUS, "two tracks, one match")
