"""The local library as a service."""

from __future__ import annotations

from musync.services.local.editing import LocalAdds, LocalMoves, LocalRemoves
from musync.services.local.finding import (
    LocalCovers,
    LocalFindsIsrc,
    LocalListsTracks,
    LocalRelinks,
    LocalScans,
    LocalSearches,
)
from musync.services.local.managing import LocalCreates, LocalDeletes, LocalDetails


class LocalLibrary(
    LocalSearches,
    LocalFindsIsrc,
    LocalListsTracks,
    LocalScans,
    LocalRelinks,
    LocalCovers,
    LocalCreates,
    LocalAdds,
    LocalRemoves,
    LocalMoves,
    LocalDetails,
    LocalDeletes,
):
    """A folder of music and its M3U playlists, with every role that files allow."""
