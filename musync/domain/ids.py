"""Ids have types, so that mypy finds a mixed-up pair."""

from __future__ import annotations

from typing import NewType

PlaylistId = NewType("PlaylistId", str)
"""A playlist's id as its service gives it."""

EntryId = NewType("EntryId", str)
"""A place in a playlist. Where a service gives none: the track's id, then `#2`, `#3` … for further copies."""

TrackId = NewType("TrackId", str)
"""A track's id as its service gives it."""

Revision = NewType("Revision", str)
"""A service's opaque mark of a playlist's state."""

Canon = NewType("Canon", int)
"""One recording over all services: tracks known to be the same share it."""
