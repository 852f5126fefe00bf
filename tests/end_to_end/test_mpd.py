"""A real foreign player reads what musync writes: Debian's MPD on loopback, asked by its own client library."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mpd
import pytest

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"
PATIENCE = 30.0

CONFIG = """
music_directory "{music}"
playlist_directory "{playlists}"
db_file "{state}/database"
filesystem_charset "UTF-8"
bind_to_address "127.0.0.1"
port "{port}"
audio_output {{
    type "null"
    name "nobody listens"
}}
"""


@dataclass(frozen=True)
class Home:
    """A home of musync with the sample library as its only account."""

    folder: Path
    music: Path

    def run(self, *arguments: str) -> tuple[int, Any]:
        """What the command line answers: exit code and JSON document."""
        command = [sys.executable, "-m", "musync", *arguments, "--json", "--home", str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
        assert done.stdout, done.stderr
        return done.returncode, json.loads(done.stdout)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    music = shutil.copytree(SAMPLE / "music", tmp_path / "music")
    made = Home(tmp_path / "home", music)
    code, document = made.run("accounts", "add", "local", "--set", f"folder={music}")
    assert code == 0, document
    return made


@pytest.fixture
def player(tmp_path: Path) -> Iterator[Callable[[Path], mpd.MPDClient]]:
    """Starts the server on a folder of music and playlists, once it is as the test wants it."""
    running: list[tuple[subprocess.Popen[bytes], mpd.MPDClient]] = []

    def start(music: Path) -> mpd.MPDClient:
        process, port = _serving(music, tmp_path / "mpd")
        client = mpd.MPDClient()
        client.timeout = PATIENCE
        client.connect("127.0.0.1", port)
        running.append((process, client))
        _until(lambda: "updating_db" not in client.status() and int(client.stats()["songs"]) > 0)
        return client

    yield start
    for process, client in running:
        client.disconnect()
        process.terminate()
        process.wait(PATIENCE)


def _serving(music: Path, state: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A server that accepts connections; another program may take the free port first, so it is tried again."""
    state.mkdir()
    for _ in range(5):
        port = _free_port()
        process = _started(music, state, port)
        if process is not None:
            return process, port
    raise AssertionError((state / "log").read_text("utf-8"))


def _started(music: Path, state: Path, port: int) -> subprocess.Popen[bytes] | None:
    config = state / "mpd.conf"
    config.write_text(CONFIG.format(music=music, playlists=music, state=state, port=port), encoding="utf-8")
    with (state / "log").open("ab") as log:
        process = subprocess.Popen(["mpd", "--no-daemon", "--stderr", str(config)], stderr=log, stdout=log)
    _until(lambda: process.poll() is not None or _answers(port))
    return process if process.poll() is None else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
            return line.recv(6) == b"OK MPD"
    except ConnectionRefusedError:
        return False


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "the server does not get ready"
        time.sleep(0.02)


def _listed(client: mpd.MPDClient, playlist: str) -> list[dict[str, str]]:
    return list(client.listplaylistinfo(playlist))


def test_a_player_finds_every_track_of_a_list_that_musync_wrote(
    home: Home, player: Callable[[Path], mpd.MPDClient]
) -> None:
    code, document = home.run("sync", str(SAMPLE / "Road trip.csv"), "local:Evening", "--create", "--yes")
    assert code == 3, document  # some rows wait for an answer
    client = player(home.music)
    songs = _listed(client, "Evening.m3u8")
    assert len(songs) == document["written"]["added"] >= 15
    known = {song["file"] for song in client.listall() if "file" in song}
    assert all(song["file"] in known for song in songs)
    assert songs[0]["title"] == "Salt on the Windscreen"
    assert [song["artist"] for song in songs[:3]] == ["Harbour Lights Choir", "Lina Brandt", "三日月ラジオ"]


def test_a_list_that_was_there_keeps_its_own_entries_for_the_player(
    home: Home, player: Callable[[Path], mpd.MPDClient]
) -> None:
    before = [line for line in (home.music / "Road.m3u8").read_text("utf-8").splitlines() if line[0] != "#"]
    code, document = home.run("sync", str(SAMPLE / "Road trip.csv"), "local:Road", "--yes")
    assert code == 3, document
    files = [song["file"] for song in _listed(player(home.music), "Road.m3u8")]
    assert files[: len(before)] == before
    assert len(files) == len(before) + document["written"]["added"]
    assert "三日月ラジオ/真夜中の信号/01 夜の自動販売機.ogg" in files
    assert "Unsorted/Copper Kites - Weathervane.ogg" in files
