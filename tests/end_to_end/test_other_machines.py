"""Lists that another machine wrote: its paths mean the same files here, and nothing is added twice or mistaken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from musync.cli.main import main
from tests.cli.conftest import Cli

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "music"
FILES = (
    "Kit Marsh/Seven Sisters Road/01 Seven Sisters Road.mp3",
    "Marlow & The Tides/Kitchen Floor Tapes/01 Cold Coffee.flac",
    "Żuraw/Dźwięk wody/01 Dźwięk wody.ogg",
)
NAMES = ("Kit Marsh - Seven Sisters Road", "Marlow & The Tides - Cold Coffee", "Żuraw - Dźwięk wody")


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line with a small music folder as its library."""
    for name in FILES:
        (tmp_path / "music" / name).parent.mkdir(parents=True)
        shutil.copy(SAMPLE / name, tmp_path / "music" / name)
    folder = f"folder={tmp_path / 'music'}"
    assert main(["--home", str(tmp_path / "home"), "accounts", "add", "local", "--set", folder]) == 0
    return Cli(tmp_path / "home", capsys)


def written(path: Path, *lines: str) -> str:
    path.write_text("".join(f"{line}\r\n" for line in lines), "utf-8", newline="")
    return str(path)


def on_windows(name: str) -> str:
    return "D:\\Music\\" + name.replace("/", "\\")


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("place", [on_windows, "/volume1/media/{}".format, "//nas/media/{}".format])
def test_a_target_of_another_machine_is_not_filled_twice(
    cli: Cli, tmp_path: Path, place: type[str], told: bool
) -> None:
    lines = [line for name, file in zip(NAMES, FILES, strict=True) for line in (f"#EXTINF:1,{name}", place(file))]
    target = tmp_path / "theirs.m3u8"
    written(target, *(["#EXTM3U", *lines] if told else lines[1::2]))
    before = target.read_bytes()
    wanted = written(tmp_path / "wanted.txt", *NAMES)
    # Links of an earlier run lead to the files here; the list still names them as they are called there.
    cli.done("sync", wanted, "local:Here", "--create", "--yes")
    for mode in ("add", "mirror"):
        document = cli.done("sync", wanted, str(target), "--yes", "--mode", mode)
        assert document["counts"]["common"] == 3
        assert document["planned"] == {"added": 0, "removed": 0, "moved": 0}
    assert target.read_bytes() == before


def test_a_file_of_the_same_name_is_not_taken_for_another_recording(cli: Cli, tmp_path: Path) -> None:
    other = ("#EXTM3U", "#EXTINF:311,Quorl Zyx - Wholly Different", "D:\\x\\01 Cold Coffee.flac")
    document = cli.done("diff", written(tmp_path / "theirs.m3u", *other), "local:New", "--create")
    assert document["entries"][0]["outcome"] == "not_found"


def test_one_file_under_two_addresses_is_one_list(cli: Cli, tmp_path: Path) -> None:
    here = Path(written(tmp_path / "music" / "Here.m3u8", "#EXTM3U", FILES[0]))
    (tmp_path / "link.m3u8").symlink_to(here)
    for source, target in (("local:Here", str(here)), (str(here), str(tmp_path / "link.m3u8"))):
        for options in ((), ("--mode", "mirror")):
            ended = cli.json("sync", source, target, "--yes", *options)
            assert (ended.code, ended.error["code"]) == (2, "same-playlist")
