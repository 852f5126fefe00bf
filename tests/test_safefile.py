"""Files are old or new, never half; a new one takes nobody's name."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from musync import safefile
from musync.domain.errors import DiskFull
from musync.safefile import write_file, write_new_file
from tests.disks import full_disk, out_of_room


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def without_links(*_paths: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def interrupted(*_paths: object) -> None:
    raise KeyboardInterrupt


@pytest.fixture(params=["links", "no links"])
def file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that knows links, and one that knows none."""
    if request.param == "no links":
        monkeypatch.setattr(os, "link", without_links)


@pytest.mark.usefixtures("file_system")
def test_a_new_file_holds_what_it_should_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    write_new_file(tmp_path / "new", b"all of it")
    assert (tmp_path / "new").read_bytes() == b"all of it"
    assert names(tmp_path) == ["new"]


@pytest.mark.usefixtures("file_system")
def test_a_new_file_overwrites_neither_a_file_nor_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("there", "link"):
        with pytest.raises(FileExistsError):
            write_new_file(tmp_path / name, b"yours")
    assert (tmp_path / "there").read_bytes() == b"mine"
    assert names(tmp_path) == ["link", "there"]


@pytest.mark.parametrize("calls", [{"link": interrupted}, {"link": without_links, "replace": interrupted}])
def test_a_new_file_that_is_broken_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: dict[str, Callable[..., None]]
) -> None:
    for name, call in calls.items():
        monkeypatch.setattr(os, name, call)
    with pytest.raises(KeyboardInterrupt):
        write_new_file(tmp_path / "new", b"all of it")
    assert names(tmp_path) == []


def test_a_full_disk_takes_no_new_file(tmp_path: Path) -> None:
    with full_disk(tmp_path / "disk") as disk:
        with pytest.raises(DiskFull) as error:
            write_new_file(disk / "new", b"all of it")
        assert error.value.unchanged == "No file was made."
        with pytest.raises(DiskFull) as error:
            write_file(disk / "filler", bytes(70_000))
        assert error.value.unchanged == "The file is as it was."
        assert names(disk) == ["filler"]


def test_a_new_file_whose_name_is_not_kept_by_the_disk_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safefile, "_sync_folder", out_of_room)
    with pytest.raises(DiskFull):
        write_new_file(tmp_path / "new", b"all of it")
    assert names(tmp_path) == []
