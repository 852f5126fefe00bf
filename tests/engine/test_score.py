from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musync.domain import Track, TrackId
from musync.engine.matching import ACCEPT
from musync.engine.score import score


def track(title: str, *artists: str, album: str = "", seconds: float | None = None, **more: object) -> Track:
    return Track(
        id=TrackId(title),
        title=title,
        artists=artists,
        album=album,
        duration_ms=None if seconds is None else round(seconds * 1000),
        **more,  # type: ignore[arg-type]
    )


SAME = {
    "a guest in one title only": (track("Holy (feat. Chance)", "Justin Bieber"), track("Holy", "Justin Bieber")),
    "a remaster": (track("Hey You - Remastered 2011", "Pink Floyd"), track("Hey You", "Pink Floyd")),
    "accents": (track("Trishika", "Télépopmusik"), track("trishika", "telepopmusik")),
    "another album": (
        track("No Rain", "Blind Melon", album="Blind Melon"),
        track("No Rain", "Blind Melon", album="Nineties Hits"),
    ),
    "case and curly apostrophes": (track("Don’t Look Back", "Boston"), track("DON'T LOOK BACK", "BOSTON")),
    "the article": (track("Let It Be", "The Beatles"), track("Let It Be", "Beatles")),
    "the article behind": (track("Bitter Sweet Symphony", "Verve, The"), track("Bitter Sweet Symphony", "The Verve")),
    "various artists": (
        track("Juice", "Lizzo", album="Now 100", album_artist="Various Artists"),
        track("Juice", "Lizzo", album="Cuz I Love You"),
    ),
    "Chinese": (track("吻別", "張學友"), track("吻別", "張學友")),
    "traditional and simplified Chinese": (track("螞蟻", "許廷鏗"), track("蚂蚁", "许廷铿")),
    "Cyrillic": (track("Группа крови", "Кино"), track("группа крови", "КИНО")),
    "Arabic": (track("أنت عمري", "أم كلثوم"), track("أنت عمري", "أم كلثوم")),
    "Japanese": (track("夜に駆ける", "YOASOBI"), track("夜に駆ける", "YOASOBI")),
    "joined artists": (track("Relação", "Hot e Oreia, Mariana"), track("Relação", "Hot e Oreia", "Mariana")),
    "brackets and dashes": (track("Hymn (Seeb Remix)", "Coldplay"), track("Hymn - Seeb Remix", "Coldplay")),
    "Roman and spelt numbers": (track("Blues, Part Two", "Jimi Hendrix"), track("Blues (Pt. II)", "Jimi Hendrix")),
    "an upload": (track("Kansas - Dust (Official Video)", "kansasVEVO"), track("Dust", "Kansas")),
    "a topic channel": (track("Let Go", "Dina Rae - Topic"), track("Let Go", "Dina Rae")),
    "Cyrillic by sound": (track("Алюминиевые огурцы", "Кино"), track("Alyuminievye ogurtsy", "Kino")),
    "Japanese by its reading": (track("サヨナラの意味", "乃木坂46"), track("Sayonara no Imi", "Nogizaka46")),
    "full width": (track("Ｓｉｎｇ　Ｏｕｔ！", "Band"), track("Sing Out!", "Band")),
}  # fmt: skip

DIFFERENT = {
    "live": (track("Hurt (Live)", "Johnny Cash"), track("Hurt", "Johnny Cash")),
    "another part": (track("Echoes, Pt. 1", "Pink Floyd"), track("Echoes, Pt. 2", "Pink Floyd")),
    "instrumental": (track("Bogotá (Instrumental)", "Criolo"), track("Bogotá", "Criolo")),
    "a remix": (track("Clarity - BUNT. Remix", "Zedd"), track("Clarity", "Zedd")),
    "another remix": (track("Clarity - BUNT. Remix", "Zedd"), track("Clarity (Tiësto Remix)", "Zedd")),
    "numbers": (track("1999", "Prince"), track("7", "Prince")),
    "karaoke": (track("Wonderwall (Karaoke Version)", "Oasis"), track("Wonderwall", "Oasis")),
    "a cover": (track("Hurt", "Nine Inch Nails"), track("Hurt", "Johnny Cash")),
    "sped up": (track("Two Spoons - Sped Up", "Kit Marsh"), track("Two Spoons", "Kit Marsh")),
    "recorded anew": (track("All Too Well (Taylor's Version)", "Taylor Swift"), track("All Too Well", "Taylor Swift")),
    "another movement": (track("Sonata No. 7: I. Allegro", "Bach"), track("Sonata No. 7: II. Adagio", "Bach")),
    "Cyrillic numbers": (track("Бездельник №1", "Кино"), track("Бездельник №2", "Кино")),
    "one letter more": (track("Strangers", "Portishead"), track("Strangers A", "Portishead")),
    "another reading": (track("サヨナラの意味", "乃木坂46"), track("Hashire! Bicycle", "Nogizaka46")),
    "a translated title": (track("夜に駆ける", "YOASOBI"), track("Racing into the Night", "YOASOBI")),
    "a Chinese title in English": (track("吻別", "張學友"), track("Kiss Goodbye", "Jacky Cheung")),
    "another Chinese title": (track("吻別", "張學友"), track("祝福", "張學友")),
}


@pytest.mark.parametrize("case", SAME)
def test_one_recording_is_recognised(case: str) -> None:
    one, other = SAME[case]
    assert score(one, other).probability >= ACCEPT
    assert score(other, one).probability >= ACCEPT


@pytest.mark.parametrize("case", DIFFERENT)
def test_two_recordings_are_never_taken_for_one(case: str) -> None:
    one, other = DIFFERENT[case]
    assert score(one, other).probability < ACCEPT
    assert score(other, one).probability < ACCEPT


