"""Keeping ten thousand of everything: `python tests/bench/storing.py`.

The baseline is the same number of rows put into a bare SQLite table with the same settings in one transaction.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from common import Row, run
from songs import Maker, entries

from musync.domain import (
    Action,
    BaseItem,
    MatchState,
    Mode,
    Plan,
    PlannedAction,
    PlaylistId,
    Reason,
    Run,
    RunRow,
    SideKey,
    SideLabel,
    Step,
    StepKind,
    Track,
    TrackRef,
)
from musync.store import Database

SIZE = 10_000
TURNS = 5
SIDES = [SideKey(service=name, account="me", playlist=PlaylistId("road")) for name in ("here", "there")]
WHY = (Reason(part="title", value=1.0, text="equal"), Reason(part="length", value=0.97, text="1 s longer"))


def measure() -> list[Row]:
    """Links, base, outcomes, snapshot, journal; each into a new database, median of five."""
    maker = Maker(3)
    here = maker.library(SIZE)
    there = maker.elsewhere(here, missing=0)
    taken: dict[str, list[float]] = {}
    for _ in range(TURNS):
        with tempfile.TemporaryDirectory(prefix="musync-bench-") as name:
            for what, value in _turn(Path(name), here, there):
                taken.setdefault(what, []).append(value)
    figures = {what: median(values) for what, values in taken.items()}
    return [*_rows(figures), *_sizes(figures)]


def _rows(figures: dict[str, float]) -> list[Row]:
    bounds = {"keep a snapshot": 0.3}
    names = [name for name in figures if not name.startswith("=") and name != "bare"]
    return [
        Row(
            what=f"{name} ({SIZE:,})" if name not in ("open the database, new", "open the database") else name,
            measured=figures[name],
            bound=bounds.get(name),
            baseline=figures["bare"],
            against="bare sqlite3 insert",
        )
        for name in names
    ]


def _sizes(figures: dict[str, float]) -> list[Row]:
    return [Row(what=f"size of a snapshot ({SIZE:,})", measured=figures["= snapshot"] / 1e6, unit="MB", bound=3.0)]


def _turn(folder: Path, here: list[Track], there: list[Track]) -> Iterator[tuple[str, float]]:
    """One database from nothing; yields name and seconds."""
    yield "bare", _bare(folder, here)
    path = folder / "musync.sqlite3"
    with _clock() as spent:
        Database.open(path).close()
    yield "open the database, new", spent()
    with _clock() as spent:
        database = Database.open(path)
    yield "open the database", spent()
    with database:
        yield from _links(database, here, there)
        run = _begun(database)
        yield from _outcomes(database, run, here, there)
        size = _pages(path)
        with _clock() as spent, database.begin() as work:
            work.snapshots.keep(SIDES[0], run.id, entries(here), "f" * 64, time.time())
        yield "keep a snapshot", spent()
        yield "= snapshot", _pages(path) - size
        yield from _journal(database, run, there)


def _links(database: Database, here: list[Track], there: list[Track]) -> Iterator[tuple[str, float]]:
    pairs = [
        (TrackRef(service="here", scope="", track=one), TrackRef(service="there", scope="", track=other), 0.98)
        for one, other in zip(here, there, strict=True)
    ]
    with _clock() as spent, database.begin() as work:
        canons = work.links.link_all(pairs, origin="auto")
    yield "link tracks", spent()
    with _clock() as spent, database.read() as work:
        known = work.links.canons("here", "", [track.id for track in here])
        work.links.aliases(known.values(), "there", "")
    yield "recall links", spent()
    items = [BaseItem(canon=canons[one.key]) for one, _, _ in pairs]
    with _clock() as spent, database.begin() as work:
        pair = work.pairs.ensure(SIDES[0], SIDES[1], Mode.ADD)
        work.pairs.save_base(pair.id, items)
    yield "save a base", spent()
    with _clock() as spent, database.read() as work:
        work.pairs.base(pair.id)
    yield "read a base", spent()


def _begun(database: Database) -> Run:
    source, target = (SideLabel(key=side, title="Road", account="me") for side in SIDES)
    with database.begin() as work:
        return work.runs.begin(pair=None, mode=Mode.ADD, source=source, target=target, at=time.time())


def _outcomes(database: Database, run: Run, here: list[Track], there: list[Track]) -> Iterator[tuple[str, float]]:
    rows = [
        RunRow(
            row=number,
            source=one,
            target=other,
            state=MatchState.AUTO,
            action=Action.ADD,
            probability=0.98,
            reasons=WHY,
            written=True,
        )
        for number, (one, other) in enumerate(zip(here, there, strict=True), 1)
    ]
    with _clock() as spent, database.begin() as work:
        work.runs.save_rows(run.id, rows)
    yield "save outcomes", spent()
    with _clock() as spent, database.read() as work:
        work.runs.rows(run.id)
    yield "read outcomes", spent()


def _journal(database: Database, run: Run, there: list[Track]) -> Iterator[tuple[str, float]]:
    """A plan of adds in batches of 100, and two commits for each batch."""
    steps = tuple(
        Step(
            kind=StepKind.ADD,
            actions=tuple(
                PlannedAction(row=start + at, track=track) for at, track in enumerate(there[start : start + 100])
            ),
        )
        for start in range(0, len(there), 100)
    )
    ids = tuple(track.id for track in there)
    with _clock() as spent:
        with database.begin() as work:
            work.steps.plan(run.id, Plan(mode=Mode.ADD, steps=steps, before=(), after=ids))
        for number in range(len(steps)):
            with database.begin() as work:
                work.steps.set_state(run.id, number, "intent")
            with database.begin() as work:
                work.steps.set_state(run.id, number, "done")
    yield "journal adds in batches of 100", spent()


def _bare(folder: Path, tracks: list[Track]) -> float:
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (id TEXT PRIMARY KEY, title, artist, album, ms)")
    rows = [(track.id, track.title, track.artist, track.album, track.duration_ms) for track in tracks]
    with _clock() as spent:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
    connection.close()
    return spent()


def _pages(path: Path) -> int:
    """Bytes that the database takes, its log written back."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    ((pages,),) = connection.execute("PRAGMA page_count").fetchall()
    ((size,),) = connection.execute("PRAGMA page_size").fetchall()
    connection.close()
    return int(pages) * int(size)


@contextmanager
def _clock() -> Iterator[Callable[[], float]]:
    begun = time.perf_counter()
    ended = begun
    yield lambda: ended - begun
    ended = time.perf_counter()


if __name__ == "__main__":
    run(measure)
