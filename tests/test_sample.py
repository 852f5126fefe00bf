"""The sample library is what its makers say: small, readable, free of rights, and safe on every system."""

from __future__ import annotations

import csv
import importlib.util
import itertools
import re
import sys
import unicodedata
from pathlib import Path
from types import ModuleType

import mutagen
import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "resources" / "sample"
MUSIC = SAMPLE / "music"
FORMATS = {".flac", ".mp3", ".m4a", ".ogg"}
FILES = sorted(path for path in SAMPLE.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def data() -> ModuleType:
    spec = importlib.util.spec_from_file_location("sample_data", ROOT / "packaging" / "sample_data.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def audio(data: ModuleType) -> dict[str, mutagen.FileType]:
    return {song.path: mutagen.File(MUSIC / song.path, easy=True) for song in data.SONGS}


def test_the_folder_holds_exactly_the_songs_that_were_planned(data: ModuleType) -> None:
    found = {path.relative_to(MUSIC).as_posix() for path in FILES if path.suffix in FORMATS}
    assert found == {song.path for song in data.SONGS} | set(data.BROKEN)


def test_about_forty_songs_come_in_four_formats(data: ModuleType) -> None:
    counts = {suffix: sum(song.path.endswith(suffix) for song in data.SONGS) for suffix in FORMATS}
    assert 38 <= sum(counts.values()) <= 45
    assert min(counts.values()) >= 8


def test_every_tag_can_be_read_back(data: ModuleType, audio: dict[str, mutagen.FileType]) -> None:
    for song in data.SONGS:
        tags = audio[song.path].tags
        if song.tags:
            assert tags["title"] == [song.title], song.path
            assert tuple(tags["artist"]) == song.artists, song.path
        else:
            assert not tags, song.path


def test_every_song_sounds_for_one_to_two_seconds(data: ModuleType, audio: dict[str, mutagen.FileType]) -> None:
    for song in data.SONGS:
        assert audio[song.path].info.length == pytest.approx(song.seconds, abs=0.15), song.path


def test_the_broken_files_cannot_be_read(data: ModuleType) -> None:
    for name in data.BROKEN:
        with pytest.raises(mutagen.MutagenError):
            mutagen.File(MUSIC / name)


def test_everything_together_stays_small() -> None:
    assert sum(path.stat().st_size for path in FILES) < 600_000
    assert max(path.stat().st_size for path in FILES) < 12_000


def test_names_are_good_on_every_system() -> None:
    names = [path.relative_to(SAMPLE).as_posix() for path in FILES]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert unicodedata.is_normalized("NFC", name), name
        assert len(name) < 120
        for part in name.split("/"):
            assert not re.search(r'[<>:"\\|?*\x00-\x1f]', part), name
            assert not part.endswith((".", " ")), name


def test_it_is_free_of_rights_and_leads_nowhere_on_the_net() -> None:
    assert "CC0-1.0" in (SAMPLE / "LICENSE").read_text("utf-8")
    known = {"xspf.org", "creativecommons.org"}
    for path in FILES:
        hosts = set(re.findall(rb"https?://([\w.-]+)", path.read_bytes()))
        assert {host.decode() for host in hosts} <= known, path


def test_the_list_in_the_library_names_files_that_are_there(audio: dict[str, mutagen.FileType]) -> None:
    lines = (MUSIC / "Road.m3u8").read_text("utf-8").splitlines()
    assert lines[:2] == ["#EXTM3U", "#PLAYLIST:Road"]
    for before, line in itertools.pairwise(lines):
        if not line.startswith("#"):
            length = audio[line].info.length
            said = re.match(r"#EXTINF:(\d+),", before)
            assert said is None or abs(int(said[1]) - length) <= 0.55, line


def test_lengths_in_the_export_are_those_of_the_files(data: ModuleType, audio: dict[str, mutagen.FileType]) -> None:
    with (SAMPLE / "Road trip.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [row["Track Name"] for row in rows] == [wish.title for wish in data.ROAD_TRIP]
    for row, wish in zip(rows, data.ROAD_TRIP, strict=True):
        if wish.like:
            assert int(row["Track Duration (ms)"]) == pytest.approx(audio[wish.like].info.length * 1000, abs=1)
