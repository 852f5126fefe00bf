"""A large music folder and a long playlist file, through the whole of musync: `python tests/bench/large.py`.

The folder holds 100,000 empty files; the index says what would be in them, as if they had been read before. The work is
done by a child process, so that its memory is that of the work.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from common import Row, child, most_memory, run, tell
from songs import Maker

from musync.app.compose import open_musync
from musync.app.jobs import ThreadControl
from musync.app.paths import Home
from musync.domain import Account, Action, Policy, Track
from musync.services.local.facts import Tags
from musync.services.local.index import IndexedFile, open_index

LIBRARY, WANTED = 100_000, 10_000
COLUMNS = ("title", "artists", "album", "duration_s")


def measure() -> list[Row]:
    """Compare, the first time and with the index stored, write and compare again; then the memory."""
    with tempfile.TemporaryDirectory(prefix="musync-bench-") as name:
        folder = Path(name)
        _prepare(folder)
        walk = _clocked(lambda: _walk(str(folder / "music")))[0]
        spent = child("large", "cold", str(folder)) | child("large", "stored", str(folder))
    what, against = f"folder of {LIBRARY:,}, list of {WANTED:,}", "scandir and stat of the folder"
    return [
        Row(what=f"{what}: compare, cold", measured=spent["cold"], bound=9.0, baseline=walk, against=against),
        Row(what=f"{what}: compare, index stored", measured=spent["stored"], bound=5.0, baseline=walk, against=against),
        Row(what=f"{what}: write the M3U8", measured=spent["write"], baseline=walk, against=against),
        Row(what=f"{what}: compare, links known", measured=spent["known"], bound=3.0, baseline=walk, against=against),
        Row(what=f"{what}: whole process", measured=spent["mib"], unit="MiB", bound=500),
        Row(what=f"{what}: whole process at most", measured=spent["stored-most"], unit="MiB"),
        Row(what=f"{what}: whole process at most while indexing", measured=spent["cold-most"], unit="MiB"),
        Row(what=f"database of a list of {WANTED:,}", measured=spent["db"], unit="MB"),
    ]


def _prepare(folder: Path) -> None:
    """The folder, its index, the wish list and the home with the one account."""
    music = folder / "music"
    maker = Maker(5)
    tracks = maker.library(LIBRARY)
    files = [_file(music, track) for track in tracks]
    account = Account(name="local", service="local", ext_id=str(music.resolve()), settings={"folder": str(music)})
    musync = open_musync(Home(folder / "home"), log_to_file=False)
    index = open_index(musync.home.cache(account), account.ext_id)
    index.store(files, 1)
    # So long ago that the next job looks at every file again.
    index.finish((), 1, at=0.0, walk_s=0.1)
    index.close()
    with musync.database().begin() as work:
        work.accounts.add(account)
    musync.close()
    _write_csv(folder / "wish.csv", maker.elsewhere(maker.chance.sample(tracks, WANTED)))


def _file(music: Path, track: Track) -> IndexedFile:
    number = int(track.id.partition("-")[2])
    relative = f"{number // 250:04}/{number // 10:05}/{number:06}.mp3"
    path = music / relative
    if number % 10 == 0:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    stat = path.stat()
    tags = Tags(
        title=track.title,
        artists=track.artists,
        album=track.album,
        album_artist=track.album_artist,
        duration_ms=track.duration_ms,
        isrc=track.isrc,
        track_number=track.track_number,
    )
    return IndexedFile(path=relative, size=stat.st_size, mtime_ns=stat.st_mtime_ns, tags=tags, mark=tags.mark())


def _write_csv(path: Path, tracks: Sequence[Track]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for track in tracks:
            length = f"{track.duration_ms / 1000:.3f}" if track.duration_ms else ""
            rows.writerow((track.title, "; ".join(track.artists), track.album, length))


def _in_child(stage: str, folder: Path) -> None:
    """Compare for the first time, or all that comes after that."""
    import psutil

    musync = open_musync(Home(folder / "home"), log_to_file=False)
    control = ThreadControl()

    def compare() -> object:
        source = musync.addresses.resolve(str(folder / "wish.csv"), control)
        target = musync.addresses.resolve("local:Road", control, create=True)
        return musync.comparing.compare(source, target, Policy(), control)

    figures: dict[str, float] = {}
    figures[stage], review = _clocked(compare)
    if stage == "stored":
        figures["write"], written = _clocked(lambda: musync.writing.write(review, control))  # type: ignore[arg-type]
        assert written.count(Action.ADD) > 0.9 * WANTED  # type: ignore[attr-defined]
        del review, written
        figures["known"], review = _clocked(compare)
        figures["mib"] = psutil.Process().memory_info().rss / 2**20
    figures[f"{stage}-most"] = most_memory()
    musync.close()
    figures["db"] = (folder / "home" / "musync.sqlite3").stat().st_size / 1e6
    tell(figures)


def _walk(folder: str) -> int:
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


def _clocked(work: Callable[[], object]) -> tuple[float, object]:
    begun = time.perf_counter()
    answer = work()
    return time.perf_counter() - begun, answer


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        _in_child(sys.argv[2], Path(sys.argv[3]))
    else:
        run(measure)
