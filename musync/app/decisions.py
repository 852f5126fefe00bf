"""The user's answers: stored at the click, never asked again in any face."""

from __future__ import annotations

from collections.abc import Iterable

from musync.app.review import Review
from musync.app.stores import OpenDatabase
from musync.domain import Decision, DecisionKind, Pair


class Decisions:
    """Remembers, lists and forgets."""

    def __init__(self, database: OpenDatabase) -> None:
        self._database = database

    def remember(self, decision: Decision, review: Review) -> Decision:
        """Store an answer given in a review; skip and unlinked belong to its pair, which is made when it is missing.

        A target that is yet to be made has a pair too: the playlist takes its place in it as soon as it is made.
        """
        with self._database().begin() as work:
            own = decision
            if decision.kind in (DecisionKind.SKIP, DecisionKind.UNLINKED):
                pair = work.pairs.ensure(review.source.place, review.target.place, review.policy.mode)
                own = Decision(kind=decision.kind, a=decision.a, b=decision.b, at=decision.at, pair=pair.id)
            if own.kind is DecisionKind.UNLINKED and own.b is not None:
                work.links.unlink(own.a, own.b)
            return work.decisions.remember(own)

    def all(self, text: str = "", kind: DecisionKind | None = None) -> tuple[Decision, ...]:
        """The answers whose tracks hold the text, newest first."""
        with self._database().read() as work:
            return work.decisions.all(text, kind)

    def forget(self, decision: int) -> bool:
        """Take an answer back; False when there is none of this number."""
        with self._database().begin() as work:
            return work.decisions.forget(decision)

    def export(self) -> tuple[tuple[Decision, Pair | None], ...]:
        """Every answer with the pair it belongs to, oldest first."""
        with self._database().read() as work:
            return work.decisions.export()

    def import_(self, items: Iterable[tuple[Decision, Pair | None]]) -> tuple[Decision, ...]:
        """Take in answers from elsewhere; gives those that were news."""
        with self._database().begin() as work:
            return work.decisions.import_(items)
