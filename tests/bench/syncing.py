"""Whole syncs of long lists between two services that answer at once: `python tests/bench/syncing.py`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from common import Row, forget, run
from songs import Maker

from musync.app.compose import Musync, open_musync
from musync.app.jobs import ThreadControl
from musync.app.paths import Home
from musync.app.review import Review
from musync.app.sides import Side
from musync.app.writing import Written
from musync.domain import Account, Action, Policy, Track
from musync.services.memory import MemoryWorld, forget_world, memory_plugin, memory_service, world_named
from musync.services.memory.service import TRAITS

SIZE = 10_000
TURNS = 3
AT_ONCE = memory_service(replace(TRAITS, page=SIZE))
"""A service that gives a whole list in one answer: what is measured is musync."""


def measure() -> list[Row]:
    """First compare, compare with links known, ten thousand adds with a full journal, and a run with nothing to do."""
    maker = Maker(4)
    there = maker.library(SIZE)
    here = maker.elsewhere(there, missing=0)
    taken: dict[str, list[float]] = {}
    for turn in range(TURNS):
        with tempfile.TemporaryDirectory(prefix="musync-bench-") as name:
            for what, value in _turn(Path(name), turn, here, there):
                taken.setdefault(what, []).append(value)
    return _rows({what: median(values) for what, values in taken.items()})


def _rows(figures: dict[str, float]) -> list[Row]:
    size = f"{SIZE:,}"
    read = ("two bare reads", figures["read"])
    send = ("the same batches sent bare", figures["send"])
    table = (
        (f"app: compare {size} x {size}, unlinked", "first", 2.0, read),
        (f"app: store {size} links and base, nothing to send", "adopt", None, read),
        (f"app: compare {size} x {size}, links known", "known", 0.2, read),
        (f"app: compare {size} x {size}, links known but for 1 in 200", "open", None, read),
        (f"app: match {size} in a catalogue of {size}, empty target", "catalogue", None, read),
        (f"app: write {size} adds in batches of 100, full journal", "write", figures["send"] + 3.0, send),
        (f"app: run with nothing changed, {size}", "again", None, read),
    )
    return [
        Row(what=what, measured=figures[name], bound=bound, against=against, baseline=baseline)
        for what, name, bound, (against, baseline) in table
    ]


class World:
    """One home with two accounts of two services."""

    def __init__(self, folder: Path, turn: int) -> None:
        self.worlds: dict[str, MemoryWorld] = {name: world_named(f"{name}-{turn}") for name in ("here", "there")}
        plugins = [memory_plugin(name, AT_ONCE) for name in self.worlds]
        self.musync: Musync = open_musync(Home(folder / "home"), extra=plugins, log_to_file=False)
        self.control = ThreadControl()
        self.accounts = {
            name: Account(name=name, service=name, ext_id="me", settings={"world": world.name})
            for name, world in self.worlds.items()
        }
        with self.musync.database().begin() as work:
            for account in self.accounts.values():
                work.accounts.add(account)

    def side(self, name: str, title: str) -> Side:
        """A side by its title, to be created where there is none."""
        return self.musync.addresses.find(self.accounts[name], title, self.control, create=True)

    def compare(self, title: str) -> Review:
        """`Road` here with a list there."""
        return self.musync.comparing.compare(
            self.side("here", "Road"), self.side("there", title), Policy(), self.control
        )

    def close(self) -> None:
        """Let go of everything."""
        self.musync.close()
        for world in self.worlds.values():
            forget_world(world.name)


def _turn(folder: Path, turn: int, here: list[Track], there: list[Track]) -> Iterator[tuple[str, float]]:
    world = World(folder, turn)
    world.worlds["here"].account().make_playlist("Road", here)
    world.worlds["there"].account().make_playlist("Road", there)
    yield "read", _bare_reads(world)
    yield "send", _bare_sends(world, there)
    forget()
    seconds, review = _clocked(lambda: world.compare("Road"))
    assert isinstance(review, Review)
    yield "first", seconds
    yield "adopt", _clocked(lambda: world.musync.writing.write(review, world.control))[0]
    yield "open", _clocked(lambda: world.compare("Road"))[0]
    known = {track for track, match in review.matches.items() if match.settled is not None}
    road = world.side("here", "Road").playlist
    assert road is not None
    world.worlds["here"].account().put(road.id, [track for track in here if track.id in known])
    yield "known", _clocked(lambda: world.compare("Road"))[0]
    world.close()
    yield from _into_nothing(folder / "second", turn, here, there)


def _into_nothing(folder: Path, turn: int, here: list[Track], there: list[Track]) -> Iterator[tuple[str, float]]:
    """All of it is added to a list that is not there yet."""
    world = World(folder, turn)
    world.worlds["here"].account().make_playlist("Road", here)
    world.worlds["there"].add_tracks(*there)
    forget()
    seconds, review = _clocked(lambda: world.compare("New"))
    assert isinstance(review, Review)
    yield "catalogue", seconds
    seconds, written = _clocked(lambda: world.musync.writing.write(review, world.control))
    yield "write", seconds
    assert isinstance(written, Written)
    assert written.count(Action.ADD) > 0.98 * SIZE
    yield "again", _clocked(lambda: world.musync.writing.write(world.compare("New"), world.control))[0]
    world.close()


def _bare_reads(world: World) -> float:
    """Both lists read once, by nothing but the service."""
    services = [AT_ONCE(one.account()) for one in world.worlds.values()]
    return _clocked(lambda: [service.read_entries(service.list_playlists().items[0].id) for service in services])[0]


def _bare_sends(world: World, tracks: list[Track]) -> float:
    service = AT_ONCE(world.worlds["there"].account())
    playlist = service.create_playlist("Bare").id  # type: ignore[attr-defined]

    def send() -> None:
        for start in range(0, len(tracks), 100):
            service.add_entries(playlist, tracks[start : start + 100])  # type: ignore[attr-defined]

    seconds = _clocked(send)[0]
    service.delete_playlist(playlist)  # type: ignore[attr-defined]
    return seconds


def _clocked(work: object) -> tuple[float, object]:
    assert callable(work)
    begun = time.perf_counter()
    answer = work()
    return time.perf_counter() - begun, answer


if __name__ == "__main__":
    run(measure)
