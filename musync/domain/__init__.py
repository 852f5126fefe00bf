"""Values and errors of musync: what everything else speaks in.

Standard library only. Every value is frozen; nothing here reads, writes or decides.
"""

from __future__ import annotations

from musync.domain.account import Account
from musync.domain.control import Control, FreeControl
from musync.domain.decision import Decision, DecisionKind, TrackRef
from musync.domain.diff import (
    Action,
    BrakeHit,
    Counts,
    Diff,
    DiffRow,
    Place,
    Plan,
    PlannedAction,
    Step,
    StepKind,
)
from musync.domain.errors import MusyncError, ServiceError
from musync.domain.ids import Canon, EntryId, PlaylistId, Revision, TrackId
from musync.domain.journal import StepRecord, StepState
from musync.domain.match import OUTCOME_OF, UNASKED, Candidate, Match, MatchState, Outcome, Reason
from musync.domain.page import Cursor, Page
from musync.domain.playlist import Playlist, PlaylistKind, folded_title
from musync.domain.preference import PREFERENCES, Preference
from musync.domain.run import LockOwner, Run, RunRow, RunState, SideLabel, Snapshot
from musync.domain.scan import ScanReport, Unreadable
from musync.domain.search import PastSearch
from musync.domain.sync import BaseItem, Mode, Pair, Policy, SideKey
from musync.domain.track import Entry, Track, TrackKind, occurrence_ids
from musync.domain.write import Refusal, WriteReport

__all__ = [
    "OUTCOME_OF",
    "PREFERENCES",
    "UNASKED",
    "Account",
    "Action",
    "BaseItem",
    "BrakeHit",
    "Candidate",
    "Canon",
    "Control",
    "Counts",
    "Cursor",
    "Decision",
    "DecisionKind",
    "Diff",
    "DiffRow",
    "Entry",
    "EntryId",
    "FreeControl",
    "LockOwner",
    "Match",
    "MatchState",
    "Mode",
    "MusyncError",
    "Outcome",
    "Page",
    "Pair",
    "PastSearch",
    "Place",
    "Plan",
    "PlannedAction",
    "Playlist",
    "PlaylistId",
    "PlaylistKind",
    "Policy",
    "Preference",
    "Reason",
    "Refusal",
    "Revision",
    "Run",
    "RunRow",
    "RunState",
    "ScanReport",
    "ServiceError",
    "SideKey",
    "SideLabel",
    "Snapshot",
    "Step",
    "StepKind",
    "StepRecord",
    "StepState",
    "Track",
    "TrackId",
    "TrackKind",
    "TrackRef",
    "Unreadable",
    "WriteReport",
    "folded_title",
    "occurrence_ids",
]
