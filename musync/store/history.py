"""The schema's revisions: which one a file has, and how it comes to the newest.

Alembic is imported only when a file has an older revision; a new file is made from the tables and stamped, which a test
proves to be the same.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select

from musync.store.faults import corrupt, foreign, newer, would_lose
from musync.store.files import look_uri
from musync.store.tables import metadata, stamp

_SMALLEST = 512
"""Bytes of the smallest page; SQLite would write over a file that is shorter."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All revisions, oldest first, and the folder with Alembic's scripts for them."""

    revisions: tuple[str, ...]
    scripts: Path

    @property
    def newest(self) -> str:
        """What this version of musync works with."""
        return self.revisions[-1]


HISTORY = History(revisions=("0001", "0002"), scripts=Path(__file__).parent / "migrations")


def stored_revision(path: Path, busy_s: float) -> str | None:
    """The revision a file has, None when there is nothing in it yet; the file stays as it is.

    Raises:
        StorageError: it is a database of something else.
    """
    size = path.stat().st_size
    if size == 0:
        return None
    if size < _SMALLEST:
        raise corrupt(path)
    with closing(sqlite3.connect(look_uri(path), uri=True, timeout=busy_s)) as connection:
        try:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            row = None
        if row is not None:
            return str(row[0])
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None:
            raise foreign(path)
        return None


def refuse_newer(path: Path, stored: str | None, history: History) -> None:
    """Raise StorageError when no revision of that name is known."""
    if stored is not None and stored not in history.revisions:
        raise newer(path, stored, history.newest)


def create(engine: Engine) -> str:
    """Make the tables, unless another process was faster; gives the revision that is there now."""
    with engine.begin() as connection:
        found = _revision_inside(connection)
        if found is not None:
            return found
        metadata.create_all(connection, checkfirst=False)
        stamp.create(connection)
        connection.execute(insert(stamp).values(version_num=HISTORY.newest))
    log.info("made a new database, revision %s", HISTORY.newest)
    return HISTORY.newest


def _revision_inside(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, stamp.name):
        return None
    found: str | None = connection.execute(select(stamp.c.version_num)).scalar()
    return found


def migrate(engine: Engine, path: Path, history: History) -> None:
    """Bring the file to the newest revision in one transaction, or leave it as it was."""
    with closing(engine.connect()) as connection:
        # A table that is built anew would otherwise take along every row that refers to it.
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _upgrade(connection, path, history)
        finally:
            connection.invalidate()


def _upgrade(connection: Connection, path: Path, history: History) -> None:
    stored = _revision_inside(connection)
    if stored == history.newest:
        return
    # Imported here: it takes longer than everything else at the start together.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(history.scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, history.newest)
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise would_lose(path, stored, history.newest, str(broken[0]))
    log.info("database brought from revision %s to %s", stored, history.newest)
