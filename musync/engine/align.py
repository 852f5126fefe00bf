"""Which copy here is which copy there: copies are paired so that as few entries as possible are out of order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence

from musync.engine.keyed import Keyed

_MANY_COPIES = 400


def partners(source: Keyed, target: Keyed) -> dict[int, int]:
    """Source place -> target place, as many of each recording as stand on both sides.

    First the longest common subsequence (Hunt and Szymanski: the longest increasing run over all pairs of equal keys),
    so that copies already in order stay together; what it leaves is paired in list order. A recording with so many
    copies that all pairs of them would be too many is paired in list order at once.
    """
    theirs = target.places
    pairs: dict[int, int] = {}
    copies: list[tuple[str, list[int], list[int]]] = []
    for key, mine in source.places.items():
        there = theirs.get(key)
        if there is not None and len(mine) == len(there) == 1:
            # What stands once on each side is paired, whatever the order.
            pairs[mine[0]] = there[0]
        elif there is not None:
            copies.append((key, mine, there))
    if copies:
        crowded = {key for key, mine, there in copies if len(mine) * len(there) > _MANY_COPIES}
        pairs |= _in_order(source, theirs, crowded)
        taken = set(pairs.values())
        for _, mine, there in copies:
            free = (place for place in there if place not in taken)
            pairs.update(zip((place for place in mine if place not in pairs), free, strict=False))
    return pairs


def _in_order(source: Keyed, theirs: Mapping[str, Sequence[int]], crowded: Container[str]) -> dict[int, int]:
    ends: list[int] = []
    nodes: list[tuple[int, int, int]] = []
    last_of: list[int] = []
    for mine, key in enumerate(source.keys):
        if key is None or key in crowded:
            continue
        for place in reversed(theirs.get(key, ())):
            if not ends or ends[-1] < place:
                nodes.append((mine, place, last_of[-1] if last_of else -1))
                ends.append(place)
                last_of.append(len(nodes) - 1)
            else:
                length = bisect_left(ends, place)
                nodes.append((mine, place, last_of[length - 1] if length else -1))
                ends[length] = place
                last_of[length] = len(nodes) - 1
    return _followed(nodes, last_of[-1] if last_of else -1)


def _followed(nodes: Sequence[tuple[int, int, int]], last: int) -> dict[int, int]:
    pairs = {}
    while last >= 0:
        mine, place, last = nodes[last]
        pairs[mine] = place
    return pairs
