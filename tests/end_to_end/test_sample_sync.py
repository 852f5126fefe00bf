"""What the sample library promises in its README happens, by the command line as a person would type it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
ROAD_TRIP, LATE_SHIFT = str(SAMPLE / "Road trip.csv"), str(SAMPLE / "Late shift.xspf")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For all tests here: none of them writes to Road."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(SAMPLE / "music", folder / "music")
    code, document = musync(folder, "accounts", "add", "local", "--set", f"folder={folder / 'music'}")
    assert code == 0, document
    return folder


def musync(home: Path, *arguments: str) -> tuple[int, Any]:
    command = [sys.executable, "-m", "musync", *arguments, "--json", "--home", str(home / "home")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def outcomes(document: Any) -> dict[str, tuple[str, str]]:
    """Outcome and action by title of the wanted track; of copies the last."""
    return {
        entry["source"]["title"]: (entry["outcome"], entry["action"])
        for entry in document["entries"]
        if entry["source"] is not None
    }


def test_the_road_trip_shows_every_outcome(home: Path) -> None:
    _, document = musync(home, "diff", ROAD_TRIP, "local:Road")
    shown = outcomes(document)
    assert document["counts"]["common"] == 5
    assert document["counts"]["to_add"] == 12
    assert shown["Cold Coffee - Live at the Ferry Hall"] == ("matched", "add")
    assert shown["Seven Sisters Road"] == ("matched", "add")
    assert shown["Weathervane"] == ("matched", "add")
    assert shown["Requiem for a Fax Machine, Op. 12"] == ("ambiguous", "none")
    assert shown["Nachtzug nach Triest (Remix)"] == ("ambiguous", "none")
    assert shown["Harbour Lights"] == ("not_found", "none")
    assert shown["Night Ferry to Nowhere"] == ("not_found", "none")
    assert shown["Demo Tape B"] == ("not_addable", "none")


def test_a_second_copy_is_left_out_when_asked_for(home: Path) -> None:
    _, document = musync(home, "diff", ROAD_TRIP, "local:Road", "--duplicates", "collapse-new")
    assert document["counts"]["to_add"] == 11


def test_a_mirror_moves_what_stands_elsewhere(home: Path) -> None:
    _, document = musync(home, "diff", ROAD_TRIP, "local:Road", "--mode", "mirror")
    assert document["counts"]["to_move"] >= 1


def test_a_list_of_another_computer_is_found_by_its_paths(home: Path) -> None:
    _, document = musync(home, "diff", LATE_SHIFT, "local:Road")
    shown = outcomes(document)
    assert [title for title, (outcome, _) in shown.items() if outcome == "not_found"] == [
        "Two Spoons - Sped Up",
        "Night Ferry to Nowhere",
    ]
    assert shown["Bahnsteig 7"] == shown["午夜電台"] == ("matched", "add")


def test_a_second_sync_has_nothing_left_to_write(home: Path) -> None:
    code, first = musync(home, "sync", ROAD_TRIP, "local:Evening", "--create", "--yes")
    assert (code, first["written"]["added"]) == (3, 17)
    code, second = musync(home, "sync", ROAD_TRIP, "local:Evening", "--yes")
    assert (code, second["written"]) == (3, {"added": 0, "removed": 0, "moved": 0})
    assert second["counts"]["common"] == 17


def test_a_list_of_places_says_what_is_not_owned(home: Path) -> None:
    target = str(home / "Places.m3u8")
    _, document = musync(home, "sync", ROAD_TRIP, target, "--create", "--yes")
    assert (document["counts"]["not_found"], document["counts"]["not_addable"]) == (0, 4)
    why = [entry["reasons"][0]["text"] for entry in document["entries"] if entry["outcome"] == "not_addable"]
    assert why == ["not owned: no music folder has it"] * 4
    _, missing = musync(home, "runs", "missing")
    listed = [item["source"]["title"] for item in missing["items"] if item["target_list"]["title"] == "Places"]
    nowhere = ("Harbour Lights", "Ein Sommer ohne Netz (feat. Juno K.)", "Demo Tape B", "Night Ferry to Nowhere")
    assert listed == list(nowhere)
