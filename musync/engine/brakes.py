"""Stops before the first write that ask (sync-spec 3.2); identity (B5) is checked where accounts are known."""

from __future__ import annotations

from collections.abc import Iterator

from musync.domain import BrakeHit, Diff, Plan, Policy, StepKind

MANY = 100
SOME = 10
SHARE = 0.25
GROWTH = 500


def tripped(
    diff: Diff, plan: Plan, policy: Policy, *, capacity: int | None, created: bool, source_id: str, target_id: str
) -> tuple[BrakeHit, ...]:
    """The brakes that stop this plan, lifted ones left out.

    `created`: the target is made by this run; a list that did not exist cannot grow by accident, so B7 then looks at
    the capacity alone. `source_id`, `target_id`: what `Policy.confirm_empty` may name.
    """
    hits = [*_empty(diff, plan, policy, source_id, target_id), *_shrunk(diff), *_removals(diff, plan)]
    hits += [*_no_overlap(diff), *_growth(diff, plan, capacity, created)]
    return tuple(hit for hit in hits if not (hit.liftable and hit.id in policy.overrides))


def _empty(diff: Diff, plan: Plan, policy: Policy, source_id: str, target_id: str) -> Iterator[BrakeHit]:
    for side, size, playlist in (("source", diff.source_size, source_id), ("target", diff.target_size, target_id)):
        removing = side == "source" and plan.count(StepKind.REMOVE) + plan.removals_waiting > 0
        if size == 0 and (diff.base_size >= 1 or removing) and policy.confirm_empty != playlist:
            yield BrakeHit(id="B1", side=side, before=diff.base_size, after=0, liftable=False)


def _is_many(part: int, whole: int) -> bool:
    return part >= MANY or (part >= SOME and part > SHARE * whole)


def _shrunk(diff: Diff) -> Iterator[BrakeHit]:
    for side, missing, size in (
        ("source", diff.base_missing_source, diff.source_size),
        ("target", diff.base_missing_target, diff.target_size),
    ):
        if size and _is_many(missing, diff.base_size):
            yield BrakeHit(id="B2", side=side, before=diff.base_size, after=diff.base_size - missing)


def _removals(diff: Diff, plan: Plan) -> Iterator[BrakeHit]:
    removals = plan.count(StepKind.REMOVE)
    if _is_many(removals, diff.target_size):
        yield BrakeHit(id="B3", side="target", before=diff.target_size, after=diff.target_size - removals)


def _no_overlap(diff: Diff) -> Iterator[BrakeHit]:
    for side, missing, size in (
        ("source", diff.base_missing_source, diff.source_size),
        ("target", diff.base_missing_target, diff.target_size),
    ):
        if size and diff.base_size >= SOME and missing >= diff.base_size:
            yield BrakeHit(id="B4", side=side, before=diff.base_size, after=0)


def _growth(diff: Diff, plan: Plan, capacity: int | None, created: bool) -> Iterator[BrakeHit]:
    adds = plan.count(StepKind.ADD)
    if adds > GROWTH and adds > 3 * diff.target_size and not created:
        yield BrakeHit(id="B7", side="target", before=diff.target_size, after=diff.target_size + adds)
    if capacity is not None and len(plan.after) > capacity:
        yield BrakeHit(
            id="B7", side="target", before=diff.target_size, after=len(plan.after), limit=capacity, liftable=False
        )
