from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from musync.domain import Account, LockOwner
from musync.domain.errors import DiskFull, StorageError
from musync.store import Database, Work
from tests.store.processes import another
from tests.store.values import TARGET, spotify

ANNA = Account(name="anna", service="spotify", ext_id="u-1")
BEN = Account(name="ben", service="spotify", ext_id="u-2")


def names(database: Database) -> list[str]:
    with database.read() as work:
        return [account.name for account in work.accounts.all()]


def test_a_block_is_stored_at_its_end(database: Database) -> None:
    with database.begin() as work:
        work.accounts.add(ANNA)
    assert names(database) == ["anna"]


def test_an_error_takes_the_whole_block_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        add_and_raise(database, ZeroDivisionError())
    assert names(database) == []


def test_being_interrupted_takes_the_whole_block_back(database: Database) -> None:
    with pytest.raises(KeyboardInterrupt):
        add_and_raise(database, KeyboardInterrupt())
    assert names(database) == []


def add_and_raise(database: Database, error: BaseException) -> None:
    with database.begin() as work:
        work.accounts.add(ANNA)
        raise error


def test_an_error_of_the_callers_own_stays_what_it_is(database: Database, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), database.begin():
        (tmp_path / "nothing").read_bytes()


def test_a_block_that_is_over_does_nothing_any_more(database: Database) -> None:
    with database.begin() as work:
        pass
    with pytest.raises(RuntimeError, match="over"):
        work.accounts.add(ANNA)


def test_a_block_belongs_to_its_thread(database: Database) -> None:
    caught: list[BaseException] = []

    def wander(work: Work) -> None:
        try:
            work.accounts.all()
        except RuntimeError as error:
            caught.append(error)

    with database.begin() as work:
        thread = threading.Thread(target=wander, args=(work,))
        thread.start()
        thread.join()
    assert "belongs to the thread" in str(caught[0])


def test_a_block_inside_a_block_is_told_at_once(database: Database) -> None:
    with database.begin():
        with pytest.raises(RuntimeError, match="in a block"), database.begin():
            pass
        with pytest.raises(RuntimeError, match="in a block"), database.read():
            pass
    assert names(database) == []


def test_a_block_for_reading_does_not_write(database: Database) -> None:
    with database.read() as work, pytest.raises(RuntimeError, match="reading only"):
        work.accounts.add(ANNA)
    with database.read() as work, pytest.raises(RuntimeError, match="reading only"):
        work.links.ensure([spotify("s1")])


def test_who_reads_sees_one_state_whoever_writes_meanwhile(database: Database) -> None:
    with database.read() as work:
        assert work.accounts.all() == ()
        thread = threading.Thread(target=add, args=(database, ANNA))
        thread.start()
        thread.join()
        assert work.accounts.all() == ()
    assert names(database) == ["anna"]


def add(database: Database, account: Account) -> None:
    with database.begin() as work:
        work.accounts.add(account)


