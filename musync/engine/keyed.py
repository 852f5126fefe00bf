"""Lists with the recording's key beside each entry, so that two services' entries can be counted together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from musync.domain import Entry, EntryId


@dataclass(frozen=True, kw_only=True)
class Keyed:
    """A complete list; `keys` runs beside `entries`.

    Entries of one recording share a key on both sides. None: nothing is settled about it (open match, placeholder).
    """

    entries: tuple[Entry, ...]
    keys: tuple[str | None, ...]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Every key's places in list order."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(self.keys):
            if key is not None:
                found[key].append(place)
        return dict(found)


@dataclass(frozen=True, kw_only=True)
class Base:
    """The list last verified on both sides, as counts of keys.

    `held` are keys of source entries that are open, skipped or not approved at present: their old count stays and
    nothing of theirs is removed. `entries` are the target's entry ids in it, where that service has lasting ones.
    """

    keys: tuple[str, ...] = ()
    held: Mapping[str, int] = field(default_factory=dict)
    entries: frozenset[EntryId] | None = None

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Occurrences of each key; none, then no key."""
        return Counter(self.keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRules:
    """What the target's service can do, as far as merging must know; None where there is no limit."""

    ordered: bool = True
    adds: bool = True
    moves: bool = True
    removes: bool = True
    keeps_duplicates: bool = True
    add_batch: int = 100
    remove_batch: int = 100
    move_batch: int | None = None
    capacity: int | None = None


def missing_from(base: Base, places: Mapping[str, Sequence[int]], held: Mapping[str, int]) -> int:
    """How many occurrences of the base a side no longer has; held ones count as there."""
    missing = 0
    for key, count in base.counts.items():
        short = count - len(places.get(key, ()))
        if short > 0:
            missing += max(0, short - held.get(key, 0))
    return missing
