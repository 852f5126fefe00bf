from __future__ import annotations

import errno
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from musync.app.stored import folder as folders
from musync.app.stored import keeping
from musync.app.stored.holding import Holding
from musync.app.stored.keeping import Keeper
from musync.domain import Cursor, FreeControl, Page, Revision, Track, TrackId
from musync.domain.errors import Cancelled, Unavailable
from musync.engine.candidates import CatalogueIndex
from musync.engine.index_arrays import IndexArrays
from musync.safefile import UNFINISHED
from musync.services.memory.service import MemoryService
from musync.services.memory.world import MemoryWorld
from musync.testing.lists import STRANGE_TITLES, track, tracks

REBUILT = "made anew"


@pytest.fixture(autouse=True)
def stored_however_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "STORED_FROM", 1)


@pytest.fixture
def world() -> MemoryWorld:
    made = MemoryWorld("kept")
    made.add_tracks(*tracks(60), *(track(title, id=f"strange-{at}") for at, title in enumerate(STRANGE_TITLES)))
    return made


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def hold(world: MemoryWorld, cache: Path, scope: str = "here") -> Holding:
    return Keeper(MemoryService(world.account()), scope, cache, FreeControl()).hold()


def requests(world: MemoryWorld) -> int:
    made = world.count()
    world.forget_requests()
    return made


def in_file(cache: Path) -> Path:
    (path,) = cache.iterdir()
    return path


def same_arrays(one: IndexArrays, other: IndexArrays) -> bool:
    flat = [(*found.postings, *found.rows.texts, *found.rows.words, *found.rows[2:]) for found in (one, other)]
    return all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in zip(*flat, strict=True))


def holds(found: Holding, world: MemoryWorld) -> bool:
    """The tracks are those of the world, and the index is as if it had been made of them just now."""
    assert found.arrays is not None
    assert sorted(found.tracks, key=lambda one: one.id) == sorted(world.catalogue, key=lambda one: one.id)
    return same_arrays(found.arrays, CatalogueIndex(list(found.tracks)).arrays)


def test_a_catalogue_is_listed_once(world: MemoryWorld, cache: Path) -> None:
    assert holds(hold(world, cache), world)
    assert requests(world) == 3
    path = in_file(cache)
    assert path.stat().st_mode & 0o777 == 0o600
    assert holds(hold(world, cache), world)
    assert requests(world) == 1
    assert in_file(cache) == path


def test_its_state_is_the_same_for_as_long_as_nothing_changed(world: MemoryWorld, cache: Path) -> None:
    first = hold(world, cache).state
    assert first
    assert hold(world, cache).state == first
    assert hold(world, cache / "elsewhere", scope="there").state != first
    world.add_tracks(*tracks(1, prefix="New"))
    assert hold(world, cache).state not in ("", first)


def test_a_small_one_is_not_stored(world: MemoryWorld, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "STORED_FROM", len(world.catalogue) + 1)
    found = hold(world, cache)
    assert found == (tuple(world.catalogue), None, "")
    assert not cache.exists()
    assert hold(MemoryWorld("empty"), cache) == ((), None, "")


def test_what_came_and_changed_is_asked_for_alone(world: MemoryWorld, cache: Path) -> None:
    hold(world, cache)
    requests(world)
    world.add_tracks(track("Brand New", id="new"), track("Song Retold", id="song-003"))
    assert holds(hold(world, cache), world)
    # What changed, and one page for the total.
    assert requests(world) == 2


def test_what_has_gone_is_noticed_by_the_total(world: MemoryWorld, cache: Path) -> None:
    hold(world, cache)
    requests(world)
    world.catalogue.drop(TrackId("song-005"))
    world.add_tracks(track("Brand New", id="new"))
    found = hold(world, cache)
    assert holds(found, world)
    assert requests(world) == 4
    assert TrackId("song-005") not in {one.id for one in found.tracks}


@pytest.mark.parametrize("seed", range(6))
def test_after_any_changes_it_is_as_if_made_anew(world: MemoryWorld, cache: Path, seed: int) -> None:
    chance = random.Random(seed)
    for turn in range(4):
        for known in chance.sample(list(world.catalogue), chance.randint(0, 6)):
            world.catalogue.drop(known.id)
        for known in chance.sample(list(world.catalogue), chance.randint(0, 6)):
            world.add_tracks(track(f"{known.title} {turn}", id=known.id))
        world.add_tracks(*(track(f"New {seed}", id=f"{turn}-{number}") for number in range(chance.randint(0, 5))))
        assert holds(hold(world, cache), world)
        in_file(cache)


class Unmarked(MemoryService):
    """Says nothing about the state of its catalogue."""

    def list_tracks(self, cursor: Cursor | None = None, *, since: Revision | None = None) -> Page[Track]:
        assert since is None
        page = super().list_tracks(cursor)
        return Page(items=page.items, next=page.next, total=page.total)


