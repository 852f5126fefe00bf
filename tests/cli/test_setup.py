"""`settings`, `doctor` and `demo`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

CHECKS = {"folder", "disk", "settings", "database", "keyring", "ffmpeg", "window", "local", "file"}


def test_settings_are_listed_read_and_changed(cli: Cli) -> None:
    items = {item["key"]: item["value"] for item in cli.done("settings")["items"]}
    assert (items["theme"], items["accept"], items["single_keys"]) == ("system", 0.9, True)
    assert cli.done("settings", "set", "single_keys", "off") == {"key": "single_keys", "value": False}
    assert cli("settings", "get", "single_keys").out == "off\n"
    assert cli("settings", "set", "accept", "0.95", "--quiet").out == ""
    assert cli.done("settings", "get", "accept")["value"] == 0.95
    assert "0.95" in cli("settings", "list").out


@pytest.mark.parametrize(
    "line", [["get", "nothing"], ["set", "nothing", "1"], ["set", "theme", "pink"], ["set", "accept", "0.5"]]
)
def test_a_setting_that_cannot_be_is_refused(cli: Cli, line: list[str]) -> None:
    assert cli.json("settings", *line).code == 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"accept = 0.2\n", "between 0.8 and 1."),
        (b"accept = [broken", "line 1"),
        (b"\xff\xfe\x00", "it is no UTF-8 text."),
    ],
)
def test_a_broken_settings_file_is_left_as_it_is(cli: Cli, content: bytes, why: str) -> None:
    cli.home.mkdir()
    (cli.home / "settings.toml").write_bytes(content)
    ended = cli.json("settings", "set", "accept", "0.9")
    ended = cli.json("settings")
    assert (ended.code, ended.error["code"]) == (9, "settings-unreadable")
    assert why in ended.error["message"]
    assert not ended.error["message"].endswith("..")
    assert (cli.home / "settings.toml").read_bytes() == content


def test_a_settings_file_from_the_future_is_left_as_it_is(cli: Cli) -> None:
    cli.home.mkdir()
    (cli.home / "settings.toml").write_text("version = 99\n", "utf-8")
    ended = cli.json("settings")
    assert (ended.code, ended.error["code"]) == (9, "settings-unreadable")
    assert "99" in ended.error["message"]
    assert (cli.home / "settings.toml").read_text("utf-8") == "version = 99\n"


def test_a_home_that_is_no_folder_is_refused(cli: Cli) -> None:
    cli.home.write_text("", "utf-8")
    ended = cli.json("accounts")
    assert (ended.code, ended.error["code"]) == (9, "home-unusable")
    assert "--home" in ended.error["next"]


def test_the_doctor_finds_nothing_wrong_with_a_good_home(cli: Cli) -> None:
    ended = cli.json("doctor")
    assert ended.code == 0, ended.out
    items = {item["name"]: item for item in ended.document["items"]}
    assert items.keys() == CHECKS
    assert all(set(item) == {"name", "level", "text", "fix", "ok"} for item in items.values())
    assert all(item["fix"] for item in items.values() if item["level"] != "ok")
    assert ended.document["faults"] == 0
    assert "Nothing stands in the way." in cli("doctor").err


def test_each_fault_gets_one_line_that_mends_it(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    cli.done("accounts", "add", "local", "--set", f"folder={tmp_path / 'music'}")
    (tmp_path / "music").rmdir()
    ended = cli.json("doctor", "local")
    assert ended.code == 3
    (fault,) = (item for item in ended.document["items"] if not item["ok"])
    assert fault["name"] == "local@local"
    assert fault["fix"]
    assert "\n" not in fault["fix"]
    said = cli("doctor", "--quiet")
    assert (said.code, said.err) == (3, "")
    assert "local@local" in said.out
    assert "→" in said.out


def test_the_doctor_knows_one_service_alone(cli: Cli) -> None:
    assert [item["name"] for item in cli.done("doctor", "file")["items"]] == ["file"]
    assert cli("doctor", "nothing").code == 2


def test_the_demo_syncs_the_sample_and_tells_of_every_outcome(cli: Cli) -> None:
    ended = cli("demo")
    assert (ended.code, ended.err) == (0, "")
    for words in ("Added (", "To choose (", "Not found (", "In both (", "Only there", "What to try next:"):
        assert words in ended.out
    assert str(cli.home / "sample") in ended.out
    assert all(len(line) <= 80 or str(cli.home) in line for line in ended.out.splitlines())
    again = cli.json("demo")
    assert again.code == 0
    assert again.document["written"] == {"added": 0, "removed": 0, "moved": 0}
    assert [item["name"] for item in cli.done("accounts")["items"]] == ["local"]


def test_the_demo_without_a_home_makes_one_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import json

    from musync.cli.main import main

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("MUSYNC_HOME", str(tmp_path / "untouched"))
    assert main(["demo", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["written"]["added"] >= 10
    (home,) = tmp_path.iterdir()
    assert home.name.startswith("musync-demo-")
    assert (home / "sample" / "music" / "Road.m3u8").exists()
