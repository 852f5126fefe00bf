"""Fit the weights of `musync.engine.weights` to labelled pairs and searches; tell how they do on unseen artists.

    python tests/bench/fit_matching.py DATA [--write] [--out FOLDER]

DATA holds `pairs.jsonl`, `library.jsonl` and `queries.jsonl`: pairs `{id, a, b, same}`, queries
`{query_id, track, right}`. Figures are out of fold: five folds by artist, so that no artist is learned by name.
Everything is deterministic; only numpy is needed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musync.domain import Track, TrackId
from musync.engine import model
from musync.engine.candidates import CatalogueIndex
from musync.engine.evidence import compare
from musync.engine.lexicon import Kind
from musync.engine.profile import Profile, profile
from musync.engine.signals import Signals, features, signals

FOLDS = 5
RARE = 6
"""A feature seen less often gets no weight."""
STIFFNESS = 1.0
"""How strongly weights are held near zero."""
SEARCH_WEIGHT = 0.5
"""A candidate of a search counts half: there are a dozen for each query."""
NEAR = 12
KINDS = "|".join(kind.value for kind in Kind)
AGAINST = re.compile(
    rf"(?:album|one|by album) (?:{KINDS})$|other |numbers|short|mixer unsaid|isrc differs|"
    "mbid differs|version (?:remark )?differs|(?:lost|spare) [235]$|spare, "
)
"""Features that can only speak against a match: one that comes out positive by chance gets no weight."""

WEIGHTS = Path(__file__).parents[2] / "musync" / "engine" / "weights.py"


@dataclass(frozen=True)
class Example:
    """One comparison with its label; `group` is the artist component it belongs to."""

    signals: Signals
    same: bool
    weight: float
    group: str


def track(row: dict[str, Any]) -> Track:
    """Read one track of the data."""
    seconds = row.get("duration_s")
    return Track(
        id=TrackId(row.get("id", "")),
        title=row["title"],
        artists=tuple(row["artists"]),
        album=row.get("album", ""),
        duration_ms=None if seconds is None else round(seconds * 1000),
        isrc=row.get("isrc"),
        mbid=row.get("mbid"),
    )


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


class Components:
    """Artists that any positive pair links are one component."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, name: str) -> str:
        """Return the name that stands for the component."""
        self._parent.setdefault(name, name)
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name

    def link(self, names: Sequence[str]) -> None:
        """Make these one component."""
        for name in names[1:]:
            self._parent[self.find(name)] = self.find(names[0])


class Data:
    """All labelled comparisons: the pairs, then the candidates of every query."""

    def __init__(self, folder: Path) -> None:
        self.pairs = rows(folder / "pairs.jsonl")
        self.queries = rows(folder / "queries.jsonl")
        self.library = CatalogueIndex([track(row) for row in rows(folder / "library.jsonl")])
        self.components = Components()
        made = [(profile(track(row["a"])), profile(track(row["b"]))) for row in self.pairs]
        wanted = [profile(track(row["track"])) for row in self.queries]
        both = zip(self.library.equal_many(wanted), self.library.near_many(wanted, NEAR), strict=True)
        self.found = [list(dict.fromkeys(equal + near)) for equal, near in both]
        self._link(made, wanted)
        self.examples = [
            Example(signals(compare(a, b)), row["same"], 1.0, self._group((a, b), row["id"]))
            for row, (a, b) in zip(self.pairs, made, strict=True)
        ]
        for row, one, places in zip(self.queries, wanted, self.found, strict=True):
            right = set(row["right"])
            for place in places:
                other = self.library.profiles[place]
                same = other.track.id in right
                self.examples.append(
                    Example(signals(compare(one, other)), same, SEARCH_WEIGHT, self._group((one,), row["query_id"]))
                )

    def _link(self, made: Sequence[tuple[Profile, Profile]], wanted: Sequence[Profile]) -> None:
        for row, (a, b) in zip(self.pairs, made, strict=True):
            if row["same"]:
                self.components.link(a.names + b.names)
        for row, one, places in zip(self.queries, wanted, self.found, strict=True):
            for place in places:
                other = self.library.profiles[place]
                if other.track.id in row["right"]:
                    self.components.link(one.names + other.names)

    def _group(self, made: Iterable[Profile], otherwise: str) -> str:
        names = [name for one in made for name in one.names]
        return self.components.find(names[0]) if names else otherwise


