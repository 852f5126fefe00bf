"""Runs and what became of each row of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, Unpack

from sqlalchemy import delete, func, insert, select, update

from musync.domain import MatchState, Mode, Run, RunRow, RunState, SideLabel
from musync.store.codec import from_text, pack_rows, to_text, unpack_rows
from musync.store.connections import Block, OneRow
from musync.store.sides import Sides, side_key
from musync.store.tables import playlist
from musync.store.tables import run as table
from musync.store.tables import run_piece as piece_table

_PIECE = 200
"""Rows of a run that lie together."""

_SOURCE, _TARGET = playlist.alias("source_side"), playlist.alias("target_side")
_RUNS = (
    select(
        table,
        *(_SOURCE.c[name].label(f"source_{name}") for name in ("service", "account", "ext_id")),
        *(_TARGET.c[name].label(f"target_{name}") for name in ("service", "account", "ext_id")),
    )
    .join(_SOURCE, _SOURCE.c.id == table.c.source)
    .join(_TARGET, _TARGET.c.id == table.c.target)
)


class Numbers(TypedDict, total=False):
    """What a run counts; `error` is the code of what ended it, empty when nothing did."""

    added: int
    removed: int
    moved: int
    requests: int
    error: str


class Runs:
    """The history."""

    def __init__(self, block: Block, sides: Sides) -> None:
        self._block = block
        self._sides = sides

    def begin(
        self,
        *,
        pair: int | None,
        mode: Mode,
        source: SideLabel,
        target: SideLabel,
        at: float,
        state: RunState = RunState.READING,
    ) -> Run:
        """Begin a run at `at` (seconds since the epoch); it keeps the names that the sides have now."""
        row = insert(table).values(
            pair=pair,
            mode=mode.value,
            source=self._sides.number(source.key),
            target=self._sides.number(target.key),
            labels=to_text({"source": _names(source), "target": _names(target)}),
            state=state.value,
            begun=at,
            added=0,
            removed=0,
            moved=0,
            requests=0,
            error="",
        )
        number = self._block.insert(row)
        return Run(id=number, pair=pair, mode=mode, source=source, target=target, state=state, begun=at)

    def set_state(self, id: int, state: RunState, **numbers: Unpack[Numbers]) -> None:
        """Say where the run stands, and the numbers that are known by now."""
        self._block.execute(update(table).where(table.c.id == id).values(state=state.value, **numbers))

    def set_target(self, id: int, pair: int, target: SideLabel) -> None:
        """Say which playlist the run made, and which pair it belongs to since."""
        here = table.c.id == id
        labels = from_text(self._block.execute(select(table.c.labels).where(here)).scalar_one())
        labels["target"] = _names(target)
        number = self._sides.number(target.key)
        self._block.execute(update(table).where(here).values(pair=pair, target=number, labels=to_text(labels)))

    def finish(self, id: int, state: RunState, *, at: float, **numbers: Unpack[Numbers]) -> None:
        """End the run in this state at `at` (seconds since the epoch)."""
        self._block.execute(update(table).where(table.c.id == id).values(state=state.value, ended=at, **numbers))

    def get(self, id: int) -> Run | None:
        """The run of this number."""
        row = self._block.execute(_RUNS.where(table.c.id == id)).first()
        return None if row is None else _run(row)

    def all(self, limit: int | None = None, *, pair: int | None = None) -> tuple[Run, ...]:
        """Runs, newest first, of one pair where one is named."""
        query = _RUNS.order_by(table.c.id.desc()).limit(limit)
        if pair is not None:
            query = query.where(table.c.pair == pair)
        return tuple(_run(row) for row in self._block.execute(query))

    def save_rows(self, id: int, rows: Iterable[RunRow]) -> None:
        """Keep rows of the run; one of a number that is known replaces the older one, all others stay."""
        fresh: dict[int, dict[int, RunRow]] = defaultdict(dict)
        for row in rows:
            fresh[(row.row - 1) // _PIECE][row.row] = row
        here = (piece_table.c.run == id, piece_table.c.piece.in_(list(fresh)))
        for number, body in self._block.execute(select(piece_table.c.piece, piece_table.c.body).where(*here)):
            older = {row.row: row for row in unpack_rows(body)}
            fresh[number] = older | fresh[number]
        self._block.execute(delete(piece_table).where(*here))
        self._block.many(insert(piece_table), [_piece(id, number, kept) for number, kept in fresh.items()])

    def rows(self, id: int) -> tuple[RunRow, ...]:
        """All rows of the run, by number."""
        query = select(piece_table.c.body).where(piece_table.c.run == id).order_by(piece_table.c.piece)
        return tuple(row for body in self._block.execute(query).scalars() for row in unpack_rows(body))

    def missing(self) -> tuple[tuple[Run, RunRow], ...]:
        """What was not found, or is not owned, in the newest run of each pair, the newest run first."""
        newest = (
            select(func.max(table.c.id))
            .join(piece_table, piece_table.c.run == table.c.id)
            .where(table.c.pair.is_not(None))
            .group_by(table.c.pair)
        )
        runs = {row.id: _run(row) for row in self._block.execute(_RUNS.where(table.c.id.in_(newest)))}
        query = select(piece_table.c.run, piece_table.c.missing).where(
            piece_table.c.run.in_(newest), piece_table.c.missing.is_not(None)
        )
        pieces = self._block.execute(query.order_by(piece_table.c.run.desc(), piece_table.c.piece))
        return tuple((runs[run], row) for run, missing in pieces for row in unpack_rows(missing))


def _piece(run: int, number: int, rows: Mapping[int, RunRow]) -> dict[str, Any]:
    ordered = [rows[number] for number in sorted(rows)]
    missing = [row for row in ordered if _is_missing(row)]
    return {
        "run": run,
        "piece": number,
        "missing": pack_rows(missing) if missing else None,
        "body": pack_rows(ordered),
    }


def _is_missing(row: RunRow) -> bool:
    """Whether no counterpart is known; one that is known and refused is not missing but unwanted there."""
    return row.state is MatchState.UNMATCHED or (row.state is MatchState.UNAVAILABLE and row.target is None)


def _names(label: SideLabel) -> dict[str, str | None]:
    return {"title": label.title, "account": label.account, "url": label.url}


def _run(row: OneRow) -> Run:
    labels = from_text(row.labels)
    source = side_key(row.source_service, row.source_account, row.source_ext_id)
    target = side_key(row.target_service, row.target_account, row.target_ext_id)
    return Run(
        id=row.id,
        pair=row.pair,
        mode=Mode(row.mode),
        source=SideLabel(key=source, **labels["source"]),
        target=SideLabel(key=target, **labels["target"]),
        state=RunState(row.state),
        begun=row.begun,
        ended=row.ended,
        added=row.added,
        removed=row.removed,
        moved=row.moved,
        requests=row.requests,
        error=row.error,
    )
