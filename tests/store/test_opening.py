from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from musync.domain import Account, PastSearch
from musync.domain.errors import StorageError
from musync.store import Database
from musync.store.history import HISTORY
from tests.store.processes import another, error_of, nobodys_folder

ANNA = Account(name="anna", service="spotify", ext_id="u-1")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def pragma(path: Path, name: str) -> object:
    with Database.open(path) as database, database._engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def refused(path: Path) -> StorageError:
    """The refusal to open this file, which must stay as it is."""
    before, beside = path.read_bytes(), sorted(path.parent.iterdir())
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert path.read_bytes() == before
    assert sorted(path.parent.iterdir()) == beside
    assert caught.value.where == str(path)
    assert caught.value.unchanged
    assert caught.value.next
    return caught.value


def test_a_missing_database_is_made_with_its_folder(path: Path) -> None:
    with Database.open(path) as database, database.read() as work:
        assert work.accounts.all() == ()
    assert path.is_file()


def test_what_was_kept_is_there_when_it_is_opened_again(path: Path) -> None:
    with Database.open(path) as database, database.begin() as work:
        work.accounts.add(ANNA)
    with Database.open(path) as database, database.read() as work:
        assert work.accounts.all() == (ANNA,)


def test_nothing_is_left_beside_a_closed_database(path: Path) -> None:
    Database.open(path).close()
    Database.open(path).close()
    assert [file.name for file in path.parent.iterdir()] == ["musync.sqlite3"]


def test_folder_and_files_are_their_owners_alone(path: Path) -> None:
    old = os.umask(0)
    try:
        with Database.open(path) as database:
            with database.begin() as work:
                work.accounts.add(ANNA)
            backup = database.back_up()
            files = sorted(file for file in path.parent.iterdir() if file.is_file())
            assert {file.name.removeprefix("musync.sqlite3") for file in files} == {"", "-shm", "-wal"}
            assert {mode(file) for file in (*files, backup)} == {0o600}
            assert {mode(folder) for folder in (path.parent, backup.parent)} == {0o700}
    finally:
        os.umask(old)


def test_a_database_that_others_could_read_is_closed_to_them(path: Path) -> None:
    Database.open(path).close()
    path.chmod(0o644)
    Database.open(path).close()
    assert mode(path) == 0o600


@pytest.mark.parametrize(
    ("name", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)]
)
def test_sqlite_is_set_up_for_safety(path: Path, name: str, value: object) -> None:
    assert pragma(path, name) == value


@pytest.mark.parametrize("name", ["my home", "Ünï 🎵", "a?b#c%20d&mode=memory", "file:x", "q'uo\"te", "x" * 200])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "musync.sqlite3"
    for _ in range(2):
        with Database.open(path) as database:
            database.back_up()
    assert len(list((path.parent / "backups").iterdir())) == 2


