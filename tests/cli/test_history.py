"""`runs`, `report`, `review` and `decisions`."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from musync.domain import Track, TrackId
from musync.domain.errors import Unavailable
from tests.cli.conftest import HERE, THERE, Cli, Place

SYNC = ("sync", HERE, THERE, "--yes")


@pytest.fixture
def twins(here: Place, there: Place, songs: tuple[Track, ...]) -> tuple[str, str]:
    """A wanted track with two likely counterparts of which neither is certain, and a certain one; their titles."""
    wanted = Track(id=TrackId("wanted"), title="Harmony Crossing", artists=("Nobody",), duration_ms=200_000)
    here.make("Road", (wanted, songs[0]))
    there.make("Road", ())
    names = ("Harmony Crossing, Pt. 1", "Harmony Crossing, Pt. 2")
    there.world.add_tracks(*(replace(wanted, id=TrackId(f"there-twin{n}"), title=name) for n, name in enumerate(names)))
    return names


def test_runs_are_listed_newest_first_and_shown(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    assert both("runs").err == "No run yet.\n"
    here.make("Road", songs[:2])
    there.make("Road", ())
    both.done(*SYNC)
    both.done(*SYNC)
    items = both.done("runs")["items"]
    assert [item["id"] for item in items] == [2, 1]
    assert set(items[0]) == {
        "id", "mode", "source", "target", "state", "begun", "ended", "written", "requests", "error",
    }  # fmt: skip
    assert [item["id"] for item in both.done("runs", "list", "--limit", "1")["items"]] == [2]
    shown = both.done("runs", "show", "1")
    assert (shown["run"], shown["written"]) == (1, {"added": 2, "removed": 0, "moved": 0})
    assert [row["action"] for row in shown["entries"]] == ["add", "add"]
    assert "Added (2)" in both("runs", "show", "1").out
    assert "Road (there)" in both("runs").out


@pytest.mark.parametrize("line", [["runs", "show", "7"], ["report", "7", "r.txt"], ["review", "7"]])
def test_a_run_that_is_not_there_is_said_to_be_unknown(cli: Cli, line: list[str]) -> None:
    ended = cli.json(*line)
    assert (ended.code, ended.error["code"]) == (2, "unknown-run")
    assert not Path("r.txt").exists()


def test_what_is_missing_is_listed_over_all_playlists(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    assert both("runs", "missing").err == "Nothing is missing.\n"
    for title in ("Road", "Rain"):
        alien = Track(id=TrackId(f"alien-{title}"), title=f"Zzyzx {title}", artists=("Quorl",))
        here.make(title, (songs[0], alien))
        both.done("sync", f"memory@here:{title}", f"memory@there:{title}", "--create", "--yes")
    items = both.done("runs", "missing")["items"]
    assert {item["source"]["title"] for item in items} == {"Zzyzx Road", "Zzyzx Rain"}
    assert {item["target_list"]["title"] for item in items} == {"Road", "Rain"}
    assert "Zzyzx Rain" in both("runs", "missing").out


def test_a_past_run_becomes_a_report(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], tmp_path: Path
) -> None:
    here.make("Road", songs[:2])
    there.make("Road", ())
    both.done(*SYNC)
    path = tmp_path / "r.json"
    assert both.done("report", "1", str(path)) == {"run": 1, "file": str(path)}
    assert len(json.loads(path.read_text("utf-8"))["entries"]) == 2
    assert both("report", "1", str(tmp_path / "r.doc")).code == 2


def test_open_matches_are_answered_one_by_one_and_never_asked_again(
    both: Cli, there: Place, twins: tuple[str, str], typed: list[str]
) -> None:
    first = both.json(*SYNC)
    assert (first.code, first.document["counts"]["ambiguous"]) == (3, 1)
    typed += ["", "what", "9", "1"]
    ended = both("review", "1")
    assert ended.code == 0, ended.err
    assert "1 answer stored; 0 still open." in ended.out
    assert "musync sync memory@here:" in ended.err
    assert both.json("review", "1").document == {"run": 1, "answers": [], "open": 0}
    assert both.json(*SYNC).code == 0
    assert set(there.titles("Road")).intersection(twins)


def test_what_is_wrong_can_be_said_and_what_remains_is_asked(
    both: Cli, twins: tuple[str, str], typed: list[str]
) -> None:
    both.json(*SYNC)
    typed += ["x 1", "x 1"]
    answers = both.json("review", "1").document["answers"]
    assert [answer["verdict"] for answer in answers] == ["not_this", "not_this"]
    assert {answer["counterpart"]["title"] for answer in answers} == set(twins)
    kinds = [item["kind"] for item in both.done("decisions")["items"]]
    assert kinds == ["rejected", "rejected"]


@pytest.mark.usefixtures("twins")
def test_never_is_kept_and_not_this_time_is_not(both: Cli, typed: list[str]) -> None:
    both.json(*SYNC)
    typed += ["s"]
    assert both.json("review", "1").document["answers"][0]["verdict"] == "skipped"
    assert both.done("decisions")["items"] == []
    typed += ["n"]
    both("review", "1")
    assert [item["kind"] for item in both.done("decisions")["items"]] == ["skip"]
    assert both.json(*SYNC).document["counts"]["skipped"] == 1


@pytest.mark.usefixtures("twins")
def test_never_said_of_a_target_that_is_not_made_yet_holds_for_that_pair_alone(
    both: Cli, there: Place, typed: list[str]
) -> None:
    new = ("sync", HERE, "memory@there:New", "--create", "--yes")
    there.world.fail_next("create_playlist", Unavailable("the line went dead"))
    assert both.json(*new).code == 9
    typed += ["n"]
    ended = both("review", "1")
    assert (ended.code, "1 answer stored" in ended.out) == (0, True)
    assert ended.err.endswith("memory@there:New --create\n")
    for _ in range(2):
        counts = both.done(*new)["counts"]
        assert (counts["skipped"], counts["ambiguous"]) == (1, 0)
    counts = both.done(*SYNC)["counts"]
    assert (counts["skipped"], counts["ambiguous"]) == (0, 1)
    assert [item["kind"] for item in both.done("decisions")["items"]] == ["skip"]


@pytest.mark.usefixtures("twins")
def test_a_search_finds_what_was_not_proposed(both: Cli, there: Place, typed: list[str]) -> None:
    both.json(*SYNC)
    shown = both.json(*SYNC, "--dry-run")
    assert shown.code == 3
    typed += ["/", "/ Juniper Orchard", "3"]
    ended = both.json("review", "1")
    assert ended.document["answers"][0]["counterpart"]["title"] == "Juniper Orchard"
    both.json(*SYNC)
    assert "Juniper Orchard" in there.titles("Road")


@pytest.mark.usefixtures("twins")
def test_stopping_in_between_leaves_the_rest_open(both: Cli, typed: list[str]) -> None:
    both.json(*SYNC)
    typed += ["q"]
    ended = both.json("review", "1")
    assert (ended.code, ended.document["open"]) == (3, 1)


@pytest.mark.usefixtures("twins")
def test_without_a_terminal_nothing_is_asked(both: Cli) -> None:
    both.json(*SYNC)
    ended = both.json("review", "1")
    assert (ended.code, ended.error["code"]) == (2, "nothing-to-ask-on")


@pytest.mark.usefixtures("twins")
def test_decisions_are_listed_filtered_and_taken_back(both: Cli, typed: list[str]) -> None:
    both.json(*SYNC)
    typed += ["1"]
    both("review", "1")
    (item,) = both.done("decisions", "list", "harmony")["items"]
    assert set(item) == {"id", "kind", "track", "counterpart", "pair", "at"}
    assert item["track"]["service"] == item["counterpart"]["service"] == "memory"
    assert both.done("decisions", "list", "--kind", "rejected") == {"items": []}
    assert "Nobody - Harmony" in both("decisions").out
    assert both.json("decisions", "forget", "99", str(item["id"])).error["code"] == "unknown-decision"
    assert both.done("decisions", "forget", str(item["id"])) == {"forgotten": [item["id"]]}
    assert both.done("decisions") == {"items": []}


@pytest.mark.usefixtures("twins")
def test_decisions_travel_to_another_home(both: Cli, typed: list[str], tmp_path: Path) -> None:
    both.json(*SYNC)
    typed += ["x 1", "1"]
    both("review", "1")
    path = tmp_path / "answers.json"
    assert both.done("decisions", "export", str(path)) == {"file": str(path), "decisions": 2}
    assert both.done("decisions", "export", str(path))["decisions"] == 2
    (tmp_path / "precious.json").write_text("{}", "utf-8")
    refused = both.json("decisions", "export", str(tmp_path / "precious.json"))
    assert (refused.code, refused.error["code"]) == (2, "file-exists")
    other = Cli(tmp_path / "other home", both._capsys)
    assert other.done("decisions", "import", str(path)) == {"taken": 2, "left": 0}
    assert other.done("decisions", "import", str(path)) == {"taken": 0, "left": 2}
    before = [(item["kind"], item["track"]["title"], item["at"]) for item in both.done("decisions")["items"]]
    after = [(item["kind"], item["track"]["title"], item["at"]) for item in other.done("decisions")["items"]]
    assert before == after


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "line 1"),
        ("[]", "no file of decisions"),
        ('{"format": "musync-decisions", "version": 99, "decisions": []}', "version 99"),
        ('{"format": "musync-decisions", "version": 1, "decisions": [{"kind": "maybe"}]}', "Decision 1"),
        ('{"format": "musync-decisions", "version": 1}', "no list"),
    ],
)
def test_a_file_that_holds_no_decisions_is_refused(cli: Cli, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "answers.json"
    path.write_text(text, "utf-8")
    ended = cli.json("decisions", "import", str(path))
    assert (ended.code, ended.error["code"]) == (9, "bad-decisions")
    assert said in ended.error["message"]
    assert ended.error["unchanged"] == "No decision was taken in."
    assert cli.json("decisions", "import", str(tmp_path / "none.json")).code == 9
    assert cli.json("decisions", "export", str(tmp_path / "no" / "folder.json")).code == 9


@pytest.mark.parametrize("options", [(), ("--duplicates", "collapse-new")])
def test_history_counts_what_the_run_counted(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], options: tuple[str, ...]
) -> None:
    here.make("Road", (*songs[:3], songs[0]))
    road = there.make("Road", songs[3:4])
    for number in (1, 2):
        ran = both.done(*SYNC, *options)
        shown = both.done("runs", "show", str(number))
        assert {key: shown[key] for key in ("counts", "written")} == {key: ran[key] for key in ("counts", "written")}
        there.put(road, songs[:2])
    assert ran["counts"]["common"] == 2
    assert "removed-on-target" in [row["note"] for row in shown["entries"]]


def test_a_track_taken_off_by_hand_is_said_to_be_left_out(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], tmp_path: Path
) -> None:
    here.make("Road", songs[:3])
    road = there.make("Road", ())
    both.done(*SYNC)
    there.put(road, songs[1:3])
    said = both(*SYNC, "--report", str(tmp_path / "report.txt"))
    assert "Already the same" not in said.out
    assert "Left out (1)" in said.out
    assert "removed there since" in said.out
    assert "removed there since" in (tmp_path / "report.txt").read_text("utf-8")
    assert "Left out (1)" in both("runs", "show", "2").out
