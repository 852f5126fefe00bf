"""Boosted regression trees as arrays, all of them walked at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""One row for each comparison, one column for each feature; nan where a side does not say."""

_AT_ONCE = 256
"""Rows walked together: what they touch stays in the processor's cache."""


class Forest:
    """Sums the leaves that a row of numbers falls into, one leaf in each tree of at most 32.

    Every split that a row fails crosses out the leaves to its left; the first leaf left over is the row's. The way is
    that of QuickScorer (Lucchese and others, SIGIR 2015).
    """

    def __init__(self, names: Sequence[str], trees: Sequence[Mapping[str, Any]]) -> None:
        self.names = tuple(names)
        self._leaves = np.zeros((len(trees), 32))
        splits: list[list[tuple[float, int, int, bool]]] = [[] for _ in names]
        for place, tree in enumerate(trees):
            leaves = tree["leaves"]
            self._leaves[place, : len(leaves)] = leaves
            for feature, at, unknown_left, first, last in tree["splits"]:
                crossed = 0xFFFFFFFF ^ (((1 << (last - first)) - 1) << first)
                splits[feature].append((at, place, crossed, bool(unknown_left)))
        self._tables = [_table(of_one, len(trees)) for of_one in splits]

    def __call__(self, rows: Matrix) -> NDArray[np.float64]:
        """Return the sum of the leaves of each row."""
        parts = [self._some(rows[start : start + _AT_ONCE]) for start in range(0, len(rows), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _some(self, rows: Matrix) -> NDArray[np.float64]:
        left = np.full((len(rows), len(self._leaves)), 0xFFFFFFFF, np.uint32)
        for column, (at, masks) in zip(rows.T, self._tables, strict=True):
            if len(at):
                steps = np.searchsorted(at, column)
                steps[np.isnan(column)] = len(at) + 1
                left &= masks[steps]
        lowest = left & (~left + np.uint32(1))
        leaf = np.frexp(lowest)[1] - 1
        found: NDArray[np.float64] = self._leaves[np.arange(len(self._leaves)), leaf].sum(axis=1)
        return found


def _table(
    splits: Sequence[tuple[float, int, int, bool]], trees: int
) -> tuple[NDArray[np.float64], NDArray[np.uint32]]:
    """Return the thresholds of one feature in order, and the leaves left in every tree after so many failed ones.

    The last row is for an unknown value.
    """
    at = np.array(sorted({split[0] for split in splits}))
    masks = np.full((len(at) + 2, trees), 0xFFFFFFFF, np.uint32)
    for threshold, tree, crossed, unknown_left in splits:
        failed = int(np.searchsorted(at, threshold)) + 1
        masks[failed:-1, tree] &= np.uint32(crossed)
        if not unknown_left:
            masks[-1, tree] &= np.uint32(crossed)
    return at, masks


def shipped() -> Forest:
    """Return the forest that tests/bench/fit_matching.py grew."""
    stored = json.loads(files(__package__).joinpath("forest.json").read_text("utf-8"))
    return Forest(stored["features"], stored["trees"])
