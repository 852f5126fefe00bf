"""Pairs of sides, and the list last verified on both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, bindparam, delete, exists, insert, select, update

from musync.domain import BaseItem, EntryId, Mode, Pair, SideKey
from musync.domain.errors import UsageError
from musync.store.aliases import merged
from musync.store.bulk import in_words, insert_rows
from musync.store.codec import from_text, to_text
from musync.store.columns import restored, storable
from musync.store.connections import Block, OneRow, Query
from musync.store.naming import folded
from musync.store.sides import Sides, side_key
from musync.store.tables import base_item, decision, playlist, run
from musync.store.tables import pair as table

_SOURCE, _TARGET = playlist.alias("source_side"), playlist.alias("target_side")
_ROWS = (
    select(
        table,
        _SOURCE.c.service,
        _SOURCE.c.account,
        _SOURCE.c.ext_id,
        _TARGET.c.service.label("target_service"),
        _TARGET.c.account.label("target_account"),
        _TARGET.c.ext_id.label("target_ext_id"),
    )
    .join(_SOURCE, _SOURCE.c.id == table.c.source)
    .join(_TARGET, _TARGET.c.id == table.c.target)
)


_BASE = select(base_item.c.canon, base_item.c.source_entry, base_item.c.target_entry)
_BASE = _BASE.where(base_item.c.pair == bindparam("of")).order_by(base_item.c.ordinal)
_BASE_COLUMNS = ("pair", "ordinal", "canon", "source_entry", "target_entry")


class Pairs:
    """Every pair that was ever run, saved (named) or not."""

    def __init__(self, block: Block, sides: Sides) -> None:
        self._block = block
        self._sides = sides

    def find(self, source: SideKey, target: SideKey, mode: Mode) -> Pair | None:
        """The pair of these sides in this mode."""
        numbers = (self._sides.known(source), self._sides.known(target))
        if None in numbers:
            return None
        here = (table.c.source == numbers[0], table.c.target == numbers[1], table.c.mode == mode.value)
        return self._one(_ROWS.where(*here))

    def ensure(self, source: SideKey, target: SideKey, mode: Mode) -> Pair:
        """The pair of these sides in this mode, made when there is none."""
        found = self.find(source, target, mode)
        if found is not None:
            return found
        row = insert(table).values(
            source=self._sides.number(source),
            target=self._sides.number(target),
            mode=mode.value,
            state="ok",
            options=to_text({}),
        )
        number = self._block.insert(row)
        return Pair(id=number, source=source, target=target, mode=mode)

    def get(self, id: int) -> Pair | None:
        """The pair of this number."""
        return self._one(_ROWS.where(table.c.id == id))

    def named(self, name: str) -> Pair | None:
        """The pair saved under this name, capitals or not."""
        return self._one(_ROWS.where(table.c.name_key == folded(name)))

    def all(self) -> tuple[Pair, ...]:
        """Every pair, oldest first; those with a name are the saved ones."""
        return tuple(_pair(row) for row in self._block.execute(_ROWS.order_by(table.c.id)))

    def update(self, pair: Pair) -> None:
        """Keep name, state and options of this pair as they are given.

        Raises:
            UsageError: the name is another pair's (`pair-name-taken`).
        """
        holder = None if pair.name is None else self.named(pair.name)
        if holder is not None and holder.id != pair.id:
            raise UsageError(
                f"There is a saved pair named “{holder.name}” already.",
                where=holder.name or "",
                unchanged="No pair was changed.",
                next="Choose another name.",
                code="pair-name-taken",
            )
        self._block.execute(
            update(table)
            .where(table.c.id == pair.id)
            .values(
                name=pair.name,
                name_key=None if pair.name is None else folded(pair.name),
                state=pair.state,
                options=to_text(pair.options),
            )
        )

    def made(self, pair: Pair, target: SideKey) -> Pair:
        """Let a pair whose target was yet to be made have the playlist that is it now; gives the pair it is then.

        Where an earlier playlist of this id had a pair, that one takes over: options, runs and answers. It begins anew:
        what was once verified on both sides was another list.
        """
        older = self.find(pair.source, target, pair.mode)
        if older is None:
            change = update(table).where(table.c.id == pair.id)
            self._block.execute(change.values(target=self._sides.number(target)))
            return replace(pair, target=target)
        self._block.execute(delete(base_item).where(base_item.c.pair == older.id))
        self._block.execute(delete(decision).where(decision.c.pair == older.id, _said_again_in(pair.id)))
        for other in (decision, run):
            self._block.execute(update(other).where(other.c.pair == pair.id).values(pair=older.id))
        self._block.execute(delete(table).where(table.c.id == pair.id))
        kept = replace(older, options=pair.options)
        self.update(kept)
        return kept

    def save_base(self, pair_id: int, items: Sequence[BaseItem]) -> None:
        """Replace the list last verified on both sides; a recording that was merged since is kept as what it is now."""
        now = merged(self._block, (item.canon for item in items))
        self._block.execute(delete(base_item).where(base_item.c.pair == pair_id))
        rows = [
            (pair_id, ordinal, now.get(item.canon, item.canon), _stored(item.source_entry), _stored(item.target_entry))
            for ordinal, item in enumerate(items)
        ]
        insert_rows(self._block, base_item, _BASE_COLUMNS, rows)

    def base(self, pair_id: int) -> tuple[BaseItem, ...]:
        """The list last verified on both sides, in order; empty before the first run has ended."""
        return tuple(
            BaseItem(canon=canon, source_entry=_restored(source), target_entry=_restored(target))
            for canon, source, target in self._block.ask_driver(in_words(_BASE), (pair_id,))
        )

    def _one(self, query: Query) -> Pair | None:
        row = self._block.execute(query).first()
        return None if row is None else _pair(row)


def _said_again_in(pair_id: int) -> ColumnElement[bool]:
    newer = decision.alias()
    same = (newer.c.a == decision.c.a, newer.c.b.is_not_distinct_from(decision.c.b))
    return exists().where(newer.c.pair == pair_id, *same)


def _stored(entry: EntryId | None) -> str | None:
    return None if entry is None else storable(entry)


def _restored(entry: str | None) -> EntryId | None:
    return None if entry is None else EntryId(restored(entry))


def _pair(row: OneRow) -> Pair:
    return Pair(
        id=row.id,
        source=side_key(row.service, row.account, row.ext_id),
        target=side_key(row.target_service, row.target_account, row.target_ext_id),
        mode=Mode(row.mode),
        name=row.name,
        state=row.state,
        options=from_text(row.options),
    )
