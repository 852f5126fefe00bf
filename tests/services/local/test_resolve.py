"""Lines of playlists find the tracks they mean, and those that find none stay."""

from __future__ import annotations

import pytest

from musync.domain import Entry, PlaylistId, TrackKind
from tests.services.local.library import MusicFolder

LIST = PlaylistId("lists/x.m3u8")


@pytest.fixture
def music(music: MusicFolder) -> MusicFolder:
    music.add("Ann/Wet/01 Rain.mp3", title="Rain", artist="Ann", album="Wet")
    music.add("Ann/Dry/01 Sun.mp3", title="Sun", artist="Ann", album="Dry")
    music.add("Bo/Rain.flac", title="Rain", artist="Bo")
    music.add("Cafe\u0301/Été.opus", title="Été", artist="Cy")
    return music


def read(music: MusicFolder, *lines: str) -> list[Entry]:
    music.write_list(LIST, "#EXTM3U\n" + "\n".join(lines) + "\n")
    with music.connect() as service:
        return [*service.read_entries(LIST).items]


def found(music: MusicFolder, *lines: str) -> list[str]:
    return [entry.track.id if entry.addressable else entry.reason.partition(":")[0] for entry in read(music, *lines)]


@pytest.mark.parametrize(
    "line",
    [
        "../Ann/Wet/01 Rain.mp3",
        "../lists/./../Ann//Wet/01 Rain.mp3",
        "..\\Ann\\Wet\\01 Rain.mp3",
        "../Ann/Wet/01%20Rain.mp3",
        "D:\\Music\\Ann\\Wet\\01 Rain.mp3",
        "/volume1/music/Ann/Wet/01 Rain.mp3",
        "\\\\nas\\music\\ANN\\wet\\01 rain.MP3",
        "file:///volume1/music/Ann/Wet/01%20Rain.mp3",
        "Wet/01 Rain.mp3",
    ],
)
def test_a_path_is_found_however_it_is_written(music: MusicFolder, line: str) -> None:
    assert found(music, line) == ["Ann/Wet/01 Rain.mp3"]


def test_an_absolute_path_and_a_uri_are_found(music: MusicFolder) -> None:
    path = music.folder / "Ann/Wet/01 Rain.mp3"
    assert found(music, str(path), path.as_uri()) == ["Ann/Wet/01 Rain.mp3"] * 2


def test_accents_may_be_composed_or_not(music: MusicFolder) -> None:
    assert found(music, "../Café/Été.opus", "../Cafe\u0301/E\u0301te\u0301.opus") == ["Cafe\u0301/Été.opus"] * 2


def test_a_track_that_was_moved_is_found_under_its_old_path(music: MusicFolder) -> None:
    assert found(music, "../Ann/Dry/01 Sun.mp3") == ["Ann/Dry/01 Sun.mp3"]
    (music.folder / "Ann/Dry/01 Sun.mp3").rename(music.folder / "Bo/sunny.mp3")
    assert found(music, "../Ann/Dry/01 Sun.mp3") == ["Bo/sunny.mp3"]


def test_a_path_nowhere_to_be_found_is_found_by_its_words(music: MusicFolder) -> None:
    assert found(music, "#EXTINF:1,Ann - Rain", "/music/4711.ogg") == ["Ann/Wet/01 Rain.mp3"]
    assert found(music, "#EXTINF:-1,BO - rain", "4711.mp3") == ["Bo/Rain.flac"]


@pytest.mark.parametrize(
    "line",
    [
        "#EXTINF:200,Ann - Rain",
        "#EXTINF:1,Ann - Rain (Live)",
        "#EXTINF:1,Rain",
        "#EXTINF:1,Dee - Rain",
        "#EXTINF:1,Ann Bo - Rain",
    ],
)
def test_words_that_say_something_else_find_nothing(music: MusicFolder, line: str) -> None:
    assert found(music, line, "4711.mp3") == ["file missing"]


@pytest.mark.parametrize("line", ["#EXTINF:200,Ann - Rain", "#EXTINF:1,Bo - Hail"])
def test_a_fitting_name_over_other_words_is_another_track(music: MusicFolder, line: str) -> None:
    assert found(music, line, "/elsewhere/01 Rain.mp3") == ["file missing"]


def test_two_tracks_that_fit_equally_well_are_none(music: MusicFolder) -> None:
    music.add("Bo/Best/01 Sun.mp3", title="Sun", artist="Ann")
    assert found(music, "/elsewhere/01 Sun.mp3", "#EXTINF:1,Ann - Sun\n4711.mp3") == ["file missing"] * 2


def test_a_missing_file_stays_with_its_words(music: MusicFolder) -> None:
    rows = read(music, "../Bo/Rain.flac", "#EXTINF:201,Dee - Hail", "gone/Hail.mp3", "gone/Hail.mp3")
    assert [row.id for row in rows] == ["Bo/Rain.flac", "gone/Hail.mp3", "gone/Hail.mp3#2"]
    missing = rows[1]
    assert (missing.addressable, missing.reason) == (False, "file missing: gone/Hail.mp3")
    assert (missing.track.title, missing.track.artists, missing.track.duration_ms) == ("Hail", ("Dee",), 201_000)
    assert missing.track.kind is TrackKind.LOCAL_ONLY


def test_other_lines_stay_and_say_why(music: MusicFolder) -> None:
    outside = music.folder.parent / "outside.mp3"
    outside.touch()
    (music.folder / "broken.mp3").write_bytes(b"x")
    (music.folder / "film.mkv").write_bytes(b"x")
    lines = [
        "https://radio.example/stream",
        str(outside),
        "../broken.mp3",
        "../film.mkv",
        "other.m3u8",
        "../Bo/Rain.flac",
    ]
    said = [entry.reason for entry in read(music, *lines)]
    assert [reason.partition(" (")[0].partition(":")[0] for reason in said] == [
        "an address on the network, not a file of this library",
        "outside the music folder",
        "no music",
        "no music",
        "line 6 is another playlist, which is not opened from here",
        "",
    ]


def test_a_link_into_the_library_is_the_track_it_leads_to(music: MusicFolder) -> None:
    (music.folder / "shortcut").symlink_to("Ann")
    assert found(music, "../shortcut/Wet/01 Rain.mp3") == ["Ann/Wet/01 Rain.mp3"]


def test_placeholders_are_neither_removed_nor_moved(music: MusicFolder) -> None:
    rows = read(music, "../Bo/Rain.flac", "gone.mp3", "../Ann/Wet/01 Rain.mp3")
    before = (music.folder / LIST).read_bytes()
    with music.connect() as service:
        assert [one.code for one in service.remove_entries(LIST, [rows[1].id]).refused] == ["not-addressable"]
        assert [one.code for one in service.move_entries(LIST, [rows[1].id], to=0).refused] == ["not-addressable"]
    assert (music.folder / LIST).read_bytes() == before


def test_a_library_reached_through_a_link_knows_its_real_paths(music: MusicFolder) -> None:
    real = music.folder
    music.folder = real.parent / "link"
    music.folder.symlink_to(real)
    music.playlists = real
    assert found(music, str(real / "Bo/Rain.flac"), str(music.folder / "Bo/Rain.flac")) == ["Bo/Rain.flac"] * 2
