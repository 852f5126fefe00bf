"""The memory service and variants of it under the contract."""

from __future__ import annotations

from collections.abc import Sequence

from musync.domain import TrackRef
from musync.services.api import (
    AddsEntries,
    CreatesPlaylists,
    ListsTracks,
    MovesEntries,
    PlaylistService,
    RemovesEntries,
    Searches,
    TakesForeign,
    Traits,
)
from musync.services.memory import SEARCHED_ROLES, STREAMING, MemoryService, memory_service
from musync.testing.lists import STRANGE_TITLES, track
from tests.services.memory.bench import MemoryBench


class TestMemory(MemoryBench):
    service_type = MemoryService


class TestMemoryWithoutIdsOfItsOwn(MemoryBench):
    service_type = memory_service(Traits(page=7, add_batch=10, remove_batch=10, replace_limit=50, revision="hint"))


class TestMemoryOneByOne(MemoryBench):
    service_type = memory_service(
        Traits(page=1, add_batch=1, remove_batch=1, move_batch=1, occurrence_ids=True, revision="faithful")
    )


class TestMemoryThatRemovesEveryCopy(MemoryBench):
    service_type = memory_service(Traits(page=50, removes_by="track_all_copies"))


class TestMemoryThatRefusesCopies(MemoryBench):
    service_type = memory_service(
        Traits(page=50, duplicates="refuses", revision="faithful"),
        [CreatesPlaylists, AddsEntries, RemovesEntries, MovesEntries],
    )


class TestMemoryWithoutOrder(MemoryBench):
    service_type = memory_service(Traits(ordered=False, duplicates="refuses"), [AddsEntries, RemovesEntries, Searches])


class TestMemoryThatIsOnlySearched(MemoryBench):
    service_type = memory_service(Traits(page=50, revision="faithful", requests_at_once=4), SEARCHED_ROLES)

    def opened(self) -> PlaylistService:
        service = super().opened()
        self.world.habits = STREAMING
        return service


class TestMemoryWithoutEmptyLists(MemoryBench):
    service_type = memory_service(
        Traits(page=50, add_batch=2, empty_playlists=False, occurrence_ids=True, revision="faithful")
    )


class TestMemoryThatIsRead(MemoryBench):
    service_type = memory_service(Traits(page=10), [ListsTracks])


class TestMemoryThatTakesAnything(MemoryBench):
    service_type = memory_service(
        Traits(accepts="any_track", page=20),
        [CreatesPlaylists, AddsEntries, RemovesEntries, MovesEntries, TakesForeign],
    )

    def foreign_tracks(self, count: int) -> Sequence[TrackRef]:
        return [TrackRef(service="elsewhere", scope="", track=track(title)) for title in STRANGE_TITLES[:count]]
