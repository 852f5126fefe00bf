from __future__ import annotations

from datetime import UTC, datetime

import pytest

from musync.domain import PlaylistKind, Track, TrackKind
from musync.services.files.document import Collection
from musync.services.files.places import PlaceDocument
from tests.services.files.samples import FOLDER, RAIN, SUN, A, B, collection, document, entries, rows, sample

EXPORTIFY = [
    ("exportify-2015.csv", ("Ann, Bo", "Cy"), None, None),
    ("exportify-2018.csv", ("Ann, Bo", "Cy"), None, None),
    ("exportify-2020.csv", ("Ann, Bo", "Cy"), None, 2021),
    ("exportify-2021.csv", ("Ann, Bo", "Cy"), None, 2021),
    ("exportify-today.csv", ("Ann, Bo", "Cy"), "QZAAA2100001", 2021),
    ("exportify-tails.csv", ("Ann, Bo", "Cy"), "QZAAA2100001", 2021),
    ("exportify-german.csv", ("Ann, Bo", "Cy"), "QZAAA2100001", 2021),
    ("exportify-japanese.csv", ("Ann, Bo", "Cy"), "QZAAA2100001", 2021),
    ("exportify-net-2019.csv", ("Ann", "Cy"), None, 2021),
    ("exportify-net-2024.csv", ("Ann", "Cy"), None, 2021),
    ("exportify-net-commas.csv", ("Ye", "Kanye"), None, 2021),
    ("exportify-net-twice.csv", ("Ann",), None, 2021),
    ("exportify-net-today.csv", ("Ann, Bo", "Cy"), None, 2021),
]


def said(track: Track) -> tuple[str, str, tuple[str, ...], str, int | None]:
    return (str(track.id), track.title, track.artists, track.album, track.duration_ms)


@pytest.mark.parametrize(("name", "artists", "isrc", "year"), EXPORTIFY)
def test_every_generation_of_exportify(name: str, artists: tuple[str, ...], isrc: str | None, year: int | None) -> None:
    first = rows(name)[0]
    assert said(first.track) == (RAIN, "Rain, Slow", artists, "Wet", 201_000)
    assert (first.track.isrc, first.track.year) == (isrc, year)
    assert first.track.url == f"https://open.spotify.com/track/{A}"
    assert first.added_at is not None
    assert first.added_at.utcoffset() is not None


def test_exportify_without_ids_goes_by_words() -> None:
    (row,) = rows("exportify-net-no-id.csv")
    assert row.track.id.startswith("~")
    assert said(row.track)[1:] == ("Rain, Slow", ("Ann", "Cy"), "Wet", 201_000)


def test_a_track_of_ones_own_in_an_exportify_table_keeps_its_words() -> None:
    own = rows("exportify-2015.csv")[1].track
    assert said(own)[1:] == ("Kitchen Song #1", ("The Dots",), "Home Tapes", 95_000)
    assert own.kind is TrackKind.LOCAL_ONLY


def test_an_empty_title_with_an_id_stays_an_entry() -> None:
    nameless = entries("exportify-net-today.csv")[1]
    assert nameless.addressable
    assert (nameless.track.id, nameless.track.title, nameless.track.artists) == (SUN, "", ("quickly, quickly",))


def test_a_table_that_went_through_excel() -> None:
    (row,) = rows("exportify-excel.csv")
    assert (row.track.title, row.track.explicit, row.track.year) == ("TRUE", False, 2013)
    assert row.added_at == datetime(2013, 6, 26, 14, 5, tzinfo=UTC)


def test_copies_get_ids_of_their_own() -> None:
    assert [entry.id for entry in entries("exportify-today.csv")] == [RAIN, SUN, f"{RAIN}#2"]


def test_tunemymusic_with_several_playlists_lists_each() -> None:
    all_of_it = collection("tunemymusic-spotify.csv")
    assert [(one.title, one.kind, len(one.rows)) for one in all_of_it.listings] == [
        ("Road", PlaylistKind.PLAYLIST, 4),
        ("Favorite Songs", PlaylistKind.LIKED, 1),
    ]
    assert "several playlists" in all_of_it.reason
    first, second, gone, own = all_of_it.listings[0].rows
    assert said(first.track) == (RAIN, "Rain", ("Ann",), "Wet", None)
    assert (second.track.artists, second.track.isrc) == (("Earth, Wind & Fire",), "GBSMU2629433")
    assert "line 4" in gone.reason
    assert own.track.id.startswith("~")


def test_tunemymusic_with_one_playlist_can_be_edited() -> None:
    single = document("tunemymusic-single.csv")
    assert (single.title, [row.track.id for row in single.rows]) == ("Road", [RAIN, SUN])
    assert document("tunemymusic-2023.csv").rows[0].track.title == "Ann - Rain (Official Video)"


