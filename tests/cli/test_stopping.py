"""Ctrl+C: asks, waits for the request in flight, and does not wait the second time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from musync.app.jobs import ThreadControl
from musync.domain import Track
from tests.cli.conftest import HERE, THERE, Cli, Place

SYNC = ("sync", HERE, THERE, "--yes", "--mode", "mirror")

TWICE = """
import os, signal, sys, time
from pathlib import Path
from musync.app.compose import open_musync
from musync.app.paths import Home
from musync.cli.main import main
from musync.domain import Account, Track, TrackId
from musync.services.memory.world import world_named

home, song = sys.argv[1], Track(id=TrackId("1"), title="Amber Road", artists=("The Ambers",), duration_ms=180_000)
here, there = (world_named(name) for name in ("here", "there"))
here.account("me@here").make_playlist("Road", [song])
there.add_tracks(song)
there.account("me@there").make_playlist("Road", [])
musync = open_musync(Home(Path(home)), log_to_file=False)
with musync.database().begin() as work:
    for name in ("here", "there"):
        work.accounts.add(Account(name=name, service="memory", ext_id=f"me@{name}", settings={"world": name}))
musync.close()

def hang():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(60)

there.run_before("add_entries", hang)
sys.exit(main(["--home", home, "sync", "memory@here:Road", "memory@there:Road", "--yes", "--json"]))
"""


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when a control is asked to stop."""
    event = threading.Event()
    cancel = ThreadControl.cancel

    def hear(control: ThreadControl) -> None:
        cancel(control)
        event.set()

    monkeypatch.setattr(ThreadControl, "cancel", hear)
    return event


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_keeps_what_is_written_and_says_so(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], heard: threading.Event, stop: signal.Signals
) -> None:
    here.make("Road", [songs[number] for number in (5, 0, 6, 1, 7)])
    there.make("Road", songs[:2])

    def press() -> None:
        os.kill(os.getpid(), stop)
        assert heard.wait(10)

    there.world.run_before("add_entries", press)
    ended = both.json(*SYNC)
    assert ended.code == 130
    assert "Ctrl+C again does not wait" in ended.err
    document = ended.document
    assert (document["state"], document["error"]["code"]) == ("stopped", "stopped")
    assert document["written"]["added"] == len(there.titles("Road")) - 2 == 1
    assert both.done("runs")["items"][0]["state"] == "stopped"
    assert both.json(*SYNC).code == 0
    assert there.titles("Road") == [songs[number].title for number in (5, 0, 6, 1, 7)]


def test_stopping_while_reading_changes_nothing(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], heard: threading.Event
) -> None:
    here.make("Road", songs)
    there.make("Road", ())

    def press() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        assert heard.wait(10)

    here.world.run_before("read_entries", press)
    ended = both.json(*SYNC)
    assert (ended.code, ended.error["code"]) == (130, "stopped")
    assert there.world.writes == ()


def test_a_request_in_flight_is_abandoned_the_second_time(tmp_path: Path) -> None:
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", TWICE, str(tmp_path / "home")], capture_output=True, text=True)
    assert done.returncode == 130, done.stderr
    assert "Stopped without waiting." in done.stdout
    assert time.monotonic() - begun < 30


def test_ctrl_c_at_a_question_writes_nothing(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...], monkeypatch: pytest.MonkeyPatch, typed: list[str]
) -> None:
    here.make("Road", songs[:2])
    there.make("Road", ())

    def press() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", press)
    ended = both.json("sync", HERE, THERE)
    assert (ended.code, ended.error["code"]) == (130, "stopped")
    assert there.world.writes == ()
