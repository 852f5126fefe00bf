"""Well-known titles as people meet them, with the probability that the matcher gives them: a change shows at once.

`tests/bench/fit_matching.py DATA --write` writes the probabilities anew together with the forest.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from musync.domain import Track, TrackId
from musync.engine.matching import ACCEPT
from musync.engine.score import score

FROZEN = Path(__file__).parents[1] / "data" / "matching" / "frozen.jsonl"
ROWS = [json.loads(line) for line in FROZEN.read_text("utf-8").splitlines()]
NEAR = 0.02
"""Processors round differently in the last places, and a length may fall on the other side of a step."""


def track(row: dict[str, Any]) -> Track:
    seconds = row.get("duration_s")
    return Track(
        id=TrackId("x"),
        title=row["title"],
        artists=tuple(row["artists"]),
        album=row.get("album", ""),
        duration_ms=seconds and seconds * 1000,
        isrc=row.get("isrc"),
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['id']} {row['tag']}")
def test_the_verdict_is_right_and_as_it_was(row: dict[str, Any]) -> None:
    found = score(track(row["a"]), track(row["b"]))
    assert (found.probability >= ACCEPT) == row["same"]
    assert found.probability == pytest.approx(row["p"], abs=NEAR)