def test_a_service_without_revisions_is_listed_and_compared(
    world: MemoryWorld, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold_unmarked() -> Holding:
        return Keeper(Unmarked(world.account()), "here", cache, FreeControl()).hold()

    hold_unmarked()
    path = in_file(cache)
    monkeypatch.setattr("musync.app.stored.parts.Part.of", None)
    assert holds_tracks(hold_unmarked(), world)
    assert in_file(cache) == path
    monkeypatch.undo()
    world.catalogue.drop(TrackId("song-001"))
    world.add_tracks(track("Other", id="song-002"))
    assert holds(hold_unmarked(), world)


def holds_tracks(found: Holding, world: MemoryWorld) -> bool:
    return set(found.tracks) == set(world.catalogue)


def test_a_catalogue_that_changes_while_it_is_listed_is_listed_again_next_time(world: MemoryWorld, cache: Path) -> None:
    world.run_before("list_tracks", lambda: world.add_tracks(track("Late", id="late")), skip=1)
    hold(world, cache)
    requests(world)
    assert holds(hold(world, cache), world)
    assert requests(world) == 3


@pytest.mark.parametrize("where", [0, 20, 5_000, -40, -10, -1])
def test_a_file_with_one_wrong_byte_is_made_anew(world: MemoryWorld, cache: Path, where: int) -> None:
    hold(world, cache)
    path = in_file(cache)
    data = bytearray(path.read_bytes())
    data[where] ^= 4
    path.write_bytes(data)
    assert_made_anew(world, cache, path)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" * 900, None])
def test_a_cut_or_foreign_file_is_made_anew(world: MemoryWorld, cache: Path, content: bytes | None) -> None:
    hold(world, cache)
    path = in_file(cache)
    path.write_bytes(path.read_bytes()[:-700] if content is None else content)
    assert_made_anew(world, cache, path)


def assert_made_anew(world: MemoryWorld, cache: Path, path: Path) -> None:
    requests(world)
    assert holds(hold(world, cache), world)
    assert requests(world) == 3
    assert in_file(cache) != path


def test_other_rules_and_another_library_make_it_anew(
    world: MemoryWorld, cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    hold(world, cache)
    path = in_file(cache)
    monkeypatch.setattr(folders, "rules", lambda: "others")
    monkeypatch.setattr(keeping, "rules", lambda: "others")
    assert_made_anew(world, cache, path)
    path = in_file(cache)
    hold(world, cache, "elsewhere")
    assert in_file(cache) != path
    assert caplog.text.count(REBUILT) == 2


@pytest.mark.expects_log("cannot be stored")
def test_a_full_disk_costs_the_file_alone(world: MemoryWorld, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(world, cache)
    path = in_file(cache)
    world.add_tracks(track("Brand New", id="new"))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, "fsync", full)
    assert holds(hold(world, cache), world)
    assert in_file(cache) == path


def test_a_stop_or_a_failure_leaves_what_was_stored(world: MemoryWorld, cache: Path) -> None:
    hold(world, cache)
    path = in_file(cache)
    world.add_tracks(*tracks(40, "Other"))
    world.fail_next("list_tracks", Unavailable("down", code="down"), skip=1, times=None)
    control = FreeControl()
    control.sleep = lambda seconds: None  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        Keeper(MemoryService(world.account()), "here", cache, control).hold()
    world.mend()
    world.run_before("list_tracks", control.cancel, skip=1)
    with pytest.raises(Cancelled):
        Keeper(MemoryService(world.account()), "here", cache, control).hold()
    assert in_file(cache) == path
    assert holds(hold(world, cache), world)


def test_a_stop_while_it_is_written_leaves_what_was_stored(world: MemoryWorld, cache: Path) -> None:
    class Stopping(FreeControl):
        """Says stop as soon as a file is being written."""

        def checkpoint(self) -> None:
            if list(cache.glob(f"*{UNFINISHED}")):
                raise Cancelled

    hold(world, cache)
    path = in_file(cache)
    world.add_tracks(*tracks(3, "Other"))
    with pytest.raises(Cancelled):
        Keeper(MemoryService(world.account()), "here", cache, Stopping()).hold()
    assert [one.name for one in cache.iterdir()] == [path.name]


def test_a_library_without_any_names_and_an_empty_one_are_kept_too(cache: Path) -> None:
    world = MemoryWorld("nameless")
    world.add_tracks(*(track("", "", id=f"t{number}") for number in range(5)))
    for _ in range(2):
        assert holds(hold(world, cache), world)
    for known in list(world.catalogue):
        world.catalogue.drop(known.id)
    for _ in range(2):
        assert holds(hold(world, cache), world)
    world.add_tracks(track("First", id="first"))
    assert holds(hold(world, cache), world)


def test_what_is_held_outlives_its_file(world: MemoryWorld, cache: Path) -> None:
    found = hold(world, cache)
    in_file(cache).unlink()
    assert holds(found, world)


def test_what_a_process_left_that_was_killed_goes_in_time(world: MemoryWorld, cache: Path) -> None:
    hold(world, cache)
    old, fresh = cache / f".a{UNFINISHED}", cache / f".b{UNFINISHED}"
    for path in (old, fresh):
        path.touch()
    os.utime(old, (time.time() - 90_000,) * 2)
    world.add_tracks(track("Brand New", id="new"))
    hold(world, cache)
    assert not old.exists()
    assert fresh.exists()


def in_order(found: Sequence[Track]) -> list[TrackId]:
    return [one.id for one in found]


def test_stored_tracks_are_a_sequence(world: MemoryWorld, cache: Path) -> None:
    found = hold(world, cache).tracks
    everything = list(world.catalogue)
    assert in_order(found) == in_order(everything)
    assert found[-1] == everything[-1]
    assert found[3:9:2] == everything[3:9:2]
    for wrong in (len(everything), -len(everything) - 1):
        with pytest.raises(IndexError):
            found[wrong]