@pytest.mark.parametrize("in_memory", [False, True])
def test_threads_take_turns(path: Path, in_memory: bool) -> None:
    with Database.memory() if in_memory else Database.open(path) as database:

        def count() -> None:
            for _ in range(20):
                with database.begin() as work:
                    work.links.ensure([spotify(f"s{len(work.links.canons('spotify', '', IDS))}")])

        threads = [threading.Thread(target=count) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.read() as work:
            assert len(work.links.canons("spotify", "", IDS)) == 80


IDS = [spotify(f"s{number}").track.id for number in range(100)]


@contextmanager
def locked_by_another(path: Path) -> Iterator[None]:
    script = (
        "import sqlite3, sys; connection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE'); print('locked', flush=True); sys.stdin.readline()\n"
    )
    process = another(script, path)
    assert process.stdout is not None
    assert process.stdout.readline() == "locked\n"
    try:
        yield
    finally:
        process.communicate("enough\n")


def test_a_database_that_stays_locked_is_told_as_such(path: Path) -> None:
    with Database.open(path, busy_s=0.2) as database, locked_by_another(path):
        begun = time.monotonic()
        with pytest.raises(StorageError) as caught, database.begin():
            pass
        assert time.monotonic() - begun >= 0.2
        assert caught.value.case == "database-locked"
        assert caught.value.where == str(path)
        assert names(database) == []
        Database.open(path).close()


def test_a_new_database_that_stays_locked_is_told_as_such(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with locked_by_another(path), pytest.raises(StorageError) as caught:
        Database.open(path, busy_s=0.2)
    assert caught.value.case == "database-locked"


def test_a_database_in_memory_that_stays_in_use_is_told_as_such() -> None:
    with Database.memory() as database:
        database._busy_s = 0.1
        caught: list[StorageError] = []

        def try_it() -> None:
            try:
                add(database, ANNA)
            except StorageError as error:
                caught.append(error)

        with database.begin():
            thread = threading.Thread(target=try_it)
            thread.start()
            thread.join()
        assert caught[0].case == "database-locked"


def test_a_lock_is_given_to_one_of_several_processes(path: Path) -> None:
    script = (
        "import sys, pathlib; from musync.store import Database\n"
        "from musync.domain import SideKey\n"
        "side = SideKey(service='plex', account='home', playlist='17')\n"
        "with Database.open(pathlib.Path(sys.argv[1])) as database:\n"
        "    print('ready', flush=True); sys.stdin.readline()\n"
        "    with database.begin() as work:\n"
        "        owner = work.locks.take(\n"
        "            side, host='desk', pid=int(sys.argv[2]), started=1.0, now=100.0, nonce=sys.argv[2])\n"
        "    print('mine' if owner is None else owner.pid, flush=True)\n"
    )
    Database.open(path).close()
    others = [another(script, path, number) for number in (1, 2)]
    for process in others:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in others:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate()[0].strip() for process in others]
    assert answers.count("mine") == 1
    winner = answers.index("mine") + 1
    assert [answer for answer in answers if answer != "mine"] == [str(winner)]
    with Database.open(path) as database, database.read() as work:
        assert work.locks.owner(TARGET) == LockOwner(host="desk", pid=winner, started=1.0, beat=100.0)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(database: Database) -> None:
    """Write more than there is room for."""
    with database.begin() as work:
        work.links.ensure([spotify(f"s{number}", "x" * 200) for number in range(10_000)])


def check_full(database: Database) -> None:
    add(database, ANNA)
    with pytest.raises(DiskFull) as caught:
        fill(database)
    assert caught.value.case == "disk-full"
    assert "intact" in caught.value.unchanged
    assert names(database) == ["anna"]
    database.check()
    with database.begin() as work:
        work.accounts.add(BEN)


def test_a_database_that_may_not_grow_keeps_what_it_has(database: Database) -> None:
    with database._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=100")
    check_full(database)
    assert names(database) == ["anna", "ben"]


if os.name == "posix" and os.geteuid() == 0:

    def test_a_full_disk_keeps_what_it_has(tmp_path: Path) -> None:
        with small_disk(tmp_path / "disk") as disk:
            path = disk / "home" / "musync.sqlite3"
            with Database.open(path) as database:
                check_full(database)
            with Database.open(path) as database:
                assert names(database) == ["anna", "ben"]

    def test_a_full_disk_takes_no_new_database_and_no_backup(tmp_path: Path) -> None:
        with small_disk(tmp_path / "disk") as disk:
            path = disk / "home" / "musync.sqlite3"
            with Database.open(path) as database:
                add(database, ANNA)
                ballast = disk / "ballast"
                ballast.write_bytes(bytes(1024 * (disk_free(disk) - 8)))
                with pytest.raises(DiskFull):
                    database.back_up()
                assert list((path.parent / "backups").iterdir()) == []
            with pytest.raises(DiskFull):
                Database.open(disk / "other" / "musync.sqlite3")
            ballast.unlink()
            Database.open(disk / "other" / "musync.sqlite3").close()

    def disk_free(disk: Path) -> int:
        """Kilobytes."""
        status = os.statvfs(disk)
        return status.f_bavail * status.f_frsize // 1024
