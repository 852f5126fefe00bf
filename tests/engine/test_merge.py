"""Counts, order and base of add and mirror, on plain lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musync.domain import Action, Mode, Policy, StepKind
from musync.engine.keyed import TargetRules
from musync.engine.order import MOVE_LIMIT
from musync.engine.plan import make_plan
from tests.engine.sync_world import World, carry_out

ADD = Policy(mode=Mode.ADD)
MIRROR = Policy(mode=Mode.MIRROR, removals="apply")
STRICT = Policy(mode=Mode.MIRROR, removals="apply", foreign="remove")

names = st.lists(st.sampled_from("ABCDEFGH"), max_size=12)


@pytest.mark.parametrize(("b", "s", "t"), list(product(range(4), repeat=3)))
def test_add_counts_follow_the_rule(b: int, s: int, t: int) -> None:
    world = World(["A"] * s, ["A"] * t, ("A",) * b, policy=ADD)
    world.run()
    assert len(world.target) == t + max(0, s - max(b, t))


@pytest.mark.parametrize("foreign", ["keep", "remove"])
@pytest.mark.parametrize(("b", "s", "t"), list(product(range(4), repeat=3)))
def test_mirror_counts_follow_the_rule(b: int, s: int, t: int, foreign: str) -> None:
    policy = MIRROR if foreign == "keep" else STRICT
    world = World(["A"] * s, ["A"] * t, ("A",) * b, policy=policy)
    world.run()
    kept = max(0, t - max(b, s)) if foreign == "keep" else 0
    assert len(world.target) == s + kept


@given(names, names, names, st.sampled_from([ADD, MIRROR, STRICT]))
def test_a_second_run_plans_nothing(source: list[str], target: list[str], base: list[str], policy: Policy) -> None:
    world = World(source, target, tuple(base), policy=policy)
    world.run()
    after = list(world.target)
    assert world.run().empty
    assert world.target == after


@given(names, names, names)
def test_add_keeps_the_old_list_as_a_prefix(source: list[str], target: list[str], base: list[str]) -> None:
    world = World(source, target, tuple(base), policy=ADD)
    plan = world.run()
    assert world.target[: len(target)] == target
    assert plan.count(StepKind.MOVE) == plan.count(StepKind.REMOVE) == 0


@given(names, names)
def test_add_at_the_top_keeps_the_old_list_as_a_suffix(source: list[str], target: list[str]) -> None:
    world = World(source, target, policy=Policy(mode=Mode.ADD, top=True))
    world.run()
    assert world.target[len(world.target) - len(target) :] == target


@given(names, names, names)
def test_a_strict_mirror_equals_its_source(source: list[str], target: list[str], base: list[str]) -> None:
    world = World(source, target, tuple(base), policy=STRICT)
    world.run()
    assert world.target == source


@given(names, names, st.sampled_from([ADD, MIRROR]))
def test_nothing_is_lost_without_a_base(source: list[str], target: list[str], policy: Policy) -> None:
    world = World(source, target, policy=policy)
    world.run()
    assert Counter(world.target) == Counter(source) | Counter(target)


@given(names, names, names)
def test_mirror_has_the_order_of_its_source(source: list[str], target: list[str], base: list[str]) -> None:
    world = World(source, target, tuple(base), policy=MIRROR)
    world.run()
    rest = list(world.target)
    positions = []
    for name in source:
        assert name in rest
        positions.append(name)
        rest.remove(name)
    shared = [name for name in world.target if name in set(source)]
    if Counter(world.target) == Counter(source):
        assert shared == source


@given(st.permutations(list("ABCDEFGHIJ")), st.sets(st.integers(0, 9), max_size=3))
def test_placeholders_stay_behind_their_predecessor(order: list[str], holes: set[int]) -> None:
    target: list[str] = []
    for place, name in enumerate("ABCDEFGHIJ"):
        target.append(name)
        if place in holes:
            target.append(f"!{place}")
    before = {name: target[i - 1] for i, name in enumerate(target) if name.startswith("!")}
    world = World(order, target, policy=MIRROR)
    world.run()
    after = {name: world.target[i - 1] for i, name in enumerate(world.target) if name.startswith("!")}
    assert after == before


@given(st.permutations(list("ABCDEFGHIJ")))
def test_moves_are_as_few_as_can_be(order: list[str]) -> None:
    longest = _longest_increasing([ord(name) for name in order])
    world = World(order, list("ABCDEFGHIJ"), policy=MIRROR)
    plan = world.run()
    assert plan.count(StepKind.MOVE) == len(order) - longest
    assert world.target == order


def _longest_increasing(values: list[int]) -> int:
    best = [1] * len(values)
    for i, value in enumerate(values):
        best[i] = 1 + max((best[j] for j in range(i) if values[j] < value), default=0)
    return max(best, default=0)


@given(st.permutations([chr(0x4E00 + n) for n in range(60)]))
def test_a_long_shuffle_is_one_request_where_the_service_moves_many(order: list[str]) -> None:
    world = World(order, sorted(order), policy=MIRROR)
    plan = world.run()
    assert world.target == order
    assert len(plan.steps) <= 20


def test_more_moves_than_are_reasonable_leave_the_order_and_say_so() -> None:
    tracks = [chr(0x4E00 + n) for n in range(500)]
    order = [*tracks[1::2], *tracks[::2]][::-1]
    world = World(order, tracks, policy=MIRROR, rules=TargetRules(move_batch=1))
    plan = world.run()
    assert (plan.order_left, plan.empty, world.target) == ("too-many-moves", True, tracks)
    assert world.diff().counts.to_move == 0


def _out_of_order(count: int) -> tuple[list[str], list[str]]:
    """So many tracks, and the order wanted, for which most of them must move."""
    tracks = [chr(0x4E00 + n) for n in range(count)]
    return tracks, Random(7).sample(tracks, count)


def test_many_moves_are_asked_about_and_wait() -> None:
    tracks, order = _out_of_order(300)
    world = World([*order, "X"], tracks, policy=MIRROR)
    shown = world.diff()
    plan = world.run()
    assert (plan.order_left, plan.moves_waiting) == ("asks", shown.moves_asked)
    assert (shown.moves_asked > MOVE_LIMIT, shown.counts.to_move, plan.count(StepKind.MOVE)) == (True, 0, 0)
    assert [name for name in world.target if name != "X"] == tracks, "what is missing is added all the same"
    assert world.run().moves_waiting > MOVE_LIMIT, "the next run asks again"


@pytest.mark.parametrize("batch", [None, 300])
def test_an_order_that_is_wanted_is_brought_in_one_request_where_it_fits(batch: int | None) -> None:
    tracks, order = _out_of_order(300)
    world = World(order, tracks, policy=replace(MIRROR, order="bring"), rules=TargetRules(move_batch=batch))
    shown = world.diff()
    plan = world.run()
    assert (plan.order_left, plan.moves_waiting, len(plan.steps)) == ("", 0, 1)
    assert shown.moves_asked == shown.counts.to_move == plan.count(StepKind.MOVE)
    assert world.target == order
    assert world.run().empty


def test_an_order_that_does_not_fit_in_one_request_takes_several() -> None:
    tracks, order = _out_of_order(300)
    world = World(order, tracks, policy=replace(MIRROR, order="bring"), rules=TargetRules(move_batch=100))
    plan = world.run()
    assert 1 < len(plan.steps) <= MOVE_LIMIT
    assert world.target == order


def test_an_order_that_is_left_waits_for_nobody() -> None:
    tracks, order = _out_of_order(300)
    world = World(order, tracks, policy=replace(MIRROR, order="leave"))
    plan = world.run()
    assert (plan.order_left, plan.moves_waiting, plan.empty) == ("left", 0, True)
    assert world.diff().moves_asked > MOVE_LIMIT, "so that the answer can be changed"


def test_few_moves_are_made_whatever_was_said() -> None:
    for order in ("ask", "bring", "leave"):
        world = World(list("CBA"), list("ABC"), policy=replace(MIRROR, order=order))
        assert (world.diff().moves_asked, world.run().order_left) == (0, "")
        assert world.target == list("CBA")


def test_what_takes_too_many_requests_is_not_asked_about() -> None:
    tracks, order = _out_of_order(500)
    for answer in ("ask", "bring", "leave"):
        world = World(order, tracks, policy=replace(MIRROR, order=answer), rules=TargetRules(move_batch=1))
        assert (world.diff().moves_asked, world.run().order_left) == (0, "too-many-moves")


@settings(max_examples=30)
@given(st.integers(0, 1 << 32), st.floats(0, 1))
def test_moves_in_one_request_come_to_the_same_as_one_by_one(seed: int, share: float) -> None:
    draw = Random(seed)
    tracks = [chr(0x4E00 + n) for n in range(120)]
    order = draw.sample(tracks, 120)
    there = [name for one in tracks for name in (one, *(["f" + one] if draw.random() < 0.2 else []))]
    world = World([*order[:60], "X", *order[60:]], there, policy=MIRROR)
    shown = world.diff()
    left = {row.source_at for row in shown.rows if row.action is Action.MOVE and draw.random() < share}
    shown = replace(
        shown, rows=tuple(replace(row, ticked=row.ticked and row.source_at not in left) for row in shown.rows)
    )
    at_once = world.plan(shown)
    world.rules = TargetRules(move_batch=1)
    singly = world.plan(shown)
    assert (at_once.order_left, singly.order_left) == ("", "")
    assert carry_out(at_once, there) == carry_out(singly, there)


def test_removals_wait_until_they_are_approved() -> None:
    world = World(["A"], ["A", "B"], ("A", "B"), policy=Policy(mode=Mode.MIRROR))
    plan = world.run()
    assert (plan.removals_waiting, world.target) == (1, ["A", "B"])
    assert Counter(world.base) == Counter("AB"), "an unapproved removal stays in the base"
    world.run(approve=True)
    assert (world.target, world.base) == (["A"], ("A",))


def test_a_track_taken_out_of_the_target_is_not_added_again() -> None:
    world = World(["A", "B"], ["A"], ("A", "B"), policy=ADD)
    row = next(row for row in world.diff().rows if row.note)
    assert (row.note, row.action, row.ticked) == ("removed-on-target", Action.ADD, False)
    assert world.run().empty
    assert world.run().empty


def test_an_open_match_removes_nothing_and_keeps_its_base() -> None:
    world = World(["A", "B"], ["A", "B"], ("A", "B"), open=frozenset("B"), policy=MIRROR)
    assert world.run().empty
    assert Counter(world.base) == Counter("AB")


def test_collapse_never_makes_a_second_copy_and_leaves_existing_ones() -> None:
    policy = Policy(mode=Mode.ADD, duplicates="collapse-new")
    world = World(["A", "A", "B", "B"], ["B", "B"], policy=policy)
    world.run()
    assert world.target == ["B", "B", "A"]


def test_new_entries_of_a_mirror_go_where_the_source_has_them() -> None:
    world = World(list("AXBYC"), list("ABC"), policy=MIRROR)
    plan = world.run()
    assert world.target == list("AXBYC")
    assert [(step.at, len(step.actions)) for step in plan.steps] == [(1, 1), (3, 1)]


def test_a_kept_foreign_entry_stays_behind_its_predecessor() -> None:
    world = World(list("CAB"), list("AfBC"), policy=MIRROR)
    world.run()
    assert world.target == list("CAfB")


def test_batches_hold_no_more_than_the_service_takes() -> None:
    world = World([chr(0x4E00 + n) for n in range(25)], [], policy=ADD, rules=TargetRules(add_batch=10))
    plan = world.run()
    assert [len(step.actions) for step in plan.steps] == [10, 10, 5]


def test_rows_say_where_they_will_stand() -> None:
    shown = World(list("BXA"), list("AB"), policy=MIRROR).diff()
    assert [(row.wanted.track.id, row.target_to) for row in shown.rows] == [("B", 0), ("X", 1), ("A", 2)]


@given(st.lists(st.sampled_from("ABCDEFGH"), min_size=1, max_size=12), st.integers(1, 5), st.booleans(), st.booleans())
def test_a_list_that_is_not_there_is_made_with_the_first_batch(
    source: list[str], batch: int, mirror: bool, top: bool
) -> None:
    policy = MIRROR if mirror else Policy(mode=Mode.ADD, top=top)
    world = World(source, [], policy=policy, rules=TargetRules(add_batch=batch))
    plan = make_plan(world.diff(), world.policy, world.rules, creates=True)
    assert carry_out(plan, []) == source
    kinds = [step.kind for step in plan.steps]
    assert kinds == [StepKind.CREATE, *[StepKind.ADD] * (-(-len(source) // batch) - 1)]
    assert [track.id for track in plan.steps[0].tracks] == source[:batch]
    assert plan.writes["added"] == plan.count(StepKind.ADD) == len(source)


def test_a_list_that_is_not_there_is_not_made_of_nothing() -> None:
    world = World(["A"], [], open=frozenset("A"))
    assert make_plan(world.diff(), world.policy, world.rules, creates=True).empty
