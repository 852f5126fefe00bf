"""`diff` and `sync`: documents, words, options, brakes and exit codes."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import time
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from musync.app.compose import open_musync
from musync.app.locks import hold
from musync.app.paths import Home, resource
from musync.domain import Entry, EntryId, SideKey, Track, TrackId, TrackKind
from musync.domain.errors import AccessDenied, RateLimited, SignInRequired, Unavailable
from tests.cli.conftest import HERE, THERE, Cli, Place
from tests.disks import full_disk

SYNC = ("sync", HERE, THERE, "--yes")
MIRROR = (*SYNC, "--mode", "mirror")
KEYS = {
    "run", "state", "mode", "source", "target", "counts", "entries", "planned", "written", "repaired", "order",
    "moves_waiting", "requests", "seconds",
}  # fmt: skip
SIDE_KEYS = {"service", "account", "id", "title", "count"}
COUNTS = [
    "common", "to_add", "to_remove", "to_move", "ambiguous", "not_found", "not_asked", "not_addable", "skipped",
]  # fmt: skip
ROW_KEYS = {"row", "source", "target", "outcome", "probability", "reasons", "action", "written", "error", "note"}


def titles(songs: tuple[Track, ...]) -> list[str]:
    return [song.title for song in songs]


def test_a_sync_is_one_document_of_stable_keys(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", songs[:4])
    there.make("Road", songs[:1])
    ended = both.json(*SYNC)
    assert (ended.code, ended.err) == (0, "")
    document = ended.document
    assert set(document) == KEYS
    assert set(document["source"]) == set(document["target"]) == SIDE_KEYS
    assert list(document["counts"]) == COUNTS
    assert all(set(row) == ROW_KEYS for row in document["entries"])
    assert document["written"] == {"added": 3, "removed": 0, "moved": 0}
    assert set(document["entries"][0]["reasons"][0]) == {"part", "value", "text"}
    assert there.titles("Road") == titles(songs[:4])


def test_a_diff_and_a_dry_run_write_nothing_and_say_the_same(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:4])
    there.make("Road", songs[:1])
    documents = [both.done("diff", HERE, THERE), both.done("sync", HERE, THERE, "--dry-run")]
    for document in documents:
        assert document["run"] is None
        assert document["planned"] == {"added": 3, "removed": 0, "moved": 0}
        document.pop("seconds")
    assert documents[0] == documents[1]
    assert there.world.writes == ()
    assert both.done("runs") == {"items": []}


def test_a_second_sync_says_that_both_are_the_same(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:4])
    there.make("Road", ())
    assert both(*SYNC).code == 0
    ended = both(*SYNC)
    assert ended.code == 0
    assert "Already the same: 4 tracks in both. Nothing to write." in ended.out
    assert both(*SYNC, "--quiet").out == ""


def test_quiet_says_in_short_what_changed(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", songs[:4])
    there.make("Road", ())
    ended = both(*SYNC, "--quiet")
    assert ended.err == ""
    assert "4 added" in ended.out
    assert "Amber Road" not in ended.out


def test_the_target_is_made_when_that_is_asked_for(both: Cli, here: Place, there: Place, songs: Any) -> None:
    here.make("Road", songs[:2])
    assert both.json(*SYNC).error["code"] == "unknown-playlist"
    assert both.done(*SYNC, "--create")["written"]["added"] == 2
    assert there.titles("Road") == titles(songs[:2])


def test_a_new_target_of_which_nothing_is_taken_is_not_made_and_it_is_said(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:2])

    def lose() -> None:
        for song in songs:
            there.world.catalogue.drop(there.own(song).id)

    there.world.run_before("create_playlist", lose)
    ended = both(*SYNC, "--create")
    assert ended.code == 0
    assert "“Road” was not made: none of the tracks was taken." in ended.out
    assert "the service does not have this track" in ended.out
    assert not there.account.playlists
    there.world.add_tracks(*map(there.own, songs))
    there.world.run_before("create_playlist", lose)
    document = both.done(*SYNC, "--create")
    assert (document["target"]["id"], document["written"]["added"]) == (None, 0)
    assert both.done("runs", "show", "1")["target"]["id"] is None


def test_two_that_make_the_same_target_are_told_apart_by_its_title(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:2])
    other = open_musync(Home(both.home), log_to_file=False)
    place = SideKey.unmade("memory", there.account.ext_id, "ROAD")
    with hold(other.database, place, "Road", time.time()):
        ended = both.json(*SYNC, "--create")
        assert both.json("sync", HERE, "memory@there:Rain", "--create", "--yes").code == 0
    other.close()
    assert (ended.code, ended.error["code"]) == (8, "busy")
    assert "Nothing was changed" in ended.error["unchanged"]
    assert [stored.head.title for stored in there.account.playlists.values()] == ["Rain"]
    assert both.json(*SYNC, "--create").code == 0


def test_a_target_that_was_made_meanwhile_ends_with_5_and_is_found_the_next_time(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:2])
    # The address asks once; the second look is right before the making.
    there.world.run_before("list_playlists", lambda: there.make("Road", songs[1:3]), skip=1)
    ended = both.json(*SYNC, "--create")
    assert (ended.code, ended.error["code"]) == (5, "plan-stale")
    assert "“Road” is there by now" in ended.error["message"]
    assert both.json(*SYNC, "--create").code == 0
    assert there.titles("Road") == titles((songs[1], songs[2], songs[0]))
    assert len(there.account.playlists) == 1


@pytest.mark.parametrize("suffix", ["", ".m3u8", ".xspf", ".csv"])
def test_a_full_disk_leaves_no_new_list_behind(cli: Cli, tmp_path: Path, suffix: str) -> None:
    sample = shutil.copytree(resource("sample"), tmp_path / "sample")
    source = str(sample / "Road trip.csv")
    with full_disk(tmp_path / "disk") as disk:
        folders = ("--set", f"folder={sample / 'music'}", "--set", f"playlists={disk}")
        cli.done("accounts", "add", "local", *folders)
        new = ("sync", source, str(disk / f"New{suffix}") if suffix else "local:New", "--create", "--yes")
        said = cli(*new)
        assert said.code == 9
        assert "There is no room left on the disk." in said.err
        assert "No file was made." in said.err
        assert "“New” was not made." in said.out
        ended = cli.json(*new)
        assert (ended.code, ended.error["code"]) == (9, "disk-full")
        assert (ended.document["target"]["id"], ended.document["written"]["added"]) == (None, 0)
        assert [path.name for path in disk.iterdir()] == ["filler"]
        (disk / "filler").unlink()
        ended = cli.json(*new)
        assert (ended.code, ended.document["written"]["added"] > 5) == (3 if suffix in ("", ".m3u8") else 0, True)


def test_a_process_killed_right_after_it_made_the_list_has_recorded_nothing_that_is_not_so(
    cli: Cli, tmp_path: Path
) -> None:
    sample = shutil.copytree(resource("sample"), tmp_path / "sample")
    cli.done("accounts", "add", "local", "--set", f"folder={sample / 'music'}")
    new = ("sync", str(sample / "Road trip.csv"), "local:New", "--create", "--yes")
    name_it = os.link

    def dies(source: Path, final: Path) -> None:
        name_it(source, final)
        if final.name == "New.m3u8":
            os.kill(os.getpid(), signal.SIGKILL)

    def child() -> None:
        os.link = dies
        cli(*new)

    process = multiprocessing.get_context("fork").Process(target=child)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forks while other threads run: the child starts its own
        process.start()
    process.join(30)
    assert process.exitcode == -signal.SIGKILL
    (run,) = cli.done("runs")["items"]
    assert (run["state"], run["target"]["id"], run["written"]["added"]) == ("applying", None, 0)
    made = (sample / "music" / "New.m3u8").read_bytes()
    again = cli.done(*new)
    assert (again["state"], again["written"]["added"]) == ("done", 0)
    assert again["counts"]["common"] > 5
    assert (sample / "music" / "New.m3u8").read_bytes() == made
    assert len(list((sample / "music").glob("New*"))) == 1


def test_an_empty_source_has_nothing_to_copy(both: Cli, here: Place, there: Place) -> None:
    here.make("Road", ())
    ended = both(*SYNC, "--create")
    assert ended.code == 0
    assert "The source is empty: nothing to copy." in ended.out
    assert there.world.writes == ()


def test_new_tracks_go_to_the_top_when_asked(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", songs[:3])
    there.make("Road", songs[2:3])
    both.done(*SYNC, "--top")
    assert there.titles("Road") == titles((songs[0], songs[1], songs[2]))


def test_second_copies_can_be_left_out(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", (songs[0], songs[0]))
    there.make("Road", ())
    both.done(*SYNC, "--duplicates", "collapse-new")
    assert there.titles("Road") == titles(songs[:1])


def test_removals_wait_until_they_are_allowed(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    road = here.make("Road", songs[:5])
    there.make("Road", ())
    both.done(*MIRROR)
    here.put(road, songs[:4])
    waiting = both.json(*MIRROR)
    assert waiting.code == 3
    assert waiting.document["counts"]["to_remove"] == 1
    assert "1 removal not approved; --allow-removals" in both(*MIRROR).out
    assert len(there.titles("Road")) == 5
    allowed = both.json(*MIRROR, "--allow-removals")
    assert (allowed.code, allowed.document["written"]["removed"]) == (0, 1)
    assert there.titles("Road") == titles(songs[:4])


def test_removals_can_be_refused_or_applied_for_good(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    road = here.make("Road", songs[:5])
    there.make("Road", ())
    both.done(*MIRROR)
    here.put(road, songs[:4])
    assert both.json(*MIRROR, "--removals", "never").code == 0
    assert len(there.titles("Road")) == 5
    assert both.json(*MIRROR, "--removals", "apply").document["written"]["removed"] == 1


def test_what_only_the_target_has_goes_only_on_demand(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:2])
    there.make("Road", songs[:3])
    both.done(*MIRROR)
    assert len(there.titles("Road")) == 3
    both.done(*MIRROR, "--foreign", "remove", "--allow-removals")
    assert there.titles("Road") == titles(songs[:2])


@pytest.mark.parametrize(
    "options",
    [
        ["--allow-removals"],
        ["--foreign", "remove"],
        ["--mode", "mirror", "--top"],
        ["--accept", "0.5"],
        ["--accept", "1.1"],
        ["--override", "B1"],
        ["--override", "B5"],
        ["--override", "all"],
    ],
)
def test_options_that_do_not_fit_are_refused_with_the_usage(both: Cli, here: Place, options: list[str]) -> None:
    here.make("Road", ())
    ended = both(*SYNC, *options)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Usage: musync sync")
    error = both.json(*SYNC, *options).error
    assert (error["code"], error["unchanged"]) == ("usage", "Nothing was changed.")
    assert here.world.requests == []


def test_both_sides_the_same_are_refused(both: Cli, here: Place) -> None:
    here.make("Road", ())
    ended = both("sync", HERE, "memory@here:road", "--yes")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Usage: musync sync")
    assert "the same playlist" in ended.err


def test_a_target_that_takes_nothing_is_refused_with_its_reason(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:1])
    there.make("Road", (), writable=False, unwritable_reason="it belongs to tom")
    error = both.json(*SYNC).error
    assert error["code"] == "not-writable"
    assert "it belongs to tom" in error["message"]
    assert "new playlist" in error["next"]


def test_without_a_terminal_nothing_is_written_unasked(both: Cli, here: Place, there: Place, songs: Any) -> None:
    here.make("Road", songs[:1])
    there.make("Road", ())
    ended = both.json("sync", HERE, THERE)
    assert (ended.code, ended.error["code"]) == (2, "nothing-to-ask-on")
    assert "--yes" in ended.error["next"]
    assert there.world.requests == []


def test_a_brake_names_the_way_on_and_lets_go_by_it(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    road = here.make("Road", songs[:20])
    there.make("Road", ())
    both.done(*MIRROR)
    here.put(road, songs[:5])
    for line in (MIRROR, ("diff", HERE, THERE, "--mode", "mirror"), (*MIRROR, "--dry-run")):
        ended = both.json(*line)
        assert (ended.code, ended.error["code"]) == (4, "brake-b2")
        assert "20 → 5" in ended.error["message"]
        assert "--override B2" in ended.error["next"]
    said = both("diff", HERE, THERE, "--mode", "mirror")
    assert "To remove (15)" in said.out
    assert "--override B2" in said.err
    assert len(there.titles("Road")) == 20
    lifted = both.json(*MIRROR, "--override", "b2,B3", "--allow-removals")
    assert (lifted.code, there.titles("Road")) == (0, titles(songs[:5]))


def test_brakes_that_one_option_lifts_are_named_as_it_is_typed(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    road = here.make("Road", songs[:20])
    there.make("Road", ())
    both.done(*MIRROR)
    here.put(road, songs[20:40])
    ended = both.json(*MIRROR, "--removals", "apply")
    assert ended.error["next"].endswith("--override B2,B3,B4")
    assert "lost 20 of the 20 tracks" in ended.error["message"]
    assert both.json(*MIRROR, "--removals", "apply", "--override", "B2,B3,B4").code == 0


def test_a_source_that_became_empty_is_not_called_the_same(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    road = here.make("Road", songs[:3])
    there.make("Road", ())
    both.done(*MIRROR)
    here.put(road, ())
    assert "Both lists are empty" not in both(*MIRROR).err


def test_an_emptied_source_is_confirmed_by_its_id(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    road = here.make("Road", songs[:5])
    there.make("Road", ())
    both.done(*MIRROR)
    here.put(road, ())
    ended = both.json(*MIRROR, "--allow-removals")
    assert (ended.code, ended.error["code"]) == (4, "brake-b1")
    assert ended.error["next"].endswith(f"--confirm-empty {road}")
    assert both.json(*MIRROR, "--allow-removals", "--confirm-empty", road).code == 0
    assert there.titles("Road") == []


def test_what_changed_meanwhile_ends_with_5(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", songs[:3])
    there.make("Road", ())
    # The address, both reads of the comparison, then the look right before writing.
    looks = both.json("diff", HERE, THERE) and there.world.count("read_playlist")
    road = next(iter(there.account.playlists))
    there.world.run_before("read_playlist", lambda: there.put(road, songs[9:10]), skip=looks)
    ended = both.json(*SYNC)
    assert (ended.code, ended.error["code"]) == (5, "plan-stale")
    assert there.titles("Road") == titles(songs[9:10])


@pytest.mark.parametrize(
    ("error", "code"),
    [(RateLimited("slow down", retry_after=900), 6), (SignInRequired("over"), 6), (AccessDenied("not yours"), 9)],
)
def test_a_source_that_cannot_be_read_changes_nothing(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], error: Exception, code: int
) -> None:
    here.make("Road", songs[:3])
    there.make("Road", ())
    here.world.fail_next("read_entries", error, times=None)
    ended = both.json(*SYNC)
    assert (ended.code, ended.document["error"]["message"]) == (code, str(error))
    assert there.world.writes == ()


def test_a_write_that_is_not_seen_afterwards_ends_with_7(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    from musync.services.memory.faults import emptied

    here.make("Road", songs[:3])
    there.make("Road", ())
    both.done("diff", HERE, THERE)
    there.world.alter_next("read_entries", emptied, skip=1, times=None)
    ended = both.json(*SYNC)
    assert (ended.code, ended.document["state"]) == (7, "unverified")
    assert ended.document["written"]["added"] == 0


def test_a_second_writer_is_told_with_8(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", songs[:3])
    there.make("Road", ())
    road = next(iter(there.account.playlists))
    other = open_musync(Home(both.home), log_to_file=False)
    key = SideKey(service="memory", account=there.account.ext_id, playlist=road)
    with hold(other.database, key, "Road", time.time()):
        ended = both.json(*SYNC)
    other.close()
    assert (ended.code, ended.error["code"]) == (8, "busy")
    assert "Another run is writing to “Road”" in ended.error["message"]
    assert there.world.writes == ()
    assert both.json(*SYNC).code == 0


def test_a_write_that_broke_off_says_what_arrived(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:3])
    there.make("Road", ())
    there.world.fail_next("add_entries", Unavailable("the line went dead"), applied=True)
    ended = both.json(*SYNC)
    assert ended.code == 9
    assert ended.document["written"]["added"] == 3
    assert ended.document["error"]["code"] == "unavailable"
    there.world.fail_next("create_playlist", Unavailable("the line went dead"))
    here.make("Rain", songs[:3])
    said = both("sync", "memory@here:Rain", "memory@there:Rain", "--create", "--yes")
    assert "the line went dead" in said.err
    assert "Not added (3)" in said.out
    assert "“Rain” was not made." in said.out


def test_what_is_not_found_is_an_outcome_and_what_is_to_choose_waits(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    alien = Track(id=TrackId("alien"), title="Zzyzx Nebula Transmission", artists=("Quorl",))
    here.make("Road", (songs[0], alien))
    there.make("Road", ())
    assert [row["outcome"] for row in both.done(*SYNC)["entries"]] == ["matched", "not_found"]
    assert both.json(*SYNC).code == 0
    lost = Entry(
        id=EntryId("gone"),
        track=Track(id=TrackId("tape"), title="Demo tape", kind=TrackKind.LOCAL_ONLY),
        addressable=False,
        reason="a file of the app",
    )
    here.account.make_playlist("Rain", [lost])
    rain = both.json("sync", "memory@here:Rain", THERE, "--yes")
    assert (rain.code, rain.document["counts"]["not_addable"]) == (0, 1)
    assert "a file of the app" in both("diff", "memory@here:Rain", THERE).out


def test_automatic_acceptance_follows_option_and_setting(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    spelled = replace(songs[0], title="Amber Raod", album="", duration_ms=None)
    here.make("Road", (spelled,))
    there.make("Road", ())
    judged = both.done("diff", HERE, THERE)["entries"][0]
    assert judged["outcome"] in ("matched", "ambiguous")
    strict = both.json("diff", HERE, THERE, "--accept", "1")
    assert (strict.code, strict.document["entries"][0]["outcome"]) == (3, "ambiguous")
    both("settings", "set", "accept", "1")
    assert both.done("diff", HERE, THERE)["entries"][0]["outcome"] == "ambiguous"


@pytest.mark.parametrize("suffix", [".html", ".csv", ".json", ".txt"])
def test_a_report_is_written(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], tmp_path: Path, suffix: str
) -> None:
    here.make("Road", songs[:2])
    there.make("Road", ())
    path = tmp_path / f"what came of it{suffix}"
    ended = both(*SYNC, "--report", str(path))
    assert (ended.code, ended.err) == (0, f"Report: {path}\n")
    assert "Amber Road" in path.read_text("utf-8")


@pytest.mark.parametrize(("name", "code"), [("report.pdf", "report-format"), ("no/folder/r.html", "report-folder")])
def test_a_report_that_could_not_be_written_stops_before_the_run(
    both: Cli, here: Place, there: Place, tmp_path: Path, name: str, code: str
) -> None:
    ended = both.json(*SYNC, "--report", str(tmp_path / name))
    assert (ended.code, ended.error["code"]) == (2, code)
    assert here.world.requests == there.world.requests == []


def test_a_report_that_fails_does_not_hide_what_was_done(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], tmp_path: Path
) -> None:
    here.make("Road", songs[:2])
    there.make("Road", ())
    (tmp_path / "r.html").mkdir()
    ended = both.json(*SYNC, "--report", str(tmp_path / "r.html"))
    assert (ended.code, ended.document["error"]["code"]) == (9, "report-unwritable")
    assert ended.document["written"]["added"] == 2


@pytest.mark.expects_log("something went wrong inside musync")
def test_a_bug_is_said_calmly_and_logged_with_its_traceback(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:2])
    there.make("Road", ())
    here.world.fail_next("read_entries", ZeroDivisionError("secretly"), times=None)
    for ended, said in ((both.json(*SYNC), "out"), (both(*SYNC), "err")):
        assert ended.code == 1
        assert "Traceback" not in ended.out + ended.err
        assert str(both.home / "logs" / "musync.log") in getattr(ended, said)
    logged = (both.home / "logs" / "musync.log").read_text("utf-8")
    assert "Traceback" in logged
    assert "ZeroDivisionError" in logged
