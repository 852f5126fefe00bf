from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from musync.domain import FreeControl, PlaylistId
from musync.domain.errors import Busy, StorageError
from musync.services.local import index_file
from musync.services.local.facts import Tags
from musync.services.local.index import Index, IndexedFile, open_index
from musync.services.local.scan import scan
from tests.services.local.library import MusicFolder

FILE = IndexedFile(path="a.mp3", size=1, mtime_ns=2, tags=Tags(title="A", artists=("Ann", "Bo")), mark="m")


def opened(cache: Path, library: str = "lib") -> closing[Index]:
    return closing(open_index(cache, library))


def test_what_was_stored_is_there_again(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.store([FILE], 1)
    with opened(tmp_path) as index:
        assert index.stamps() == {"a.mp3": (1, 2)}
        assert index.revision == 1


def test_another_librarys_index_is_made_anew(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.store([FILE], 1)
        generation = index.generation
    with opened(tmp_path, "other") as index:
        assert not index.stamps()
        assert index.revision == 0
        assert index.generation != generation


def test_another_versions_index_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path) as index:
        index.store([FILE], 1)
    monkeypatch.setattr(index_file, "_VERSION", 99)
    with opened(tmp_path) as index:
        assert not index.stamps()


@pytest.mark.parametrize(
    "damage", [b"", b"no database at all, but long enough for one" * 99, b"SQLite format 3\0" + b"\xff" * 5_000]
)
def test_a_damaged_index_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    with opened(tmp_path) as index:
        index.store([FILE], 1)
    (tmp_path / "library.sqlite3").write_bytes(damage)
    with opened(tmp_path) as index:
        assert not index.stamps()
        index.store([FILE], 1)


def test_an_index_without_its_tables_is_made_anew(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.connection.execute("DROP TABLE words")
    with opened(tmp_path) as index:
        index.store([FILE], 1)


def test_damage_that_shows_later_is_told_and_mended_by_the_next_run(music: MusicFolder) -> None:
    music.add("a.mp3", title="A")
    music.write_list("x.m3u8", "a.mp3\n")
    with music.connect() as service:
        service.scan()
        roots = service.index.connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'file'"
        ).fetchall()
        ((page,),) = service.index.connection.execute("PRAGMA page_size").fetchall()
    file = music.cache / "library.sqlite3"
    data = bytearray(file.read_bytes())
    for (root,) in roots:
        data[(root - 1) * page : root * page] = b"\xff" * page
    file.write_bytes(data)
    with music.connect() as service, pytest.raises(StorageError, match="index"):
        service.read_entries(PlaylistId("x.m3u8"))
    with music.connect() as service:
        assert service.read_entries(PlaylistId("x.m3u8")).items[0].addressable


def test_nobody_else_can_read_the_index(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with opened(cache) as index:
        index.store([FILE], 1)
        modes = {path.name: path.stat().st_mode & 0o777 for path in cache.iterdir()}
    assert set(modes.values()) == {0o600}
    assert cache.stat().st_mode & 0o777 == 0o700


def test_an_update_keeps_the_file_and_changes_its_words(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.store([FILE], 1)
        index.store([replace(FILE, size=9, tags=Tags(title="Hail"))], 2)
        assert index.connection.execute("SELECT id, size, title, added, changed FROM file").fetchall() == [
            (1, 9, "Hail", 1, 2)
        ]
        assert index.connection.execute("SELECT text FROM words").fetchall() == [("hail",)]


def test_a_batch_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def files() -> Iterator[IndexedFile]:
        yield FILE
        raise OSError("the disk went away")

    with opened(tmp_path) as index:
        with pytest.raises(OSError, match="went away"):
            index.store(files(), 1)
        assert not index.stamps()
        assert index.revision == 0


def test_two_may_read_and_write_one_index(tmp_path: Path) -> None:
    with opened(tmp_path) as one, opened(tmp_path) as two:
        one.store([FILE], 1)
        assert two.stamps()
        two.store([replace(FILE, path="b.mp3")], 2)
        assert set(one.stamps()) == {"a.mp3", "b.mp3"}


def test_stamps_are_the_same_in_one_piece_and_from_the_rows(music: MusicFolder) -> None:
    for number in range(30):
        music.add(f"Ünï/{number}.mp3", title=f"T{number}")
    with opened(music.cache, str(music.folder)) as index:
        scan(music.folder, index, FreeControl())
        in_one_piece = index.stamps()
        assert index.connection.execute("SELECT count(*) FROM glance").fetchall() == [(1,)]
        index.connection.execute("DELETE FROM glance")
        assert index.stamps() == in_one_piece
        assert len(in_one_piece) == 30


def test_what_came_after_the_last_complete_scan_is_seen_all_the_same(tmp_path: Path) -> None:
    with opened(tmp_path) as index:
        index.store([FILE], 1)
        index.finish([], 1, at=0.0, walk_s=0.0)
        index.store([replace(FILE, path="b.mp3")], 2)
        assert set(index.stamps()) == {"a.mp3", "b.mp3"}


def test_who_waits_too_long_for_another_is_told(music: MusicFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    music.add("a.mp3", title="A")
    monkeypatch.setattr(index_file, "_WAIT_S", 0.01)
    with opened(music.cache, str(music.folder)) as other, music.connect() as service:
        other.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            service.scan()
        other.connection.execute("ROLLBACK")
        assert service.scan().added == 1


def test_sqlite_itself_finds_nothing_wrong_after_scans(music: MusicFolder) -> None:
    for number in range(30):
        music.add(f"{number}.mp3", title=f"T{number}")
    with opened(music.cache, str(music.folder)) as index:
        scan(music.folder, index, FreeControl())
        for number in range(20):
            (music.folder / f"{number}.mp3").unlink()
        scan(music.folder, index, FreeControl())
        assert index.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        index.connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
        assert index.connection.execute("SELECT count(*) FROM words").fetchall() == [(10,)]


def test_a_cache_that_cannot_be_used_is_an_error_of_its_own(music: MusicFolder) -> None:
    music.add("a.mp3", title="A")
    music.cache.write_text("a file where the folder should be")
    with music.connect() as service, pytest.raises(StorageError):
        service.scan()


def test_sqlite_can_do_what_is_asked_of_it() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35)