def test_an_equal_file_is_certain() -> None:
    one = track("Track 01", url="file:///music/a.mp3")
    other = track("Something else", "Somebody", url="file:///music/a.mp3")
    found = score(one, other)
    assert found.probability == 1
    assert [reason.part for reason in found.reasons] == ["file"]


def test_an_equal_code_is_strong_and_another_one_is_weak() -> None:
    one = track("So High", "Doja Cat", isrc="USRC11800001")
    assert score(one, track("So High", "Amala", isrc="us-rc1-18-00001")).probability > ACCEPT
    other_code = score(one, track("So High", "Doja Cat", isrc="USRC11800002"))
    assert other_code.probability > 0.3
    assert any(reason.part == "isrc" and reason.value == 0 for reason in other_code.reasons)


def test_an_equal_code_does_not_join_other_movements() -> None:
    one = track("Concerto: I. Allegro", "Bach", seconds=240, isrc="USRC11800001")
    other = track("Concerto: II. Largo", "Bach", seconds=400, isrc="USRC11800001")
    assert score(one, other).probability < ACCEPT


def test_what_is_not_told_is_not_different() -> None:
    full = track("Real Gone", "Sheryl Crow", album="Cars", seconds=201)
    assert score(full, track("Real Gone", "Sheryl Crow")).probability >= ACCEPT


def test_a_length_far_off_is_another_recording() -> None:
    one, other = (track("Real Gone", "Sheryl Crow", album="Cars", seconds=seconds) for seconds in (201, 320))
    assert score(one, other).probability < ACCEPT


def test_a_title_without_artist_length_and_album_is_never_enough() -> None:
    assert score(track("Intro"), track("Intro")).probability < ACCEPT


def test_lengths_that_move_apart_never_speak_for_a_match() -> None:
    likely = [
        score(
            track("A Song", "Anna", album="One", seconds=200), track("A Song", "Anna", album=album, seconds=200 + gap)
        )
        for album in ("One", "Two", "")
        for gap in range(0, 90, 2)
    ]
    for start in range(0, len(likely), 45):
        row = [found.probability for found in likely[start : start + 45]]
        assert row == sorted(row, reverse=True)


def test_other_players_of_one_piece_are_not_taken_for_each_other() -> None:
    title, composer = "Spring: I. Allegro", "Antonio Vivaldi"
    one, other = track(title, composer, "Mutter", seconds=200), track(title, composer, "Bell", seconds=212)
    assert score(one, other).probability < ACCEPT
    guests = track("A Song (feat. Bert)", "Anna"), track("A Song (feat. Carl)", "Anna")
    assert score(*guests).probability < ACCEPT


def test_one_band_of_several_names_stays_one() -> None:
    one, other = track("Boogie", "Earth, Wind & Fire"), track("Boogie (with Emma)", "Earth Wind & Fire", "Emma")
    assert score(one, other).probability >= ACCEPT


def test_a_concert_told_by_the_album_alone_asks() -> None:
    one, other = track("A Song", "Anna", album="One"), track("A Song", "Anna", album="Live in Paris")
    assert score(one, other).probability < ACCEPT
    told = track("A Song - Live", "Anna", album="Live in Paris")
    assert score(other, told).probability >= ACCEPT


def test_reasons_say_it_in_plain_words() -> None:
    wanted = track("Marmalade (Late Version)", "Marlow & The Tides", album="Kitchen Floor Tapes", seconds=208)
    live = track("Marmalade (Live)", "Marlow and the Tides", album="Ferry Hall Nights", seconds=362)
    texts = {
        reason.part: reason.text
        for reason in score(track("Marmalade", "Marlow & The Tides", seconds=208), live).reasons
    }
    assert texts["version"] == "live instead of studio"
    assert texts["length"] == "6:02 instead of 3:28, 2 min 34 s longer"
    assert texts["artists"] == "Marlow & The Tides = Marlow and the Tides"
    assert {reason.part: reason.text for reason in score(wanted, wanted).reasons}["title"] == "equal"
    longer = score(track("A Song", "Anna", seconds=100), track("A Song", "Anna", seconds=101))
    assert {reason.part: reason.text for reason in longer.reasons}["length"] == "1 s longer"


STRANGE = [
    "", " ", "\0", "a\0b", "x" * 5000, "e" + "\u0301" * 5000, "((((((" * 500, "- - - -", "()", "\u202eabc\u202c",
    "שלום עולם", "🎵🎶", "\ud800", "feat.", "(feat. )", "Live", "Remix", "?", "+", "…", "[untitled]",
]  # fmt: skip


@pytest.mark.parametrize("title", STRANGE)
def test_strange_titles_are_scored_without_fuss(title: str) -> None:
    for other in (*STRANGE, "A Song"):
        found = score(track(title, "Anna"), track(other, "Anna", seconds=0))
        assert 0 <= found.probability <= 1
    if title.strip(" \0"):
        assert score(track(title, "Anna"), track(title, "Anna")).probability >= ACCEPT


TEXTS = st.text(max_size=30) | st.sampled_from(
    [pair[side].title for pair in (SAME | DIFFERENT).values() for side in (0, 1)]
)
TRACKS = st.builds(
    lambda title, artists, album, seconds: track(title, *artists, album=album, seconds=seconds),
    TEXTS,
    st.lists(TEXTS, max_size=3),
    TEXTS,
    st.none() | st.floats(0, 600),
)


@settings(deadline=None)
@given(TRACKS, TRACKS)
def test_both_ways_are_equally_probable(one: Track, other: Track) -> None:
    assert abs(score(one, other).probability - score(other, one).probability) < 0.05
