"""What cannot be rebuilt: accounts, links, decisions, pairs, runs, journal, snapshots, locks.

Importing this imports SQLAlchemy, so it is done inside a job. What leaves are values of `musync.domain`.
"""

from __future__ import annotations

from musync.store.database import Database
from musync.store.work import Work

__all__ = ["Database", "Work"]
