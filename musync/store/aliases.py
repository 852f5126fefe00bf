"""Services' tracks as rows: reading and writing thousands at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from sqlalchemy import bindparam, func, select, update

from musync.domain import Canon, TrackId, TrackRef
from musync.store.bulk import insert_rows, rows_in
from musync.store.codec import track_meta, track_of
from musync.store.columns import storable
from musync.store.connections import Block
from musync.store.tables import alias, track

Key = tuple[str, str, TrackId]
Origin = Literal["auto", "user", "relink"]

_COLUMNS = ("service", "scope", "ext_id", "canon", "origin", "score", "meta")
_UNLINKED = (None, None)
_RANK: dict[Origin | None, int] = {None: 0, "auto": 1, "relink": 2, "user": 3}

OF_SERVICE = (alias.c.service == bindparam("service"), alias.c.scope == bindparam("scope"))
_ROWS = select(alias.c.ext_id, alias.c.id, alias.c.canon, alias.c.origin, alias.c.score, alias.c.meta)
_ROWS = _ROWS.where(*OF_SERVICE)
_CANONS = select(alias.c.ext_id, alias.c.canon).where(*OF_SERVICE)
_MERGED = select(track.c.id, track.c.merged_into).where(track.c.merged_into.is_not(None))


class AliasRow(NamedTuple):
    """One row of the table, without what names it."""

    id: int
    canon: int
    origin: Origin | None
    score: float | None
    meta: str


def read_aliases(block: Block, keys: Iterable[Key]) -> dict[Key, AliasRow]:
    """The rows of these tracks, where there are any."""
    wanted: dict[tuple[str, str], list[TrackId]] = defaultdict(list)
    for service, scope, track_id in keys:
        wanted[service, scope].append(track_id)
    found: dict[Key, AliasRow] = {}
    for (service, scope), ids in wanted.items():
        named = {storable(one): one for one in ids}
        for rows in rows_in(block, _ROWS, alias.c.ext_id, named, storable(service), storable(scope)):
            found.update(((service, scope, named[row[0]]), AliasRow._make(row[1:])) for row in rows)
    return found


def read_canons(block: Block, service: str, scope: str, ids: Iterable[TrackId]) -> dict[TrackId, Canon]:
    """What recording each of these tracks is, where that is known."""
    named = {storable(one): one for one in ids}
    found: dict[TrackId, Canon] = {}
    for rows in rows_in(block, _CANONS, alias.c.ext_id, named, storable(service), storable(scope)):
        found.update({named[text]: canon for text, canon in rows})
    return found


def merged(block: Block, canons: Iterable[Canon]) -> dict[Canon, Canon]:
    """The numbers under which recordings are known now, for those that were merged into another since."""
    found: dict[Canon, Canon] = {}
    for rows in rows_in(block, _MERGED, track.c.id, dict.fromkeys(canons)):
        found.update((old, new) for old, new in rows)
    return found


def ref_of(service: str, scope: str, ext_id: str, meta: str) -> TrackRef:
    """The track that a row describes."""
    return TrackRef(service=service, scope=scope, track=track_of(ext_id, meta))


def new_canons(block: Block, count: int) -> range:
    """Numbers for so many recordings that were not known before."""
    if count == 0:
        return range(0)
    last = block.execute(select(func.max(track.c.id))).scalar() or 0
    numbers = range(last + 1, last + 1 + count)
    insert_rows(block, track, ("id",), [(number,) for number in numbers])
    return numbers


def add_aliases(
    block: Block,
    refs: Mapping[Key, TrackRef],
    canons: Mapping[Key, int],
    how: Mapping[Key, tuple[Origin, float]],
) -> None:
    """New rows for tracks that have none; `how` says what linked them, where something did."""
    rows = [
        (*map(storable, key), canons[key], *how.get(key, _UNLINKED), track_meta(ref.track)) for key, ref in refs.items()
    ]
    insert_rows(block, alias, _COLUMNS, rows)


def refresh_meta(block: Block, refs: Mapping[Key, TrackRef], rows: Mapping[Key, AliasRow]) -> None:
    """Let rows say what their tracks are called now."""
    told = ((row, track_meta(refs[key].track)) for key, row in rows.items())
    block.many(
        update(alias).where(alias.c.id == bindparam("row")).values(meta=bindparam("now")),
        [{"row": row.id, "now": meta} for row, meta in told if row.meta != meta],
    )


def raise_origins(block: Block, how: Mapping[Key, tuple[Origin, float]], rows: Mapping[Key, AliasRow]) -> None:
    """Let rows say what linked them last; what a program found never hides what the user said."""
    said = ((rows[key], origin, score) for key, (origin, score) in how.items() if key in rows)
    block.many(
        update(alias)
        .where(alias.c.id == bindparam("row"))
        .values(origin=bindparam("new_origin"), score=bindparam("new_score")),
        [
            {"row": row.id, "new_origin": origin, "new_score": score}
            for row, origin, score in said
            if _RANK[origin] >= _RANK[row.origin] and (origin, score) != (row.origin, row.score)
        ],
    )