def test_an_id_of_deezer_in_the_isrc_column_is_no_isrc() -> None:
    liked, road = collection("tunemymusic-deezer.csv").listings
    assert (liked.rows[0].track.id, liked.rows[0].track.isrc) == ("deezer:1234567", None)
    assert (road.rows[0].track.id, road.rows[0].track.isrc) == ("deezer:7654321", "QZAAA1900002")


def test_a_table_is_known_by_its_content_not_by_its_name() -> None:
    assert document("tunemymusic-bom.txt").rows[0].track.id == RAIN
    assert isinstance(document("player.pla"), PlaceDocument)


def test_soundiiz_and_roon_tables() -> None:
    first, second = rows("soundiiz.csv")
    assert said(first.track) == (RAIN, "Rain", ("Ann",), "Wet", 201_000)
    assert first.added_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert (second.track.url, second.track.duration_ms) == ("https://www.deezer.com/track/7", 99_000)
    assert [row.track.isrc for row in rows("roon.csv")] == ["QZAAA2100001", "QZAAA1900002"]


def test_soundiiz_json() -> None:
    listing = collection("soundiiz Road playlistJSON1714557600.json").listings[0]
    assert listing.title == "soundiiz Road"
    first, second = listing.rows
    assert said(first.track) == (RAIN, "Rain", ("Ann",), "Wet", 201_000)
    assert first.added_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert (second.track.id, second.track.url, second.added_at) == ("apple:99", None, None)


def test_tables_of_other_programs_are_read_by_their_header() -> None:
    assert [said(row.track)[1:] for row in rows("unknown-table.csv")] == [
        ("Rain", ("Ann",), "", 201_000),
        ("Sun", ("Cy",), "", 99_000),
    ]
    assert [one.title for one in collection("deezer-sheet.csv").listings] == ["Road", "Sea"]
    apple = rows("apple-music.txt")
    assert said(apple[0].track)[1:] == ("Rain", ("Ann",), "Wet", 201_000)
    assert (apple[0].track.track_number, apple[0].track.year) == (4, 2021)


def test_our_own_table() -> None:
    first, second = rows("own.csv")
    assert said(first.track) == (RAIN, "Rain", ("Ann", "Bo"), "Wet", 201_500)
    assert first.track.mbid == "00000000-0000-4000-8000-000000000001"
    assert said(second.track)[1:] == ('Sun, "Live"', ("Earth, Wind & Fire",), "Dry", None)


def test_spotify_account_data_of_every_year() -> None:
    (old,) = collection("spotify-2022.json").listings
    assert (old.title, old.description, old.rows[0].track.id) == ("Road", "songs you've heard", RAIN)
    new, twin = collection("spotify-2026.json").listings
    assert (new.id, twin.id, twin.rows) == ("Road", "Road (2)", ())
    track, episode, book, own = new.rows
    assert track.added_at == datetime(2026, 2, 1, tzinfo=UTC)
    assert (episode.track.kind, episode.track.title) == (TrackKind.EPISODE, "Talk 1")
    assert "audiobook" in book.reason
    assert said(own.track)[1:] == ("Kitchen Song", ("The Dots",), "Home Tapes", 95_000)


def test_spotify_library_holds_the_liked_songs() -> None:
    (liked,) = collection("YourLibrary.json").listings
    assert (liked.kind, [row.track.id for row in liked.rows]) == (PlaylistKind.LIKED, [RAIN, SUN])


def test_the_library_of_apple_music() -> None:
    library = collection("Library.xml")
    road, empty = library.listings
    assert (road.title, road.description, empty.title, empty.rows) == ("Road", "for the road", "Empty", ())
    sun, rain, again, gone = road.rows
    assert sun.track == again.track
    assert said(rain.track) == ("itunes:AAAA0000BBBB1111", "Rain & Snow", ("Ann",), "Wet", 201_000)
    assert rain.track.url == "file:///G:/Music/Ann/Wet/04%20Rain%20%26%20Snow.mp3"
    assert rain.added_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert "999" in gone.reason


@pytest.mark.parametrize(
    ("name", "title", "ids"),
    [
        ("takeout-2020.csv", "Road songs", ["a" * 11, "-" + "b" * 10]),
        ("Road-videos.csv", "Road", ["a" * 11]),
        ("Sophie _s list videos.csv", "Sophie _s list", ["a" * 11, "-" + "b" * 10]),
        ("takeout-french.csv", "takeout-french", ["a" * 11]),
    ],
)
def test_takeouts_hold_ids_of_videos_that_are_entries_without_words(name: str, title: str, ids: list[str]) -> None:
    (listing,) = collection(name).listings
    videos = [row for row in listing.rows if not row.reason]
    assert listing.title == title
    assert [row.track.id for row in videos] == ids
    assert {(row.track.title, row.track.kind) for row in videos} == {("", TrackKind.VIDEO)}
    assert videos[0].track.url == f"https://www.youtube.com/watch?v={ids[0]}"
    assert videos[0].added_at is not None


def test_a_line_of_a_takeout_that_holds_no_id_is_kept_and_told() -> None:
    assert "line 4" in collection("Sophie _s list videos.csv").listings[0].rows[2].reason


