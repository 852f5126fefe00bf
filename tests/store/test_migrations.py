from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from musync.domain import Account, DecisionKind, MatchState, Mode, RunState, TrackId
from musync.domain.errors import DiskFull, StorageError
from musync.store import Database, Work, backups, history
from musync.store.connections import file_engine
from musync.store.history import HISTORY, History
from tests.store.processes import another
from tests.store.values import SOURCE, TARGET, a_track, an_entry, plex, spotify

FIRST = Path(__file__).parents[1] / "data" / "store" / "revision_0001.sql"
ANNA = Account(name="Anna", service="spotify", ext_id="anna", label="Anna V.", settings={"client_id": "abc"})

REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade():
    {body}
"""
NOTE = 'op.add_column("account", sa.Column("note", sa.Text, nullable=False, server_default="new"))'


def schema(path: Path) -> set[tuple[str, str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    return {(kind, name, " ".join(sql.split())) for kind, name, sql in rows}


def rows(path: Path, query: str) -> list[object]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def load(path: Path, script: Path = FIRST) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script.read_text())
        connection.execute("PRAGMA journal_mode=WAL")


def later(folder: Path, *bodies: str) -> History:
    """The history as it may be one day, with these further revisions."""
    scripts = folder / "100% later"
    if not scripts.exists():
        shutil.copytree(HISTORY.scripts, scripts)
    revisions = list(HISTORY.revisions)
    for number, body in enumerate(bodies, start=1):
        revision = f"90{number:02}"
        text = REVISION.format(revision=revision, before=revisions[-1], body=body)
        (scripts / "versions" / f"r{revision}.py").write_text(text)
        revisions.append(revision)
    return History(revisions=tuple(revisions), scripts=scripts)


def test_the_migrations_from_nothing_make_the_same_schema_as_the_tables(tmp_path: Path) -> None:
    made, migrated = tmp_path / "made.sqlite3", tmp_path / "migrated.sqlite3"
    Database.open(made).close()
    migrated.touch()
    engine = file_engine(migrated, 5.0)
    history.migrate(engine, migrated, HISTORY)
    engine.dispose()
    assert schema(migrated) == schema(made)
    revision = "SELECT version_num FROM alembic_version"
    assert rows(migrated, revision) == rows(made, revision) == [(HISTORY.newest,)]


def test_the_known_revisions_are_those_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(HISTORY.scripts))
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(reversed([script.revision for script in scripts])) == HISTORY.revisions


def test_the_first_revision_opens_with_everything_in_it(path: Path) -> None:
    load(path)
    with Database.open(path) as database, database.begin() as work:
        check_first(work)
    Database.open(path.with_name("fresh.sqlite3")).close()
    assert schema(path) == schema(path.with_name("fresh.sqlite3"))


def check_first(work: Work) -> None:
    assert work.accounts.all() == (ANNA,)
    assert work.playlists.label(SOURCE).title == "Road"
    canon = work.links.canons("spotify", "", [TrackId("s1")])[TrackId("s1")]
    assert work.links.aliases([canon], "plex", "server-1") == {canon: (plex("p1"),)}
    pair = work.pairs.named("every day")
    assert pair is not None
    assert (pair.mode, pair.options) == (Mode.ADD, {"top": "yes"})
    assert [(item.canon, item.source_entry, item.target_entry) for item in work.pairs.base(pair.id)] == [
        (canon, "s1", "900")
    ]
    confirmed, skip = (decision for decision, _ in work.decisions.export())
    assert (confirmed.kind, confirmed.a, confirmed.b) == (DecisionKind.CONFIRMED, spotify("s1"), plex("p1"))
    assert (skip.kind, skip.a, skip.pair) == (DecisionKind.SKIP, spotify("s2", "Zwölf 🎵"), pair.id)
    (run,) = work.runs.all()
    assert (run.state, run.added, run.requests, run.ended) == (RunState.DONE, 1, 4, 110.0)
    assert [row.state for row in work.runs.rows(run.id)] == [MatchState.AUTO, MatchState.UNMATCHED]
    assert [row.source for _, row in work.runs.missing()] == [a_track("s2")]
    (step,) = work.steps.of_run(run.id)
    assert (step.state, step.attempts) == ("done", 1)
    newest = work.snapshots.newest(TARGET)
    assert newest is not None
    assert newest.entries == (an_entry("p7"),)
    assert work.fingerprints.recent(TARGET, 0.0) == ("f" * 64,)
    assert work.locks.owner(TARGET) is not None
    assert work.searches.recall("plex", "server-1", ["s2"], now=500.0) == {}


def test_an_older_database_is_brought_to_the_newest_revision_and_kept_as_a_backup(path: Path, tmp_path: Path) -> None:
    load(path)
    history = later(tmp_path, NOTE, 'op.drop_column("account", "label")')
    with Database.open(path, history=history):
        pass
    assert rows(path, "SELECT name, note FROM account") == [("Anna", "new")]
    assert rows(path, "SELECT version_num FROM alembic_version") == [("9002",)]
    (backup,) = backups.listed(path.parent / "backups")
    with Database.open(backup) as database, database.begin() as work:
        check_first(work)


def test_a_table_that_others_refer_to_can_be_built_anew(path: Path, tmp_path: Path) -> None:
    load(path)
    body = (
        'with op.batch_alter_table("pair", recreate="always") as batch: batch.alter_column("state", nullable=True)\n'
        '    with op.batch_alter_table("run", recreate="always") as batch: batch.drop_column("requests")'
    )
    counts = [rows(path, f"SELECT count(*) FROM {table}") for table in ("base_item", "decision", "step", "snapshot")]
    Database.open(path, history=later(tmp_path, body)).close()
    assert counts == [
        rows(path, f"SELECT count(*) FROM {table}") for table in ("base_item", "decision", "step", "snapshot")
    ]
    assert counts[0] == [(1,)]


def test_a_migration_that_fails_half_way_leaves_the_old_database(path: Path, tmp_path: Path) -> None:
    load(path)
    history = later(tmp_path, NOTE, 'op.execute("DELETE FROM base_item")\n    raise RuntimeError("half way")')
    before = schema(path)
    with pytest.raises(RuntimeError, match="half way"):
        Database.open(path, history=history)
    assert schema(path) == before
    with Database.open(path) as database, database.begin() as work:
        check_first(work)


def test_a_migration_that_would_lose_something_is_refused(path: Path, tmp_path: Path) -> None:
    load(path)
    with pytest.raises(StorageError) as caught:
        Database.open(path, history=later(tmp_path, 'op.execute("DELETE FROM track")'))
    assert caught.value.case == "migration-failed"
    assert "0001" in caught.value.message
    with Database.open(path) as database, database.begin() as work:
        check_first(work)


def test_without_room_for_the_backup_nothing_is_migrated(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(path)
    before = path.read_bytes()

    def no_room(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(backups, "make_file", no_room)
    with pytest.raises(DiskFull):
        Database.open(path, history=later(tmp_path, NOTE))
    assert path.read_bytes() == before
    assert list((path.parent / "backups").iterdir()) == []


def test_processes_that_find_an_old_database_at_once_migrate_it_once(path: Path, tmp_path: Path) -> None:
    load(path)
    history = later(tmp_path, NOTE)
    script = (
        "import sys, pathlib; from musync.store import Database; from musync.store.history import History\n"
        "import alembic.command\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        "history = History(revisions=tuple(sys.argv[3:]), scripts=pathlib.Path(sys.argv[2]))\n"
        "Database.open(pathlib.Path(sys.argv[1]), history=history).close()\n"
    )
    others = [another(script, path, history.scripts, *history.revisions) for _ in range(2)]
    for process in others:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in others:
        process.communicate("go\n")
    assert [process.returncode for process in others] == [0, 0]
    assert rows(path, "SELECT version_num FROM alembic_version") == [("9001",)]


def test_the_newest_seven_backups_are_kept(path: Path) -> None:
    with Database.open(path) as database:
        made = [database.back_up() for _ in range(9)]
        assert backups.listed(path.parent / "backups") == made[:1:-1]


def test_other_files_among_the_backups_are_left_alone(path: Path) -> None:
    note = path.parent / "backups" / "note.txt"
    with Database.open(path) as database:
        database.back_up()
        note.write_text("mine")
        for _ in range(8):
            database.back_up()
    assert note.read_text() == "mine"
    assert len(list(note.parent.iterdir())) == 8


def test_a_backup_is_whole_while_somebody_writes(path: Path) -> None:
    with Database.open(path) as database:
        with database.begin() as work:
            work.accounts.add(ANNA)
        with database.begin() as work:
            work.accounts.remove("Anna")
            backup = database.back_up()
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]
    with Database.open(backup) as copy, copy.read() as work:
        assert work.accounts.all() == (ANNA,)
