"""So few tracks that comparing with each of them costs less than an index."""

from __future__ import annotations

from collections.abc import Sequence

from musync.domain.track import Track
from musync.engine.candidates import CatalogueIndex, Profiles
from musync.engine.profile import Profile


class FewTracks(CatalogueIndex):
    """A catalogue of what came up for one track: dozens, every one of which is compared in full."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        # An index of the base class takes longer to make than the comparisons that it would save.
        self.tracks = tracks
        self.profiles = Profiles(tracks)

    def equal_many(self, wanted: Sequence[Profile]) -> list[list[int]]:
        """Return all tracks for each wanted one."""
        return [list(range(len(self.tracks))) for _ in wanted]

    def near_many(self, wanted: Sequence[Profile], limit: int) -> list[list[int]]:
        """Return none: each was compared already."""
        return [[] for _ in wanted]
