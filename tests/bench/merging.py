"""Merge and plan of long lists whose counterparts are known: `python tests/bench/merging.py`.

The cycle collector is paused as it is when the application compares.
"""

from __future__ import annotations

import difflib
import random

from common import Row, run, seconds, timed

from musync.app.jobs import without_collecting
from musync.domain import Candidate, Diff, Entry, EntryId, Match, MatchState, Mode, Policy, Track, TrackId
from musync.engine.diff import diff
from musync.engine.keyed import Base, Keyed, TargetRules
from musync.engine.plan import make_plan

RULES = TargetRules()


def measure() -> list[Row]:
    """10,000 and 100,000 entries with 5 % changes, and a list of 10,000 in a new order."""
    with without_collecting():
        return [*_merge(10_000, 0.2), *_merge(100_000, 1.5), _shuffled(10_000)]


def _merge(size: int, bound: float) -> list[Row]:
    source, target, base, matches = _changed_lists(size)
    policy = Policy(mode=Mode.MIRROR)
    merge, merged = timed(lambda: diff(source, target, base, matches, policy, RULES))
    assert isinstance(merged, Diff)
    plan = seconds(lambda: make_plan(merged, policy, RULES))
    baseline, against = _difflib(source, target), "difflib on the keys"
    both = f"{size:,} x {size:,}, 5 % changes, mirror"
    return [
        Row(what=f"merge {both}", measured=merge, bound=bound, baseline=baseline, against=against),
        Row(what=f"plan {both}", measured=plan, baseline=baseline, against=against),
    ]


def _shuffled(size: int) -> Row:
    """The worst case of ordering: the same entries, in random order."""
    keys = list(range(size))
    source = _keyed(keys)
    random.Random(7).shuffle(keys)
    target = _keyed(keys)
    policy = Policy(mode=Mode.MIRROR)

    def work() -> Diff:
        found = diff(source, target, Base(keys=_names(range(size))), {}, policy, RULES)
        make_plan(found, policy, RULES)
        return found

    baseline = seconds(lambda: sorted(range(size), key=keys.__getitem__))
    what = f"merge and plan with fewest moves, {size:,} shuffled"
    return Row(what=what, measured=seconds(work), bound=1.0, baseline=baseline, against="sorting the places")


def _changed_lists(size: int) -> tuple[Keyed, Keyed, Base, dict[TrackId, Match]]:
    """Base 0..size; on each side one in forty was taken out, and as many new ones stand at random places."""
    chance = random.Random(42)
    base = list(range(size))
    sides = []
    for new in (size, 2 * size):
        gone = set(chance.sample(base, size // 40))
        side = [key for key in base if key not in gone]
        for number in range(size // 40):
            side.insert(chance.randrange(len(side)), new + number)
        sides.append(side)
    source, target = (_keyed(side) for side in sides)
    matches = {entry.track.id: _settled(entry.track) for entry in source.entries}
    return source, target, Base(keys=_names(base)), matches


def _settled(track: Track) -> Match:
    return Match(wanted=track, state=MatchState.AUTO, chosen=Candidate(track=track, probability=1.0))


def _keyed(keys: list[int]) -> Keyed:
    entries = tuple(
        Entry(id=EntryId(f"e{key}"), track=Track(id=TrackId(f"t{key}"), title=f"Song {key}")) for key in keys
    )
    return Keyed(entries=entries, keys=_names(keys))


def _names(keys: list[int] | range) -> tuple[str, ...]:
    return tuple(f"k{key}" for key in keys)


def _difflib(source: Keyed, target: Keyed) -> float:
    """The standard library's own comparison of the two lists of ids, which finds no moves and plans nothing."""

    def work() -> list[tuple[str, int, int, int, int]]:
        return difflib.SequenceMatcher(None, source.keys, target.keys, autojunk=False).get_opcodes()

    return seconds(work, runs=3, warm=0)


if __name__ == "__main__":
    run(measure)
