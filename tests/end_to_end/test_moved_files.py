"""Music that was moved stays linked, and a playlist that names it by its old path is put right when next written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from musync.cli.main import main
from musync.services.local import scan
from tests.cli.conftest import Cli

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "music"
FILES = (
    "Kit Marsh/Seven Sisters Road/01 Seven Sisters Road.mp3",
    "Marlow & The Tides/Kitchen Floor Tapes/01 Cold Coffee.flac",
    "Żuraw/Dźwięk wody/01 Dźwięk wody.ogg",
)
NAMES = ("Kit Marsh - Seven Sisters Road", "Marlow & The Tides - Cold Coffee", "Żuraw - Dźwięk wody")
NOTHING = {"added": 0, "removed": 0, "moved": 0}


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """A small library whose list Road holds two of its three songs, put there by an earlier run; one moves then."""
    for name in FILES:
        (tmp_path / "music" / name).parent.mkdir(parents=True)
        shutil.copy(SAMPLE / name, tmp_path / "music" / name)
    home = tmp_path / "home"
    assert main(["--home", str(home), "accounts", "add", "local", "--set", f"folder={tmp_path / 'music'}"]) == 0
    cli = Cli(home, capsys)
    wish(tmp_path, *NAMES[:2])
    cli.done("sync", str(tmp_path / "wanted.txt"), "local:Road", "--create", "--yes")
    road = tmp_path / "music" / "Road.m3u8"
    road.write_text(road.read_text("utf-8").replace("#EXTINF", "# a note of mine\n#EXTINF", 1), "utf-8")
    (tmp_path / "music" / FILES[0]).rename(tmp_path / "music" / "renamed.mp3")
    return cli


def wish(place: Path, *names: str) -> None:
    (place / "wanted.txt").write_text("\n".join(names), "utf-8")


def test_a_comparison_looks_through_the_folder_once(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[Path] = []
    walk = scan.walk
    monkeypatch.setattr(scan, "walk", lambda folder, *rest: walked.append(folder) or walk(folder, *rest))
    cli.done("diff", str(tmp_path / "wanted.txt"), "local:Road")
    assert walked == [tmp_path / "music"]


def test_a_comparison_leaves_the_old_path(cli: Cli, tmp_path: Path) -> None:
    road = tmp_path / "music" / "Road.m3u8"
    before = road.read_bytes()
    for arguments in (("diff",), ("sync", "--dry-run"), ("sync", "--yes")):
        document = cli.done(arguments[0], str(tmp_path / "wanted.txt"), "local:Road", *arguments[1:])
        assert (document["planned"], document["repaired"], document["counts"]["common"]) == (NOTHING, 0, 2)
    assert road.read_bytes() == before


@pytest.mark.parametrize("mode", ["add", "mirror"])
def test_the_next_write_puts_it_right_and_the_one_after_has_nothing_to_do(cli: Cli, tmp_path: Path, mode: str) -> None:
    road = tmp_path / "music" / "Road.m3u8"
    before = road.read_text("utf-8")
    wish(tmp_path, *NAMES)
    command = ("sync", str(tmp_path / "wanted.txt"), "local:Road", "--mode", mode, "--yes")
    document = cli.done(*command, "--report", str(tmp_path / "report.txt"))
    assert (document["state"], document["written"]["added"], document["repaired"]) == ("done", 1, 1)
    after = road.read_text("utf-8")
    assert after.startswith(before.replace(FILES[0], "renamed.mp3"))
    assert "1 path of a moved file put right" in (tmp_path / "report.txt").read_text("utf-8")
    again = cli.done(*command)
    assert (again["state"], again["planned"], again["repaired"]) == ("done", NOTHING, 0)
    assert road.read_text("utf-8") == after


def test_the_terminal_says_that_a_path_was_put_right(cli: Cli, tmp_path: Path) -> None:
    wish(tmp_path, *NAMES)
    said = cli("sync", str(tmp_path / "wanted.txt"), "local:Road", "--yes")
    assert "1 path of a moved file put right." in said.out
