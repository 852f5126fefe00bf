"""What the user said about matches: remembered at the click, replaced by a newer answer, never asked again.

`confirmed` and `rejected` hold everywhere; `skip` and `unlinked` in the pair they were said in, unless that is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, FromClause, and_, delete, insert, or_, select, true

from musync.domain import Decision, DecisionKind, Pair, TrackRef
from musync.store.aliases import Key, read_aliases, ref_of
from musync.store.connections import Block, OneRow
from musync.store.links import Links
from musync.store.naming import searchable
from musync.store.pairs import Pairs
from musync.store.tables import alias
from musync.store.tables import decision as table

_EVERYWHERE = (DecisionKind.CONFIRMED, DecisionKind.REJECTED)
_LONGEST_SEARCH = 500
"""Characters; SQLite refuses patterns of 50,000 bytes."""

_A, _B = alias.alias("wanted"), alias.alias("counterpart")
_ROWS = (
    select(
        table,
        *(_A.c[name].label(f"a_{name}") for name in ("service", "scope", "ext_id", "meta")),
        *(_B.c[name].label(f"b_{name}") for name in ("service", "scope", "ext_id", "meta")),
    )
    .join(_A, _A.c.id == table.c.a)
    .outerjoin(_B, _B.c.id == table.c.b)
)


class Decisions:
    """The answers given so far, by every face."""

    def __init__(self, block: Block, links: Links, pairs: Pairs) -> None:
        self._block = block
        self._links = links
        self._pairs = pairs

    def remember(self, decision: Decision) -> Decision:
        """Keep an answer and give it back with its id; what it replaces is forgotten.

        It replaces an earlier answer about the same two tracks, either way round. A confirmed counterpart also replaces
        another one confirmed for the same track on that service, and a skip of the track: in `decision.pair` and
        everywhere, or in every pair where `decision.pair` is None.
        """
        return self._remember(decision, self._numbers([decision]))

    def applying(self, pair: int | None, service: str, scope: str) -> tuple[Decision, ...]:
        """What holds in this pair for counterparts on this service, oldest first; all skips are among them.

        `b` is always the track on that service: an answer given the other way round is turned.
        """
        query = _ROWS.where(
            or_(table.c.pair.is_(None), table.c.pair == pair),
            or_(table.c.b.is_(None), _lies_in(_A, service, scope), _lies_in(_B, service, scope)),
        ).order_by(table.c.at, table.c.id)
        rows = self._block.execute(query)
        return tuple(turned for row in rows for turned in _turned(_decision(row), service, scope))

    def all(self, text: str = "", kind: DecisionKind | None = None) -> tuple[Decision, ...]:
        """Every answer, newest first; only those of one kind, and those in which every word of `text` occurs."""
        words = searchable(text[:_LONGEST_SEARCH]).split()
        query = _ROWS.where(true(), *(table.c.words.contains(word, autoescape=True) for word in words))
        if kind is not None:
            query = query.where(table.c.kind == kind.value)
        rows = self._block.execute(query.order_by(table.c.at.desc(), table.c.id.desc()))
        return tuple(_decision(row) for row in rows)

    def forget(self, id: int) -> bool:
        """Forget one answer, if it is there; links it once made stay."""
        return self._block.execute(delete(table).where(table.c.id == id)).rowcount > 0

    def export(self) -> tuple[tuple[Decision, Pair | None], ...]:
        """Every answer with the pair it belongs to, oldest first; the numbers in them mean nothing elsewhere."""
        pairs = {pair.id: pair for pair in self._pairs.all()}
        return tuple((said, None if said.pair is None else pairs[said.pair]) for said in reversed(self.all()))

    def import_(self, items: Iterable[tuple[Decision, Pair | None]]) -> tuple[Decision, ...]:
        """Keep answers from elsewhere, with the pairs they belong to; gives those that were taken.

        One that is known, or older than what is remembered about the same tracks, is left out.
        """
        decisions = [replace(decision, pair=self._pair_here(pair)) for decision, pair in items]
        numbers = self._numbers(decisions)
        ordered = sorted(decisions, key=lambda decision: decision.at)
        taken = []
        spoken_of = {number for row in self._block.execute(select(table.c.a, table.c.b)) for number in row}
        for decision in ordered:
            named = {numbers[ref.key] for ref in (decision.a, decision.b) if ref is not None}
            if spoken_of.isdisjoint(named):
                taken.append(self._keep(decision, numbers))
            elif self._is_news(decision, numbers):
                taken.append(self._remember(decision, numbers))
            spoken_of |= named
        return tuple(taken)

    def _pair_here(self, pair: Pair | None) -> int | None:
        return None if pair is None else self._pairs.ensure(pair.source, pair.target, pair.mode).id

    def _is_news(self, decision: Decision, numbers: dict[Key, int]) -> bool:
        query = select(table.c.at).where(_replaced(decision, numbers), table.c.at >= decision.at)
        return self._block.execute(query).first() is None

    def _numbers(self, decisions: Iterable[Decision]) -> dict[Key, int]:
        refs = [ref for decision in decisions for ref in (decision.a, decision.b) if ref is not None]
        self._links.ensure(refs)
        return {key: row.id for key, row in read_aliases(self._block, (ref.key for ref in refs)).items()}

    def _remember(self, decision: Decision, numbers: dict[Key, int]) -> Decision:
        self._block.execute(delete(table).where(_replaced(decision, numbers)))
        return self._keep(decision, numbers)

    def _keep(self, decision: Decision, numbers: dict[Key, int]) -> Decision:
        if (decision.b is None) != (decision.kind is DecisionKind.SKIP):
            raise ValueError("a skip names one track, every other decision two")
        kept = replace(decision, pair=None) if decision.kind in _EVERYWHERE else decision
        row = insert(table).values(
            kind=kept.kind.value,
            a=numbers[kept.a.key],
            b=None if kept.b is None else numbers[kept.b.key],
            pair=kept.pair,
            at=kept.at,
            words=searchable(*_words(kept.a), *_words(kept.b)),
        )
        number = self._block.insert(row)
        return replace(kept, id=number)


def _replaced(decision: Decision, numbers: dict[Key, int]) -> ColumnElement[bool]:
    """The rows that this answer takes the place of."""
    a = numbers[decision.a.key]
    if decision.b is None:
        return and_(table.c.a == a, table.c.b.is_(None), _said_as_widely(decision))
    b = numbers[decision.b.key]
    same = or_(and_(table.c.a == a, table.c.b == b), and_(table.c.a == b, table.c.b == a))
    same = and_(same, or_(table.c.kind != decision.kind.value, _said_as_widely(decision)))
    if decision.kind is not DecisionKind.CONFIRMED:
        return same
    there = select(alias.c.id).where(_lies_in(alias, decision.b.service, decision.b.scope))
    another = and_(table.c.kind == DecisionKind.CONFIRMED.value, table.c.a == a, table.c.b.in_(there))
    skipped = and_(table.c.kind == DecisionKind.SKIP.value, table.c.a == a, _heard_in(decision.pair))
    return or_(same, another, skipped)


def _said_as_widely(decision: Decision) -> ColumnElement[bool]:
    return true() if decision.pair is None or decision.kind in _EVERYWHERE else table.c.pair == decision.pair


def _heard_in(pair: int | None) -> ColumnElement[bool]:
    return true() if pair is None else or_(table.c.pair.is_(None), table.c.pair == pair)


def _lies_in(side: FromClause, service: str, scope: str) -> ColumnElement[bool]:
    return and_(side.c.service == service, side.c.scope == scope)


def _turned(decision: Decision, service: str, scope: str) -> Iterator[Decision]:
    if decision.b is None:
        yield decision
        return
    if (decision.b.service, decision.b.scope) == (service, scope):
        yield decision
    if (decision.a.service, decision.a.scope) == (service, scope):
        yield replace(decision, a=decision.b, b=decision.a)


def _words(ref: TrackRef | None) -> tuple[str, ...]:
    return () if ref is None else (ref.track.title, *ref.track.artists, ref.track.album)


def _decision(row: OneRow) -> Decision:
    return Decision(
        id=row.id,
        kind=DecisionKind(row.kind),
        a=ref_of(row.a_service, row.a_scope, row.a_ext_id, row.a_meta),
        b=None if row.b is None else ref_of(row.b_service, row.b_scope, row.b_ext_id, row.b_meta),
        pair=row.pair,
        at=row.at,
    )
