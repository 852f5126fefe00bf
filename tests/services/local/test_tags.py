from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.apev2 import APEv2
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TIT2, TPE1, TXXX
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus

from musync.services.local.facts import NotAudio, Tags
from musync.services.local.sniff import SUFFIXES
from musync.services.local.tags import read_tags
from tests.services.local.library import sound
from tests.services.local.tagging import SAID, WRITERS, put, write_apev2

KINDS = sorted(WRITERS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_says_all_it_was_told(tmp_path: Path, kind: str) -> None:
    path = put(tmp_path / f"a.{kind}", kind)
    WRITERS[kind](path)
    tags = read_tags(path)
    assert tags.duration_ms is not None
    assert 490 <= tags.duration_ms <= 650
    assert replace(tags, duration_ms=None) == SAID


@pytest.mark.parametrize("kind", KINDS)
def test_an_untagged_file_of_every_format_says_its_length_alone(tmp_path: Path, kind: str) -> None:
    tags = read_tags(put(tmp_path / f"a.{kind}", kind))
    assert tags == Tags(duration_ms=tags.duration_ms)
    assert tags.duration_ms


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_extension_is_seen_through(tmp_path: Path, kind: str) -> None:
    path = put(tmp_path / f"a.{kind}", kind)
    WRITERS[kind](path)
    right = read_tags(path)
    for wrong in ("mp3", "wav", "ogg"):
        assert read_tags(path.rename(tmp_path / f"wrong.{wrong}")) == right
        (tmp_path / f"wrong.{wrong}").rename(path)


def test_every_suffix_that_is_looked_for_has_a_format_that_is_read() -> None:
    assert {*KINDS, "oga", "aif", "aifc"} == SUFFIXES


@pytest.mark.parametrize("kind", ["mp3", "aac"])
def test_bare_sound_may_have_an_ape_tag_behind_it(tmp_path: Path, kind: str) -> None:
    path = put(tmp_path / f"a.{kind}", kind)
    write_apev2(path)
    assert replace(read_tags(path), duration_ms=None) == SAID


def test_a_wave_file_may_have_a_list_of_facts_instead_of_a_tag(tmp_path: Path) -> None:
    facts = b"INFO" + _chunk(b"INAM", b"Caf\xe9\0") + _chunk(b"IART", "Ann Ä\0".encode()) + _chunk(b"ICRD", b"1999")
    body = sound("wav")[12:] + _chunk(b"LIST", facts)
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF" + (len(body) + 4).to_bytes(4, "little") + b"WAVE" + body)
    tags = read_tags(path)
    assert (tags.title, tags.artists, tags.year) == ("Café", ("Ann Ä",), 1999)


def test_a_flac_file_may_have_an_id3_tag_before_it(tmp_path: Path) -> None:
    path = put(tmp_path / "a.flac", "flac")
    file: Any = FLAC(path)
    file["title"] = "Right"
    file.save()
    other = ID3()
    other.add(TIT2(encoding=3, text=["Other"]))
    other.save(path)
    assert path.read_bytes().startswith(b"ID3")
    assert read_tags(path).title == "Right"


def test_the_list_of_artists_is_better_than_the_line_of_them(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3", "mp3")
    tags = ID3()
    tags.add(TPE1(encoding=3, text=["Ann feat. Bo"]))
    tags.add(TXXX(encoding=3, desc="ARTISTS", text=["Ann", "Bo", "Ann"]))
    tags.save(path)
    assert read_tags(path).artists == ("Ann", "Bo")


def test_artists_are_parted_at_zero_bytes_and_never_at_slashes(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3", "mp3")
    tags = ID3()
    tags.add(TPE1(encoding=3, text=["AC/DC\0Ann & Bo", "Cy"]))
    tags.save(path, v2_version=4)
    assert read_tags(path).artists == ("AC/DC", "Ann & Bo", "Cy")


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("  blanks  ", "blanks"),
        ("first line\nsecond line", "first line\nsecond line"),
        ("one\0two", "one"),
        ("\0\0", ""),
        ("x" * 5_000, "x" * 5_000),
        ("x" * 50_000, "x" * 10_000),
        ("\u202bשיר\u202c", "\u202bשיר\u202c"),
        ("Cafe\u0301 👩‍🎤", "Cafe\u0301 👩‍🎤"),
    ],
)
def test_strange_titles_are_read_as_they_are(tmp_path: Path, title: str, read: str) -> None:
    path = put(tmp_path / "a.opus", "opus")
    file: Any = OggOpus(path)
    file["title"] = title
    file.save()
    assert read_tags(path).title == read


def test_halves_of_broken_characters_become_fit_to_be_stored(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3", "mp3")
    frame = b"TIT2\0\0\0\x07\0\0\x02" + b"\xd8\x00" + "ok".encode("utf-16-be")
    path.write_bytes(b"ID3\x04\0\0\0\0\0" + bytes((len(frame),)) + frame + sound("mp3"))
    read_tags(path).title.encode()


@pytest.mark.parametrize(
    ("written", "number"),
    [("3", 3), ("03/12", 3), (" 7 / 9", 7), ("0", None), ("A1", None), ("9" * 40, None), ("", None)],
)
def test_numbers_are_read_where_they_are_some(tmp_path: Path, written: str, number: int | None) -> None:
    path = put(tmp_path / "a.flac", "flac")
    file: Any = FLAC(path)
    file["tracknumber"] = written
    file.save()
    assert read_tags(path).track_number == number


@pytest.mark.parametrize(
    ("date", "year"), [("2021", 2021), ("2021-03-04", 2021), ("04.03.1998", 1998), ("0000", None), ("20210304", None)]
)
def test_a_year_is_four_digits_of_the_last_two_thousand_years(tmp_path: Path, date: str, year: int | None) -> None:
    path = put(tmp_path / "a.m4a", "m4a")
    file: Any = MP4(path)
    file["\xa9day"] = date
    file.save()
    assert read_tags(path).year == year


@pytest.mark.parametrize("isrc", ["QZAAA21000", "QZAAA21000012", "1ZAAA2100001", "QZAAA21O0001"])
def test_what_has_not_the_shape_of_an_isrc_is_none(tmp_path: Path, isrc: str) -> None:
    path = put(tmp_path / "a.mpc", "mpc")
    tags: Any = APEv2()
    tags["ISRC"] = isrc
    tags.save(path)
    assert read_tags(path).isrc is None


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").touch()
    with pytest.raises(NotAudio, match="empty"):
        read_tags(tmp_path / "a.mp3")


@pytest.mark.parametrize("content", [b"<html>not found</html>", b"PK\x03\x04" + bytes(500), b"x"])
def test_something_else_with_the_name_of_music_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.flac").write_bytes(content)
    with pytest.raises(NotAudio, match="not a music file"):
        read_tags(tmp_path / "a.flac")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_cut_off_anywhere_is_read_or_says_so(tmp_path: Path, kind: str) -> None:
    path = put(tmp_path / f"a.{kind}", kind)
    WRITERS[kind](path)
    whole = path.read_bytes()
    for length in {*range(1, min(len(whole), 400), 13), *range(400, len(whole), 211)}:
        path.write_bytes(whole[:length])
        _read_or_refused(path)


def test_an_mp3_whose_sound_is_missing_says_so(tmp_path: Path) -> None:
    path = put(tmp_path / "a.mp3", "mp3")
    WRITERS["mp3"](path)
    path.write_bytes(path.read_bytes()[:150])
    with pytest.raises(NotAudio, match="damaged or cut off"):
        read_tags(path)


@settings(max_examples=150)
@given(kind=st.sampled_from(KINDS), start=st.integers(0, 2_000), junk=st.binary(min_size=1, max_size=40))
def test_damage_anywhere_never_does_more_than_refuse(
    tmp_path_factory: pytest.TempPathFactory, kind: str, start: int, junk: bytes
) -> None:
    path = put(tmp_path_factory.getbasetemp() / f"damaged.{kind}", kind)
    WRITERS[kind](path)
    data = bytearray(path.read_bytes())
    place = start % len(data)
    data[place : place + len(junk)] = junk
    path.write_bytes(data)
    _read_or_refused(path)


def test_a_file_that_cannot_be_opened_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_tags(tmp_path / "gone.mp3")


def _read_or_refused(path: Path) -> None:
    with suppress(NotAudio):
        tags = read_tags(path)
        tags.title.encode()
        assert tags.duration_ms is None or tags.duration_ms > 0


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)
