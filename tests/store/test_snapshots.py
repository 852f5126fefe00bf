from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from musync.domain import Entry, EntryId, Snapshot, Track, TrackId, TrackKind
from musync.store import Work
from tests.store.values import SOURCE, TARGET, a_run, a_track, an_entry

DAY = 86_400.0


def keep(work: Work, times: list[float]) -> list[int]:
    """Keep a snapshot at each of these times; gives the runs."""
    runs = [a_run(work).id for _ in times]
    for run, at in zip(runs, times, strict=True):
        work.snapshots.keep(TARGET, run, [an_entry("p1")], "f", at)
    return runs


def kept(work: Work, runs: list[int]) -> list[int]:
    return [run for run in runs if work.snapshots.of_run(run)]


def test_a_snapshot_comes_back_whole(work: Work) -> None:
    every_field = Track(
        id=TrackId("t"),
        title="Ünï 🎵",
        artists=("A", "B"),
        album="Al",
        album_artist="AA",
        duration_ms=1,
        isrc="X",
        mbid="m",
        track_number=2,
        disc_number=3,
        year=1999,
        explicit=False,
        url="file:///x",
        kind=TrackKind.VIDEO,
    )
    entries = (
        an_entry("p1"),
        Entry(id=EntryId("p1#2"), track=a_track("p1"), added_at=datetime(2024, 2, 29, 23, 59, 1, 5, tzinfo=UTC)),
        Entry(id=EntryId("?"), track=replace(every_field, title=""), addressable=False, reason="Podcasts stay."),
        Entry(id=EntryId("!"), track=every_field, addressable=False),
        Entry(id=EntryId("x"), track=every_field, reason="a remark"),
    )
    run = a_run(work)
    work.snapshots.keep(TARGET, run.id, entries, "abc", 5.0)
    snapshot = Snapshot(side=TARGET, run=run.id, at=5.0, entries=entries, fingerprint="abc")
    assert work.snapshots.newest(TARGET) == snapshot
    assert work.snapshots.of_run(run.id) == (snapshot,)


def test_a_side_without_a_snapshot_has_none(work: Work) -> None:
    assert work.snapshots.newest(TARGET) is None
    assert work.snapshots.of_run(1) == ()


def test_an_empty_list_has_a_snapshot_too(work: Work) -> None:
    run = a_run(work)
    work.snapshots.keep(TARGET, run.id, (), "e", 1.0)
    newest = work.snapshots.newest(TARGET)
    assert newest is not None
    assert newest.entries == ()


def test_the_first_snapshot_of_a_run_stays(work: Work) -> None:
    run = a_run(work)
    work.snapshots.keep(TARGET, run.id, [an_entry("p1")], "before", 1.0)
    work.snapshots.keep(TARGET, run.id, [an_entry("p2")], "after", 2.0)
    work.snapshots.keep(SOURCE, run.id, [an_entry("s1")], "other", 2.0)
    assert [snapshot.fingerprint for snapshot in work.snapshots.of_run(run.id)] == ["before", "other"]


def test_twenty_snapshots_of_a_side_are_kept(work: Work) -> None:
    runs = keep(work, [float(number) for number in range(25)])
    assert kept(work, runs) == runs[5:]


def test_old_snapshots_go_but_never_the_newest_five(work: Work) -> None:
    runs = keep(work, [0.0] * 7)
    assert kept(work, runs) == runs
    later = keep(work, [91 * DAY])
    assert kept(work, runs + later) == runs[3:] + later


def test_other_sides_keep_theirs(work: Work) -> None:
    run = a_run(work)
    work.snapshots.keep(SOURCE, run.id, [an_entry("s1")], "s", 0.0)
    keep(work, [200 * DAY] * 25)
    assert work.snapshots.newest(SOURCE) is not None
