"""Which files are the ones that vanished, under a new name or in another folder (sync-spec 1.5 d)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

_Key = tuple[int, str]


class Marked(NamedTuple):
    """A file by what stays the same when it moves: its size, and a mark of its length and tags."""

    path: str
    size: int
    mark: str


def pair_moved(gone: Iterable[Marked], new: Iterable[Marked]) -> Mapping[str, str]:
    """Old path -> new path of files with equal size, length and tags.

    Of several alike (copies, untagged recordings of nothing) those with equal file names belong together; a single
    one left on either side then belongs to the other. Where that cannot be told, nothing is said.
    """
    news = _grouped(new)
    found: dict[str, str] = {}
    for key, old in _grouped(gone).items():
        if key in news:
            found.update(_pairs(old, news[key]))
    return found


def _grouped(files: Iterable[Marked]) -> dict[_Key, list[str]]:
    groups: dict[_Key, list[str]] = {}
    for path, size, mark in files:
        groups.setdefault((size, mark), []).append(path)
    return groups


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    once = _by_name(old), _by_name(new)
    named = once[0].keys() & once[1].keys()
    yield from ((once[0][name], once[1][name]) for name in named)
    rest = [[path for path in paths if _name(path) not in named] for paths in (old, new)]
    if len(rest[0]) == len(rest[1]) == 1:
        yield rest[0][0], rest[1][0]


def _by_name(paths: list[str]) -> dict[str, str]:
    """File name -> path, of names that stand once."""
    times = Counter(_name(path) for path in paths)
    return {_name(path): path for path in paths if times[_name(path)] == 1}


def _name(path: str) -> str:
    return path.rpartition("/")[2]
