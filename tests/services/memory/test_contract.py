"""The memory service and variants of it under the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import pytest

from musync.domain import PlaylistId, Track, TrackRef
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
from musync.services.memory import MemoryService, MemoryWorld, memory_service
from musync.services.memory.reading import MemoryReads
from musync.testing.contract import ServiceContract
from musync.testing.lists import STRANGE_TITLES, placeholder, track, tracks


class TestMemory(ServiceContract):
    service_type: ClassVar[type[MemoryReads]] = MemoryService

    @pytest.fixture
    def service(self) -> Iterator[PlaylistService]:
        self.world = MemoryWorld("contract")
        self.world.add_tracks(*self.some_tracks(150), *self.strange_tracks())
        self.account = self.world.account()
        some = self.some_tracks(40)
        copies = self.service_type.traits.duplicates == "keeps"
        self.account.make_playlist("Road", [*some[:30], *(some[:10] if copies else ())])
        self.account.make_playlist("Evening", some[5:8])
        with self.reconnect() as service:
            yield service

    def reconnect(self) -> PlaylistService:
        return self.service_type(self.account)

    def some_tracks(self, count: int) -> Sequence[Track]:
        return tracks(count)

    def strange_tracks(self) -> Sequence[Track]:
        return [track(title, id=f"strange-{number}") for number, title in enumerate(STRANGE_TITLES)]

    def read_only_playlist(self) -> PlaylistId:
        return self.account.make_playlist(
            "Chart", self.some_tracks(3), writable=False, unwritable_reason="a chart of the service"
        )

    def playlist_with_placeholder(self) -> PlaylistId:
        one, two, three = self.some_tracks(3)
        return self.account.make_playlist("Holes", [one, placeholder("Gone"), two, three])

    def requests_made(self) -> int:
        return self.world.count()


class TestMemoryWithoutIdsOfItsOwn(TestMemory):
    service_type = memory_service(Traits(page=7, add_batch=10, remove_batch=10, replace_limit=50, revision="hint"))


class TestMemoryThatRemovesEveryCopy(TestMemory):
    service_type = memory_service(Traits(page=50, removes_by="track_all_copies"))


class TestMemoryThatRefusesCopies(TestMemory):
    service_type = memory_service(
        Traits(page=50, duplicates="refuses", revision="faithful"),
        [CreatesPlaylists, AddsEntries, RemovesEntries, MovesEntries],
    )


class TestMemoryWithoutOrder(TestMemory):
    service_type = memory_service(Traits(ordered=False, duplicates="refuses"), [AddsEntries, RemovesEntries, Searches])


class TestMemoryThatIsRead(TestMemory):
    service_type = memory_service(Traits(page=10), [ListsTracks])


class TestMemoryThatTakesAnything(TestMemory):
    service_type = memory_service(
        Traits(accepts="any_track", page=20),
        [CreatesPlaylists, AddsEntries, RemovesEntries, MovesEntries, TakesForeign],
    )

    def foreign_tracks(self, count: int) -> Sequence[TrackRef]:
        return [TrackRef(service="elsewhere", scope="", track=track(title)) for title in STRANGE_TITLES[:count]]
