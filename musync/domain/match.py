"""What is known about the counterpart of a wanted track."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from musync.domain.track import Track


class MatchState(StrEnum):
    """How a wanted track stands towards the other service."""

    CONFIRMED = "confirmed"
    AUTO = "auto"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"
    SEARCH_FAILED = "search_failed"
    SKIP = "skip"
    UNAVAILABLE = "unavailable"
    LOCAL_ONLY = "local_only"
    PLACEHOLDER = "placeholder"


class Outcome(StrEnum):
    """What became of a wanted track, in the six words of every face."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not_found"
    NOT_ASKED = "not_asked"
    NOT_ADDABLE = "not_addable"
    SKIPPED = "skipped"


OUTCOME_OF: dict[MatchState, Outcome] = {
    MatchState.CONFIRMED: Outcome.MATCHED,
    MatchState.AUTO: Outcome.MATCHED,
    MatchState.AMBIGUOUS: Outcome.AMBIGUOUS,
    MatchState.UNMATCHED: Outcome.NOT_FOUND,
    MatchState.SEARCH_FAILED: Outcome.NOT_ASKED,
    MatchState.SKIP: Outcome.SKIPPED,
    MatchState.UNAVAILABLE: Outcome.NOT_ADDABLE,
    MatchState.LOCAL_ONLY: Outcome.NOT_ADDABLE,
    MatchState.PLACEHOLDER: Outcome.NOT_ADDABLE,
}


UNASKED = "only a search there can tell"
"""The reason of a track that no service was searched for yet."""


_SETTLED = (MatchState.AUTO, MatchState.CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One named part of a verdict.

    `part` is one of title, artists, album, length, version, isrc, mbid, preference, file, link, decision, search, rule.
    `value` is the agreement from 0 (contradicts) to 1 (agrees), None where one side does not say. `text` is for people.
    """

    part: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A possible counterpart; `probability` from 0 to 1 that it is the same recording.

    `stands_in`: it is another version of the song, taken for want of the recording itself.
    """

    track: Track
    probability: float
    reasons: tuple[Reason, ...] = ()
    stands_in: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What is settled or still open about one wanted track.

    `chosen` is the counterpart settled on (confirmed, auto) or the best guess (ambiguous). `candidates` are all that
    came up, best first, the chosen one among them. `reasons` say why the state is what it is. `origin` says how the
    counterpart was found: link, list, id, file, text, user; or best: by best effort, it is another version of the song.
    """

    wanted: Track
    state: MatchState
    chosen: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[Reason, ...] = ()
    origin: str = ""

    @property
    def outcome(self) -> Outcome:
        """The state in the words of the faces."""
        return OUTCOME_OF[self.state]

    @property
    def settled(self) -> Track | None:
        """The counterpart that may be written, None while the match is open."""
        if self.chosen is not None and self.state in _SETTLED:
            return self.chosen.track
        return None
