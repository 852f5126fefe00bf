"""What a service is asked about a track: how, in which order, and never the same twice."""

from __future__ import annotations

import pytest

from musync.domain import Track, TrackId
from musync.engine.queries import LONGEST, Rung, questions
from musync.testing.lists import STRANGE_TITLES


def a_track(title: str, *artists: str, **fields: str) -> Track:
    return Track(id=TrackId("wanted"), title=title, artists=artists, **fields)  # type: ignore[arg-type]


def asked(title: str, *artists: str, **can: bool) -> list[tuple[str, str]]:
    return [(question.rung.value, question.text) for question in questions(a_track(title, *artists), **can)]


def test_an_ordinary_track_takes_one_question_by_words() -> None:
    assert asked("Lantern Parade", "Kit Marsh") == [("plain", "Lantern Parade Kit Marsh")]


def test_the_isrc_comes_first_then_fields_then_words() -> None:
    wanted = a_track("Lantern Parade", "Kit Marsh", isrc="gb-abc-12-34567")
    found = questions(wanted, isrc=True, fields=True)
    assert [(one.rung, one.text, one.artist) for one in found] == [
        (Rung.ISRC, "GBABC1234567", ""),
        (Rung.FIELDS, "Lantern Parade", "Kit Marsh"),
        (Rung.PLAIN, "Lantern Parade Kit Marsh", ""),
    ]


def test_what_a_service_cannot_is_not_asked() -> None:
    wanted = a_track("Lantern Parade", "Kit Marsh", isrc="GBABC1234567")
    assert [one.rung for one in questions(wanted)] == [Rung.PLAIN]
    assert [one.rung for one in questions(wanted, isrc=True, text=False)] == [Rung.ISRC]


@pytest.mark.parametrize("isrc", ["", "unknown", "0000"])
def test_what_is_no_isrc_is_not_asked_for(isrc: str) -> None:
    assert [one.rung for one in questions(a_track("Song", "Band", isrc=isrc), isrc=True)] == [Rung.PLAIN]


def test_accents_stay_and_guests_labels_and_remasters_go() -> None:
    found = asked("Café del Mar (feat. Zoë) [Official Video] - 2011 Remaster", "Ætherlight", "Zoë")
    assert found[0] == ("plain", "Café del Mar Ætherlight")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Ferry (Live at the Old Hall, 2004)", "Ferry live Band"),
        ("Ferry - Acoustic Version", "Ferry acoustic Band"),
        ("Ferry (Somebody Remix)", "Ferry somebody remix Band"),
        ("Ferry (Band's Version)", "Ferry version Band"),
        ("Ferry - Sped Up", "Ferry sped up Band"),
    ],
)
def test_the_version_is_asked_for_first_and_left_out_then(title: str, words: str) -> None:
    texts = [text for _, text in asked(title, "Band")]
    assert texts[0] == words
    assert "Ferry Band" in texts[1:]


def test_an_upload_is_asked_for_by_its_whole_title_too() -> None:
    assert ("whole", "Kit Marsh Lantern Parade") in asked("Kit Marsh - Lantern Parade (Official Video)", "Some Channel")


def test_a_track_without_artists_is_asked_for_by_its_title() -> None:
    assert asked("Lantern Parade") == [("plain", "Lantern Parade")]
    assert asked("Lantern Parade", fields=True) == [("plain", "Lantern Parade")]


def test_of_a_joined_line_the_first_artist_counts() -> None:
    assert asked("Ferry", "Kit Marsh, Lina Brandt & The Tides")[0] == ("plain", "Ferry Kit Marsh")


def test_the_loosest_question_has_the_longest_words_and_the_artist() -> None:
    assert asked("The Ballad of a Lonesome Lighthouse", "Band")[-1] == ("loose", "lonesome lighthouse Band")


def test_chinese_is_asked_for_in_both_ways_of_writing_and_by_its_sound() -> None:
    assert asked("夜的第七章", "周杰倫")[1:] == [
        ("script", "夜的第七章 周杰伦"),
        ("script", "Ye De Di Qi Zhang Zhou Jie Lun"),
    ]
    assert ("script", "夜風 周深") in asked("夜风", "周深")


def test_other_letters_are_asked_for_in_latin_ones() -> None:
    assert ("script", "Noch' Kino") in asked("Ночь", "Кино")


def test_what_nobody_here_can_read_is_not_guessed_at() -> None:
    assert [rung for rung, _ in asked("夜に駆ける", "三日月ラジオ")] == ["plain"]
    assert asked("🎉") == [("plain", "🎉")]


def test_the_artist_is_not_said_twice() -> None:
    assert asked("Kit Marsh Medley", "Kit Marsh")[0] == ("plain", "Kit Marsh Medley")


def test_no_question_is_put_twice() -> None:
    for title in (*STRANGE_TITLES, "Ferry (Live)", "夜的第七章", "A - B - C", "(Intro)", "a" * 5_000, "la " * 2_000):
        keys = [question.key for question in questions(a_track(title, "Band"), isrc=True, fields=True)]
        assert len(set(keys)) == len(keys)


def test_spelling_alone_makes_no_other_question() -> None:
    one, other = (questions(a_track(title, "Band"))[0] for title in ("Café  Noir", "cafe noir!"))
    assert one.key == other.key
    by_fields = questions(a_track("Noir", "Band"), fields=True)[0]
    assert by_fields.key != questions(a_track("Noir", "Band"))[0].key


def test_questions_are_never_longer_than_services_take() -> None:
    for title in ("a" * 5_000, "long words " * 500, "夜" * 900):
        for question in questions(a_track(title, "Band " * 200), fields=True):
            assert 0 < len(question.text) <= LONGEST
            assert len(question.artist) <= LONGEST


def test_nothing_can_be_asked_without_a_title_and_an_isrc() -> None:
    assert questions(a_track("", "Band"), isrc=True, fields=True) == ()
    assert questions(a_track("  \u200f ", "Band"), isrc=True, fields=True) == ()
    wanted = a_track("", "Band", isrc="GBABC1234567")
    assert [one.rung for one in questions(wanted, isrc=True)] == [Rung.ISRC]
