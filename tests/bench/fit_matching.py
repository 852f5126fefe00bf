"""Grow the forest of `musync.engine.model` from labelled pairs and searches; tell how it does on unseen artists.

    python tests/bench/fit_matching.py DATA [--write] [--out FOLDER]

DATA is a folder as `labelled.py` says. Figures are out of fold: five folds by artist, so that no artist is learned by
name; the forest that is written is grown on all. Everything is deterministic. LightGBM is needed here alone (the
dependency group `fit`); the application walks the trees by itself.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from labelled import FOLDS, Labelled, compared, rows
from numpy.typing import NDArray

from musync.engine.features import FALLING, NAMES, features
from musync.engine.forest import Forest, Matrix
from musync.engine.model import Compared, probabilities, ruled

FORESTS, TREES = 3, 150
"""As many forests of so many trees, grown by chance in different ways; their mean varies less than each."""
SEARCH_WEIGHT = 0.5
"""A candidate of a search counts half: there are several for each query."""
SHAPE: dict[str, Any] = {
    "objective": "binary",
    "num_leaves": 16,
    "learning_rate": 0.1,
    "min_data_in_leaf": 20,
    "lambda_l2": 1.0,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "monotone_constraints": [-1 if name in FALLING else 0 for name in NAMES],
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}

WRITTEN = Path(__file__).parents[2] / "musync" / "engine" / "forest.json"
FROZEN = Path(__file__).parents[1] / "data" / "matching" / "frozen.jsonl"


def matrix(comparisons: list[Compared]) -> Matrix:
    """Return one row of numbers for each comparison."""
    return np.array([features(a, b, e) for a, b, e in comparisons])


def grow(rows: Matrix, same: NDArray[np.bool_], weight: NDArray[np.float64]) -> list[dict[str, Any]]:
    """Grow the trees and return them as they are written down."""
    import lightgbm

    data = lightgbm.Dataset(rows, same.astype(float), weight=weight, free_raw_data=False)
    grown = []
    for seed in range(FORESTS):
        chance = {"seed": seed, "bagging_seed": seed + 1, "feature_fraction_seed": seed + 2}
        booster = lightgbm.train({**SHAPE, **chance}, data, TREES)
        grown += [_written(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    return grown


def _written(root: dict[str, Any]) -> dict[str, Any]:
    """Return a tree as its leaves from left to right and its splits.

    A split is the feature, the highest value that goes left, whether an unknown one does, and the leaves to its left:
    the first, and the first that is not.
    """
    leaves: list[float] = []
    splits: list[list[Any]] = []

    def walk(node: dict[str, Any]) -> None:
        if "leaf_value" in node and "split_feature" not in node:
            leaves.append(round(node["leaf_value"] / FORESTS, 5))
            return
        first = len(leaves)
        walk(node["left_child"])
        at = min(max(node["threshold"], -1e9), 1e9)
        left = node["default_left"] if node["missing_type"] == "NaN" else at >= -1e-30
        splits.append([node["split_feature"], round(at, 6), int(left), first, len(leaves)])
        walk(node["right_child"])

    walk(root)
    return {"leaves": leaves, "splits": splits}


def out_of_fold(data: Labelled, *more: list[Compared]) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    """Return the probability of every comparison from trees that never saw its artists.

    Of `more` comparisons, which nothing is grown from, that of the mean over the folds.
    """
    rows, weight = matrix(data.compared), _weights(data)
    others = [matrix(one) for one in more]
    likely, means = np.zeros(len(rows)), [np.zeros(len(one)) for one in others]
    for fold in range(FOLDS):
        seen = data.fold != fold
        forest = Forest(NAMES, grow(rows[seen], data.same[seen], weight[seen]))
        unseen = np.flatnonzero(~seen)
        likely[unseen] = ruled(forest(rows[unseen]), [data.compared[place][2] for place in unseen])
        for mean, one, some in zip(means, others, more, strict=True):
            mean += np.array(ruled(forest(one), [e for _, _, e in some])) / FOLDS
    return likely, means


def _weights(data: Labelled) -> NDArray[np.float64]:
    return np.where(np.arange(len(data.compared)) < len(data.pairs), 1.0, SEARCH_WEIGHT)


def write_predictions(data: Labelled, likely: NDArray[np.float64], folder: Path) -> None:
    """Write predictions for the pairs and for the searches, one JSON object a line."""
    with (folder / "pairs-predicted.jsonl").open("w", encoding="utf-8") as out:
        for row, p in zip(data.pairs, likely, strict=False):
            out.write(json.dumps({"id": row["id"], "p": p}) + "\n")
    with (folder / "queries-predicted.jsonl").open("w", encoding="utf-8") as out:
        for row, found in zip(data.queries, data.searches(likely), strict=True):
            ranked = [{"id": track, "p": p} for track, p in found]
            out.write(json.dumps({"query_id": row["query_id"], "ranked": ranked}) + "\n")


def write_forest(trees: list[dict[str, Any]]) -> None:
    """Write the forest that ships: a line for each tree, so that a change can be seen."""
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    names = json.dumps(NAMES)
    WRITTEN.write_text(f'{{"features": {names},\n"trees": [\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


def freeze() -> None:
    """Write down what the shipped forest says of the slice that the tests look at."""
    stored = rows(FROZEN)
    for row, p in zip(stored, probabilities(compared(stored)), strict=True):
        row["p"] = round(p, 3)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in stored]
    FROZEN.write_text("".join(lines), encoding="utf-8", newline="\n")


def main() -> None:
    """Grow, tell, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="write musync/engine/forest.json, grown on everything")
    parser.add_argument("--out", type=Path, help="folder for the out-of-fold predictions")
    arguments = parser.parse_args()
    data = Labelled(arguments.data)
    sys.stdout.write(f"{len(data.compared):,} comparisons, {len(NAMES)} features\n")
    if arguments.out:
        write_predictions(data, out_of_fold(data)[0], arguments.out)
    if arguments.write:
        write_forest(grow(matrix(data.compared), data.same, _weights(data)))
        freeze()


if __name__ == "__main__":
    main()