def test_the_one_takeout_with_titles() -> None:
    first, second = rows("music library songs.csv")
    assert said(first.track) == ("a" * 11, "Rain", ("Ann", "Cy"), "Wet", None)
    assert second.track.artists == ("Cy",)
    assert isinstance(sample("music library songs.csv"), Collection)


def test_jspf_of_listenbrainz_and_of_the_draft() -> None:
    road = document("listenbrainz.jspf")
    assert (road.title, road.description) == ("Road", "for the road")
    rain, sun = road.rows
    assert said(rain.track)[1:] == ("Rain", ("Ann feat. Cy",), "Wet", 201_000)
    assert rain.track.mbid == "00000000-0000-4000-8000-000000000001"
    assert rain.added_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert (sun.track.mbid, sun.track.duration_ms) == ("00000000-0000-4000-8000-000000000002", 99_500)
    assert sun.track.url == (FOLDER / "Music/Cy/Sun.mp3").as_uri()
    first, broken, wrong = document("draft.jspf").rows
    assert first.added_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert "line break" in broken.reason
    assert "track 3" in wrong.reason


def test_xspf_of_several_programs() -> None:
    rain, radio = document("strawberry.xspf").rows
    assert said(rain.track)[1:] == ("Rain & Snow", ("Ann",), "Wet", 201_000)
    assert rain.track.url == (FOLDER / "Ann/Wet/04 Rain & Snow.flac").as_uri()
    assert (radio.track.url, radio.track.duration_ms) == ("http://radio.example/stream", None)
    rdio = document("rdio.xspf")
    assert (rdio.title, rdio.description) == ("Café", "two < three")
    assert (rdio.rows[0].track.isrc, rdio.rows[0].track.url) == ("QZAAA2100001", "file:///C:/Music/a%20b.mp3")
    assert rdio.rows[1].track.mbid == "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("beets.m3u8", (str(FOLDER / "Ann/Wet/01 Rain.flac"), "Rain", ("Ann",), 300_000)),
        ("windows.m3u8", ("D:\\Music\\Zoë\\Übermut.mp3", "Übermut", ("Zoë",), 201_000)),
        ("latin.m3u", (str(FOLDER.parent / "Zoë/Übermut.mp3"), "Übermut", ("Zoë",), 201_000)),
        ("radio.m3u", ("http://radio.example/news.m3u8", "News", (), None)),
        ("bare.m3u", (str(FOLDER / "Ann/01 Rain.flac"), "Rain", (), None)),
        ("player.pla", (str(FOLDER / "MUSIC/Ann/Rain.mp3"), "Rain", ("Ann",), 201_000)),
        ("strawberry.pls", (str(FOLDER / "Ann/Wet/01 Rain.flac"), "Rain", (), 201_000)),
        ("scattered.pls", (str(FOLDER / "Ann/Rain.flac"), "Rain", (), 201_000)),
    ],
)
def test_places_of_files(name: str, first: tuple[str, str, tuple[str, ...], int | None]) -> None:
    track = rows(name)[0].track
    assert (track.id, track.title, track.artists, track.duration_ms) == first


def test_a_network_path_is_an_address_that_the_original_can_be_read_from() -> None:
    assert rows("windows.m3u8")[1].track.url == "file://nas/music/Cy/Sun.mp3"


def test_values_with_equal_signs_in_pls() -> None:
    radio = rows("strawberry.pls")[1].track
    assert (radio.url, radio.title) == ("http://radio.example/a=b;c", "News = now; always")
    assert rows("scattered.pls")[1].track.artists == ("Cy",)


@pytest.mark.parametrize(
    ("name", "said_there"),
    [
        (
            "tunemymusic.txt",
            [("Rain", "Ann"), ("Wake Me Up - Radio Edit", "Avicii"), ("The Dots", ""), ("chess - slowed", "joyful")],
        ),
        ("numbered.txt", [("Rain", "Ann"), ("Sun", "Cy"), ("No Limit", "2 Unlimited")]),
        ("turned.txt", [("Rain", "Ann"), ("Sun", "Cy")]),
    ],
)
def test_plain_lists(name: str, said_there: list[tuple[str, str]]) -> None:
    assert [(row.track.title, row.track.artist) for row in rows(name)] == said_there


def test_a_list_of_links() -> None:
    assert [(row.track.id, row.track.title) for row in rows("links.txt")][:2] == [(RAIN, ""), (SUN, "")]
    assert rows("links.txt")[2].track.url == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    assert rows("links.txt")[1].track.url == f"https://open.spotify.com/track/{B}"


def test_our_own_json_plain_and_wrapped() -> None:
    rain, sun = document("own.json").rows
    assert said(rain.track) == (RAIN, "Rain", ("Ann", "Bo"), "Wet", 201_500)
    assert (sun.track.title, sun.added_at) == ("Sun", datetime(2024, 5, 1, 10, tzinfo=UTC))
