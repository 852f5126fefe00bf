"""What a matcher's probabilities are worth against labels: precision, recall, calibration, and what goes wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Likely = NDArray[np.float64]
Labels = NDArray[np.bool_]
Figures = dict[str, float]

ACCEPT = 0.9
MOST_WRONG = 0.08
"""Share of wrong ones that is put up with among uploads, whose labels are in doubt themselves."""


def share(taken: Labels, same: Labels) -> Figures:
    """Return precision, recall and their harmonic mean of what was taken."""
    right = float((taken & same).sum())
    precision = right / taken.sum() if taken.any() else 0.0
    recall = right / same.sum() if same.any() else 0.0
    return {"precision": precision, "recall": recall, "F1": 2 * right / max(1, taken.sum() + same.sum())}


def best_threshold(likely: Likely, right: Labels, wanted: int) -> float:
    """Return the probability from which on taking everything gives the best F1; `wanted` could be found."""
    order = np.argsort(-likely)
    found = np.cumsum(right[order])
    scores = 2 * found / (np.arange(1, len(order) + 1) + wanted)
    last = np.append(np.diff(likely[order]) != 0, True)
    return float(likely[order][np.where(last, scores, -1).argmax()])


def calibration_error(likely: Likely, right: Labels) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins = np.minimum(9, (likely * 10).astype(int))
    return sum(abs(likely[bins == one].sum() - right[bins == one].sum()) for one in range(10)) / len(likely)


def precise_from(likely: Likely, right: Labels, precision: float = 0.995) -> float:
    """Return the least probability from which on so many are right."""
    order = np.argsort(-likely)
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    places = np.flatnonzero(wrong <= 1 - precision)
    return float(likely[order][places[-1]]) if len(places) else 1.0


def pairs_figures(pairs: Sequence[dict[str, Any]], likely: Likely) -> Figures:
    """Return all figures of labelled pairs; rows are in the order of the probabilities."""
    same = np.array([bool(row["same"]) for row in pairs])
    threshold = best_threshold(likely, same, int(same.sum()))
    taken, sure = likely >= threshold, likely >= ACCEPT
    real = _tagged(pairs, "real")
    siblings, near = _tagged(pairs, "live", "remix", "acoustic") & ~same, _tagged(pairs, "near_title") & ~same
    scripts = _tagged(pairs, "romanised", "han_s2t") & same
    uploads = np.array([row["origin"].startswith("spotify-youtube") for row in pairs])
    return {
        "threshold": threshold,
        "F1": share(taken, same)["F1"],
        "precision at 0.9": share(sure, same)["precision"],
        "covered at 0.9": share(sure, same)["recall"],
        "ECE": calibration_error(likely, same),
        "F1, real rows only": share(taken[real], same[real])["F1"],
        "live, remix, acoustic wrongly accepted": float(taken[siblings].mean()),
        "near titles wrongly accepted": float(taken[near].mean()),
        "uploads: recall at 8 % wrong": _recall_at(likely[uploads], same[uploads]),
        "across scripts: recall": float(taken[scripts].mean()),
        "precise from": precise_from(likely, same),
    }


def search_figures(queries: Sequence[dict[str, Any]], found: Sequence[Sequence[tuple[str, float]]]) -> Figures:
    """Return all figures of searches, of which only the first track found counts."""
    likely = np.array([ranked[0][1] if ranked else 0.0 for ranked in found])
    right = np.array(
        [bool(ranked) and ranked[0][0] in row["right"] for row, ranked in zip(queries, found, strict=True)]
    )
    answerable = np.array([bool(row["right"]) for row in queries])
    threshold = best_threshold(likely, right, int(answerable.sum()))
    taken = likely >= threshold
    return {
        "threshold": threshold,
        "F1": 2 * float((taken & right).sum()) / float(taken.sum() + answerable.sum()),
        "right one first": float(right[answerable].mean()),
        "wrongly accepted where nothing is right": _mean(taken[~answerable]),
        "the same at 0.9": _mean((likely >= ACCEPT)[~answerable]),
        "among five": float(
            np.mean([_among(row, ranked, 5) for row, ranked in zip(queries, found, strict=True) if row["right"]])
        ),
        "covered at 0.9": float((right & (likely >= ACCEPT)).sum() / answerable.sum()),
        "ECE": calibration_error(likely, right),
        "precise from": precise_from(likely, right),
    }


def _among(row: dict[str, Any], ranked: Sequence[tuple[str, float]], most: int) -> bool:
    return any(track in row["right"] for track, _ in ranked[:most])


def _mean(some: Labels) -> float:
    return float(some.mean()) if len(some) else 0.0


def _tagged(some: Sequence[dict[str, Any]], *tags: str) -> Labels:
    return np.array([not set(tags).isdisjoint(row["tags"]) for row in some])


def _recall_at(likely: Likely, same: Labels) -> float:
    """Return the best recall at which no more than `MOST_WRONG` of what is taken is wrong."""
    best = 0.0
    for threshold in np.unique(likely):
        taken = likely >= threshold
        if (taken & ~same).sum() <= MOST_WRONG * taken.sum():
            best = max(best, float((taken & same).sum() / same.sum()))
    return best
