"""The command line run in this process on a home of its own, with two accounts whose services live in memory."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from musync.app.compose import open_musync
from musync.app.paths import Home
from musync.cli import asking
from musync.cli.main import main
from musync.domain import Account, PlaylistId, Track, TrackId
from musync.services.memory.account import MemoryAccount
from musync.services.memory.world import MemoryWorld, forget_world, world_named

_numbers = itertools.count()


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The error in it."""
        found: dict[str, str] = self.document["error"]
        return found


class Cli:
    """Runs commands on one home."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ended:
        """Run a command to its end."""
        self._capsys.readouterr()
        code = main(["--home", str(self.home), *arguments])
        printed = self._capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    def json(self, *arguments: str) -> Ended:
        """The same with `--json`."""
        return self(*arguments, "--json")

    def done(self, *arguments: str) -> Any:
        """The document of a command that must not fail."""
        ended = self.json(*arguments)
        assert ended.code in (0, 3), ended
        return ended.document


class Place:
    """One account in memory: `here` or `there`."""

    def __init__(self, name: str, songs: Sequence[Track]) -> None:
        self.name = name
        self.world: MemoryWorld = world_named(f"{name}-cli-{next(_numbers)}")
        self.account: MemoryAccount = self.world.account(f"me@{self.world.name}")
        self.world.add_tracks(*(self.own(song) for song in songs))

    def own(self, song: Track) -> Track:
        """The song under the id it has here."""
        return replace(song, id=TrackId(f"{self.name}-{song.id}"))

    def make(self, title: str, songs: Sequence[Track], **head: Any) -> PlaylistId:
        """Make a playlist of these songs."""
        return self.account.make_playlist(title, [self.own(song) for song in songs], **head)

    def put(self, playlist: PlaylistId, songs: Sequence[Track]) -> None:
        """Let the playlist hold exactly these songs."""
        self.account.put(playlist, [self.own(song) for song in songs])

    def titles(self, title: str) -> list[str]:
        """What stands in the playlist of this title."""
        playlist = next(one for one, stored in self.account.playlists.items() if stored.head.title == title)
        return self.account.titles(playlist)


@pytest.fixture
def songs() -> tuple[Track, ...]:
    """Forty songs that nobody could mistake for each other."""
    words = ["Amber", "Birch", "Cinder", "Dune", "Ember", "Fjord", "Garnet", "Harbour", "Indigo", "Juniper"]
    places = ["Road", "Window", "Machine", "Orchard"]
    return tuple(
        Track(
            id=TrackId(f"{word}{place}"),
            title=f"{word} {place}",
            artists=(f"The {word}s",),
            album=place,
            duration_ms=180_000 + 1_000 * number,
        )
        for number, (word, place) in enumerate(itertools.product(words, places))
    )


@pytest.fixture
def cli(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line on an empty home."""
    return Cli(tmp_path / "home", capsys)


@pytest.fixture
def here(songs: tuple[Track, ...]) -> Iterator[Place]:
    """The one side."""
    place = Place("here", songs)
    yield place
    forget_world(place.world.name)


@pytest.fixture
def there(songs: tuple[Track, ...]) -> Iterator[Place]:
    """The other side."""
    place = Place("there", songs)
    yield place
    forget_world(place.world.name)


@pytest.fixture
def both(cli: Cli, here: Place, there: Place) -> Cli:
    """The command line with both as accounts of the memory service."""
    musync = open_musync(Home(cli.home), log_to_file=False)
    with musync.database().begin() as work:
        for place in (here, there):
            settings = {"world": place.world.name}
            account = Account(name=place.name, service="memory", ext_id=place.account.ext_id, settings=settings)
            work.accounts.add(account)
    musync.close()
    return cli


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A terminal at which these lines are typed, one after the other."""
    lines: list[str] = []
    monkeypatch.setattr(asking, "has_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda: lines.pop(0))
    monkeypatch.setattr(asking, "getpass", lambda question, stream: lines.pop(0))
    yield lines
    assert not lines, "not everything that was typed was asked for"


HERE, THERE = "memory@here:Road", "memory@there:Road"