def test_a_folder_name_that_is_no_text_will_do(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9") / "musync.sqlite3"
    for _ in range(2):
        Database.open(path).close()
    assert path.is_file()


def test_a_relative_path_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        Database.open(Path("musync.sqlite3")).close()
    assert (tmp_path / "musync.sqlite3").is_file()


def rewrite_revision(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_a_database_of_a_newer_version_is_refused_and_stays_as_it_is(path: Path) -> None:
    Database.open(path).close()
    rewrite_revision(path, "9001")
    error = refused(path)
    assert error.case == "database-newer"
    assert "9001" in error.message
    assert HISTORY.newest in error.message


def test_a_newer_database_that_was_not_closed_stays_as_it_is_too(path: Path, tmp_path: Path) -> None:
    Database.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9001'")
        connection.commit()
        crashed = tmp_path / "crashed" / "musync.sqlite3"
        crashed.parent.mkdir()
        for file in path.parent.iterdir():
            (crashed.parent / file.name).write_bytes(file.read_bytes())
    log = crashed.with_name("musync.sqlite3-wal")
    before = log.read_bytes()
    assert before
    assert refused(crashed).case == "database-newer"
    assert log.read_bytes() == before


def test_a_database_of_another_program_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE songs (title)")
    assert refused(path).case == "database-foreign"


@pytest.mark.parametrize("content", [b"not a database" * 1000, b"x", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_database_is_refused_with_the_way_on(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    error = refused(path)
    assert error.case == "database-corrupt"
    assert str(path.parent / "backups") in error.next


def test_a_database_cut_short_is_refused(path: Path) -> None:
    Database.open(path).close()
    path.write_bytes(path.read_bytes()[:10_000])
    assert refused(path).case == "database-corrupt"


def test_damage_in_the_middle_is_found_by_a_check(path: Path) -> None:
    with Database.open(path) as database:
        database.check()
        with database.begin() as work:
            nothing = PastSearch(asked=frozenset(), found=(), at=0, expires=9)
            work.searches.keep("s", "", {f"key {number}": nothing for number in range(5000)}, now=0)
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 30_000] = b"\xff" * 30_000
    path.write_bytes(content)
    with Database.open(path) as database, pytest.raises(StorageError) as caught:
        database.check()
    assert caught.value.case == "database-corrupt"


def test_a_folder_where_the_file_should_be_is_no_database(path: Path) -> None:
    path.mkdir(parents=True, mode=0o755)
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.case == "home-unusable"
    assert mode(path) == 0o755


def test_a_file_where_the_folder_should_be_is_no_home(path: Path) -> None:
    path.parent.write_text("a file")
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.case == "home-unusable"
    assert caught.value.where == str(path.parent)


def test_a_folder_that_may_not_be_written_to_is_no_home() -> None:
    with nobodys_folder() as folder:
        folder.chmod(0o500)
        error = error_of(lambda: Database.open(folder / "home" / "musync.sqlite3"))
        assert error["code"] == "home-unusable"
        assert error["where"] == str(folder / "home")
        assert error_of(lambda: Database.open(folder / "musync.sqlite3"))["code"] == "home-unusable"


def test_a_database_in_a_folder_that_may_not_be_written_to_is_refused() -> None:
    with nobodys_folder() as folder:
        path = folder / "musync.sqlite3"
        assert error_of(lambda: Database.open(path).close()) == {}
        before = path.read_bytes()
        folder.chmod(0o500)
        error = error_of(lambda: add_anna(path))
        assert error["code"] in ("database-read-only", "database-unreachable")
        assert error["where"] == str(path)
        assert path.read_bytes() == before


def test_a_database_that_may_not_be_written_to_is_refused() -> None:
    with nobodys_folder() as folder:
        path = folder / "musync.sqlite3"
        assert error_of(lambda: Database.open(path).close()) == {}
        path.chmod(0o400)
        assert error_of(lambda: add_anna(path))["code"] == "database-read-only"


def add_anna(path: Path) -> None:
    with Database.open(path) as database, database.begin() as work:
        work.accounts.add(ANNA)


def test_neither_a_new_nor_a_known_database_imports_alembic(path: Path) -> None:
    script = (
        "import sys, pathlib; from musync.store import Database\n"
        "for _ in range(2): Database.open(pathlib.Path(sys.argv[1])).close()\n"
        "print([name for name in ('alembic', 'mako', 'sqlalchemy.orm') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_processes_that_make_the_same_database_at_once_all_find_it_made(path: Path) -> None:
    script = (
        "import sys, pathlib; from musync.store import Database; from musync.domain import Account\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "with Database.open(pathlib.Path(sys.argv[1])) as database, database.begin() as work:\n"
        "    work.accounts.add(Account(name=sys.argv[2], service='memory', ext_id=sys.argv[2]))\n"
    )
    others = [another(script, path, name) for name in ("one", "two")]
    for process in others:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in others:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in others:
        process.communicate()
        assert process.returncode == 0
    with Database.open(path) as database, database.read() as work:
        assert {account.name for account in work.accounts.all()} == {"one", "two"}


def test_a_database_in_memory_keeps_what_it_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    with Database.memory() as database:
        with database.begin() as work:
            work.accounts.add(ANNA)
        with database.read() as work:
            assert work.accounts.all() == (ANNA,)
    with Database.memory() as another_one, another_one.read() as work:
        assert work.accounts.all() == ()
