"""Libraries of 1,000 to 1,000,000 tracks searched for a long list: `python tests/bench/libraries.py [--million]`.

Each library is listed, indexed and stored by one process, opened and searched by another that knows nothing of it. What
it is held against compares with every track of the library; that is measured on some of the list and reckoned up to
all of it (marked `*`), with the texts prepared beforehand.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from common import Row, child, most_memory, run, tell
from rapidfuzz.fuzz import WRatio, ratio
from rapidfuzz.process import cdist, extract, extractOne
from songs import Maker

from musync.app.jobs import without_collecting
from musync.app.stored.keeping import Keeper
from musync.app.stored.records import from_record, to_record
from musync.domain import Cursor, FreeControl, Page, Revision, Track
from musync.engine.candidates import CatalogueIndex
from musync.engine.matching import match_all
from musync.services.api import ListsTracks

SIZES = (1_000, 10_000, 100_000)
MILLION = 1_000_000
WANTED = 10_000
PAGE = 5_000
SOUGHT = "wanted.jsonl"
BOUNDS = {100_000: {"build": 4.0, "found": 5.0, "most": 500}, MILLION: {"found": 30.0, "most": 2_560}}


def measure() -> list[Row]:
    """The usual sizes, and a million when asked for."""
    sizes = (*SIZES, MILLION) if "--million" in sys.argv[1:] else SIZES
    return [row for size in sizes for row in library(size)]


def library(size: int) -> list[Row]:
    """Build, open, search, memory, and what others would take."""
    with tempfile.TemporaryDirectory(prefix="musync-bench-") as folder:
        built = child("libraries", "build", folder, str(size))
        found = child("libraries", "find", folder, str(size))
        beside = child("libraries", "beside", folder, str(size))
    name, bounds = f"library of {size:,}", BOUNDS.get(size, {})
    wanted = int(found["wanted"])
    what = f"{name}, stored: find {wanted:,}"
    ways = [
        ("cdist", "cdist of every pair *"),
        ("one", "extractOne, WRatio *"),
        ("weighted", "0.5/0.3/0.2, title filter *"),
    ]
    return [
        Row(what=f"{name}: indexed and stored", measured=built["build"], bound=bounds.get("build")),
        Row(what=f"{name}: whole process while it is indexed", measured=built["most"], unit="MiB"),
        Row(what=f"{name}: opened", measured=found["open"]),
        *(
            Row(
                what=what,
                measured=found["found"],
                bound=bounds.get("found"),
                baseline=beside[way],
                against=against,
                ratio_bound=0.2 if way == "cdist" and size >= SIZES[-1] else None,
            )
            for way, against in ways
        ),
        Row(
            what=f"{name}, stored: queries a second",
            measured=wanted / found["found"],
            unit="/s",
            bound=2_000 if size == SIZES[-1] else None,
            least=True,
        ),
        Row(what=f"{name}, stored: right ones", measured=found["right"], unit="%"),
        Row(
            what=f"{name}, stored: whole process at most", measured=found["most"], unit="MiB", bound=bounds.get("most")
        ),
    ]


class Library(ListsTracks):
    """Lists made-up songs; notes which of them are to be looked for, and how long making them took."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.maker = Maker(2)
        self.chosen = set(self.maker.chance.sample(range(size), min(WANTED, size)))
        self.sought: list[Track] = []
        self.seconds = 0.0
        self._songs = self.maker.songs(size)
        self._made = 0

    def list_tracks(self, cursor: Cursor | None = None, *, since: Revision | None = None) -> Page[Track]:
        """The next page; with `since` nothing."""
        revision = Revision(str(self.size))
        if since is not None:
            return Page(items=(), total=0, revision=revision)
        begun = time.perf_counter()
        items = tuple(islice(self._songs, PAGE))
        self.sought += [song for place, song in enumerate(items, self._made) if place in self.chosen]
        self._made += len(items)
        self.seconds += time.perf_counter() - begun
        following = Cursor(str(self._made)) if self._made < self.size else None
        return Page(items=items, next=following, total=self.size, revision=revision)


