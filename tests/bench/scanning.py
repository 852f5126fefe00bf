"""Reading a music folder for the first time, and again when nothing changed: `python tests/bench/scanning.py`."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from common import Row, in_turn, run

from musync.domain import FreeControl, ScanReport
from musync.services.local.index import open_index
from musync.services.local.scan import scan
from musync.testing.audio import clone_library

FILES = 10_000


def measure() -> list[Row]:
    """10,000 files: all of them new, then all of them known."""
    with tempfile.TemporaryDirectory(prefix="musync-bench-") as name:
        folder = Path(name)
        music = folder / "music"
        clone_library(music, FILES, seed=1)
        first = _first(music, folder / "cache")
        opened = _bare_open(music)
        times = in_turn(
            {
                "ours": lambda: _again(music, folder / "cache"),
                "scandir": lambda: _clocked(lambda: _scandir(str(music))),
                "walk": lambda: _clocked(lambda: _walk(str(music))),
            },
        )
    rate, bare_rate = FILES / first.seconds, FILES / opened
    what = f"scan of {FILES:,} unchanged files"
    return [
        Row(
            what=f"first scan of {FILES:,} files",
            measured=rate,
            unit="files/s",
            bound=400,
            least=True,
            baseline=bare_rate,
            against="opening and reading each whole",
        ),
        Row(what=what, measured=times["ours"], baseline=times["scandir"], against="scandir and stat", ratio_bound=1.5),
        Row(what=what, measured=times["ours"], baseline=times["walk"], against="os.walk and os.stat", ratio_bound=1.5),
    ]


def _first(music: Path, cache: Path) -> ScanReport:
    """The better of two first scans, each into an index of its own."""
    reports = []
    for turn in range(2):
        shutil.rmtree(cache, ignore_errors=True)
        index = open_index(cache, "bench")
        reports.append(scan(music, index, FreeControl()))
        index.close()
        assert reports[turn].added == FILES, reports[turn]
    return min(reports, key=lambda report: report.seconds)


def _again(music: Path, cache: Path) -> float:
    """Seconds of a scan that finds nothing new; the index is open already."""
    index = open_index(cache, "bench")
    seconds = _clocked(lambda: scan(music, index, FreeControl()))
    index.close()
    return seconds


def _clocked(work: object) -> float:
    assert callable(work)
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _scandir(folder: str) -> int:
    """The least that telling changes takes: every folder listed, every file's size and time asked for."""
    seen = 0
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    entry.stat()
                    seen += 1
    return seen


def _walk(folder: str) -> int:
    seen = 0
    for place, _, names in os.walk(folder):
        for name in names:
            os.stat(os.path.join(place, name))  # noqa: PTH116, PTH118 - as one would write it without us
            seen += 1
    return seen


def _bare_open(music: Path) -> float:
    """Seconds to read every byte of every file in one process."""
    return _clocked(lambda: [path.read_bytes() for path in music.rglob("*") if path.is_file()])


if __name__ == "__main__":
    run(measure)
