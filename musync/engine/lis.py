"""The heaviest increasing subsequence: what may stay where it is when the rest is moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def heaviest_increasing(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Indices of an increasing subsequence of `values` with the greatest sum of weights, in O(n log n).

    Values are distinct, weights positive. The classical longest increasing subsequence is the case of equal weights;
    the best sum that ends at or below a value is kept in a Fenwick tree of maxima.
    """
    ranks = sorted(values)
    best: list[tuple[int, int]] = [(0, -1)] * (len(values) + 1)
    before = [-1] * len(values)
    totals = [0] * len(values)
    for index, value in enumerate(values):
        rank = bisect_left(ranks, value)
        total, before[index] = _best_below(best, rank)
        totals[index] = total + weights[index]
        _raise_from(best, rank + 1, (totals[index], index))
    last = max(range(len(values)), key=totals.__getitem__, default=-1)
    chain = []
    while last >= 0:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def _best_below(tree: list[tuple[int, int]], rank: int) -> tuple[int, int]:
    found = (0, -1)
    while rank > 0:
        if tree[rank][0] > found[0]:
            found = tree[rank]
        rank -= rank & -rank
    return found


def _raise_from(tree: list[tuple[int, int]], place: int, entry: tuple[int, int]) -> None:
    while place < len(tree):
        if entry[0] > tree[place][0]:
            tree[place] = entry
        place += place & -place
