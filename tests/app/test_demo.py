"""The sample library is copied once, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from musync.app.demo import prepare_demo
from musync.app.paths import Home
from musync.domain.errors import StorageError


def test_a_second_preparation_keeps_what_is_there(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    first = prepare_demo(home)
    (first.music / "Road.m3u8").write_text("edited", "utf-8")
    assert prepare_demo(home) == first
    assert (first.music / "Road.m3u8").read_text("utf-8") == "edited"
    assert first.target == f"local@{first.account.name}:Road"
    assert Path(first.source).is_file()


def test_a_copy_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "home" / "sample.musync-tmp" / "half").mkdir(parents=True)
    demo = prepare_demo(Home(tmp_path / "home"))
    assert demo.music.is_dir()
    assert not list((tmp_path / "home").glob("*musync-tmp"))


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(source: Path, target: Path) -> None:
        target.mkdir()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copytree", fill)
    with pytest.raises(StorageError, match="No space left"):
        prepare_demo(Home(tmp_path / "home"))
    assert not list((tmp_path / "home").glob("sample*"))
