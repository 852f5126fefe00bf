from __future__ import annotations

from musync.domain import Track
from musync.engine.matching import ACCEPT
from musync.engine.score import score
from musync.testing.lists import track


def probability(one: Track, other: Track) -> float:
    return score(one, other).probability


def song(title: str = "A Song", artist: str = "Anna", **more: object) -> Track:
    return track(title, artist, **more)  # type: ignore[arg-type]


def test_a_translated_title_is_only_accepted_with_length_and_album() -> None:
    there = song("夜に駆ける", "YOASOBI", album="THE BOOK", duration_ms=261_000)
    assert probability(there, song("Racing into the Night", "YOASOBI")) < ACCEPT
    assert probability(there, song("Racing into the Night", "YOASOBI", album="THE BOOK")) < ACCEPT
    assert probability(there, song("Racing into the Night", "YOASOBI", duration_ms=290_000)) < ACCEPT


def test_an_equal_isrc_backs_a_translated_title() -> None:
    there = song("夜に駆ける", "YOASOBI", isrc="JPP301900695", duration_ms=261_000)
    assert probability(there, song("Racing into the Night", "YOASOBI", isrc="JPP301900695", duration_ms=261_000)) >= 0.9


def test_no_length_backs_another_version() -> None:
    for version in ("Live", "Karaoke Version", "Sped Up", "Bert Remix", "Acoustic", "Instrumental"):
        one, other = song(f"A Song ({version})", duration_ms=200_000), song(duration_ms=200_000)
        assert probability(one, other) < 0.5, version


def test_an_equal_recording_id_is_as_strong_as_a_code() -> None:
    mbid = "b1a9c0e9-d987-4042-ae91-78d6a3267d69"
    assert probability(song(mbid=mbid), song("Ein Lied", "Anna", mbid=mbid)) >= ACCEPT


def test_other_codes_speak_against_but_do_not_decide() -> None:
    plain = probability(song(duration_ms=200_000), song(duration_ms=200_500))
    other = probability(song(duration_ms=200_000, isrc="USAAA0000001"), song(duration_ms=200_500, isrc="USAAA0000002"))
    assert 0.5 < other <= plain


def test_the_place_on_the_album_and_the_year_tip_the_scales() -> None:
    here = song(album="One", track_number=3, year=2001)
    equal = probability(here, song("A Sonh", album="One", track_number=3, year=2001))
    unsaid = probability(here, song("A Sonh", album="One"))
    other = probability(here, song("A Sonh", album="One", track_number=9, year=2011))
    assert equal >= unsaid > other


def test_numbers_on_other_albums_say_nothing() -> None:
    here = song(album="One", track_number=3)
    assert probability(here, song(album="Hits", track_number=9)) == probability(here, song(album="Hits"))


def test_the_explicit_flag_is_no_other_recording() -> None:
    assert probability(song(explicit=True), song(explicit=False)) == probability(song(), song())


def test_a_cut_that_is_much_longer_is_never_accepted() -> None:
    assert probability(song(album="One", duration_ms=200_000), song(album="One", duration_ms=216_000)) < ACCEPT


def test_what_people_live_is_not_a_concert() -> None:
    one, other = song("To Live in the Sea", "Masumi Hara"), song("Masumi Hara - To Live in the Sea [HD]", "LyricsHub")
    assert probability(one, other) >= ACCEPT


def test_a_band_that_plays_the_songs_of_another_is_not_that_band() -> None:
    assert probability(song("Yesterday", "The Beatles"), song("Yesterday", "Beatles Revival Band")) < ACCEPT
    assert (
        probability(
            song("Proud Mary", "Creedence Clearwater Revival"), song("Proud Mary", "Creedence Clearwater Revisited")
        )
        < ACCEPT
    )
    assert (
        probability(song(artist="Bob Dylan", album="Highway 61 Revisited"), song(artist="Bob Dylan", album="Hits"))
        >= ACCEPT
    )
