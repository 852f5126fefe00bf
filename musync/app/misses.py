"""What a listed catalogue was looked through for in vain: not looked for again while it is the same.

To find nothing takes longest: everything that is at all alike was compared. That it is not there stays true exactly as
long as three things are as they were: the catalogue, by a revision of its service's that says so for certain; the
engine, by the mark of its files; and all that is known of the wanted track. The first two make one state, and what is
kept belongs to one state only; when it changes, all is looked for again, for the missing track may just have come.
Nothing else may come into it: a track some of whose counterparts the user rejected is looked for each time (the answer
can be taken back), and so is every track where another version may stand in.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final

from musync.domain import Match, MatchState, Reason, Track, TrackId
from musync.domain.errors import MusyncError
from musync.safefile import write_file

log = logging.getLogger(__name__)

_NAME: Final = "misses.json"
_NOBODY: Final = TrackId("")


class Misses:
    """The misses of one target's catalogue.

    Args:
        folder: where they are kept; deleting them costs time and nothing else.
        state: the catalogue's and the engine's; empty where it is not known, then nothing is kept.
    """

    def __init__(self, folder: Path, state: str) -> None:
        self._path = folder / _NAME
        self._state = hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest() if state else ""

    def recall(self, wanted: Iterable[Track]) -> dict[TrackId, Match]:
        """The matches of those tracks that are known not to be there."""
        if not self._known:
            return {}
        named = ((track, self._known.get(_key(track))) for track in wanted)
        return {track.id: _match(track, why) for track, why in named if why is not None}

    def keep(self, matches: Iterable[Match]) -> None:
        """Keep those of the matches that found nothing at all."""
        missed = {_key(match.wanted): match.reasons[0].text for match in matches if _is_miss(match)}
        if not self._state or missed.keys() <= self._known.keys():
            return
        self._known.update(missed)
        stored = {"state": self._state, "missed": self._known}
        try:
            write_file(self._path, json.dumps(stored).encode(), mode=0o600)
        except (OSError, MusyncError) as error:
            log.warning("what is not there cannot be kept and will be looked for again: %s", error)

    @cached_property
    def _known(self) -> dict[str, str]:
        """Why each was not found, by `_key`; none where the file is of another state, damaged or not there."""
        try:
            stored = json.loads(self._path.read_bytes()) if self._state else {}
            return dict(stored["missed"]) if stored.get("state") == self._state else {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}


def _key(wanted: Track) -> str:
    """All that is known of a track but its id."""
    told = repr(replace(wanted, id=_NOBODY)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(told, digest_size=12).hexdigest()


def _is_miss(match: Match) -> bool:
    return match.state is MatchState.UNMATCHED and not match.candidates and len(match.reasons) == 1


def _match(wanted: Track, why: str) -> Match:
    reason = Reason(part="rule", value=None, text=why)
    return Match(wanted=wanted, state=MatchState.UNMATCHED, reasons=(reason,))
