"""Requests and time of a first search on a service that lists no catalogue: `python tests/bench/searching.py`.

The service searches like a streaming service (every word must stand there, ten rows at most), answers after 30 ms, and
takes four requests at a time. What is wanted is described as another service would: other spellings, albums, versions.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from common import Row, run
from songs import Maker

from musync.app import lanes
from musync.app.compose import Musync, open_musync
from musync.app.jobs import ThreadControl
from musync.app.paths import Home
from musync.app.searching import Findings
from musync.domain import Account, Match, Outcome, Policy, Track, TrackId
from musync.engine.queries import Question, Rung
from musync.services.api import FindsIsrc, PlaylistService, SearchesFields, Traits
from musync.services.memory import SEARCHED_ROLES, memory_plugin, memory_service, world_named
from musync.services.memory.catalogue import words

WANTED = 1_000
CATALOGUE = 20_000
LATENCY_S = 0.03
AT_ONCE = 4
ROWS = 10
TRAITS = Traits(occurrence_ids=True, page=5_000, add_batch=100, revision="faithful", requests_at_once=AT_ONCE)
BY_WORDS = [role for role in SEARCHED_ROLES if role not in (FindsIsrc, SearchesFields)]


class Index:
    """Tracks by their words, so that the fake costs little beside what is measured."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        self._tracks = tracks
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, track in enumerate(tracks):
            for word in words(f"{track.title} {track.artist} {track.album}"):
                self._places[word].add(place)

    def find(self, text: str) -> tuple[Track, ...]:
        """The first ten that have every word."""
        sets = sorted((self._places.get(word, set()) for word in words(text)), key=len)
        found = set.intersection(*sets) if sets else set()
        return tuple(self._tracks[place] for place in sorted(found)[:ROWS])


class Slow(memory_service(TRAITS, BY_WORDS)):  # type: ignore[misc]  # a class made to measure
    """Answers after a while, from the index."""

    index: Index

    def search(self, text: str, limit: int) -> Sequence[Track]:
        """Wait as long as a request takes."""
        time.sleep(LATENCY_S)
        return self.index.find(text)


class Rungs:
    """Counts questions by rung on their way to the service."""

    def __init__(self) -> None:
        self.count: Counter[Rung] = Counter()
        self._guard = threading.Lock()

    def put(self, question: Question, service: PlaylistService) -> tuple[Track, ...]:
        """Count and pass on."""
        with self._guard:
            self.count[question.rung] += 1
        return _put(question, service)


_put = lanes.put


def measure() -> list[Row]:
    """A first search, what it takes in requests and time, and the one after it."""
    maker = Maker(5)
    there = maker.library(CATALOGUE)
    places = maker.chance.sample(range(CATALOGUE), WANTED)
    wanted = maker.elsewhere([there[place] for place in places])
    Slow.index = Index(there)
    rungs = Rungs()
    lanes.put = rungs.put
    with tempfile.TemporaryDirectory(prefix="musync-bench-") as name:
        figures = dict(_turn(Path(name), wanted))
    lanes.put = _put
    return list(_rows(figures, rungs.count, there, places, wanted))


def _turn(folder: Path, wanted: Sequence[Track]) -> Iterator[tuple[str, object]]:
    home = World(folder, wanted)
    begun = time.perf_counter()
    yield "matches", home.search()
    yield "first", time.perf_counter() - begun
    yield "requests", home.requests
    begun = time.perf_counter()
    home.search()
    yield "again", time.perf_counter() - begun
    yield "more", home.requests
    home.musync.close()


class World:
    """One home with an account to take from and one that is searched."""

    def __init__(self, folder: Path, wanted: Sequence[Track]) -> None:
        plugins = [memory_plugin("here", memory_service(TRAITS)), memory_plugin("there", Slow)]
        self.musync: Musync = open_musync(Home(folder), extra=plugins, log_to_file=False)
        self.control = ThreadControl()
        self.requests = 0
        sides = []
        for name, rows in (("here", wanted), ("there", ())):
            world = world_named(f"{name}-searching")
            world.account().make_playlist("Road", rows)
            account = Account(name=name, service=name, ext_id="me", settings={"world": world.name})
            with self.musync.database().begin() as work:
                work.accounts.add(account)
            sides.append(self.musync.addresses.find(account, "Road", self.control))
        self.here, self.there = sides

    def search(self) -> dict[TrackId, Match]:
        """Compare, and search for what is open."""
        review = self.musync.comparing.compare(self.here, self.there, Policy(), self.control)
        pieces: list[Findings] = []
        self.musync.comparing.search(review, self.control, pieces.append)
        self.requests = sum(piece.requests for piece in pieces)
        return {**review.matches, **{track: match for piece in pieces for track, match in piece.matches.items()}}


def _rows(
    figures: dict[str, object],
    rungs: Counter[Rung],
    there: Sequence[Track],
    places: Sequence[int],
    wanted: Sequence[Track],
) -> Iterator[Row]:
    requests, matches = figures["requests"], figures["matches"]
    assert isinstance(requests, int)
    assert isinstance(matches, dict)
    first = rungs[Rung.PLAIN]
    size = f"{WANTED:,} tracks"
    one_each = ("one for each track", float(WANTED))
    yield _count(f"search: first question for {size}", first, *one_each, ratio_bound=1.0)
    rest = ", ".join(f"{rung} {count}" for rung, count in rungs.items() if rung is not Rung.PLAIN)
    yield _count(f"search: further questions ({rest})", requests - first, "", None)
    there_too = [track.id for track in wanted if track.id.startswith("there-")]
    right = sum(_is_right(matches[track.id], there[place]) for track, place in zip(wanted, places, strict=True))
    yield _count("search: found and right", right, "there to be found", float(len(there_too)))
    missing = sum(match.outcome is Outcome.NOT_FOUND for match in matches.values())
    yield _count("search: not found", missing, "not there", float(WANTED - len(there_too)))
    took, alone = float(str(figures["first"])), requests * LATENCY_S
    what = f"search: {size}, {LATENCY_S * 1000:.0f} ms, {AT_ONCE} at a time"
    yield Row(what=what, measured=took, baseline=alone / AT_ONCE, against="mere waiting", ratio_bound=1.3)
    yield Row(what=what, measured=took, baseline=alone, against="mere waiting, one at a time")
    yield _count(f"search: requests of the next run, {size}", int(str(figures["more"])), "", None, bound=0.0)
    yield Row(what=f"search: compare again, {size} known", measured=float(str(figures["again"])))


def _is_right(match: Match, there: Track) -> bool:
    return match.settled is not None and match.settled.id == there.id


def _count(
    what: str,
    measured: int,
    against: str,
    baseline: float | None,
    *,
    bound: float | None = None,
    ratio_bound: float | None = None,
) -> Row:
    return Row(
        what=what,
        measured=float(measured),
        unit="requests" if "question" in what or "requests" in what else "tracks",
        baseline=baseline,
        against=against,
        bound=bound,
        ratio_bound=ratio_bound,
    )


if __name__ == "__main__":
    run(measure)
