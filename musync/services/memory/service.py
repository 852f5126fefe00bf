"""The memory service as it ships, and variants of it with other traits and roles."""

from __future__ import annotations

from collections.abc import Iterable

from musync.services.api import (
    AddsEntries,
    CreatesPlaylists,
    DeletesPlaylists,
    EditsDetails,
    FindsIsrc,
    ListsTracks,
    MovesEntries,
    RemovesEntries,
    ReplacesEntries,
    Searches,
    SearchesFields,
    TakesForeign,
    Traits,
)
from musync.services.memory.catalogue_roles import (
    MemoryFindsIsrc,
    MemoryListsTracks,
    MemorySearches,
    MemorySearchesFields,
    MemoryTakes,
)
from musync.services.memory.entry_roles import MemoryAdds, MemoryMoves, MemoryRemoves, MemoryReplaces
from musync.services.memory.playlist_roles import MemoryCreates, MemoryDeletes, MemoryEdits
from musync.services.memory.reading import MemoryReads

TRAITS = Traits(occurrence_ids=True, page=25, add_batch=100, remove_batch=100, replace_limit=100, revision="faithful")
"""What the shipped memory service is like: faithful in everything, with small pages."""


class MemoryService(
    MemorySearches,
    MemorySearchesFields,
    MemoryFindsIsrc,
    MemoryListsTracks,
    MemoryCreates,
    MemoryAdds,
    MemoryReplaces,
    MemoryRemoves,
    MemoryMoves,
    MemoryEdits,
    MemoryDeletes,
):
    """The memory service with every role but taking foreign tracks, which its own tracks make needless."""

    traits = TRAITS


_PARTS: dict[type, type[MemoryReads]] = {
    Searches: MemorySearches,
    SearchesFields: MemorySearchesFields,
    FindsIsrc: MemoryFindsIsrc,
    ListsTracks: MemoryListsTracks,
    CreatesPlaylists: MemoryCreates,
    ReplacesEntries: MemoryReplaces,
    AddsEntries: MemoryAdds,
    RemovesEntries: MemoryRemoves,
    MovesEntries: MemoryMoves,
    EditsDetails: MemoryEdits,
    DeletesPlaylists: MemoryDeletes,
    TakesForeign: MemoryTakes,
}

ALL_ROLES: tuple[type, ...] = tuple(role for role in _PARTS if role is not TakesForeign)
"""What the shipped memory service can do."""

SEARCHED_ROLES: tuple[type, ...] = tuple(role for role in ALL_ROLES if role is not ListsTracks)
"""The same without listing the catalogue: most streaming services only let it be searched."""


def memory_service(traits: Traits = TRAITS, roles: Iterable[type] = ALL_ROLES) -> type[MemoryReads]:
    """Make a memory service with these traits and exactly these roles."""
    wanted = frozenset(roles)
    parts = tuple(part for role, part in _PARTS.items() if role in wanted)
    body = {"traits": traits, "__module__": __name__, "__doc__": "A memory service made to measure."}
    return type("MemoryVariant", parts or (MemoryReads,), body)
