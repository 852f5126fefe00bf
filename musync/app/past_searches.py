"""What an account was asked before, so that it is not asked again for some days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from musync.app.climbing import Climb
from musync.app.stores import OpenDatabase
from musync.domain import Account, PastSearch, Track

DAY_S = 86_400.0
_AT_ONCE = 32
"""Searches that are stored in one go; a crash costs no more than these."""


class PastSearches:
    """The searches of one account, under names that are made of what was wanted.

    Args:
        database: where they are kept.
        account: whose they are; another account may see another catalogue.
        scope: where the found tracks' ids hold.
        days: how long an answer counts.
    """

    def __init__(self, database: OpenDatabase, account: Account, scope: str, days: float) -> None:
        self._database = database
        self._account = (account.service, account.ext_id)
        self._scope = scope
        self._lasts = days * DAY_S
        self._fresh: dict[str, Climb] = {}

    def recall(self, wanted: Iterable[Track], now: float) -> dict[str, PastSearch]:
        """What is known about these tracks, by `key_of`."""
        keys = {self.key_of(track) for track in wanted}
        if not keys:
            return {}
        with self._database().read() as work:
            return work.searches.recall(*self._account, keys, now)

    def key_of(self, wanted: Track) -> str:
        """The name under which the searches for a track are kept.

        It is made of everything that a question, and the decision to ask on, rests upon. So a track described anew is
        searched for anew, and tracks that are described alike share it, wherever they come from.
        """
        told = (
            self._scope,
            wanted.title,
            *(f"by {artist}" for artist in wanted.artists),
            f"on {wanted.album}",
            f"of {wanted.album_artist}",
            f"{wanted.duration_ms} {wanted.isrc}",
        )
        return hashlib.sha256("\0".join(told).encode("utf-8", "surrogatepass")).hexdigest()

    def keep(self, climb: Climb, now: float) -> None:
        """Keep what was answered so far, now or soon; what was not is asked another time."""
        if climb.asked:
            self._fresh[self.key_of(climb.wanted)] = climb
        if len(self._fresh) >= _AT_ONCE:
            self.flush(now)

    def flush(self, now: float) -> None:
        """Store what is not stored yet."""
        fresh, self._fresh = self._fresh, {}
        if fresh:
            searches = {key: self._search(climb, now) for key, climb in fresh.items()}
            with self._database().begin() as work:
                work.searches.keep(*self._account, searches, now)

    def _search(self, climb: Climb, now: float) -> PastSearch:
        return PastSearch(
            asked=frozenset(climb.asked),
            found=tuple(climb.found.values()),
            at=now,
            expires=now + self._lasts,
        )
