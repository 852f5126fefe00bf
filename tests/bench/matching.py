"""Finding counterparts of a whole list: `python tests/bench/matching.py [DATA]`.

The list searched has 5 % of what is wanted not at all, 45 % of it in another spelling, and eight in a hundred of its
songs a second time as another version. The cycle collector is paused as it is when the application compares. Libraries
of any size, indexed and stored, are in `libraries.py`, how right the answers are in `accuracy.py`; with a folder of
labelled data all three are printed.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from common import Row, forget, run
from songs import Maker, entries

from musync.app.jobs import without_collecting
from musync.domain import Diff, Match, Mode, Policy, Track
from musync.engine.candidates import CatalogueIndex
from musync.engine.diff import diff
from musync.engine.keyed import Base, Keyed, TargetRules
from musync.engine.matching import match_all
from musync.testing.lists import unreasonable_tracks


def measure() -> list[Row]:
    """10,000 wanted in a list of 10,000, and a thousand that are no trouble only by right."""
    return [*lists(), *unreasonable()]


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


def unreasonable(size: int = 1_000) -> list[Row]:
    """Tracks that nobody should have: endless titles, storms of marks, hundreds of artists, no length or ten hours."""
    there, wanted = unreasonable_tracks(size), unreasonable_tracks(size, "wanted")
    spent = _median(lambda: match_all(wanted, CatalogueIndex(there)))
    return [Row(what=f"match {size:,} unreasonable tracks in as many", measured=spent, bound=2.0)]


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


def main() -> None:
    """Print this table, and with labelled data those of libraries and of accuracy too."""
    run(measure)
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    if folders:
        import accuracy  # needs LightGBM, which nothing else does
        import libraries

        run(libraries.measure)
        accuracy.report(Path(folders[0]), by_tag=True, most_errors=20)


if __name__ == "__main__":
    main()
