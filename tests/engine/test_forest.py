from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musync.engine.features import NAMES, features
from musync.engine.forest import Forest, shipped
from musync.engine.model import forest
from musync.engine.profile import profile
from musync.engine.score import compare
from musync.testing.lists import track

NODE = st.recursive(
    st.floats(-1, 1).map(lambda value: {"leaf": value}),
    lambda below: st.fixed_dictionaries(
        {
            "feature": st.integers(0, 2),
            "at": st.sampled_from([-1.0, 0.0, 0.5, 2.0]),
            "unknown_left": st.booleans(),
            "left": below,
            "right": below,
        }
    ),
    max_leaves=12,
)
VALUES = st.sampled_from([-2.0, -1.0, 0.0, 0.25, 0.5, 1.0, 2.0, 3.0, math.nan])


def written(root: dict[str, Any]) -> dict[str, Any]:
    """Write a tree down as the file does: leaves from left to right, splits with the leaves to their left."""
    leaves: list[float] = []
    splits: list[list[Any]] = []

    def walk(node: dict[str, Any]) -> None:
        if "leaf" in node:
            leaves.append(node["leaf"])
            return
        first = len(leaves)
        walk(node["left"])
        splits.append([node["feature"], node["at"], int(node["unknown_left"]), first, len(leaves)])
        walk(node["right"])

    walk(root)
    return {"leaves": leaves, "splits": splits}


def walked(node: dict[str, Any], row: list[float]) -> float:
    """Walk one tree step by step."""
    while "leaf" not in node:
        value = row[node["feature"]]
        left = node["unknown_left"] if math.isnan(value) else value <= node["at"]
        node = node["left" if left else "right"]
    leaf: float = node["leaf"]
    return leaf


@given(st.lists(NODE, min_size=1, max_size=5), st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=6))
def test_all_trees_at_once_give_what_each_gives_alone(trees: list[dict[str, Any]], rows: list[list[float]]) -> None:
    found = Forest("abc", [written(tree) for tree in trees])(np.array(rows).reshape(len(rows), 3))
    assert found == pytest.approx([sum(walked(tree, row) for tree in trees) for row in rows])


def test_the_shipped_forest_fits_the_features() -> None:
    assert shipped().names == NAMES
    assert forest() is forest()


def test_many_rows_come_out_as_one_by_one() -> None:
    rows = np.random.default_rng(0).random((600, len(NAMES)))
    rows[::7, 3] = math.nan
    together = forest()(rows)
    assert together == pytest.approx([float(forest()(rows[place : place + 1])[0]) for place in range(len(rows))])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (track("A Song (Live)", "Anna", duration_ms=200_000), track("A Song", "Anna & Bert", album="One")),
        (track("夜に駆ける", "YOASOBI"), track("Yoru ni Kakeru", "YOASOBI")),
        (track(""), track("A Song", "Anna")),
        (track("7", ""), track("Part 7 - Anna (Bert Remix)", "")),
    ],
)
def test_the_numbers_are_the_same_from_either_side(one: Any, other: Any) -> None:
    a, b = profile(one), profile(other)
    there, back = features(a, b, compare(a, b)), features(b, a, compare(b, a))
    assert len(there) == len(NAMES)
    assert there == pytest.approx(back, nan_ok=True)
