"""Addresses as they are typed (design 3), and the lists they lead to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from musync.domain import Track
from tests.cli.conftest import Cli, Place


def test_playlists_of_an_account_are_listed(both: Cli, here: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", songs[:3])
    here.make("Rain", (), writable=False, unwritable_reason="somebody else's")
    items = both.done("playlists", "here")["items"]
    assert [item["title"] for item in items] == ["Road", "Rain"]
    assert set(items[0]) == {
        "id", "title", "address", "owner", "count", "kind", "readable", "writable", "reason",
    }  # fmt: skip
    assert (items[0]["count"], items[1]["writable"], items[1]["reason"]) == (3, False, "somebody else's")
    assert [item["title"] for item in both.done("playlists", "here", "--filter", "RAI")["items"]] == ["Rain"]
    assert "read-only" in both("playlists", "here").out


def test_entries_are_shown(both: Cli, here: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", songs[:2])
    shown = both.done("show", "memory@here:Road")
    assert set(shown) == {"playlist", "items"}
    assert set(shown["items"][0]) == {"id", "track", "added_at", "addressable", "reason"}
    assert shown["items"][0]["track"] == {
        "id": "here-AmberRoad",
        "title": "Amber Road",
        "artists": ["The Ambers"],
        "album": "Road",
        "duration_s": 180.0,
    }
    assert "Amber Road" in both("show", "memory@here:Road").out
    assert "3:00" in both("show", "memory@here:Road").out


@pytest.mark.parametrize("name", ["Road", "road", "ROAD", "p:1/2"])
def test_a_playlist_is_known_by_id_or_title_whatever_its_case(both: Cli, here: Place, name: str) -> None:
    here.make("Road", (), id="p:1/2")
    assert both.done("show", f"memory@here:{name}")["playlist"]["id"] == "p:1/2"


def test_a_link_leads_to_its_playlist(both: Cli, here: Place) -> None:
    road = here.make("Road", ())
    url = here.account.playlists[road].head.url
    assert url is not None
    assert both.done("show", url)["playlist"]["title"] == "Road"


def test_without_an_account_the_way_to_one_is_said(cli: Cli) -> None:
    ended = cli.json("show", "local:Road")
    assert (ended.code, ended.error["code"]) == (2, "no-account")
    assert ended.error["next"] == "musync accounts add local --set folder=…"


def test_of_several_accounts_one_must_be_named(both: Cli) -> None:
    ended = both.json("show", "memory:Road")
    assert (ended.code, ended.error["code"]) == (2, "several-accounts")
    assert "memory@here:" in ended.error["next"]
    assert both.json("show", "memory@nobody:Road").error["code"] == "unknown-account"


def test_several_playlists_of_one_title_are_listed(both: Cli, here: Place) -> None:
    ids = [here.make("Road", ()), here.make("Road", ())]
    ended = both.json("show", "memory@here:Road")
    assert (ended.code, ended.error["code"]) == (2, "ambiguous-address")
    assert all(f"memory@here:{one}" in ended.error["next"] for one in ids)


def test_a_title_that_is_nearly_right_gets_the_nearest_ones(both: Cli, here: Place) -> None:
    here.make("Road trip", ())
    here.make("Kitchen", ())
    ended = both.json("show", "memory@here:Raod trip")
    assert (ended.code, ended.error["code"]) == (2, "unknown-playlist")
    assert ended.error["next"] == "Nearest: “Road trip”."
    target = both.json("diff", "memory@here:Road trip", "memory@there:Road trip")
    assert target.error["next"] == "Add --create to make it."


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "bad-address"),
        ("Road", "bad-address"),
        ("memory:", "bad-address"),
        ("nothing:Road", "usage"),
        ("https://example.org/playlist/1", "not-a-playlist-link"),
        ("missing.m3u8", "no-such-file"),
    ],
)
def test_what_is_no_address_is_refused(both: Cli, address: str, code: str) -> None:
    ended = both.json("show", address)
    assert ended.code == 2
    assert ended.error["code"] == code
    assert ended.error["next"]


def test_a_single_letter_before_the_colon_is_a_drive(cli: Cli) -> None:
    ended = cli.json("show", r"C:\Lists\road.m3u8")
    assert (ended.code, ended.error["code"]) == (2, "no-such-file")


def test_a_file_is_its_own_address_from_any_folder(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a list.txt").write_text("The Ambers - Amber Road\n", "utf-8")
    monkeypatch.chdir(tmp_path / "lists")
    assert cli.done("show", "a list.txt")["items"][0]["track"]["title"] == "Amber Road"
    monkeypatch.chdir(tmp_path)
    assert cli.done("show", "lists/a list.txt")["items"][0]["track"]["artists"] == ["The Ambers"]


@pytest.mark.parametrize("file", ["lists.json", "my #1 lists.json"])
def test_a_playlist_of_a_file_is_named_behind_a_mark_whatever_its_name(cli: Cli, tmp_path: Path, file: str) -> None:
    names = ["A & B #1", "#", "50 % #loud: live"]
    lists = [{"name": name, "items": [{"track": {"trackName": name, "artistName": "Ann"}}]} for name in names]
    (tmp_path / file).write_text(json.dumps({"playlists": lists}), "utf-8")
    for name in names:
        shown = cli.done("show", f"{tmp_path / file}#{name}")
        assert [item["track"]["title"] for item in shown["items"]] == [name]
    assert cli.json("show", f"{tmp_path / file}#none").error["code"] == "unknown-playlist"
    assert cli.json("show", f"{tmp_path / 'gone.json'}#A").error["code"] == "no-such-file"


def test_the_same_data_is_used_from_any_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from musync.cli.main import main

    for name in ("music", "elsewhere"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("MUSYNC_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    assert main(["accounts", "add", "local", "--set", "folder=music"]) == 0
    monkeypatch.chdir(tmp_path / "elsewhere")
    capsys.readouterr()
    assert main(["accounts", "--json"]) == 0
    (account,) = json.loads(capsys.readouterr().out)["items"]
    assert account["settings"]["folder"] == str(tmp_path / "music")
    assert not list((tmp_path / "elsewhere").iterdir())
