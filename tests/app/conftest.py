"""Two memory services in one home, as two people's accounts would be."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from musync.app.compose import open_musync
from musync.app.jobs import ThreadControl
from musync.app.paths import Home
from musync.app.results import Written
from musync.app.review import Review
from musync.app.sides import Side, side_of
from musync.domain import Account, Playlist, Policy, Track
from musync.services.api import CreatesPlaylists, ReplacesEntries
from musync.services.memory.plugin import memory_plugin
from musync.services.memory.reading import MemoryReads
from musync.services.memory.service import MemoryService
from musync.services.memory.world import MemoryWorld, world_named

if TYPE_CHECKING:
    from tests.app.searched import Make, Searched

_numbers = itertools.count()


class TwoServices:
    """`here` and `there`, each a service of its own with one account and the same catalogue under other ids."""

    def __init__(self, home: Path, catalogue: Sequence[Track], there: type[MemoryReads] = MemoryService) -> None:
        self.control = ThreadControl()
        number = next(_numbers)
        self.worlds = {name: world_named(f"{name}-{number}") for name in ("here", "there")}
        self.musync = open_musync(
            Home(home),
            extra=[memory_plugin("here", MemoryService), memory_plugin("there", there)],
            log_to_file=False,
        )
        self.accounts = {
            name: Account(name=name, service=name, ext_id="me", settings={"world": world.name})
            for name, world in self.worlds.items()
        }
        with self.musync.database().begin() as work:
            for account in self.accounts.values():
                work.accounts.add(account)
        for name, world in self.worlds.items():
            world.add_tracks(*(own(name, track) for track in catalogue))

    def world(self, name: str) -> MemoryWorld:
        """The memory world of a service."""
        return self.worlds[name]

    def fill(self, name: str, title: str, tracks: Sequence[Track]) -> Playlist:
        """Make a playlist hold exactly these tracks of the shared catalogue, by the service's own means."""
        with self.musync.connections.open(self.accounts[name], self.control) as service:
            assert isinstance(service, CreatesPlaylists)
            assert isinstance(service, ReplacesEntries)
            page = service.list_playlists()
            found = next((one for one in page.items if one.title == title), None)
            playlist = found or service.create_playlist(title)
            service.replace_entries(playlist.id, [own(name, track) for track in tracks])
            made = service.read_playlist(playlist.id)
        self.worlds[name].forget_requests()
        return made

    def titles(self, name: str, title: str) -> list[str]:
        """The titles that stand in a playlist now."""
        with self.musync.connections.open(self.accounts[name], self.control) as service:
            playlist = next(one for one in service.list_playlists().items if one.title == title)
            found: list[str] = []
            cursor = None
            while True:
                page = service.read_entries(playlist.id, cursor)
                found += [entry.track.title for entry in page.items]
                if page.next is None:
                    return found
                cursor = page.next

    def side(self, name: str, title: str) -> Side:
        """A side by its playlist's title."""
        return self.musync.addresses.find(self.accounts[name], title, self.control, create=True)

    def compare(self, policy: Policy | None = None, title: str = "Road") -> Review:
        """Compare `here` with `there`."""
        here, there = self.side("here", title), self.side("there", title)
        return self.musync.comparing.compare(here, there, policy or Policy(), self.control)

    def sync(self, policy: Policy | None = None, title: str = "Road") -> Written:
        """Compare and write."""
        return self.musync.writing.write(self.compare(policy, title), self.control)


def own(service: str, track: Track) -> Track:
    """The track under the id it has on this service."""
    from dataclasses import replace

    from musync.domain import TrackId

    return replace(track, id=TrackId(f"{service}-{track.id}"))


@pytest.fixture
def songs() -> tuple[Track, ...]:
    """Forty songs that nobody could mistake for each other."""
    words = ["Amber", "Birch", "Cinder", "Dune", "Ember", "Fjord", "Garnet", "Harbour", "Indigo", "Juniper"]
    places = ["Road", "Window", "Machine", "Orchard"]
    return tuple(
        Track(
            id=f"{word}{place}",  # type: ignore[arg-type]
            title=f"{word} {place}",
            artists=(f"The {word}s",),
            album=place,
            duration_ms=180_000 + 1_000 * number,
        )
        for number, (word, place) in enumerate(itertools.product(words, places))
    )


@pytest.fixture
def two(tmp_path: Path, songs: tuple[Track, ...]) -> Iterator[TwoServices]:
    """Two services with one catalogue and nothing in their lists."""
    made = TwoServices(tmp_path / "home", songs)
    yield made
    made.musync.close()


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Make]:
    """Makes two services of which the second can only be searched."""
    from tests.app.searched import Searched

    all_made: list[Searched] = []

    def make(catalogue: Sequence[Track], **how: Any) -> Searched:
        all_made.append(Searched(tmp_path / f"home{len(all_made)}", catalogue, **how))
        return all_made[-1]

    yield make
    for two in all_made:
        two.musync.close()


class VirtualControl(ThreadControl):
    """A control whose time passes only while something waits."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1_700_000_000.0
        self.waited: list[float] = []
        self._clock = threading.Lock()

    def sleep(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self.checkpoint()
        with self._clock:
            self.time += seconds
            self.waited.append(seconds)

    def now(self) -> float:
        """Seconds since the epoch, by this clock."""
        return self.time

    def pass_days(self, days: float) -> None:
        """Let days go by."""
        self.time += days * 86_400


__all__ = ["TwoServices", "VirtualControl", "own", "side_of"]
