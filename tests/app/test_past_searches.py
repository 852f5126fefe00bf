"""What services were asked is kept for some days, and what makes it void."""

from __future__ import annotations

from dataclasses import replace

import pytest

from musync.domain import MatchState, Outcome, Policy, Track, TrackId
from tests.app.conftest import own
from tests.app.searched import ONE_BY_ONE, Make, song


def test_a_second_run_asks_nothing(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs[:5])
    two.wish(*songs[:8])
    two.ask(two.compare())
    two.there.forget_requests()
    review = two.compare()
    assert two.ask(review).requests == 0
    assert two.asked == []
    assert review.shown.counts.to_add == 5
    assert review.shown.counts.not_found == 3


def test_after_writing_links_answer_and_nothing_is_asked(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(*songs[:5])
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    reads = session.compare(two.control).review.requests
    session.ask_all(two.control)
    written = session.write(two.control).written
    assert written.review.requests == reads + 5
    two.control.pass_days(100)
    two.there.forget_requests()
    review = two.compare()
    assert review.searched == frozenset()
    assert review.shown.counts.common == 5
    assert two.asked == []


def test_a_linked_track_that_left_the_list_is_known_without_asking(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(*songs[:3])
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    session.ask_all(two.control)
    session.write(two.control)
    two.fill("there", "Road", ())
    two.control.pass_days(100)
    match = two.compare(Policy(confirm_empty=None)).matches[TrackId("here-AmberRoad")]
    assert match.settled == own("there", songs[0])
    assert two.asked == []


def test_a_miss_says_when_it_was_searched_for_and_is_searched_for_again_then(made: Make) -> None:
    two = made([song("Elsewhere")])
    two.wish(song("Nowhere"))
    assert two.outcomes() == {"Nowhere": Outcome.NOT_FOUND}
    two.control.pass_days(13)
    (match,) = two.compare().matches.values()
    assert match.state is MatchState.UNMATCHED
    assert [reason.text for reason in match.reasons] == [
        "nothing like it there",
        "searched on 2023-11-14, again after 2023-11-28",
    ]
    assert len(two.asked) == 1
    two.control.pass_days(1.1)
    assert two.outcomes() == {"Nowhere": Outcome.NOT_FOUND}
    assert len(two.asked) == 2


def test_the_setting_says_how_long_a_search_counts(made: Make) -> None:
    two = made([])
    two.musync.settings.set("search_again_days", "3")
    two.wish(song("Nowhere"))
    two.outcomes()
    two.control.pass_days(3.1)
    assert len(two.compare().unasked) == 1


def test_what_came_meanwhile_is_found_when_it_is_asked_for_again(made: Make) -> None:
    two = made([])
    two.wish(song("Nowhere"))
    assert two.outcomes() == {"Nowhere": Outcome.NOT_FOUND}
    two.there.add_tracks(own("there", song("Nowhere")))
    assert two.outcomes() == {"Nowhere": Outcome.NOT_FOUND}
    review = two.compare()
    found = two.ask(review, anew=[TrackId("here-Nowhere")])
    assert [match.outcome for match in found.matches.values()] == [Outcome.MATCHED]
    assert two.outcomes() == {"Nowhere": Outcome.MATCHED}
    assert len(two.asked) == 2


@pytest.mark.parametrize("change", [{"title": "Nowhere at All"}, {"album": "Maps"}, {"duration_ms": 1_000}])
def test_a_track_described_anew_is_searched_for_anew(made: Make, change: dict[str, object]) -> None:
    two = made([])
    two.wish(song("Nowhere"))
    two.outcomes()
    two.world("here").account().put(
        two.fill("here", "Road", ()).id,
        [own("here", replace(song("Nowhere"), **change))],  # type: ignore[arg-type]
    )
    assert len(two.compare().unasked) == 1


def test_another_account_is_asked_itself(made: Make) -> None:
    two = made([])
    two.wish(song("Nowhere"))
    two.outcomes()
    two.accounts["there"] = replace(two.accounts["there"], name="tom", ext_id="tom")
    assert len(two.compare().unasked) == 1


def test_another_least_probability_asks_nothing_again(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(*songs[:3])
    two.outcomes()
    two.there.forget_requests()
    assert set(two.outcomes(Policy(accept=0.95)).values()) == {Outcome.MATCHED}
    assert two.asked == []


def test_alternatives_are_shown_again_without_asking(made: Make) -> None:
    wanted = Track(id=TrackId("Lantern"), title="Lantern Parade", artists=("Kit Marsh",))
    albums = [
        replace(wanted, id=TrackId(album), album=album, duration_ms=length)
        for album, length in (("Morning", 190_000), ("Evening", 254_000))
    ]
    two = made(albums)
    two.wish(wanted)
    first = two.ask(two.compare()).matches[TrackId("here-Lantern")]
    assert first.outcome is Outcome.AMBIGUOUS
    assert len(first.candidates) == 2
    two.there.forget_requests()
    review = two.compare()
    assert review.matches[TrackId("here-Lantern")] == first
    assert two.asked == []


def test_after_a_wrong_answer_the_ladder_goes_on_where_it_ended(made: Make) -> None:
    """The first rung was certain, so the others were never asked: without it the track is not yet "not found"."""
    wrong, right = song("Night Boat (Live)", id="wrong"), song("Night Boat", id="right")
    two = made([wrong, right], traits=ONE_BY_ONE)
    two.wish(song("Night Boat - Live at the Pier", id="wanted"))
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    session.ask_all(two.control)
    assert two.asked == ["Night Boat live Kit Marsh"]
    session.to_confirm()
    session.reject(TrackId("here-wanted"), TrackId("there-wrong"))
    review = two.compare()
    assert review.unasked == {"here-wanted"}
    two.ask(review)
    assert two.asked == ["Night Boat live Kit Marsh", "Night Boat Kit Marsh"]


def test_removing_an_account_forgets_what_it_was_asked(made: Make) -> None:
    two = made([])
    two.wish(song("Nowhere"))
    two.outcomes()
    two.musync.accounts.remove("there")
    with two.musync.database().begin() as work:
        work.accounts.add(two.accounts["there"])
    assert len(two.compare().unasked) == 1
