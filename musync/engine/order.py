"""Where everything stands after a run, and the fewest moves that bring it there (sync-spec 2.4).

A list being worked on is a list of tokens: a target place (0-based) for an entry that is there now, `-1 - row` for one
that the diff row `row` adds. Entries that are only there, and placeholders, form a block with the counterpart before
them and stay directly behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

from musync.domain import Action, Entry, Match, Mode, Place, Policy
from musync.engine.keyed import TargetRules
from musync.engine.lis import heaviest_increasing

_PINNED = 1_000_000
MOVE_LIMIT = 200
"""More moves than this are asked about first, and more requests are not spent on order alone (sync-spec 2.4)."""
ONE_BY_ONE = 20
"""Up to here single moves are kept, so that the journal shows what went where."""


class Row(Protocol):
    """What ordering needs to know of a row of the review, finished or not."""

    @property
    def place(self) -> Place:
        """Where its track stands."""

    @property
    def source(self) -> Entry | None:
        """The source's entry."""

    @property
    def target(self) -> Entry | None:
        """The target's entry."""

    @property
    def target_at(self) -> int | None:
        """The target entry's place, from 0."""

    @property
    def match(self) -> Match | None:
        """What is known of its counterpart."""

    @property
    def action(self) -> Action:
        """What is proposed for it."""

    @property
    def ticked(self) -> bool:
        """The action is carried out."""


@dataclass(frozen=True, slots=True)
class Insertion:
    """Rows to add together before position `at` of the list as it then stands, None for the end."""

    rows: tuple[int, ...]
    at: int | None


@dataclass(frozen=True, slots=True)
class Relocation:
    """Tokens moved together, the first to position `to` of the list as it stands afterwards."""

    tokens: tuple[int, ...]
    to: int


@dataclass(slots=True)
class Arrangement:
    """The edits in the order they are made, and the tokens that stand at the end."""

    insertions: list[Insertion] = field(default_factory=list)
    relocations: list[Relocation] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    order_left: str = ""


def moved_rows(rows: Sequence[Row], target: Sequence[Entry]) -> tuple[int, ...]:
    """Indices of the rows that must move so that the rest, as many entries as possible, may stay."""
    commons = [(index, row.target_at) for index, row in enumerate(rows) if row.target_at is not None and row.source]
    places = [place for _, place in commons]
    if all(earlier < later for earlier, later in pairwise(places)):
        return ()
    blocks = _blocks(rows)
    fixed = {place for place, entry in enumerate(target) if not entry.addressable}
    pinned = {place for place in places if not fixed.isdisjoint(_block(blocks, place))} if fixed else set()
    weights = [len(_block(blocks, place)) + (_PINNED if place in pinned else 0) for place in places]
    stay = set(heaviest_increasing(places, weights))
    return tuple(
        index for position, (index, place) in enumerate(commons) if position not in stay and place not in pinned
    )


def arrange(rows: Sequence[Row], target: Sequence[Entry], policy: Policy, rules: TargetRules) -> Arrangement:
    """What the ticked rows make of the target's list; a list without order takes everything at its end."""
    result = Arrangement(after=list(range(len(target))))
    added = [index for index, row in enumerate(rows) if row.ticked and is_added(row)]
    if policy.mode is Mode.MIRROR and rules.ordered:
        blocks = _blocks(rows)
        if added:
            _insert_in_place(rows, blocks, added, result)
        if rules.moves:
            _relocate(rows, blocks, target, rules, result)
        elif any(row.action is Action.MOVE for row in rows):
            result.order_left = "cannot-move"
    elif added:
        top = policy.top and rules.ordered
        tokens = [-1 - index for index in added]
        result.insertions.append(Insertion(tuple(added), 0 if top else None))
        result.after = [*tokens, *result.after] if top else [*result.after, *tokens]
    gone = {row.target_at for row in rows if row.ticked and row.action is Action.REMOVE}
    if gone:
        result.after = [token for token in result.after if token not in gone]
    return result


def places_after(rows: Sequence[Row], arrangement: Arrangement, target_size: int) -> list[int | None]:
    """Each row's place after the run, None for rows that will not be there."""
    # One list for both kinds of tokens: those of added rows count from its end.
    place_of: list[int | None] = [None] * (target_size + len(rows))
    for place, token in enumerate(arrangement.after):
        place_of[token] = place
    return [place_of[-1 - index if row.target_at is None else row.target_at] for index, row in enumerate(rows)]


def target_entries(rows: Sequence[Row]) -> list[Entry]:
    """The target's list as the rows hold it, in its own order."""
    placed = {row.target_at: row.target for row in rows if row.target_at is not None and row.target is not None}
    return [placed[place] for place in sorted(placed)]


def is_added(row: Row) -> bool:
    """The row will put a new entry on the target."""
    return row.action is Action.ADD and row.ticked and row.match is not None and row.match.settled is not None


_Blocks = dict[int, list[int]]
"""Target place of a common entry -> its own and those staying behind it, where there are any; under -1 what stands
before all."""


def _blocks(rows: Sequence[Row]) -> _Blocks:
    alone = (row for row in rows if row.source is None)
    followers = sorted((row.target_at, _is_removed(row)) for row in alone if row.target_at is not None)
    blocks: _Blocks = {-1: []}
    head = last = -1
    for place, removed in followers:
        # Rows hold every place of the target once: the one before, if it is none of these, is a common entry.
        if place != last + 1:
            head = place - 1
        last = place
        if not removed:
            blocks.setdefault(head, [head]).append(place)
    return blocks


