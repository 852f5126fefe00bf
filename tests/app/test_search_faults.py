"""What may go wrong while a service is searched (sync-spec 6), and what is kept of it."""

from __future__ import annotations

from collections import Counter

import pytest

from musync.app.searching import Findings
from musync.domain import Outcome, Track
from musync.domain.errors import (
    AccessDenied,
    Cancelled,
    DiskFull,
    MusyncError,
    NotFound,
    NotUnderstood,
    RateLimited,
    Refused,
    SecretsUnavailable,
    ServiceError,
    SignInRequired,
    Unavailable,
)
from musync.services.memory import SEARCHED_ROLES
from musync.store.searches import Searches
from tests.app.conftest import VirtualControl
from tests.app.searched import ONE_BY_ONE, Make, song


@pytest.mark.parametrize("error", [Unavailable("no answer"), RateLimited("slower", retry_after=20.0)])
def test_what_may_pass_is_asked_again(made: Make, songs: tuple[Track, ...], error: ServiceError) -> None:
    two = made(songs)
    two.wish(*songs[:6])
    two.there.fail_next("search", error, skip=2, times=2)
    review = two.compare()
    found = two.ask(review)
    assert {match.outcome for match in found.matches.values()} == {Outcome.MATCHED}
    assert (found.requests, found.error) == (8, None)


def test_all_workers_wait_where_one_was_asked_to(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(*songs)
    two.there.fail_next("search", RateLimited("slower", retry_after=100.0), skip=5)
    asked_at: list[float] = []
    for skip in range(len(songs) + 1):
        two.there.run_before("search", lambda: asked_at.append(two.control.now()), skip=skip)
    begun = two.control.now()
    two.ask(two.compare())
    assert sorted(asked_at)[:6] == [begun] * 6
    # What was under way when the service said so comes through; nobody asks while it wants to be left alone.
    assert not [at for at in asked_at if begun < at < begun + 100]
    assert max(asked_at) >= begun + 100


@pytest.mark.parametrize(
    ("error", "times"),
    [
        (RateLimited("Come back tomorrow.", retry_after=9_000.0), 1),
        (SignInRequired("The sign-in is over."), 1),
        (SecretsUnavailable("The key store is locked."), 1),
        (Unavailable("The service cannot be reached."), None),
    ],
)
def test_what_will_not_pass_soon_ends_the_search_and_the_next_one_goes_on(
    made: Make, songs: tuple[Track, ...], error: MusyncError, times: int | None
) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs[:6])
    two.there.fail_next("search", error, skip=2, times=times)
    review = two.compare()
    found = two.ask(review)
    assert found.error is error
    reasons = Counter(match.reasons[-1].text for match in found.matches.values())
    assert reasons == {"best and clear": 2, error.message.removesuffix("."): 4}
    assert Counter(match.outcome for match in found.matches.values())[Outcome.NOT_ASKED] == 4
    two.there.mend()
    two.there.forget_requests()
    review = two.compare()
    assert len(review.unasked) == 4
    assert two.ask(review).error is None
    assert len(two.asked) == 4


@pytest.mark.parametrize(
    "error",
    [
        AccessDenied("not in your country"),
        NotFound("no such thing"),
        Refused("bad request"),
        NotUnderstood("an answer of another shape"),
        ServiceError("half an answer", code="schema-changed"),
    ],
)
def test_a_refused_question_is_said_of_its_track_and_the_others_go_on(
    made: Make, songs: tuple[Track, ...], error: ServiceError
) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs[:6])
    two.there.fail_next("search", error, skip=2)
    review = two.compare()
    found = two.ask(review)
    failed = [match for match in found.matches.values() if match.outcome is not Outcome.MATCHED]
    assert [(match.outcome, match.reasons[0].text) for match in failed] == [
        (Outcome.NOT_ASKED, f"the search failed: {error.message}")
    ]
    assert (found.requests, found.error) == (6, None)
    again = two.compare()
    assert len(again.unasked) == 1, "a failure is not kept as a miss"
    assert two.ask(again).requests == 1


