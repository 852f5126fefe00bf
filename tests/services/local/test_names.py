from __future__ import annotations

import pytest

from musync.services.local.facts import Tags
from musync.services.local.names import guessed


@pytest.mark.parametrize(
    ("path", "artist", "title", "number"),
    [
        ("Rain.mp3", "", "Rain", None),
        ("Ann - Rain.mp3", "Ann", "Rain", None),
        ("Ann - Rain - Live.mp3", "Ann", "Rain - Live", None),
        ("01 Rain.mp3", "", "Rain", 1),
        ("01 - Ann - Rain.mp3", "Ann", "Rain", 1),
        ("12. Rain.mp3", "", "Rain", 12),
        ("07_ann_rain.mp3", "", "ann rain", 7),
        ("21 Guns.mp3", "", "21 Guns", None),
        ("1999.mp3", "", "1999", None),
        ("7.mp3", "", "7", None),
        ("00 Rain.mp3", "", "00 Rain", None),
        (" - .mp3", "", "-", None),
        (".. .mp3", "", "..", None),
        ("夜に駆ける.flac", "", "夜に駆ける", None),
    ],
)
def test_a_file_name_is_taken_apart(path: str, artist: str, title: str, number: int | None) -> None:
    tags = guessed(Tags(), path)
    assert (", ".join(tags.artists), tags.title, tags.track_number) == (artist, title, number)
    assert tags.album == ""


@pytest.mark.parametrize(
    ("path", "artists", "album", "title", "numbers"),
    [
        ("Ann/Wet/03 Rain.mp3", ("Ann",), "Wet", "Rain", (None, 3)),
        ("Ann/Wet/21 Guns.mp3", ("Ann",), "Wet", "Guns", (None, 21)),
        ("Ann/Wet/2-03 Rain.mp3", ("Ann",), "Wet", "Rain", (2, 3)),
        ("Various Artists/Hits/03 Bo - Rain.mp3", ("Bo",), "Hits", "Rain", (None, 3)),
        ("Various Artists/Hits/03 Rain.mp3", (), "Hits", "Rain", (None, 3)),
        ("rock/Ann/Wet/Rain.mp3", ("Ann",), "Wet", "Rain", (None, None)),
        ("Ann/Rain.mp3", (), "", "Rain", (None, None)),
    ],
)
def test_folders_say_what_the_name_does_not(
    path: str, artists: tuple[str, ...], album: str, title: str, numbers: tuple[int | None, int | None]
) -> None:
    tags = guessed(Tags(), path)
    assert (tags.artists, tags.album, tags.title, (tags.disc_number, tags.track_number)) == (
        artists,
        album,
        title,
        numbers,
    )


def test_a_file_with_a_title_says_nothing_by_its_name() -> None:
    tags = Tags(title="Rain")
    assert guessed(tags, "Ann/Wet/03 Snow.mp3") is tags


def test_tags_come_before_what_the_path_says() -> None:
    tags = guessed(Tags(artists=("Cy",), album="Dry", track_number=9), "Ann/Wet/03 Bo - Rain.mp3")
    assert tags == Tags(title="Rain", artists=("Cy",), album="Dry", track_number=9)
