"""Which tracks of which services are the same recording.

A track of a service is an alias of one recording (canon). To link two is to make one recording of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import and_, bindparam, select, update

from musync.domain import Canon, TrackId, TrackRef
from musync.store.aliases import (
    AliasRow,
    Key,
    Origin,
    add_aliases,
    new_canons,
    pieces,
    raise_origins,
    read_aliases,
    read_canons,
    ref_of,
    refresh_meta,
)
from musync.store.connections import Block
from musync.store.groups import Groups
from musync.store.tables import alias, base_item, pair, playlist


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
        for piece in pieces(dict.fromkeys(canons)):
            query = select(alias.c.canon, alias.c.ext_id, alias.c.meta).where(
                alias.c.canon.in_(piece), alias.c.service == service, alias.c.scope == scope
            )
            for canon, ext_id, meta in self._block.execute(query.order_by(alias.c.id)):
                found[Canon(canon)].append(ref_of(service, scope, ext_id, meta))
        return {canon: tuple(refs) for canon, refs in found.items()}

    def link(self, a: TrackRef, b: TrackRef, *, origin: Origin, score: float) -> Canon:
        """Make one recording of the two tracks' recordings; the older number stays."""
        return self.link_all([(a, b, score)], origin=origin)[a.key]

    def link_all(self, links: Iterable[tuple[TrackRef, TrackRef, float]], *, origin: Origin) -> dict[Key, Canon]:
        """Link many at once: each a track, its counterpart and the probability that they are the same."""
        refs: dict[Key, TrackRef] = {}
        how: dict[Key, tuple[Origin, float]] = {}
        joins = []
        for a, b, score in links:
            refs[a.key], refs[b.key] = a, b
            how[a.key] = how[b.key] = (origin, score)
            joins.append((a.key, b.key))
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
        groups: Groups[Key | int] = Groups()
        for key, row in rows.items():
            groups.join(row.canon, key)
        for a, b in joins:
            groups.join(a, b)
        canons = self._choose(refs, rows, groups)
        settled = {key: Canon(canons[groups.root(key)]) for key in refs}
        self._merge({row.canon: settled[key] for key, row in rows.items() if row.canon != settled[key]})
        add_aliases(self._block, (ref for key, ref in refs.items() if key not in rows), settled, how)
        refresh_meta(self._block, (refs[key] for key in rows), rows)
        raise_origins(self._block, how, rows)
        return settled

    def _choose(
        self, refs: Iterable[Key], rows: Mapping[Key, AliasRow], groups: Groups[Key | int]
    ) -> dict[Key | int, int]:
        """One number for each group: the oldest of its own, else a new one."""
        chosen: dict[Key | int, int] = {}
        for key, row in rows.items():
            root = groups.root(key)
            chosen[root] = min(row.canon, chosen.get(root, row.canon))
        without = [root for root in dict.fromkeys(groups.root(key) for key in refs) if root not in chosen]
        chosen.update(zip(without, new_canons(self._block, len(without)), strict=True))
        return chosen

    def _merge(self, merged: Mapping[int, Canon]) -> None:
        rows = [{"old": old, "new": new} for old, new in merged.items()]
        for table in (alias, base_item):
            where = table.c.canon == bindparam("old")
            self._block.many(update(table).where(where).values(canon=bindparam("new")), rows)
