"""Finding counterparts of a whole list: `python tests/bench/matching.py`.

The library has 5 % of what is wanted not at all, 45 % of it in another spelling, and eight in a hundred of its songs a
second time as another version. The cycle collector is paused as it is when the application compares.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from itertools import islice

from common import Row, child, forget, run, tell
from songs import Maker, entries

from musync.app.jobs import without_collecting
from musync.domain import Diff, Match, Mode, Policy, Track
from musync.engine.candidates import CatalogueIndex
from musync.engine.diff import diff
from musync.engine.keyed import Base, Keyed, TargetRules
from musync.engine.matching import match_all

BOUND_MIB = 500


def measure() -> list[Row]:
    """10,000 wanted in a list of 10,000, and in a library of 100,000."""
    return [*lists(), *library(10_000, 100_000)]


def lists(size: int = 10_000) -> list[Row]:
    """Two lists that nobody compared before, and the same with every counterpart known."""
    maker = Maker(1)
    here = maker.library(size)
    there = maker.elsewhere(here)
    maker.chance.shuffle(there)
    first = _median(lambda: _compare(there, here))
    matches = _first_compare(there, here)
    known = _median(lambda: _review(there, here, matches))
    against, baseline = "rapidfuzz WRatio, every pair *", _every_pair(there, here)
    compare = f"compare {size:,} x {size:,}"
    return [
        Row(what=f"{compare}, unlinked", measured=first, bound=2.0, baseline=baseline, against=against),
        Row(what=f"{compare}, links known", measured=known, bound=0.2, baseline=first, against="unlinked"),
    ]


def library(wanted: int, size: int) -> list[Row]:
    """A long list against a large library, with the index made anew and at hand, and the memory of it."""
    spent = child("matching", str(wanted), str(size))
    maker = Maker(2)
    here = maker.library(size)
    baseline, against = _every_pair(maker.elsewhere(here[:wanted]), here), "rapidfuzz WRatio, every pair *"
    what = f"match {wanted:,} in {size:,}"
    return [
        Row(what=f"{what}, cold", measured=spent["cold"], bound=9.0, baseline=baseline, against=against),
        Row(what=f"{what}, index at hand", measured=spent["warm"], bound=5.0, baseline=spent["cold"], against="cold"),
        Row(what=f"{what}, whole process", measured=spent["mib"], unit="MiB", bound=BOUND_MIB),
    ]


def _first_compare(wanted: Sequence[Track], there: Sequence[Track]) -> list[Match]:
    return match_all(wanted, CatalogueIndex(there))


def _compare(wanted: Sequence[Track], there: Sequence[Track]) -> Diff:
    return _review(wanted, there, _first_compare(wanted, there))


def _review(wanted: Sequence[Track], there: Sequence[Track], matches: Sequence[Match]) -> Diff:
    """What page 2 shows, from matches."""
    keys = {match.wanted.id: _key(match) for match in matches}
    source = Keyed(entries=entries(wanted), keys=tuple(keys[track.id] for track in wanted))
    target = Keyed(entries=entries(there), keys=tuple(track.id for track in there))
    by_id = {match.wanted.id: match for match in matches}
    return diff(source, target, Base(), by_id, Policy(mode=Mode.ADD), TargetRules())


def _key(match: Match) -> str | None:
    return match.settled.id if match.settled is not None else None


def _every_pair(wanted: Sequence[Track], there: Sequence[Track]) -> float:
    """Seconds that the best of every pair by rapidfuzz would take, from every so-manieth of the wanted."""
    from rapidfuzz.fuzz import WRatio
    from rapidfuzz.process import extractOne

    every = 200 if len(there) <= 10_000 else 1_000
    texts = [f"{track.artist} {track.title}" for track in there]
    begun = time.perf_counter()
    for track in islice(wanted, 0, None, every):
        extractOne(f"{track.artist} {track.title}", texts, scorer=WRatio)
    return (time.perf_counter() - begun) * every


def _median(work: object, runs: int = 3) -> float:
    """Each run in this process with the engine's own memory of earlier runs emptied: nothing is known at the start."""
    assert callable(work)
    times = []
    for _ in range(runs):
        forget()
        begun = time.perf_counter()
        with without_collecting():
            work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _in_child(wanted: int, size: int) -> None:
    import psutil

    maker = Maker(2)
    here = maker.library(size)
    there = maker.elsewhere(maker.chance.sample(here, wanted))
    maker.words.clear()
    times = [time.perf_counter()]
    with without_collecting():
        index = CatalogueIndex(here)
        matches = match_all(there, index)
        times.append(time.perf_counter())
        match_all(there, index)
        times.append(time.perf_counter())
        _review(there, here[:wanted], matches)
    figures = {"cold": times[1] - times[0], "warm": times[2] - times[1]}
    figures["mib"] = psutil.Process().memory_info().rss / 2**20
    figures["settled"] = sum(match.settled is not None for match in matches)
    tell(figures)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        _in_child(int(sys.argv[2]), int(sys.argv[3]))
    else:
        run(measure)
