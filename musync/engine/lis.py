"""The heaviest increasing subsequence: what may stay where it is when the rest is moved."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def heaviest_increasing(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Indices of an increasing subsequence of `values` with the greatest sum of weights.

    Values are distinct, weights positive. The classical longest increasing subsequence is the case of equal weights.
    Kept are the ends worth going on from, the lowest value for every sum: values and sums rise together, so both are
    found by bisection.
    """
    ends: list[int] = []
    totals: list[int] = []
    indices: list[int] = []
    before: list[int] = []
    for index, (value, weight) in enumerate(zip(values, weights, strict=True)):
        at = len(ends) if not ends or ends[-1] < value else bisect_left(ends, value)
        total = totals[at - 1] + weight if at else weight
        before.append(indices[at - 1] if at else -1)
        # What ends at a higher value and weighs no more is never the better start again.
        worse = bisect_right(totals, total, at)
        ends[at:worse] = (value,)
        totals[at:worse] = (total,)
        indices[at:worse] = (index,)
    return _chain(before, indices[-1] if indices else -1)


def _chain(before: Sequence[int], last: int) -> list[int]:
    chain = []
    while last >= 0:
        chain.append(last)
        last = before[last]
    return chain[::-1]
