"""Which tracks of which services are the same recording.

A track of a service is an alias of one recording (canon). To link two is to make one recording of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import and_, bindparam, select, update

from musync.domain import Canon, TrackId, TrackRef
from musync.store.aliases import (
    OF_SERVICE,
    AliasRow,
    Key,
    Origin,
    add_aliases,
    new_canons,
    raise_origins,
    read_aliases,
    read_canons,
    ref_of,
    refresh_meta,
)
from musync.store.bulk import rows_in
from musync.store.columns import restored, storable
from musync.store.connections import Block, Plain, Query
from musync.store.groups import Groups
from musync.store.tables import alias, base_item, pair, playlist, track

_ALIASES = select(alias.c.canon, alias.c.ext_id, alias.c.meta).where(*OF_SERVICE).order_by(alias.c.id)
_ALIAS_IDS = select(alias.c.canon, alias.c.ext_id).where(*OF_SERVICE).order_by(alias.c.id)


class Links:
    """The links between services."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def canons(self, service: str, scope: str, ids: Iterable[TrackId]) -> dict[TrackId, Canon]:
        """The recording of each of these tracks; those nobody spoke of yet are left out."""
        return read_canons(self._block, service, scope, ids)

    def aliases(self, canons: Iterable[Canon], service: str, scope: str) -> dict[Canon, tuple[TrackRef, ...]]:
        """The service's tracks that are these recordings, oldest acquaintance first; none, then no key."""
        found: dict[Canon, list[TrackRef]] = defaultdict(list)
        for rows in self._of_canons(_ALIASES, canons, service, scope):
            for canon, ext_id, meta in rows:
                found[canon].append(ref_of(service, scope, restored(ext_id), meta))
        return {canon: tuple(refs) for canon, refs in found.items()}

    def alias_ids(self, canons: Iterable[Canon], service: str, scope: str) -> dict[Canon, tuple[TrackId, ...]]:
        """Like `aliases`, the ids alone."""
        found: dict[Canon, list[TrackId]] = defaultdict(list)
        for rows in self._of_canons(_ALIAS_IDS, canons, service, scope):
            for canon, ext_id in rows:
                found[canon].append(TrackId(restored(ext_id)))
        return {canon: tuple(ids) for canon, ids in found.items()}

    def _of_canons(self, query: Query, canons: Iterable[Canon], service: str, scope: str) -> Iterator[Plain]:
        numbers = dict.fromkeys(canons)
        return rows_in(self._block, query, alias.c.canon, numbers, storable(service), storable(scope))

    def link(self, a: TrackRef, b: TrackRef, *, origin: Origin, score: float) -> Canon:
        """Make one recording of the two tracks' recordings; the older number stays."""
        return self.link_all([(a, b, score)], origin=origin)[a.key]

    def link_all(self, links: Iterable[tuple[TrackRef, TrackRef, float]], *, origin: Origin) -> dict[Key, Canon]:
        """Link many at once: each a track, its counterpart and the probability that they are the same."""
        refs: dict[Key, TrackRef] = {}
        how: dict[Key, tuple[Origin, float]] = {}
        joins = []
        for a, b, score in links:
            one, other = a.key, b.key
            refs[one], refs[other] = a, b
            how[one] = how[other] = (origin, score)
            joins.append((one, other))
        return self._settle(refs, joins, how)

    def ensure(self, refs: Iterable[TrackRef]) -> dict[Key, Canon]:
        """The recording of each of these tracks, a new one for each nobody spoke of yet."""
        return self._settle({ref.key: ref for ref in refs}, (), {})

    def unlink(self, a: TrackRef, b: TrackRef) -> Canon | None:
        """Take `b` out of the recording that is also `a`'s and give it one of its own; None when they were not linked.

        Where `a`'s service is the source and `b`'s the target, the base keeps what was written under the name of what
        was written, so that `a` counts as new there and `b` as no longer wanted.
        """
        rows = read_aliases(self._block, (a.key, b.key))
        if a.key not in rows or b.key not in rows or rows[a.key].canon != rows[b.key].canon:
            return None
        (own,) = new_canons(self._block, 1)
        leave = update(alias).where(alias.c.id == rows[b.key].id)
        self._block.execute(leave.values(canon=own, origin=None, score=None))
        self._rename_in_base(rows[b.key].canon, own, a.service, b.service)
        return Canon(own)

    def _rename_in_base(self, old: int, new: int, source_service: str, target_service: str) -> None:
        source, target = playlist.alias(), playlist.alias()
        between = (
            select(pair.c.id)
            .join(source, and_(source.c.id == pair.c.source, source.c.service == source_service))
            .join(target, and_(target.c.id == pair.c.target, target.c.service == target_service))
        )
        here = (base_item.c.canon == old, base_item.c.pair.in_(between))
        self._block.execute(update(base_item).where(*here).values(canon=new))

    def _settle(
        self,
        refs: Mapping[Key, TrackRef],
        joins: Sequence[tuple[Key, Key]],
        how: Mapping[Key, tuple[Origin, float]],
    ) -> dict[Key, Canon]:
        rows = read_aliases(self._block, refs)
        # A track stands for the recording it belongs to, or for itself while it belongs to none.
        standing: dict[Key, Key | int] = {key: rows[key].canon if key in rows else key for key in refs}
        groups: Groups[Key | int] = Groups()
        for a, b in joins:
            if standing[a] != standing[b]:
                groups.join(standing[a], standing[b])
        roots = {key: groups.root(thing) for key, thing in standing.items()}
        canons = self._choose(roots, rows)
        settled = {key: Canon(canons[root]) for key, root in roots.items()}
        self._merge({row.canon: settled[key] for key, row in rows.items() if row.canon != settled[key]})
        add_aliases(self._block, {key: ref for key, ref in refs.items() if key not in rows}, settled, how)
        refresh_meta(self._block, refs, rows)
        raise_origins(self._block, how, rows)
        return settled

    def _choose(self, roots: Mapping[Key, Key | int], rows: Mapping[Key, AliasRow]) -> dict[Key | int, int]:
        """One number for each group: the oldest of its own, else a new one."""
        chosen: dict[Key | int, int] = {}
        for key, row in rows.items():
            root = roots[key]
            chosen[root] = min(row.canon, chosen.get(root, row.canon))
        without = [root for root in dict.fromkeys(roots.values()) if root not in chosen]
        chosen.update(zip(without, new_canons(self._block, len(without)), strict=True))
        return chosen

    def _merge(self, merged: Mapping[int, Canon]) -> None:
        rows = [{"old": old, "new": new} for old, new in merged.items()]
        for column in (alias.c.canon, base_item.c.canon, track.c.merged_into):
            change = update(column.table).where(column == bindparam("old"))
            self._block.many(change.values({column: bindparam("new")}), rows)
        gone = update(track).where(track.c.id == bindparam("old"))
        self._block.many(gone.values(merged_into=bindparam("new")), rows)