def folds(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Deal the components out to the folds."""
    groups = sorted({example.group for example in examples})
    random.Random(0).shuffle(groups)
    fold = {group: place % FOLDS for place, group in enumerate(groups)}
    return np.array([fold[example.group] for example in examples])


def vocabulary(examples: Iterable[Example]) -> dict[str, int]:
    """Number the features that are seen often enough."""
    counts = Counter(name for example in examples for name in features(example.signals))
    return {name: place for place, name in enumerate(sorted(name for name in counts if counts[name] >= RARE))}


def matrix(examples: Sequence[Example], names: dict[str, int]) -> NDArray[np.float32]:
    """Return one row of noughts and ones for each example."""
    filled = np.zeros((len(examples), len(names)), np.float32)
    for place, example in enumerate(examples):
        for name in features(example.signals):
            if name in names:
                filled[place, names[name]] = 1
    return filled


def fit(
    names: dict[str, int], x: NDArray[np.float32], y: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Return weights and base; what can only speak against a match is never positive."""
    kept = np.ones(x.shape[1], bool)
    against = np.array([AGAINST.match(name) is not None for name in names])
    while True:
        beta = np.zeros(x.shape[1])
        beta[kept], base = regress(x[:, kept], y, weight)
        wrong = against & (beta > 0)
        if not wrong.any():
            return beta, base
        kept &= ~wrong


def regress(
    x: NDArray[np.float32], y: NDArray[np.float64], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """Return weights and base of a logistic regression, by Newton's method."""
    size = x.shape[1]
    beta, base = np.zeros(size), 0.0
    for _ in range(40):
        likely = 1 / (1 + np.exp(-(x @ beta + base)))
        error = weight * (likely - y)
        spread = weight * likely * (1 - likely) + 1e-6
        curve = np.empty((size + 1, size + 1))
        curve[:size, :size] = x.T @ (x * spread[:, None]) + STIFFNESS * np.eye(size)
        curve[:size, size] = curve[size, :size] = x.T @ spread
        curve[size, size] = spread.sum()
        step = np.linalg.solve(curve, np.append(x.T @ error + STIFFNESS * beta, error.sum()))
        beta, base = beta - step[:size], base - float(step[size])
        if np.abs(step).max() < 1e-4:
            break
    return beta, base


def use(names: dict[str, int], beta: NDArray[np.float64], base: float) -> dict[str, float]:
    """Make the model weigh with these, rounded as they are written down."""
    table = {name: round(float(beta[place]), 2) for name, place in names.items()}
    table = {name: value for name, value in table.items() if value}
    model.WEIGHTS.clear()
    model.WEIGHTS.update(table)
    model.BASE = round(base, 2)
    model.probability.cache_clear()
    return table


def out_of_fold(data: Data, names: dict[str, int], x: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the probability of every example from weights that never saw its artists."""
    fold = folds(data.examples)
    y = np.array([example.same for example in data.examples], float)
    weight = np.array([example.weight for example in data.examples])
    likely = np.zeros(len(y))
    for left_out in range(FOLDS):
        seen = fold != left_out
        use(names, *fit(names, x[seen], y[seen], weight[seen]))
        for place in np.flatnonzero(~seen):
            likely[place] = model.probability(data.examples[place].signals)
    return likely


def write_predictions(data: Data, likely: NDArray[np.float64], folder: Path) -> None:
    """Write what the score script reads: predictions for the pairs and for the searches."""
    with (folder / "pairs-predicted.jsonl").open("w", encoding="utf-8") as out:
        for row, p in zip(data.pairs, likely, strict=False):
            out.write(json.dumps({"id": row["id"], "p": p}) + "\n")
    place = len(data.pairs)
    with (folder / "queries-predicted.jsonl").open("w", encoding="utf-8") as out:
        for row, found in zip(data.queries, data.found, strict=True):
            ranked = [
                {"id": data.library.tracks[one].id, "p": p}
                for one, p in zip(found, likely[place : place + len(found)], strict=True)
            ]
            place += len(found)
            ranked.sort(key=lambda one: (-one["p"], one["id"]))
            out.write(json.dumps({"query_id": row["query_id"], "ranked": ranked}) + "\n")


def write_weights(table: dict[str, float], base: float) -> None:
    """Write the table that ships, sorted so that a change can be read."""
    lines = [
        '"""What each signal weighs: natural logarithms of odds, fitted by tests/bench/fit_matching.py.',
        "",
        "A name is a signal with its step, or several that only count together; see `musync.engine.signals`.",
        '"""',
        "",
        "from __future__ import annotations",
        "",
        f"BASE = {base}",
        "",
        "WEIGHTS: dict[str, float] = {",
        *(f'    "{name}": {value},' for name, value in sorted(table.items())),
        "}",
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, tell, and write when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--write", action="store_true", help="write musync/engine/weights.py, fitted to everything")
    parser.add_argument("--out", type=Path, help="folder for the out-of-fold predictions")
    arguments = parser.parse_args()
    data = Data(arguments.data)
    names = vocabulary(data.examples)
    x = matrix(data.examples, names)
    print(f"{len(data.examples):,} comparisons, {len(names)} weights")  # noqa: T201
    if arguments.out:
        write_predictions(data, out_of_fold(data, names, x), arguments.out)
    if arguments.write:
        y = np.array([example.same for example in data.examples], float)
        weight = np.array([example.weight for example in data.examples])
        table = use(names, *fit(names, x, y, weight))
        write_weights(table, model.BASE)


if __name__ == "__main__":
    main()
