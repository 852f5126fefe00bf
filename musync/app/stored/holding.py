"""What is held of a catalogue, stored or only listed, and the catalogues of several libraries as one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

import numpy as np

from musync.app.stored.lazy import ChainedTracks
from musync.domain import Track
from musync.engine.candidates import CatalogueIndex
from musync.engine.index_arrays import IndexArrays


class Holding(NamedTuple):
    """All tracks of a catalogue, with their index where it is at hand.

    `state` is the same for as long as exactly these tracks are there and the engine is the same; empty where nothing
    tells so for certain.
    """

    tracks: Sequence[Track]
    arrays: IndexArrays | None
    state: str = ""


def joined(holdings: Sequence[Holding]) -> Holding:
    """Several catalogues as one; it has an index if any of them has."""
    if len(holdings) == 1:
        return holdings[0]
    tracks = ChainedTracks([one.tracks for one in holdings])
    state = "\n".join(one.state for one in holdings) if all(one.state for one in holdings) else ""
    if all(one.arrays is None for one in holdings):
        return Holding(tracks, None, state)
    return Holding(tracks, reduce(_behind, [_indexed(one) for one in holdings]), state)


def _indexed(holding: Holding) -> IndexArrays:
    return CatalogueIndex(holding.tracks).arrays if holding.arrays is None else holding.arrays


def _behind(one: IndexArrays, other: IndexArrays) -> IndexArrays:
    return one.merged(np.ones(len(one.rows.ties), np.bool_), other)