def test_an_empty_answer_is_an_answer(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs)
    two.wish(songs[0])
    two.there.alter_next("search", lambda _found: ())
    assert two.outcomes() == {"AmberRoad": Outcome.NOT_FOUND}


def test_a_refused_question_does_not_hide_what_another_finds(made: Make) -> None:
    wanted = song("Lantern", isrc="GBABC1234567")
    two = made([wanted], roles=SEARCHED_ROLES)
    two.wish(wanted)
    two.there.fail_next("find_isrc", Refused("no ISRC"))
    assert two.outcomes() == {"Lantern": Outcome.MATCHED}


def test_a_miss_after_a_refused_question_is_none(made: Make) -> None:
    two = made([], roles=SEARCHED_ROLES)
    two.wish(song("Lantern", isrc="GBABC1234567"))
    two.there.fail_next("find_isrc", Refused("no ISRC"))
    assert two.outcomes() == {"Lantern": Outcome.NOT_ASKED}
    two.there.forget_requests()
    assert two.outcomes() == {"Lantern": Outcome.NOT_FOUND}
    assert two.asked == ["GBABC1234567"], "what was answered is not asked again"


def test_a_service_that_refuses_everything_is_not_asked_for_ever(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs)
    two.there.fail_next("search", AccessDenied("the app may not search"), times=None)
    review = two.compare()
    found = two.ask(review)
    assert found.requests == 10
    assert isinstance(found.error, AccessDenied)
    assert {match.outcome for match in found.matches.values()} == {Outcome.NOT_ASKED}


def test_a_search_with_too_many_repeated_requests_pauses(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs)
    for place in range(len(songs)):
        two.there.fail_next("search", Unavailable("no answer"), skip=3 * place, times=2)
    review = two.compare()
    found = two.ask(review)
    assert found.error is not None
    assert found.error.case == "too-many-retries"
    assert found.requests == 25 * 3 + 1, "two repetitions for each of 25 tracks, and the one too many"


def test_a_stop_keeps_what_was_found_and_the_next_run_asks_for_the_rest(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs[:6])
    two.there.run_before("search", two.control.cancel, skip=2)
    pieces: list[Findings] = []
    review = two.compare()
    with pytest.raises(Cancelled):
        two.musync.comparing.search(review, two.control, pieces.append)
    assert sum(len(piece.matches) for piece in pieces) == 3, "a request in flight is waited for"
    assert sum(piece.requests for piece in pieces) == 3
    two.control = VirtualControl()
    two.there.forget_requests()
    review = two.compare()
    assert len(review.unasked) == 3
    two.ask(review)
    assert len(two.asked) == 3


def test_a_full_disk_stops_the_search_and_what_was_found_is_told(
    made: Make, songs: tuple[Track, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    two = made(songs)
    two.wish(*songs[:3])
    review = two.compare()

    def full(*_: object, **__: object) -> None:
        raise DiskFull("There is no room left on the disk.")

    monkeypatch.setattr(Searches, "keep", full)
    pieces: list[Findings] = []
    with pytest.raises(DiskFull):
        two.musync.comparing.search(review, two.control, pieces.append)
    assert sum(len(piece.matches) for piece in pieces) == 3


def test_a_clock_that_is_set_back_does_not_make_it_wait_for_a_day(made: Make, songs: tuple[Track, ...]) -> None:
    two = made(songs, traits=ONE_BY_ONE)
    two.wish(*songs[:3])
    two.there.fail_next("search", RateLimited("slower", retry_after=60.0), skip=1)
    two.there.run_before("search", lambda: two.control.pass_days(-1), skip=2)
    assert set(two.outcomes().values()) == {Outcome.MATCHED}
    assert sum(two.control.waited) < 300


def test_a_track_left_half_way_goes_on_where_it_was(made: Make) -> None:
    two = made([], traits=ONE_BY_ONE)
    two.wish(song("Night Boat (Live)"))
    two.there.run_before("search", two.control.cancel)
    with pytest.raises(Cancelled):
        two.ask(two.compare())
    two.control = VirtualControl()
    assert two.outcomes() == {"NightBoat(Live)": Outcome.NOT_FOUND}
    assert two.asked == ["Night Boat live Kit Marsh", "Night Boat Kit Marsh"]
