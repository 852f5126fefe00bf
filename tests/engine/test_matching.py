from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musync.domain import Match, MatchState, Outcome, Track, TrackId, TrackKind
from musync.domain.errors import Cancelled
from musync.engine.candidates import CatalogueIndex
from musync.engine.matching import TWO_TRACKS, match_all

SONGS = [
    ("Glass Elevator", "Harbour Lights Choir"),
    ("Low Tide Arithmetic", "Ensemble Nord"),
    ("雨のあと", "三日月ラジオ"),
    ("Ein Sommer ohne Netz (feat. Juno K.)", "Lina Brandt"),
    ("Untitled #7", "Kit Marsh"),
    ("1999", "Prince"),
    ("7", "Prince"),
    ("Группа крови", "Кино"),
    ("Pt. 1", "Öl"),
    ("Two Spoons", "Kit Marsh"),
]


def song(title: str, artist: str = "Anna", *, id: str = "", seconds: float | None = 200, **more: object) -> Track:
    return Track(
        id=TrackId(id or f"{artist}/{title}"),
        title=title,
        artists=(artist,) if artist else (),
        duration_ms=None if seconds is None else round(seconds * 1000),
        **more,  # type: ignore[arg-type]
    )


def library() -> list[Track]:
    return [song(title, artist, seconds=150 + 10 * place) for place, (title, artist) in enumerate(SONGS)]


def wanted_as_there() -> list[Track]:
    return [
        song(title.upper(), artist, id=f"w{place}", seconds=151 + 10 * place)
        for place, (title, artist) in enumerate(SONGS)
    ]


def match(wanted: Track | Sequence[Track], *there: Track, **rules: object) -> Match:
    tracks = [wanted] if isinstance(wanted, Track) else wanted
    return match_all(tracks, CatalogueIndex(there), **rules)[0]  # type: ignore[arg-type]


def test_every_track_finds_itself_wherever_it_stands() -> None:
    there = library()
    for turn in range(len(there)):
        turned = there[turn:] + there[:turn]
        matches = match_all(wanted_as_there(), CatalogueIndex(turned))
        assert [found.settled for found in matches] == there
        assert all(found.state is MatchState.AUTO for found in matches)


def test_an_empty_catalogue_and_one_of_a_single_track() -> None:
    assert [found.state for found in match_all(wanted_as_there(), CatalogueIndex([]))] == [MatchState.UNMATCHED] * 10
    assert match(wanted_as_there()[0], library()[0]).state is MatchState.AUTO
    assert match_all([], CatalogueIndex(library())) == []


def test_a_slip_of_the_pen_is_found() -> None:
    found = match(song("Low Tide Aritmetic", "Ensemble Nord", seconds=160), *library())
    assert found.settled == library()[1]


def test_what_is_not_there_is_not_found_and_says_what_came_nearest() -> None:
    found = match(song("Nothing of the Kind", "Nobody Else"), *library())
    assert found.outcome is Outcome.NOT_FOUND
    assert found.chosen is None
    assert "nothing like it" in found.reasons[0].text or "none closer than" in found.reasons[0].text


def test_another_version_is_offered_but_not_taken() -> None:
    found = match(song("Two Spoons", "Kit Marsh"), song("Two Spoons (Live)", "Kit Marsh"))
    assert found.state in (MatchState.AMBIGUOUS, MatchState.UNMATCHED)
    assert found.settled is None


def test_a_close_second_asks() -> None:
    there = [song("Two Spoons", "Kit Marsh", id="a", seconds=200), song("Two Spoons", "Kit Marsh", id="b", seconds=230)]
    found = match(song("Two Spoons", "Kit Marsh", seconds=None), *there)
    assert found.state is MatchState.AMBIGUOUS
    assert found.reasons[0].text.startswith("a close second")
    assert len(found.candidates) == 2


def test_two_copies_of_one_recording_are_no_close_second() -> None:
    there = [song("Two Spoons", "Kit Marsh", id=name, album=name) for name in ("Hits", "Kitchen", "Other")]
    found = match(song("Two Spoons", "Kit Marsh", album="Kitchen"), *there)
    assert found.state is MatchState.AUTO
    assert found.settled == there[1]
    in_list = match(song("Two Spoons", "Kit Marsh", album="Kitchen"), *there, preferred=frozenset([TrackId("Other")]))
    assert in_list.settled == there[2]
    assert in_list.origin == "list"


