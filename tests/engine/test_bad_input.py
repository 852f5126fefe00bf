from __future__ import annotations

import time

import pytest

from musync.domain import MatchState
from musync.engine.candidates import CatalogueIndex
from musync.engine.matching import match_all
from musync.testing.lists import track, unreasonable_tracks

KINDS = ("Live at Hall {}", "{} Remix", "Acoustic at {}", "{} Edit", "Demo {}", "Live in {}")


def test_a_thousand_unreasonable_tracks_are_matched_in_no_time() -> None:
    there = unreasonable_tracks(1_000)
    wanted = unreasonable_tracks(1_000, "wanted")
    begun = time.process_time()
    matches = match_all(wanted, CatalogueIndex(there))
    # Ten times what the benchmark allows.
    assert time.process_time() - begun < 20
    for match in matches:
        assert (match.state is MatchState.SEARCH_FAILED) == (not match.wanted.title)
        assert bool(match.candidates) == bool(match.wanted.title), match.wanted.title[:30]


@pytest.mark.parametrize("missing", [{}, {"artist": ""}, {"duration_ms": None}, {"duration_ms": 0}])
@pytest.mark.parametrize("of", ["wanted", "there"])
def test_a_track_that_lacks_something_is_found_all_the_same(missing: dict[str, object], of: str) -> None:
    whole = {"title": "Low Tide Arithmetic", "artist": "Ensemble Nord", "album": "Nine Rooms"}
    one = track(**(whole | (missing if of == "wanted" else {})), id="wanted")  # type: ignore[arg-type]
    other = track(**(whole | (missing if of == "there" else {})), id="there")  # type: ignore[arg-type]
    (found,) = match_all([one], CatalogueIndex([track("Nine Rooms"), other, track("Low", "Ensemble Nord")]))
    assert found.candidates[0].track == other


def test_ten_hours_are_not_three_minutes() -> None:
    short, long = track("Rain", "Weather", id="short"), track("Rain", "Weather", id="long", duration_ms=36_000_000)
    wanted = [track("Rain", "Weather", id=f"w{length}", duration_ms=length) for length in (36_000_000, 200_000)]
    matches = match_all(wanted, CatalogueIndex([short, long]))
    assert [match.settled for match in matches] == [long, short]


def test_a_track_without_a_title_is_found_by_its_code_alone() -> None:
    there = track("", "", id="there", isrc="QZABC2600001")
    nameless = track("", "", id="other")
    (found,) = match_all([track("Song", "Anna", id="w", isrc="QZABC2600001")], CatalogueIndex([nameless, there]))
    assert [one.track for one in found.candidates] == [there]


def test_one_title_by_five_hundred_artists() -> None:
    there = [track("Intro", f"Artist {number}", id=f"t{number}") for number in range(500)]
    wanted = [track("intro", f"artist {number}", id=f"w{number}") for number in range(500)]
    assert [match.settled for match in match_all(wanted, CatalogueIndex(there))] == there


def test_three_hundred_versions_of_one_song() -> None:
    there = [
        track(f"Song ({KINDS[number % 6].format(f'Name{number}')})", "Anna", id=f"t{number}") for number in range(300)
    ]
    wanted = [track(one.title, one.artists, id=f"w{one.id}") for one in there]
    assert [match.settled for match in match_all(wanted, CatalogueIndex(there))] == there


def test_three_hundred_copies_of_one_song() -> None:
    there = [track("Song", "Anna", id=f"t{number:03}", album=f"Album {number}") for number in range(300)]
    matches = match_all([track("Song", "Anna", id=f"w{number}") for number in range(3)], CatalogueIndex(there))
    assert all(match.state is MatchState.AUTO for match in matches)
