"""Two processes on one home: one writer per playlist, and nothing is lost whoever comes first."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from musync.app.compose import open_musync
from musync.app.jobs import ThreadControl
from musync.app.locks import hold
from musync.app.paths import Home

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
SOURCES = (str(SAMPLE / "Road trip.csv"), str(SAMPLE / "Late shift.xspf"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A home with the sample's music as its library."""
    shutil.copytree(SAMPLE / "music", tmp_path / "music")
    assert run(tmp_path, "accounts", "add", "local", "--set", f"folder={tmp_path / 'music'}")[0] == 0
    return tmp_path


def start(place: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "musync", *arguments, "--json", "--home", str(place / "home")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")


def ended(process: subprocess.Popen[str]) -> tuple[int, Any]:
    out, err = process.communicate(timeout=60)
    assert out, err
    return process.returncode, json.loads(out)


def run(place: Path, *arguments: str) -> tuple[int, Any]:
    return ended(start(place, *arguments))


def titles(place: Path, address: str) -> Sequence[str]:
    return [entry["track"]["title"] for entry in run(place, "show", address)[1]["items"]]


def test_a_process_that_finds_another_writing_says_who_and_changes_nothing(place: Path) -> None:
    musync = open_musync(Home(place / "home"), log_to_file=False)
    control = ThreadControl()
    road = musync.addresses.resolve("local:Road", control)
    before = (place / "music" / "Road.m3u8").read_bytes()
    assert road.key is not None
    with hold(musync.database, road.key, road.title, control.now()):
        code, document = run(place, "sync", SOURCES[0], "local:Road", "--yes")
    assert (code, document["error"]["code"]) == (8, "busy")
    assert "Nothing was changed" in document["error"]["unchanged"]
    assert (place / "music" / "Road.m3u8").read_bytes() == before
    assert run(place, "sync", SOURCES[0], "local:Road", "--yes")[0] == 3
    musync.close()


def test_a_lock_left_by_a_process_that_died_does_not_stand_in_the_way(place: Path) -> None:
    dies = (
        "import os, sys; from pathlib import Path; from musync.app.compose import open_musync;"
        "from musync.app.jobs import ThreadControl; from musync.app.locks import hold;"
        "from musync.app.paths import Home;"
        "m = open_musync(Home(Path(sys.argv[1])), log_to_file=False); c = ThreadControl();"
        "road = m.addresses.resolve('local:Road', c); block = hold(m.database, road.key, road.title, c.now());"
        "block.__enter__(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", dies, str(place / "home")], timeout=60).returncode == 9
    assert run(place, "sync", SOURCES[0], "local:Road", "--yes")[0] == 3


def test_two_at_once_end_with_both_lists_or_one_that_says_why(place: Path) -> None:
    both = [start(place, "sync", source, "local:Road", "--yes") for source in SOURCES]
    codes = [ended(process)[0] for process in both]
    assert set(codes) <= {0, 3, 5, 8}
    for source, code in zip(SOURCES, codes, strict=True):
        if code in (5, 8):
            assert run(place, "sync", source, "local:Road", "--yes")[0] in (0, 3)
    written = titles(place, "local:Road")
    for source in SOURCES:
        again = run(place, "sync", source, "local:Road", "--yes")[1]
        assert again["written"] == {"added": 0, "removed": 0, "moved": 0}
    assert titles(place, "local:Road") == written
    assert not list((place / "music").rglob("*.musync-tmp"))


def test_two_that_make_the_same_list_at_once_end_with_one(place: Path) -> None:
    both = [start(place, "sync", source, "local:New", "--create", "--yes") for source in SOURCES]
    ends = [ended(process) for process in both]
    assert {code for code, _ in ends} <= {0, 3, 5, 8}
    assert any(code in (0, 3) for code, _ in ends)
    assert [path.name for path in (place / "music").rglob("*") if path.name.startswith(("New", "."))] == ["New.m3u8"]
    for source, (code, document) in zip(SOURCES, ends, strict=True):
        if code in (5, 8):
            assert document["error"]["code"] == {5: "plan-stale", 8: "busy"}[code]
            assert run(place, "sync", source, "local:New", "--create", "--yes")[0] in (0, 3)
    assert len(list((place / "music").glob("New*"))) == 1


def test_a_process_that_finds_another_making_its_list_says_so_and_makes_none(place: Path) -> None:
    musync = open_musync(Home(place / "home"), log_to_file=False)
    control = ThreadControl()
    new = musync.addresses.resolve("local:New", control, create=True)
    with hold(musync.database, new.place, new.title, control.now()):
        code, document = run(place, "sync", SOURCES[0], "local:new", "--create", "--yes")
    musync.close()
    assert (code, document["error"]["code"]) == (8, "busy")
    assert not list((place / "music").glob("[Nn]ew*"))


def test_the_home_is_found_from_any_working_directory(place: Path) -> None:
    elsewhere = place / "elsewhere"
    elsewhere.mkdir()
    command = [sys.executable, "-m", "musync", "accounts", "--json", "--home", str(place / "home")]
    answers = [
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout
        for folder in (place, elsewhere)
    ]
    assert answers[0] == answers[1]
    assert len(json.loads(answers[0])["items"]) == 1
