"""What the user said about matches, remembered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from musync.domain.ids import TrackId
from musync.domain.track import Track


class DecisionKind(StrEnum):
    """The four things a user can say."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    SKIP = "skip"
    UNLINKED = "unlinked"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRef:
    """A track anywhere: the service, the scope its ids hold in (server, library; empty where global), and the track."""

    service: str
    scope: str
    track: Track

    @property
    def key(self) -> tuple[str, str, TrackId]:
        """What identifies it."""
        return (self.service, self.scope, self.track.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One remembered answer.

    `b` is None for skip. `pair` is the id of the pair it belongs to, None for everywhere; confirmed and rejected hold
    everywhere. `at` is seconds since the epoch.
    """

    kind: DecisionKind
    a: TrackRef
    b: TrackRef | None = None
    pair: int | None = None
    at: float = 0.0
    id: int | None = None
