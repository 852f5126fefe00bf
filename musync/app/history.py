"""Runs of the past."""

from __future__ import annotations

from musync.app.stores import OpenDatabase
from musync.domain import Preference, Run, RunRow
from musync.domain.errors import UsageError


class History:
    """Lists runs and shows one."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def all(self, limit: int | None = None) -> tuple[Run, ...]:
        """Runs, newest first."""
        with self._database().read() as work:
            return work.runs.all(limit)

    def show(self, run: int) -> tuple[Run, tuple[RunRow, ...]]:
        """A run and what became of each of its rows.

        Raises:
            UsageError: there is no such run.
        """
        with self._database().read() as work:
            found = work.runs.get(run)
            rows = work.runs.rows(run)
        if found is None:
            raise UsageError(f"There is no run {run}.", next="musync runs lists them.", code="unknown-run")
        return found, rows

    def preference(self, run: Run) -> Preference:
        """Which versions the pair of a run prefers, as its last run did."""
        with self._database().read() as work:
            pair = work.pairs.get(run.pair) if run.pair is not None else None
        return Preference.of(pair.options) if pair is not None else Preference()

    def missing(self) -> tuple[tuple[Run, RunRow], ...]:
        """All that was not found or is not owned, over the newest run of every pair."""
        with self._database().read() as work:
            return work.runs.missing()
