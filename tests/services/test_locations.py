"""Paths as on a POSIX system; on Windows the drive and share forms are the computer's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musync.services.locations import broken, is_address, location_like, location_of, place_of, place_of_id

LISTS = Path("/home/me/Lists")


@pytest.mark.parametrize(
    ("location", "id", "url"),
    [
        ("Ann/01.mp3", "/home/me/Lists/Ann/01.mp3", "file:///home/me/Lists/Ann/01.mp3"),
        ("../Music/ü #1.mp3", "/home/me/Music/ü #1.mp3", "file:///home/me/Music/%C3%BC%20%231.mp3"),
        ("Ann\\Wet\\01.mp3", "/home/me/Lists/Ann/Wet/01.mp3", "file:///home/me/Lists/Ann/Wet/01.mp3"),
        ("/volume1/music/a.mp3", "/volume1/music/a.mp3", "file:///volume1/music/a.mp3"),
        ("D:\\Music\\Ann\\a b.mp3", "D:\\Music\\Ann\\a b.mp3", "file:///D:/Music/Ann/a%20b.mp3"),
        ("d:/Music/a.mp3", "d:\\Music\\a.mp3", "file:///d:/Music/a.mp3"),
        ("\\\\nas\\music\\a.mp3", "\\\\nas\\music\\a.mp3", "file://nas/music/a.mp3"),
        ("file:///home/me/a%20b.mp3", "/home/me/a b.mp3", "file:///home/me/a%20b.mp3"),
        ("file://localhost/Users/x/a.mp3", "/Users/x/a.mp3", "file:///Users/x/a.mp3"),
        ("file://localhost/G:/Music/a%20b.mp3", "G:\\Music\\a b.mp3", "file:///G:/Music/a%20b.mp3"),
        ("file:///C:/Music/a.mp3", "C:\\Music\\a.mp3", "file:///C:/Music/a.mp3"),
        ("file:////Music/a.mp3", "/Music/a.mp3", "file:///Music/a.mp3"),
        ("file:/Music/a.mp3", "/Music/a.mp3", "file:///Music/a.mp3"),
        ("file://nas/music/a.mp3", "\\\\nas\\music\\a.mp3", "file://nas/music/a.mp3"),
        ("FILE:///Music/what?#1.mp3", "/Music/what?#1.mp3", "file:///Music/what%3F%231.mp3"),
        ("http://radio.example/a b", "http://radio.example/a b", "http://radio.example/a b"),
        ("http%3A//radio.example/a", "http://radio.example/a", "http://radio.example/a"),
        ("spotify:track:1", "spotify:track:1", "spotify:track:1"),
        ("file: a story.mp3", "/home/me/Lists/file: a story.mp3", "file:///home/me/Lists/file%3A%20a%20story.mp3"),
    ],
)
def test_every_form_of_location(location: str, id: str, url: str) -> None:
    place = place_of(location, LISTS)
    assert (place.id, place.url) == (id, url)
    assert place_of_id(place.id) == place


def test_a_name_with_percent_signs_means_itself_where_it_exists(tmp_path: Path) -> None:
    (tmp_path / "100%25.mp3").touch()
    (tmp_path / "a b.mp3").touch()
    assert place_of("100%25.mp3", tmp_path).path == tmp_path / "100%25.mp3"
    assert place_of("a%20b.mp3", tmp_path).path == tmp_path / "a b.mp3"
    assert place_of("gone%20there.mp3", tmp_path).path == tmp_path / "gone there.mp3"
    assert place_of("gone 100%25 there.mp3", tmp_path).path == tmp_path / "gone 100%25 there.mp3"


def test_the_spelling_on_the_disk_wins(tmp_path: Path) -> None:
    (tmp_path / "Zoe\u0308.mp3").touch()
    (tmp_path / "back\\slash.mp3").touch()
    assert place_of("Zo\u00eb.mp3", tmp_path).path == tmp_path / "Zoe\u0308.mp3"
    assert place_of("back\\slash.mp3", tmp_path).path == tmp_path / "back\\slash.mp3"


@pytest.mark.parametrize(
    ("id", "written"),
    [
        ("/home/me/Lists/Ann/01.mp3", "Ann/01.mp3"),
        ("/home/me/Music/01.mp3", "../Music/01.mp3"),
        ("/mnt/music/01.mp3", "/mnt/music/01.mp3"),
        ("/home/me/Lists/#1.mp3", "./#1.mp3"),
        ("/home/me/Lists/ends with blank ", "file:///home/me/Lists/ends%20with%20blank%20"),
        ("/home/me/Lists/back\\slash.mp3", "file:///home/me/Lists/back%5Cslash.mp3"),
        ("D:\\Music\\a.mp3", "D:\\Music\\a.mp3"),
        ("http://radio.example/a", "http://radio.example/a"),
    ],
)
def test_how_a_list_names_a_place(id: str, written: str) -> None:
    assert location_of(id, LISTS) == written


def test_a_list_keeps_its_own_way_of_naming() -> None:
    assert location_of("/home/me/Lists/Ann/01.mp3", LISTS, absolute=True) == "/home/me/Lists/Ann/01.mp3"
    assert location_of("/mnt/music/01.mp3", LISTS, absolute=False) == "../../../mnt/music/01.mp3"
    assert location_of("/home/me/Lists/Ann/01.mp3", LISTS, backslashes=True) == "Ann\\01.mp3"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n/"), min_size=1, max_size=30))
def test_what_is_written_is_found_again(name: str) -> None:
    path = f"/home/me/Music/{name}/x.mp3"
    if place_of_id(path).id == path:  # not for `.` and `..`
        assert place_of(location_of(path, LISTS), LISTS).id == path


OLD_WAYS = ("../Music/old.mp3", "/home/me/Music/old.mp3", "..\\Music\\old.mp3", "../Music/old%20one.mp3",
            "file:///home/me/Music/old.mp3", "file://localhost/home/me/Music/old.mp3", "old.mp3")  # fmt: skip


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n/"), min_size=1, max_size=30),
    st.sampled_from(OLD_WAYS),
)
def test_a_path_written_like_another_is_found_again(name: str, old: str) -> None:
    path = f"/home/me/Music/{name}/x.mp3"
    if place_of_id(path).id != path:  # `.` and `..`
        return
    written = location_like(old, path, LISTS)
    assert place_of(written, LISTS).id == path
    assert old[0] != "/" or written[0] == "/" or written.startswith("file:"), "from the root as before"
    assert not old.startswith("file:") or written.startswith("file:")


@pytest.mark.parametrize("location", ["a\nb", "a\rb", "a\0b", "a%0Ab", "a%0db", "file:///a%00b"])
def test_a_hidden_line_break_is_seen(location: str) -> None:
    assert broken(location)
    assert not broken("a%20b\tc")


def test_addresses_are_told_from_paths() -> None:
    assert is_address("https://x/y")
    assert not any(map(is_address, ("C:\\a", "file:///a", "Ann: Live.mp3", "a/b")))
