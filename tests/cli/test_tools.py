"""`match`, `scan` and `export`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from musync.domain import Track
from tests.cli.conftest import Cli, Ended, Place
from tests.disks import full_disk

LIBRARY = (
    {"id": "L1", "title": "Amber Road", "artists": ["The Ambers"], "duration_s": 180},
    {"id": "L2", "title": "Amber Road (Live)", "artists": ["The Ambers"], "duration_s": 240.5},
    {"id": "L3", "title": "Birch Window", "artists": ["The Birches"], "album": "Window"},
)
QUERIES = (
    {"query_id": "Q1", "track": {"title": "Amber Road", "artists": ["The Ambers"], "duration_s": 180}},
    {"query_id": "Q2", "track": {"title": "Zzyzx Nebula", "artists": []}},
)


def jsonl(path: Path, records: Any) -> str:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return str(path)


def records(ended: Ended) -> list[dict[str, Any]]:
    assert ended.code == 0, ended
    return [json.loads(line) for line in ended.out.splitlines()]


def test_tracks_in_files_are_matched_line_by_line(cli: Cli, tmp_path: Path) -> None:
    queries, library = jsonl(tmp_path / "q.jsonl", QUERIES), jsonl(tmp_path / "l.jsonl", LIBRARY)
    found = records(cli("match", queries, library))
    assert records(cli.json("match", queries, library)) == found
    assert [set(record) for record in found] == [{"query_id", "ranked"}] * 2
    assert found[0]["query_id"] == "Q1"
    best = found[0]["ranked"][0]
    assert set(best) == {"id", "p", "reasons"}
    assert set(best["reasons"][0]) == {"part", "value", "text"}
    assert (best["id"], best["p"] > 0.9) == ("L1", True)
    assert all(one["p"] >= other["p"] for one, other in zip(found[0]["ranked"], found[0]["ranked"][1:], strict=False))
    assert all(candidate["p"] < 0.3 for candidate in found[1]["ranked"])
    assert len(records(cli("match", queries, library, "--top", "1"))[0]["ranked"]) == 1


def test_plain_tracks_are_queries_too(cli: Cli, tmp_path: Path) -> None:
    library = jsonl(tmp_path / "l.jsonl", LIBRARY)
    assert [record["query_id"] for record in records(cli("match", library, library))] == ["L1", "L2", "L3"]


def test_pairs_are_judged_from_one_file_or_two(cli: Cli, tmp_path: Path) -> None:
    pairs = [{"id": "P1", "a": LIBRARY[0], "b": LIBRARY[0]}, {"id": "P2", "a": LIBRARY[0], "b": LIBRARY[1]}]
    judged = records(cli("match", jsonl(tmp_path / "p.jsonl", pairs), "--pairs"))
    assert [set(record) for record in judged] == [{"id", "p", "reasons"}] * 2
    assert judged[0]["p"] > 0.9 > judged[1]["p"]
    one, other = jsonl(tmp_path / "a.jsonl", LIBRARY[:2]), jsonl(tmp_path / "b.jsonl", (LIBRARY[0], LIBRARY[0]))
    assert [record["p"] > 0.9 for record in records(cli("match", one, other, "--pairs"))] == [True, False]
    short = cli.json("match", one, jsonl(tmp_path / "c.jsonl", LIBRARY[:1]), "--pairs")
    assert (short.code, "line 2" in short.error["where"]) == (9, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "no JSON"),
        ("[]", "an object"),
        ('{"title": "x"}', "“id” is missing"),
        ('{"id": "1", "title": 5}', "“title” is text"),
        ('{"id": "1", "artists": "A"}', "“artists”"),
        ('{"id": "1", "duration_s": "long"}', "“duration_s”"),
        ('{"id": "1", "duration_s": NaN}', "line 3"),
        ('{"track": {"title": "x"}}', "“query_id” is missing"),
    ],
)
def test_a_line_that_is_no_track_is_named(cli: Cli, tmp_path: Path, line: str, said: str) -> None:
    library = jsonl(tmp_path / "l.jsonl", LIBRARY)
    path = tmp_path / "q.jsonl"
    path.write_text(f"{json.dumps(LIBRARY[0])}\n\n{line}\n", "utf-8")
    ended = cli.json("match", str(path), library)
    assert (ended.code, ended.error["code"]) == (9, "bad-tracks")
    assert ended.error["where"] == f"{path}, line 3"
    assert said in ended.error["message"] + ended.error["where"]


def test_what_is_missing_from_the_command_is_said(cli: Cli, tmp_path: Path) -> None:
    library = jsonl(tmp_path / "l.jsonl", LIBRARY)
    assert cli("match", library).code == 2
    assert cli.json("match", str(tmp_path / "none.jsonl"), library).code == 9
    assert cli("match", "list.txt", "--pairs").code == 2


def test_lists_are_matched_by_address(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], tmp_path: Path
) -> None:
    here.make("Road", songs[:2])
    there.make("Rain", songs[1:3])
    results = both.done("match", "memory@here:Road", "memory@there:Rain")["results"]
    assert [set(result) for result in results] == [{"query_id", "track", "ranked"}] * 2
    assert results[1]["ranked"][0]["track"]["title"] == songs[1].title
    whole = both.done("match", "memory@here:Road", "there", "--top", "1")["results"]
    assert [result["ranked"][0]["id"] for result in whole] == ["there-AmberRoad", "there-AmberWindow"]
    table = both("match", "memory@here:Road", "there", "--top", "1")
    assert "The Ambers - Amber Road" in table.out
    queries = jsonl(tmp_path / "q.jsonl", QUERIES)
    assert records(both("match", queries, "there"))[0]["ranked"][0]["id"] == "there-AmberRoad"


def test_a_music_folder_is_scanned_and_its_broken_files_are_listed(cli: Cli, tmp_path: Path) -> None:
    music = tmp_path / "music"
    music.mkdir()
    (music / "broken.mp3").write_text("this is no music", "utf-8")
    assert cli.json("scan").error["code"] == "nothing-to-scan"
    assert "musync accounts add local --set folder=…" in cli.json("scan").error["next"]
    cli.done("accounts", "add", "local", "--set", f"folder={music}")
    for line in (["scan"], ["scan", "local"], ["scan", str(music)]):
        (item,) = cli.done(*line)["items"]
        assert set(item) == {
            "account", "added", "changed", "removed", "moved", "unchanged", "unreadable", "seconds",
        }  # fmt: skip
        assert [file["path"] for file in item["unreadable"]] == ["broken.mp3"]
        assert item["unreadable"][0]["reason"]
    assert "broken.mp3" in cli("scan").out
    assert cli.json("scan", str(tmp_path)).error["code"] == "nothing-to-scan"


def test_a_folder_that_is_gone_is_said_to_be_gone(cli: Cli, tmp_path: Path) -> None:
    music = tmp_path / "music"
    music.mkdir()
    cli.done("accounts", "add", "local", "--set", f"folder={music}")
    music.rmdir()
    ended = cli.json("scan")
    assert ended.code == 9
    assert str(music) in ended.error["message"] + ended.error["where"]


@pytest.mark.parametrize("suffix", [".csv", ".xspf", ".jspf", ".json", ".txt"])
def test_a_playlist_is_exported_to_any_format(
    both: Cli, here: Place, songs: tuple[Track, ...], tmp_path: Path, suffix: str
) -> None:
    here.make("Road", songs[:3])
    path = tmp_path / f"out{suffix}"
    document = both.done("export", "memory@here:Road", str(path))
    assert document["written"]["added"] == 3
    shown = both.done("show", str(path))["items"]
    assert [entry["track"]["title"] for entry in shown] == [song.title for song in songs[:3]]


def test_an_export_overwrites_nothing(both: Cli, here: Place, songs: tuple[Track, ...], tmp_path: Path) -> None:
    here.make("Road", songs[:3])
    path = tmp_path / "mine.csv"
    path.write_text("precious", "utf-8")
    ended = both.json("export", "memory@here:Road", str(path))
    assert (ended.code, ended.error["code"]) == (2, "file-exists")
    assert "musync sync" in ended.error["next"]
    assert path.read_text("utf-8") == "precious"


@pytest.mark.parametrize("name", ["list.docx", "list", "list.xml"])
def test_an_export_needs_a_format_that_can_be_written(both: Cli, here: Place, tmp_path: Path, name: str) -> None:
    here.make("Road", ())
    ended = both.json("export", "memory@here:Road", str(tmp_path / name))
    assert (ended.code, ended.error["code"]) == (2, "file-format")
    assert ".xspf" in ended.error["next"]


def test_an_empty_list_makes_no_file(both: Cli, here: Place, tmp_path: Path) -> None:
    here.make("Road", ())
    ended = both("export", "memory@here:Road", str(tmp_path / "out.csv"))
    assert (ended.code, "nothing to copy" in ended.out) == (0, True)
    assert "“Road” was not made." in ended.out
    assert list(tmp_path.glob("out*")) == []


def test_an_export_that_found_no_room_says_so_and_leaves_no_file(cli: Cli, tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("The Ambers - Amber Road\n", "utf-8")
    with full_disk(tmp_path / "disk") as disk:
        said = cli("export", str(source), str(disk / "b.csv"))
        assert (said.code, said.out) == (9, "")
        assert "There is no room left on the disk." in said.err
        ended = cli.json("export", str(source), str(disk / "b.csv"))
        assert (ended.code, ended.error["code"], ended.error["unchanged"]) == (9, "disk-full", "No file was made.")
        assert [path.name for path in disk.iterdir()] == ["filler"]
    assert cli.done("export", str(source), str(tmp_path / "b.csv"))["written"]["added"] == 1
