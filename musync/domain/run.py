"""Runs: one execution of a plan, with the outcome of each track."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from musync.domain.diff import Action
from musync.domain.match import MatchState, Reason
from musync.domain.sync import Mode, SideKey
from musync.domain.track import Entry, Track


class RunState(StrEnum):
    """Where a run stands; the last eight are ends or pauses."""

    READING = "reading"
    MATCHING = "matching"
    PLANNED = "planned"
    APPLYING = "applying"
    VERIFYING = "verifying"
    DONE = "done"
    STOPPED = "stopped"
    BRAKED = "braked"
    WAITING = "waiting"
    DRIFTED = "drifted"
    UNVERIFIED = "unverified"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """What became of one row of a run; `error` is why a wanted action did not happen, empty when it did.

    `note` is that of the diff's row, or `left-out` for an addition that the user unticked.
    `row` counts from 1 and is what `undo --track` and the reports name.
    """

    row: int
    source: Track | None
    target: Track | None
    state: MatchState | None
    action: Action
    probability: float | None = None
    reasons: tuple[Reason, ...] = ()
    written: bool = False
    error: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideLabel:
    """What people call a side."""

    key: SideKey
    title: str
    account: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution: begun and ended in seconds since the epoch, numbers counted from the verify read."""

    id: int
    pair: int | None
    mode: Mode
    source: SideLabel
    target: SideLabel
    state: RunState
    begun: float
    ended: float | None = None
    added: int = 0
    removed: int = 0
    moved: int = 0
    requests: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A list stored before a run's first write, and nothing else."""

    side: SideKey
    run: int
    at: float
    entries: tuple[Entry, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LockOwner:
    """Who is writing to a side: process id, host, and when it last said so (seconds since the epoch)."""

    host: str
    pid: int
    started: float
    beat: float