def _build(folder: Path, size: int) -> None:
    listed = Library(size)
    begun = time.perf_counter()
    with without_collecting():
        held = Keeper(listed, "bench", folder, FreeControl()).hold()
        CatalogueIndex(held.tracks, held.arrays)
    spent = time.perf_counter() - begun - listed.seconds
    tell({"build": spent, "most": most_memory()})
    with (folder / SOUGHT).open("wb") as out:
        for wanted, there in zip(listed.maker.elsewhere(listed.sought), listed.sought, strict=True):
            # A song that is not there was made up anew and has the number of another place.
            right = there.id if wanted.id.startswith("there-") else ""
            out.write(to_record(wanted) + b"\t" + json.dumps(right).encode() + b"\n")


def _sought(folder: Path) -> tuple[list[Track], list[str]]:
    lines = [line.split(b"\t") for line in (folder / SOUGHT).read_bytes().splitlines()]
    return [from_record(record) for record, _ in lines], [json.loads(right) for _, right in lines]


def _find(folder: Path, size: int) -> None:
    wanted, right = _sought(folder)
    # What is stored is not listed; a small library is listed and indexed anew instead.
    listed = Library(size)
    begun = time.perf_counter()
    with without_collecting():
        held = Keeper(listed, "bench", folder, FreeControl()).hold()
        index = CatalogueIndex(held.tracks, held.arrays)
        opened = time.perf_counter()
        matches = match_all(wanted, index)
        ended = time.perf_counter()
    settled = [match.settled.id if match.settled is not None else "" for match in matches]
    hits = sum(one == other for one, other in zip(settled, right, strict=True) if other)
    tell(
        {
            "wanted": len(wanted),
            "open": opened - begun - listed.seconds,
            "found": ended - begun - listed.seconds,
            "right": 100 * hits / sum(map(bool, right)),
            "most": most_memory(),
        }
    )


def _beside(folder: Path, size: int) -> None:
    """What finding everything would take by comparing with every track, from some of it."""
    wanted, _ = _sought(folder)
    tracks = Keeper(Library(size), "bench", folder, FreeControl()).hold().tracks
    columns = [[_line(track), track.title.lower(), track.artist.lower(), track.album.lower()] for track in tracks]
    lines, titles, artists, albums = (list(column) for column in zip(*columns, strict=True))

    def every_pair(some: Sequence[Track]) -> None:
        cdist([_line(track) for track in some], lines, scorer=ratio, dtype=np.uint8, workers=-1).argmax(axis=1)

    def one_by_one(some: Sequence[Track]) -> None:
        for track in some:
            extractOne(_line(track), lines, scorer=WRatio)

    def weighted(some: Sequence[Track]) -> None:
        for track in some:
            near = extract(track.title.lower(), titles, scorer=ratio, score_cutoff=70, limit=None)
            max((_weighed(like, track, artists[at], albums[at]) for _, like, at in near), default=0.0)

    few = max(1, 2_000_000 // size)
    tell(
        {
            "cdist": _reckoned(every_pair, wanted, 4 * few),
            "one": _reckoned(one_by_one, wanted, max(4, few // 8)),
            "weighted": _reckoned(weighted, wanted, few),
        }
    )


def _line(track: Track) -> str:
    return f"{track.artist} {track.title}".lower()


def _weighed(like: float, track: Track, artist: str, album: str) -> float:
    return 0.5 * like + 0.3 * ratio(track.artist.lower(), artist) + 0.2 * ratio(track.album.lower(), album)


def _reckoned(way: Callable[[Sequence[Track]], None], wanted: Sequence[Track], few: int) -> float:
    """Seconds for all of the list, from the first few of it."""
    some = wanted[:few]
    begun = time.perf_counter()
    way(some)
    return (time.perf_counter() - begun) * len(wanted) / len(some)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        {"build": _build, "find": _find, "beside": _beside}[sys.argv[2]](Path(sys.argv[3]), int(sys.argv[4]))
    else:
        run(measure)
