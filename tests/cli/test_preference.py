"""`--prefer`, `--explicit` and `--live`: what they do, what is said of it, and what they refuse."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from musync.domain import Track, TrackId
from tests.cli.conftest import HERE, THERE, Cli, Place

SYNC = ("sync", HERE, THERE, "--yes")
LENGTHS = {"duration_s": 200, "artists": ["Kit Marsh"]}


@pytest.fixture
def live_only(here: Place, there: Place, songs: tuple[Track, ...]) -> Track:
    """A song here that is there in a live version only."""
    song = songs[0]
    wanted = replace(song, id=TrackId("wanted"), title="Two Spoons", artists=("Kit Marsh",), duration_ms=200_000)
    live = replace(wanted, id=TrackId("live"), title="Two Spoons (Live)", duration_ms=241_000)
    here.world.add_tracks(here.own(wanted))
    there.world.add_tracks(there.own(live))
    here.make("Road", [wanted])
    there.make("Road", [])
    return live


def preferences(entry: dict[str, Any]) -> list[str]:
    return [reason["text"] for reason in entry["reasons"] if reason["part"] == "preference"]


def test_best_effort_is_taken_and_told_in_documents_reports_and_words(
    both: Cli, there: Place, live_only: Track, tmp_path: Path
) -> None:
    effort = "best effort: live version, 41 s longer"
    said = both("diff", HERE, THERE, "--prefer", "best")
    assert "Preferred: best effort" in said.out
    assert f"Two Spoons (Live); {effort}" in " ".join(said.out.split())
    report = tmp_path / "report.txt"
    document = both.done(*SYNC, "--prefer", "best", "--report", str(report))
    assert [(entry["outcome"], preferences(entry)) for entry in document["entries"]] == [("matched", [effort])]
    assert effort in report.read_text("utf-8")
    assert there.titles("Road") == [live_only.title]
    assert effort in " ".join(both("runs", "show", str(document["run"])).out.split())
    both.done(*SYNC, "--prefer", "best", "--report", str(report))
    assert effort in report.read_text("utf-8")


def test_without_it_the_live_version_is_not_taken(both: Cli, there: Place, live_only: Track) -> None:
    assert both.done(*SYNC)["counts"]["to_add"] == 0
    assert "Preferred" not in both("diff", HERE, THERE).out
    assert there.titles("Road") == []


def test_another_release_waits_and_review_asks_by_the_same_measure(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], typed: list[str]
) -> None:
    wanted = replace(songs[0], id=TrackId("w"), title="Two Spoons", artists=("Kit Marsh",), album="Kitchen")
    there.world.add_tracks(there.own(replace(wanted, album="Hits of the Year")))
    here.world.add_tracks(here.own(wanted))
    here.make("Road", [wanted])
    there.make("Road", [])
    ended = both.json(*SYNC, "--prefer", "exact", "--live", "studio")
    assert ended.code == 3
    assert preferences(ended.document["entries"][0]) == ["another release: Hits of the Year"]
    typed.append("1")
    asked = both("review", str(ended.document["run"]))
    assert asked.code == 0
    assert "another release: Hits of the Year" in asked.err
    assert "--prefer exact --live studio" in asked.out + asked.err


@pytest.mark.parametrize(
    ("option", "word", "words"),
    [
        ("--prefer", "nearest", "'exact', 'same', 'best'"),
        ("--explicit", "yes", "'any', 'clean', 'explicit'"),
        ("--live", "no", "'any', 'studio', 'live'"),
    ],
)
@pytest.mark.parametrize("command", ["sync", "diff", "match"])
def test_a_word_that_is_none_is_refused_with_those_that_are(
    cli: Cli, command: str, option: str, word: str, words: str
) -> None:
    ended = cli(command, "a.csv", "b.csv", option, word)
    assert ended.code == 2
    assert f"Usage: musync {command}" in ended.err
    assert f"{option}: '{word}' is not one of {words}" in ended.err


def test_a_setting_holds_where_nothing_is_typed(both: Cli, live_only: Track) -> None:
    both.done("settings", "set", "prefer", "best")
    assert both.done("diff", HERE, THERE)["counts"]["to_add"] == 1
    assert both.done("diff", HERE, THERE, "--prefer", "same")["counts"]["to_add"] == 0
    assert both("settings", "set", "prefer", "nearest").code == 2
    assert live_only.title


def jsonl(path: Path, *tracks: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps({**LENGTHS, **track}) + "\n" for track in tracks), "utf-8")
    return str(path)


def test_match_ranks_by_what_is_preferred_and_says_why(cli: Cli, tmp_path: Path) -> None:
    query = jsonl(tmp_path / "q.jsonl", {"id": "q", "title": "Two Spoons", "album": "Kitchen"})
    library = jsonl(
        tmp_path / "l.jsonl",
        {"id": "e", "title": "Two Spoons", "album": "Kitchen", "explicit": True},
        {"id": "c", "title": "Two Spoons", "album": "Hits of the Year", "explicit": False},
    )

    def ranked(*options: str) -> list[tuple[str, list[str]]]:
        (record,) = [json.loads(line) for line in cli("match", query, library, *options).out.splitlines()]
        return [(one["id"], preferences(one)) for one in record["ranked"]]

    assert sorted(ranked()) == [("c", []), ("e", [])]
    assert ranked("--explicit", "clean") == [
        ("c", ["clean, as asked for"]),
        ("e", ["explicit, a clean one is asked for"]),
    ]
    assert ranked("--prefer", "exact")[1] == ("c", ["another release: Hits of the Year"])
    assert ranked("--prefer", "exact", "--top", "1") == [("e", ["the same release"])]


def test_match_lets_another_version_lead_with_best_effort(cli: Cli, tmp_path: Path) -> None:
    query = jsonl(tmp_path / "q.jsonl", {"id": "q", "title": "Two Spoons"})
    library = jsonl(
        tmp_path / "l.jsonl",
        {"id": "k", "title": "Two Spoons (Karaoke Version)"},
        {"id": "l", "title": "Two Spoons (Live)", "duration_s": 260},
    )
    (record,) = [json.loads(line) for line in cli("match", query, library, "--prefer", "best").out.splitlines()]
    assert record["ranked"][0]["id"] == "l"
    assert preferences(record["ranked"][0]) == ["best effort: live version, 1 min longer"]


@pytest.mark.parametrize("said", ["yes", 1, []])
def test_explicit_is_true_or_false_in_a_file_of_tracks(cli: Cli, tmp_path: Path, said: object) -> None:
    query = jsonl(tmp_path / "q.jsonl", {"id": "q", "title": "Two Spoons", "explicit": said})
    ended = cli("match", query, query)
    assert ended.code == 9
    assert "“explicit” is true or false" in ended.err


def test_pairs_are_judged_without_preference(cli: Cli, tmp_path: Path) -> None:
    tracks = jsonl(tmp_path / "q.jsonl", {"id": "q", "title": "Two Spoons"})
    ended = cli("match", tracks, tracks, "--pairs", "--live", "live")
    assert ended.code == 2
    assert "--live does not go with --pairs" in ended.err
