"""Targets that can only be searched: how few requests it takes, one after the other and several at once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from musync.domain import MatchState, Outcome, Policy, Preference, Track, TrackId, TrackKind
from musync.services.memory import SEARCHED_ROLES, memory_service
from tests.app.searched import BY_WORDS, ONE_BY_ONE, TRAITS, Make, Searched, song


def test_a_comparison_reads_and_asks_nothing(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(*songs[:5])
    review = two.compare()
    assert two.asked == []
    assert review.shown.counts.not_asked == len(review.unasked) == 5
    assert {match.reasons[0].text for match in review.matches.values()} == {"only a search there can tell"}


def test_each_track_takes_one_request_where_the_first_answer_is_certain(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(*songs)
    review = two.compare()
    found = two.ask(review)
    assert {match.state for match in found.matches.values()} == {MatchState.AUTO}
    assert found.requests == len(two.asked) == len(songs)
    assert found.error is None


def test_what_stands_in_the_target_already_is_not_searched_for(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(*songs[:6])
    two.fill("there", "Road", songs[:4])
    two.ask(two.compare())
    assert len(two.asked) == 2


def test_the_same_question_is_not_sent_twice(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    copies = [replace(songs[0], id=TrackId(f"copy{number}")) for number in range(6)]
    two.wish(songs[0], *copies, songs[1])
    assert set(two.outcomes().values()) == {Outcome.MATCHED}
    assert sorted(two.asked) == ["Amber Road Ambers", "Amber Window Ambers"]


def test_an_isrc_answers_with_one_request(made: Make) -> None:
    wanted = song("Lantern", isrc="GBABC1234567")
    two = made([wanted, song("Lantern", "Somebody Else", id="other")], roles=SEARCHED_ROLES)
    two.wish(wanted)
    assert two.outcomes() == {"Lantern": Outcome.MATCHED}
    assert two.asked == ["GBABC1234567"]


def test_an_isrc_of_something_else_leads_on_to_the_words(made: Make) -> None:
    wanted = song("Lantern", isrc="GBABC1234567")
    wrong = Track(id=TrackId("wrong"), title="Polka", artists=("The Brass",), duration_ms=95_000, isrc="GBABC1234567")
    two = made([wrong, replace(wanted, id=TrackId("right"), isrc=None)], roles=SEARCHED_ROLES)
    two.wish(wanted)
    review = two.compare()
    match = two.ask(review).matches[TrackId("here-Lantern")]
    assert match.settled is not None
    assert match.settled.id == "there-right"
    assert two.asked == ["GBABC1234567", "Lantern | Kit Marsh"]


def test_fields_come_before_words(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs, roles=SEARCHED_ROLES)
    two.wish(songs[0])
    assert two.outcomes() == {"AmberRoad": Outcome.MATCHED}
    assert two.asked == ["Amber Road | Ambers"]


def test_the_ladder_goes_on_until_something_answers(made: Make) -> None:
    """Each of these is found by another rung, and asked for with no more requests than it has rungs above."""
    catalogue = [
        song("Plain Sailing"),
        song("Night Boat", id="boat"),
        song("Paper Planets", "The Low Numbers", id="planets"),
        song("夜风", "周深", id="wind"),
    ]
    wishes = [
        song("Plain Sailing", id="plain"),
        song("Night Boat (Live at the Pier)", id="core"),
        song("The Low Numbers - Paper Planets", "Some Uploads", id="whole"),
        song("夜風", "周深", id="script"),
    ]
    two = made(catalogue, traits=ONE_BY_ONE)
    two.wish(*wishes)
    review = two.compare()
    two.ask(review)
    rungs = Counter(two.asked)
    assert rungs.total() == 1 + 2 + 2 + 2
    assert "Night Boat live Kit Marsh" in rungs
    assert "Night Boat Kit Marsh" in rungs
    assert "The Low Numbers Paper Planets" in rungs
    assert "夜风 周深" in rungs


def test_another_version_stands_in_only_when_everything_was_asked(made: Make) -> None:
    """The first answer has the live version alone; with best effort it must not do while another question is left."""
    live = song("Night Boat (Live)", id="live")
    studio = song("Night Boat", "K. Marsh", id="studio", album="Kit Marsh Sings")
    best = Policy(preference=Preference(prefer="best"))
    two = made([live, studio], traits=ONE_BY_ONE, roles=SEARCHED_ROLES)
    two.wish(song("Night Boat", id="wanted"))
    (match,) = two.ask(two.compare(best)).matches.values()
    assert match.settled is not None
    assert match.settled.id == "there-studio"
    assert two.asked == ["Night Boat | Kit Marsh", "Night Boat Kit Marsh"]
    alone = made([live], traits=ONE_BY_ONE, roles=SEARCHED_ROLES)
    alone.wish(song("Night Boat", id="wanted"))
    assert alone.outcomes(best) == {"wanted": Outcome.MATCHED}
    assert alone.asked == ["Night Boat | Kit Marsh", "Night Boat Kit Marsh"]


def test_what_was_found_for_one_may_be_another_s(made: Make) -> None:
    """By its own words the second is not found; it came up beside the first, and the ISRC tells that it is meant."""
    first, other = song("Harbour"), song("Harbour Light", isrc="GBABC1234567")
    two = made([first, other], traits=ONE_BY_ONE)
    two.wish(first, song("Hafenlicht", isrc="GBABC1234567"))
    assert two.outcomes() == {"Harbour": Outcome.MATCHED, "Hafenlicht": Outcome.MATCHED}
    assert two.asked == ["Harbour Kit Marsh", "Hafenlicht Kit Marsh"]
    two.there.forget_requests()
    assert two.outcomes() == {"Harbour": Outcome.MATCHED, "Hafenlicht": Outcome.MATCHED}
    assert two.asked == []


def test_two_different_tracks_do_not_take_one_counterpart(made: Make) -> None:
    """Alone each of the two would be certain of the one counterpart that there is."""
    there = song("Lantern Parade", album="Best of")
    two = made([there], traits=ONE_BY_ONE)
    two.wish(
        replace(there, id=TrackId("one"), album="First"),
        replace(there, id=TrackId("two"), artists=("Kit Marsh", "Lina Brandt"), title="Lantern Parade (feat. Lina)"),
    )
    review = two.compare()
    found = two.ask(review).matches
    assert {match.reasons[-1].text for match in found.values()} == {"two tracks, one match"}
    assert {match.outcome for match in found.values()} == {Outcome.AMBIGUOUS}


# Several at once


def test_as_many_requests_are_under_way_as_the_service_takes(tmp_path: Path, songs: tuple[Track, ...]) -> None:
    """Four meet at the barrier, again and again; each worker has a service object of its own."""
    meeting = threading.Barrier(4, timeout=10)
    workers: dict[int, int] = {}
    most: list[int] = []
    searching = memory_service(TRAITS, BY_WORDS)

    class Meeting(searching):  # type: ignore[misc, valid-type]
        def search(self, text: str, limit: int) -> Sequence[Track]:
            workers[id(self)] = threading.get_ident()
            meeting.wait()
            most.append(meeting.parties)
            found: Sequence[Track] = super().search(text, limit)
            return found

    two = Searched(tmp_path / "home", songs)
    two.musync.shelf.plugin("there").service = Meeting  # type: ignore[attr-defined]
    two.wish(*songs)
    found = two.ask(two.compare())
    two.musync.close()
    assert {match.outcome for match in found.matches.values()} == {Outcome.MATCHED}
    assert len(most) == len(songs)
    assert len(workers) == len(set(workers.values())) == 4


def test_a_service_that_takes_one_request_at_a_time_gets_one(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs)
    names: set[str] = set()
    two.there.run_before("search", lambda: names.add(threading.current_thread().name))
    two.ask(two.compare())
    assert names == {threading.current_thread().name}


def test_matches_are_told_as_they_come_and_progress_with_them(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs[:4])
    heard: list[tuple[int, int | None, str]] = []
    two.control._listener = lambda *told: heard.append(told)  # type: ignore[assignment]
    two.ask(two.compare())
    assert [told for told in heard if told[2] == "search"] == [(done, 4, "search") for done in range(5)]


# Tracks that are no ordinary ones


def test_what_has_no_words_and_no_isrc_is_not_asked_about(made: Make) -> None:
    two = made([], roles=SEARCHED_ROLES)
    bare = Track(id=TrackId("bare"), title="", artists=("Kit Marsh",))
    two.wish(bare, replace(bare, id=TrackId("code"), isrc="GBABC1234567"))
    assert two.outcomes() == {"bare": Outcome.NOT_ASKED, "code": Outcome.NOT_FOUND}
    assert two.asked == ["GBABC1234567"]


def test_a_code_is_of_no_use_to_a_service_without_codes(made: Make) -> None:
    two = made([])
    two.wish(Track(id=TrackId("code"), title="", isrc="GBABC1234567"))
    review = two.compare()
    (match,) = two.ask(review).matches.values()
    assert (match.outcome, match.reasons[0].text) == (Outcome.NOT_ASKED, "it has nothing to search by")
    assert two.asked == []


def test_a_file_of_another_app_is_looked_for_and_else_cannot_be_copied(made: Make) -> None:
    two = made([song("Lantern")])
    own_files = [
        replace(song("Lantern", id="one"), kind=TrackKind.LOCAL_ONLY),
        replace(song("Demo Tape", id="two"), kind=TrackKind.LOCAL_ONLY),
    ]
    two.wish(*own_files)
    assert two.outcomes() == {"one": Outcome.MATCHED, "two": Outcome.NOT_ADDABLE}


def test_a_target_that_can_do_neither_says_so(made: Make, songs: tuple[Track, ...]) -> None:
    silent = [role for role in BY_WORDS if role.__name__ != "Searches"]
    two = made(songs, roles=silent)
    two.wish(songs[0])
    review = two.compare()
    assert review.unasked == frozenset()
    (match,) = review.matches.values()
    assert match.reasons[0].text == "what there is there can neither be listed nor searched"
    assert two.ask(review).requests == 0


def test_the_user_s_own_search_asks_the_service(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(songs[0])
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    assert [track.title for track in session.search("amber road", two.control)] == ["Amber Road"]
    assert two.asked == ["amber road"]
