"""Labelled pairs and searches, read, compared and dealt out to folds by artist.

A folder of them holds `pairs.jsonl` with `{id, a, b, same, tags, origin}`, `library.jsonl` with tracks, and
`queries.jsonl` with `{query_id, track, right, tags, origin}`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from musync.domain import Track, TrackId
from musync.engine.candidates import CatalogueIndex
from musync.engine.evidence import compare
from musync.engine.model import Compared
from musync.engine.profile import Profile, profile

FOLDS = 5
NEAR = 12
"""Inexact candidates of a search, as the matcher takes them."""


def track(row: dict[str, Any]) -> Track:
    """Read one track of the data."""
    seconds = row.get("duration_s")
    return Track(
        id=TrackId(row.get("id", "")),
        title=row["title"],
        artists=tuple(row["artists"]),
        album=row.get("album") or "",
        duration_ms=None if seconds is None else round(seconds * 1000),
        isrc=row.get("isrc"),
        mbid=row.get("mbid"),
    )


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def compared(some: Iterable[dict[str, Any]]) -> list[Compared]:
    """Compare the two tracks of each pair."""
    made = [(profile(track(row["a"])), profile(track(row["b"]))) for row in some]
    return [(a, b, compare(a, b)) for a, b in made]


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


class Labelled:
    """All labelled comparisons: the pairs, then the candidates of every query, in the order of `compared`.

    `same` are their labels, `fold` the fold of each; `found` the places in the library of every query's candidates.
    """

    def __init__(self, folder: Path) -> None:
        self.pairs = rows(folder / "pairs.jsonl")
        self.queries = rows(folder / "queries.jsonl")
        self.library = CatalogueIndex([track(row) for row in rows(folder / "library.jsonl")])
        wanted = [profile(track(row["track"])) for row in self.queries]
        both = zip(self.library.equal_many(wanted), self.library.near_many(wanted, NEAR), strict=True)
        self.found = [list(dict.fromkeys(equal + near)) for equal, near in both]
        self.compared = compared(self.pairs)
        labels = [bool(row["same"]) for row in self.pairs]
        for row, one, places in zip(self.queries, wanted, self.found, strict=True):
            for place in places:
                other = self.library.profiles[place]
                self.compared.append((one, other, compare(one, other)))
                labels.append(other.track.id in row["right"])
        self.same = np.array(labels)
        self.fold = self._folds()

    def _folds(self) -> NDArray[np.int64]:
        """Deal the artists out: those that any positive comparison links go together."""
        components = Components()
        for (a, b, _), same in zip(self.compared, self.same, strict=True):
            if same:
                components.link(a.names + b.names)
        group = [_group(components, a, b, place) for place, (a, b, _) in enumerate(self.compared)]
        order = sorted(set(group))
        random.Random(0).shuffle(order)
        fold = {one: place % FOLDS for place, one in enumerate(order)}
        return np.array([fold[one] for one in group])

    def searches(self, likely: NDArray[np.float64]) -> list[list[tuple[str, float]]]:
        """Return what each query finds, id and probability, best first."""
        place = len(self.pairs)
        found = []
        for places in self.found:
            of_one = [
                (str(self.library.tracks[one].id), float(p))
                for one, p in zip(places, likely[place : place + len(places)], strict=True)
            ]
            place += len(places)
            found.append(sorted(of_one, key=lambda one: (-one[1], one[0])))
        return found


def _group(components: Components, a: Profile, b: Profile, place: int) -> str:
    """Return the artist component of a comparison; the query's side speaks first."""
    names = a.names or b.names
    return components.find(names[0]) if names else f"nobody {place}"
