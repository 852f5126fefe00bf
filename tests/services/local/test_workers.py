from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musync.domain import FreeControl
from musync.domain.errors import Cancelled
from musync.services.local import scan as scanning
from musync.services.local import workers
from musync.services.local.index import Index, open_index
from musync.services.local.scan import scan
from musync.services.local.walk import walk
from musync.testing.audio import clone_library
from tests.services.local.library import MusicFolder

COUNT = 200


@pytest.fixture
def index(music: MusicFolder) -> Iterator[Index]:
    index = open_index(music.cache, str(music.folder))
    yield index
    index.close()


@pytest.fixture
def in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few files count as many."""
    monkeypatch.setattr(scanning, "PROCESSES_FROM", 50)


def rows(index: Index) -> list[tuple[object, ...]]:
    return index.connection.execute(
        "SELECT path, size, title, artists, isrc, mark, problem FROM file ORDER BY path"
    ).fetchall()


def test_processes_find_what_one_thread_finds(
    music: MusicFolder, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone_library(music.folder, COUNT, seed=1)
    (music.folder / "broken.mp3").write_bytes(b"x")
    scan(music.folder, index, FreeControl())
    one_thread = rows(index)
    index.discard()
    monkeypatch.setattr(scanning, "PROCESSES_FROM", 50)
    again = open_index(music.cache, str(music.folder))
    report = scan(music.folder, again, FreeControl())
    assert rows(again) == one_thread
    assert (report.added, len(report.unreadable)) == (COUNT, 1)
    assert not multiprocessing.active_children()
    again.close()


def test_ctrl_c_does_not_end_a_process_that_still_loads(music: MusicFolder, capfd: pytest.CaptureFixture[str]) -> None:
    clone_library(music.folder, 1, seed=1)
    worker = workers._Worker(music.folder)
    if hasattr(signal, "pthread_sigmask"):
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGINT)
    worker.take(walk(music.folder, {}, FreeControl()).fresh)
    answer = worker.give()
    worker.stop()
    worker.join()
    assert answer is not None
    assert "KeyboardInterrupt" not in capfd.readouterr().err


class StopsAfterTheFirstBatch(FreeControl):
    stopped_at = 0.0

    def progress(self, done: int, total: int | None, code: str) -> None:
        if total and not self.stopped_at:
            self.stopped_at = time.perf_counter()
            self.cancel()


@pytest.mark.usefixtures("in_processes")
def test_a_stop_ends_the_processes_at_once(music: MusicFolder, index: Index) -> None:
    clone_library(music.folder, 600, seed=1)
    control = StopsAfterTheFirstBatch()
    with pytest.raises(Cancelled):
        scan(music.folder, index, control)
    took = time.perf_counter() - control.stopped_at
    assert not multiprocessing.active_children()
    assert 0 < len(index.stamps()) < 600
    # Two tenths of a second is what people get; the rest is for a machine that runs other tests as well.
    assert took < 1.0


class LosesAReader(FreeControl):
    """Kills one of the processes when the first answer is there."""

    killed = False

    def progress(self, done: int, total: int | None, code: str) -> None:
        if total and not self.killed:
            self.killed = True
            multiprocessing.active_children()[0].kill()


@pytest.mark.usefixtures("in_processes")
def test_a_reader_that_dies_costs_its_batch_until_the_next_scan(music: MusicFolder, index: Index) -> None:
    clone_library(music.folder, 600, seed=1)
    report = scan(music.folder, index, LosesAReader())
    assert report.added + len(report.unreadable) == 600
    assert all("ended the reader" in one.reason for one in report.unreadable)
    again = scan(music.folder, index, FreeControl())
    assert again.changed == len(report.unreadable)
    assert not again.unreadable
    assert not multiprocessing.active_children()


def test_where_no_process_can_run_the_calling_thread_reads(music: MusicFolder, tmp_path: Path) -> None:
    clone_library(music.folder, 200, seed=1)
    script = tmp_path / "unguarded.py"
    # Without a guard each process runs the script itself, which multiprocessing refuses.
    script.write_text(
        "from pathlib import Path\n"
        "from musync.domain import FreeControl\n"
        "from musync.services.local import scan\n"
        "from musync.services.local.index import open_index\n"
        "scan.PROCESSES_FROM = 50\n"
        f"index = open_index(Path({str(music.cache)!r}), 'x')\n"
        f"print(scan.scan(Path({str(music.folder)!r}), index, FreeControl()).added)\n"
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, cwd=Path.cwd(), env={"PYTHONPATH": "."}
    )
    assert done.stdout.splitlines()[-1:] == ["200"], done.stderr
