"""The memory service on the bench of the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import pytest

from musync.domain import PlaylistId, Track
from musync.services.api import PlaylistService
from musync.services.memory import MemoryService, MemoryWorld
from musync.services.memory.reading import MemoryReads
from musync.testing.contract import ServiceContract
from musync.testing.lists import STRANGE_TITLES, placeholder, track, tracks


class MemoryBench(ServiceContract):
    """The hooks of the contract on a world of its own for each test."""

    service_type: ClassVar[type[MemoryReads]] = MemoryService

    @pytest.fixture
    def service(self) -> Iterator[PlaylistService]:
        with self.opened() as service:
            yield service

    def opened(self) -> PlaylistService:
        """Fill a new world and connect to it."""
        self.world = MemoryWorld("contract")
        self.world.add_tracks(*self.some_tracks(150), *self.strange_tracks())
        self.account = self.world.account()
        some = self.some_tracks(40)
        copies = self.service_type.traits.duplicates == "keeps"
        self.account.make_playlist("Road", [*some[:30], *(some[:10] if copies else ())])
        self.account.make_playlist("Evening", some[5:8])
        return self.reconnect()

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
