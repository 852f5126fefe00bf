from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from musync.services.local.tags import read_tags
from musync.testing.audio import clone_library
from tests.services.local.library import sound


def content(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_equal_seeds_make_equal_libraries_and_others_do_not(tmp_path: Path) -> None:
    made = [clone_library(tmp_path / name, 30, seed=seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))]
    assert made[0] == made[1] != made[2]
    assert content(tmp_path / "a") == content(tmp_path / "b")
    assert len(content(tmp_path / "a")) == 30


def test_a_bigger_library_begins_like_a_smaller_one(tmp_path: Path) -> None:
    small = clone_library(tmp_path / "small", 25, seed=4)
    assert clone_library(tmp_path / "big", 60, seed=4)[:25] == small


def test_clones_say_what_was_promised(tmp_path: Path) -> None:
    for track in clone_library(tmp_path, 120, seed=1):
        tags = read_tags(tmp_path / track.id)
        said = replace(
            track,
            title=tags.title,
            artists=tags.artists,
            album=tags.album,
            album_artist=tags.album_artist,
            duration_ms=tags.duration_ms,
            isrc=tags.isrc,
            track_number=tags.track_number,
            year=tags.year,
        )
        assert said == track


@pytest.mark.parametrize("suffix", ["mp3", "flac", "opus", "m4a"])
def test_a_clone_differs_from_its_model_in_its_tags_alone(tmp_path: Path, suffix: str) -> None:
    track = next(track for track in clone_library(tmp_path, 4, seed=1) if track.id.endswith(suffix))
    clone, model = (tmp_path / track.id).read_bytes(), sound(suffix)
    # The longest piece that certainly is sound: the middle of the model, or its data atom.
    piece = model[60:900] if suffix == "m4a" else model[-400:]
    assert piece in clone
