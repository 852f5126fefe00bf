from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from musync.store import Database, Work


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "musync.sqlite3"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with Database.open(path) as database:
        yield database


@pytest.fixture
def work() -> Iterator[Work]:
    """A block on a database in memory: enough for the rules of one repository."""
    with Database.memory() as database, database.begin() as work:
        yield work
