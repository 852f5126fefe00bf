"""What reaches a terminal: nothing that steers it, tables that fit, questions on stderr, silence on a closed pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from musync.cli import asking
from musync.domain import Track, TrackId
from tests.cli.conftest import HERE, THERE, Cli, Place

NASTY = "\x1b[2J\x1b]0;owned\x07 \u202egnol\u2066 \x9b31m line\nbreak \u200b <img src=x onerror=1> [bold]"
STEERING = "\x1b\x07\x9b\u202e\u2066\u200b"


def musync(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        [sys.executable, "-m", "musync", *arguments], text=True, encoding="utf-8", **options
    )


def nasty(song: Track) -> Track:
    return replace(song, title=NASTY, artists=(NASTY,), album=NASTY)


def test_nothing_in_a_title_steers_the_terminal(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", (nasty(songs[0]),))
    there.make("Road", ())
    here.make(NASTY, ())
    lines = (
        ["show", HERE],
        ["playlists", "here"],
        ["diff", HERE, THERE, "-v"],
        ["sync", HERE, THERE, "--yes"],
        ["runs", "show", "1"],
        ["runs", "missing"],
        ["show", f"memory@here:{NASTY}x"],
        ["match", HERE, "there"],
    )
    for line in lines:
        for ended in (both(*line), both.json(*line)):
            assert not set(STEERING).intersection(ended.out + ended.err), line
        assert "\nbreak" not in both(*line).out
    assert both.done("show", HERE)["items"][0]["track"]["title"] == NASTY
    assert "[bold]" in both("show", HERE).out


@pytest.mark.parametrize("columns", ["80", "60"])
def test_tables_fit_the_terminal(
    both: Cli,
    here: Place,
    there: Place,
    songs: tuple[Track, ...],
    monkeypatch: pytest.MonkeyPatch,
    columns: str,
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    long = replace(songs[0], title="真夜中の自動販売機 " * 8, artists=("Ein sehr langer Name " * 5,), album="x" * 200)
    here.make("Road", (long, *songs[:9]))
    there.make("Road", songs[:2])
    here.make("A playlist whose title is long enough to need a second line in any table", ())
    both("sync", HERE, THERE, "--yes")
    for line in (
        ["show", HERE],
        ["playlists", "here"],
        ["diff", HERE, THERE, "-v"],
        ["runs"],
        ["runs", "show", "1", "-v"],
        ["services"],
        ["settings"],
        ["doctor"],
    ):
        widest = max((_cells(text) for text in both(*line).out.splitlines()), default=0)
        assert widest <= int(columns), (line, widest)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)


def test_numbers_are_grouped(both: Cli, here: Place, songs: tuple[Track, ...]) -> None:
    many = [replace(songs[0], id=TrackId(str(number))) for number in range(1_234)]
    here.make("Road", many)
    assert "1,234" in both("playlists", "here").out
    assert both("show", HERE).err.endswith("Road: 1,234 tracks\n")


def test_a_sync_shows_what_it_will_do_and_asks_once(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], typed: list[str]
) -> None:
    here.make("Road", songs[:20])
    there.make("Road", songs[:1])
    typed += ["no"]
    declined = both("sync", HERE, THERE)
    assert (declined.code, declined.out) == (130, "")
    assert "To add (19)" in declined.err
    assert "… and 11 more" in declined.err
    assert "Add 19?" in declined.err
    assert there.world.writes == ()
    typed += ["y"]
    agreed = both.json("sync", HERE, THERE)
    assert (agreed.code, agreed.document["written"]["added"]) == (0, 19)
    assert both("sync", HERE, THERE).code == 0


def test_a_question_without_an_answer_writes_nothing(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    here.make("Road", songs[:2])
    there.make("Road", ())
    monkeypatch.setattr(asking, "has_terminal", lambda: True)

    def ended() -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)
    assert both.json("sync", HERE, THERE).error["code"] == "nothing-to-ask-on"
    assert there.world.writes == ()


def test_a_real_terminal_gets_the_question_and_the_result(tmp_path: Path) -> None:
    import pty

    (tmp_path / "a.txt").write_text("The Ambers - Amber Road\n", "utf-8")
    master, slave = pty.openpty()
    line = ["sync", "a.txt", "b.csv", "--create", "--home", str(tmp_path / "home")]
    process = subprocess.Popen(
        [sys.executable, "-m", "musync", *line], stdin=slave, stdout=slave, stderr=slave, cwd=tmp_path
    )
    os.close(slave)
    os.write(master, b"y\n")
    said = b""
    while True:
        try:
            chunk = os.read(master, 65_536)
        except OSError:
            break
        if not chunk:
            break
        said += chunk
    os.close(master)
    assert process.wait(60) == 0, said.decode()
    assert "Add 1? (" in said.decode()
    assert "1 added" in said.decode()
    assert "Amber Road" in (tmp_path / "b.csv").read_text("utf-8")


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"The Ambers - Song {number}\n" for number in range(20_000)), "utf-8")
    command = f"{sys.executable} -m musync show a.txt --home {tmp_path / 'home'} | head -3"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 3
    assert "Broken" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["show a.txt", "show a.txt --json", "show", "--help"])
def test_a_closed_stdout_and_a_full_disk_behind_it_are_no_bugs(tmp_path: Path, words: str) -> None:
    (tmp_path / "a.txt").write_text("The Ambers - Amber Road\n", "utf-8")
    command = f"{sys.executable} -m musync {words} --home {tmp_path / 'home'}"
    closed = subprocess.run(["bash", "-c", f"{command} >&-"], capture_output=True, text=True, cwd=tmp_path)
    assert (closed.returncode, "Traceback" in closed.stderr) == (2 if words == "show" else 0, False), closed.stderr
    if words == "show" or not Path("/dev/full").exists():
        return
    full = subprocess.run(["bash", "-c", f"{command} >/dev/full"], capture_output=True, text=True, cwd=tmp_path)
    assert (full.returncode, "Traceback" in full.stderr) == (9, False), full.stderr
    assert "The output could not be written" in full.stderr


def test_help_into_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    command = f"{sys.executable} -m musync --help | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=tmp_path)
    assert done.stderr == ""


def test_a_terminal_without_utf_8_still_gets_everything(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("三日月ラジオ - 夜の自動販売機\n", "utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    home = ["--home", str(tmp_path / "home")]
    shown = musync("show", "a.txt", *home, capture_output=True, cwd=tmp_path, env=environment)
    assert (shown.returncode, shown.stderr) == (0, "a: 1 track\n")
    document = musync("show", "a.txt", *home, "--json", capture_output=True, cwd=tmp_path, env=environment)
    assert json.loads(document.stdout)["items"][0]["track"]["title"] == "夜の自動販売機"


def test_verbose_shows_the_log_on_stderr_and_nothing_else_on_stdout(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:2])
    there.make("Road", ())
    ended = both.json("diff", HERE, THERE, "--verbose")
    assert ended.document["counts"]["to_add"] == 2
    assert "DEBUG musync." in ended.err
    assert "DEBUG" not in both("diff", HERE, THERE).err


def test_the_sample_is_synced_by_one_command(tmp_path: Path) -> None:
    import shutil

    from musync.app.paths import resource

    sample = shutil.copytree(resource("sample"), tmp_path / "sample")
    home = ["--json", "--home", str(tmp_path / "home")]
    added = musync("accounts", "add", "local", "--set", f"folder={sample / 'music'}", *home, capture_output=True)
    assert added.returncode == 0, added.stderr
    line = ("sync", str(sample / "Road trip.csv"), "local:Evening", "--create", "--yes", *home)
    first = musync(*line, capture_output=True, cwd=tmp_path)
    document = json.loads(first.stdout)
    assert (first.returncode in (0, 3), first.stderr) == (True, "")
    assert document["written"]["added"] >= 14
    listed = (sample / "music" / "Evening.m3u8").read_text("utf-8").splitlines()
    places = [text for text in listed if text and not text.startswith("#")]
    assert len(places) == document["written"]["added"]
    assert all((sample / "music" / place).is_file() for place in places)
    again = json.loads(musync(*line, capture_output=True, cwd=tmp_path).stdout)
    assert again["written"]["added"] == 0
    assert not list(tmp_path.rglob("*musync-tmp*"))
