"""The database, opened when something first needs it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from musync.app.paths import Home

if TYPE_CHECKING:
    from musync.store import Database

OpenDatabase = Callable[[], "Database"]
"""Gives the database, opening it on the first call; safe from any thread."""


class LazyDatabase:
    """Opens the home's database once: SQLAlchemy is not imported before, which is most of a window's start."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._guard = threading.Lock()
        self._database: Database | None = None

    def __call__(self) -> Database:
        """The database.

        Raises:
            StorageError: it cannot be opened; nothing was overwritten.
        """
        with self._guard:
            if self._database is None:
                from musync.store import Database

                self._home.prepare()
                self._database = Database.open(self._home.database)
            return self._database

    def close(self) -> None:
        """Let go of it."""
        with self._guard:
            if self._database is not None:
                self._database.close()
                self._database = None
