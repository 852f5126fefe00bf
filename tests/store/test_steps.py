from __future__ import annotations

import pytest

from musync.domain import EntryId, Mode, Plan, PlannedAction, Step, StepKind, StepRecord
from musync.store import Work
from tests.store.values import a_run, a_track

PLAN = Plan(
    mode=Mode.MIRROR,
    steps=(
        Step(kind=StepKind.ADD, actions=tuple(PlannedAction(row=n, track=a_track(f"p{n}")) for n in range(3)), at=2),
        Step(kind=StepKind.MOVE, actions=(PlannedAction(row=-1),), at=0),
        Step(kind=StepKind.REMOVE, actions=(PlannedAction(row=7, entry=EntryId("p9#2")),)),
    ),
    before=("p9", "p9"),
    after=("p0", "p1", "p2", "p9"),
    order_left="cannot-move",
    moves_waiting=431,
    removals_waiting=4,
)


def test_a_plan_comes_back_as_it_was_written_down(work: Work) -> None:
    run = a_run(work)
    work.steps.plan(run.id, PLAN)
    assert work.steps.planned(run.id) == PLAN
    assert work.steps.of_run(run.id) == tuple(StepRecord(step=step) for step in PLAN.steps)


def test_a_run_that_came_to_no_plan_has_none(work: Work) -> None:
    assert work.steps.planned(a_run(work).id) is None
    assert work.steps.of_run(1) == ()


def test_an_empty_plan_is_a_plan(work: Work) -> None:
    run, empty = a_run(work), Plan(mode=Mode.ADD, steps=(), before=(), after=())
    work.steps.plan(run.id, empty)
    assert work.steps.planned(run.id) == empty


def test_each_step_says_how_far_it_has_come(work: Work) -> None:
    run = a_run(work)
    work.steps.plan(run.id, PLAN)
    work.steps.set_state(run.id, 0, "intent")
    work.steps.set_state(run.id, 0, "acked")
    work.steps.set_state(run.id, 0, "done")
    work.steps.set_state(run.id, 1, "intent")
    work.steps.set_state(run.id, 1, "intent", "unavailable")
    states = [(record.state, record.attempts, record.error) for record in work.steps.of_run(run.id)]
    assert states == [("done", 1, ""), ("intent", 2, "unavailable"), ("todo", 0, "")]


def test_the_steps_of_another_run_are_its_own(work: Work) -> None:
    one, other = a_run(work), a_run(work)
    work.steps.plan(one.id, PLAN)
    work.steps.plan(other.id, PLAN)
    work.steps.set_state(other.id, 0, "done")
    assert work.steps.of_run(one.id)[0].state == "todo"


def test_a_step_that_nobody_planned_cannot_change(work: Work) -> None:
    with pytest.raises(LookupError):
        work.steps.set_state(a_run(work).id, 0, "intent")


def test_a_step_can_be_another_one_than_planned_before_it_is_sent(work: Work) -> None:
    run = a_run(work)
    work.steps.plan(run.id, PLAN)
    smaller = Step(kind=StepKind.CREATE, actions=PLAN.steps[0].actions[1:])
    work.steps.set_state(run.id, 0, "intent", "not taken")
    work.steps.change(run.id, 0, smaller)
    kept = work.steps.of_run(run.id)
    assert kept[0] == StepRecord(step=smaller, state="intent", attempts=1, error="not taken")
    assert kept[1].step == PLAN.steps[1]
    with pytest.raises(LookupError):
        work.steps.change(run.id, 3, smaller)