def _block(blocks: _Blocks, place: int) -> Sequence[int]:
    return blocks.get(place) or (place,)


def _is_removed(row: Row) -> bool:
    return row.action is Action.REMOVE and row.ticked


def _is_moved(row: Row) -> bool:
    return row.action is Action.MOVE and row.ticked


def _insert_in_place(rows: Sequence[Row], blocks: _Blocks, added: Iterable[int], result: Arrangement) -> None:
    """Insert each new entry behind the nearest earlier row that stays where it is."""
    tokens: list[int] = []
    done = 0
    for anchor, run in sorted(_runs_behind(rows, blocks, added).items()):
        tokens.extend(result.after[done : anchor + 1])
        done = anchor + 1
        result.insertions.append(Insertion(tuple(run), len(tokens)))
        tokens.extend(-1 - index for index in run)
    result.after = [*tokens, *result.after[done:]]


def _runs_behind(rows: Sequence[Row], blocks: _Blocks, added: Iterable[int]) -> dict[int, list[int]]:
    """The place behind which new entries go, -1 for the top -> their rows."""
    wanted = set(added)
    runs: dict[int, list[int]] = {}
    anchor = blocks[-1][-1] if blocks[-1] else -1
    for index, row in enumerate(rows):
        if index in wanted:
            runs.setdefault(anchor, []).append(index)
        elif row.source is not None and row.target_at is not None and not _is_moved(row):
            anchor = _block(blocks, row.target_at)[-1]
    return runs


def _relocate(
    rows: Sequence[Row], blocks: _Blocks, target: Sequence[Entry], rules: TargetRules, result: Arrangement
) -> None:
    """Move each ticked block directly behind its predecessor; neighbours that move go together."""
    if not any(_is_moved(row) for row in rows):
        return
    runs = _move_runs(rows, blocks)
    requests = sum(-(-len(tokens) // (rules.move_batch or len(tokens))) for _, tokens in runs)
    if requests > ONE_BY_ONE and _relocate_at_once(runs, target, rules, result):
        return
    if requests > MOVE_LIMIT:
        result.order_left = "too-many-moves"
        return
    for anchor, tokens in runs:
        size = rules.move_batch or len(tokens)
        behind = anchor
        for start in range(0, len(tokens), size):
            batch = tokens[start : start + size]
            result.relocations.append(_one_move(result, batch, behind))
            behind = batch[-1]


def _one_move(result: Arrangement, tokens: Sequence[int], anchor: int | None) -> Relocation:
    """Carry out one request on the working list and tell where its first token ends up."""
    moving = set(tokens)
    rest = [token for token in result.after if token not in moving]
    to = 0 if anchor is None else rest.index(anchor) + 1
    result.after = [*rest[:to], *tokens, *rest[to:]]
    return Relocation(tuple(tokens), to)


_Run = tuple[int | None, list[int]]
"""What moves together, with the token it goes behind (None: to the top)."""


def _move_runs(rows: Sequence[Row], blocks: _Blocks) -> list[_Run]:
    runs: list[_Run] = []
    before = blocks[-1][-1] if blocks[-1] else None
    joined = False
    for index, row in enumerate(rows):
        if is_added(row):
            before, joined = -1 - index, False
        elif row.place is Place.BOTH and row.target_at is not None:
            block = _block(blocks, row.target_at)
            if _is_moved(row) and joined:
                runs[-1][1].extend(block)
            elif _is_moved(row):
                runs.append((before, list(block)))
            joined = _is_moved(row)
            before = block[-1]
    return runs


def _relocate_at_once(runs: Sequence[_Run], target: Sequence[Entry], rules: TargetRules, result: Arrangement) -> bool:
    """Bring about in one request what the moves come to; False where it is too long, or an entry cannot be moved."""
    now, wanted = result.after, _after_all(result.after, runs)
    differs = [place for place, (one, other) in enumerate(zip(now, wanted, strict=True)) if one != other]
    if not differs:
        return True
    tokens = wanted[differs[0] : differs[-1] + 1]
    if rules.move_batch is not None and len(tokens) > rules.move_batch:
        return False
    if any(token >= 0 and not target[token].addressable for token in tokens):
        return False
    result.relocations.append(Relocation(tuple(tokens), differs[0]))
    result.after = wanted
    return True


def _after_all(tokens: Sequence[int], runs: Iterable[_Run]) -> list[int]:
    """The list after these moves, made one after the other on a chain: thousands of them take no longer than few."""
    following: dict[int | None, int | None] = dict(zip([None, *tokens], [*tokens, None], strict=True))
    leading: dict[int | None, int | None] = dict(zip([*tokens, None], [None, *tokens], strict=True))
    for anchor, moving in runs:
        behind = anchor
        for token in moving:
            before, after = leading[token], following[token]
            following[before], leading[after] = after, before
            after = following[behind]
            following[behind], leading[token] = token, behind
            following[token], leading[after] = after, token
            behind = token
    found: list[int] = []
    place = following[None]
    while place is not None:
        found.append(place)
        place = following[place]
    return found