def test_what_the_user_refused_is_not_offered_again() -> None:
    there = song("Two Spoons", "Kit Marsh")
    wanted = song("Two Spoons", "Kit Marsh", id="w")
    assert match(wanted, there, rejected={wanted.id: frozenset([there.id])}).state is MatchState.UNMATCHED
    assert match(wanted, there, rejected=lambda _: frozenset()).settled == there


def test_two_tracks_do_not_take_one_counterpart() -> None:
    there = song("Two Spoons", "Kit Marsh", id="only", seconds=200)
    wanted = [
        song("Two Spoons", "Kit Marsh", id="short", seconds=199),
        song("Two Spoons - Remastered 2009", "Kit Marsh", id="new", seconds=200),
    ]
    matches = match_all(wanted, CatalogueIndex([there]))
    assert [found.state for found in matches] == [MatchState.AMBIGUOUS] * 2
    assert {found.reasons[0].text for found in matches} == {TWO_TRACKS}


def test_a_better_pairing_is_taken() -> None:
    there = [song("Two Spoons", "Kit Marsh", id="a", seconds=200), song("Two Spoons", "Kit Marsh", id="b", seconds=204)]
    wanted = [song("Two Spoons", "Kit Marsh", id=name, seconds=seconds) for name, seconds in (("v", 200), ("w", 204))]
    matches = match_all(wanted, CatalogueIndex(there), margin=0.0)
    assert [found.settled for found in matches] == there


def test_the_same_track_twice_shares_its_counterpart() -> None:
    there = song("Two Spoons", "Kit Marsh")
    twice = [song("Two Spoons", "Kit Marsh", id=name) for name in ("a", "b")]
    assert [found.settled for found in match_all(twice, CatalogueIndex([there]))] == [there, there]


def test_copies_already_in_the_list_are_shared_out() -> None:
    there = [song("Two Spoons", "Kit Marsh", id=name) for name in ("x", "y")]
    twice = [song("Two Spoons", "Kit Marsh", id=name) for name in ("a", "b")]
    matches = match_all(twice, CatalogueIndex(there), preferred=frozenset(one.id for one in there))
    assert {found.settled.id for found in matches if found.settled} == {"x", "y"}


@pytest.mark.parametrize(
    ("track", "state"),
    [
        (song("", "", id="v", kind=TrackKind.VIDEO), MatchState.SEARCH_FAILED),
        (song("An Episode", kind=TrackKind.EPISODE), MatchState.PLACEHOLDER),
        (song("A File", kind=TrackKind.LOCAL_ONLY), MatchState.LOCAL_ONLY),
    ],
)
def test_what_cannot_be_searched_says_so(track: Track, state: MatchState) -> None:
    found = match(track, *library())
    assert found.state is state
    assert found.reasons
    assert found.chosen is None


def test_the_same_file_is_found_without_any_title() -> None:
    there = song("Track 1", "", url="file:///music/a.mp3")
    found = match(song("", "", id="w", url="file:///music/a.mp3"), *library(), there)
    assert found.settled == there
    assert found.origin == "file"


def test_an_equal_code_finds_what_the_title_does_not() -> None:
    there = song("夜に駆ける", "YOASOBI", isrc="JPP301900001", seconds=261)
    found = match(song("Racing into the Night", "YOASOBI", id="w", isrc="JPP301900001", seconds=261), *library(), there)
    assert found.candidates[0].track == there


def test_titles_are_found_across_scripts() -> None:
    found = match(song("Gruppa krovi", "Kino", seconds=220), *library())
    assert found.chosen is not None
    assert found.chosen.track == library()[7]


def test_stopping_is_heard() -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        match_all(library(), CatalogueIndex(library()), checkpoint=stop)


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False))
def test_the_order_of_a_catalogue_does_not_change_the_verdict(chance: random.Random) -> None:
    there = [
        *library(),
        song("Two Spoons", "Kit Marsh", id="again", album="Hits"),
        song("Two Spoons (Live)", "Kit Marsh"),
    ]
    wanted = wanted_as_there()
    usual = match_all(wanted, CatalogueIndex(there))
    chance.shuffle(there)
    assert match_all(wanted, CatalogueIndex(there)) == usual


@settings(deadline=None)
@given(st.text(min_size=2, max_size=20).filter(lambda text: any(char.isalnum() for char in text)))
def test_identical_tracks_are_matched(title: str) -> None:
    one = song(title, "Somebody", seconds=100)
    assert match(one, one).state is MatchState.AUTO
