"""The builders that other tests stand on."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from musync.domain import Entry, Track
from musync.testing.lists import catalogues, entries, entry_lists, lists_of, placeholder, playlist, track, tracks


def test_a_track_is_named_by_artist_and_title_unless_told() -> None:
    assert track("Blue Train", "John Coltrane").id == "john-coltrane-blue-train"
    assert track("Duet", ("A", "B")).artists == ("A", "B")
    assert track("X", id="7", duration_ms=None, year=1999) == Track(
        id=track("7", id="7").id, title="X", artists=("Nobody",), duration_ms=None, year=1999
    )


def test_many_tracks_are_different() -> None:
    made = tracks(150)
    assert len({one.id for one in made}) == len({one.isrc for one in made}) == 150
    assert not {one.id for one in tracks(5)} & {one.id for one in tracks(5, "Tune")}


def test_entries_count_their_copies() -> None:
    one, two = tracks(2)
    made = entries(one, two, one, placeholder("Gone"), placeholder("Gone"))
    assert [entry.id for entry in made] == ["song-000", "song-001", "song-000#2", "gone-gone", "gone-gone#2"]
    assert [entry.addressable for entry in made] == [True, True, True, False, False]


def test_a_playlist_is_named_by_its_title() -> None:
    assert playlist("Road").id == "road"
    assert not playlist("Road", writable=False).writable


@settings(max_examples=25)
@given(entry_lists())
def test_drawn_lists_have_entry_ids_of_their_own(listed: tuple[Entry, ...]) -> None:
    assert len({entry.id for entry in listed}) == len(listed)


@settings(max_examples=25)
@given(catalogues().flatmap(lists_of))
def test_drawn_lists_are_of_known_tracks(listed: tuple[Track, ...]) -> None:
    assert all(one.title for one in listed)


@pytest.mark.parametrize("count", [0, 1, 12])
def test_so_many_tracks_as_asked_for(count: int) -> None:
    assert len(tracks(count)) == count
