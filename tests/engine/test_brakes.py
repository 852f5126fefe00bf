"""Brakes by numbers: when they trip, what lifts them."""

from __future__ import annotations

import pytest

from musync.domain import BrakeHit, Mode, PlaylistId, Policy
from musync.engine.brakes import tripped
from tests.engine.sync_world import World

SOURCE, TARGET = "source-id", "target-id"


def hits(world: World, *, capacity: int | None = None, created: bool = False) -> dict[str, BrakeHit]:
    found = tripped(
        world.diff(),
        world.plan(),
        world.policy,
        capacity=capacity,
        created=created,
        source_id=SOURCE,
        target_id=TARGET,
    )
    return {hit.id: hit for hit in found}


def tracks(count: int, first: int = 0) -> list[str]:
    return [f"T{number}" for number in range(first, first + count)]


def mirror(**more: object) -> Policy:
    return Policy(mode=Mode.MIRROR, removals="apply", **more)  # type: ignore[arg-type]


def test_a_source_that_became_empty_stops_the_run() -> None:
    world = World([], tracks(3), tuple(tracks(3)), policy=mirror())
    hit = hits(world)["B1"]
    assert (hit.side, hit.before, hit.after) == ("source", 3, 0)


def test_an_emptied_target_stops_the_run_too() -> None:
    assert hits(World(tracks(3), [], tuple(tracks(3))))["B1"].side == "target"


def test_emptiness_is_confirmed_by_naming_the_playlist() -> None:
    policy = mirror(confirm_empty=PlaylistId(SOURCE))
    assert "B1" not in hits(World([], tracks(3), tuple(tracks(3)), policy=policy))
    other = mirror(confirm_empty=PlaylistId("another"))
    assert "B1" in hits(World([], tracks(3), tuple(tracks(3)), policy=other))


def test_no_general_override_lifts_the_empty_brake() -> None:
    policy = mirror(overrides=frozenset({"B1", "B2", "B3", "B4"}))
    assert "B1" not in hits(World(tracks(3), tracks(3), tuple(tracks(3)), policy=policy))
    world = World([], tracks(3), tuple(tracks(3)), policy=policy)
    assert "B1" in hits(world)


@pytest.mark.parametrize(("lost", "stops"), [(9, False), (10, True)])
def test_a_list_that_shrank_by_a_quarter_and_ten_stops(lost: int, stops: bool) -> None:
    world = World(tracks(39 - lost), tracks(39), tuple(tracks(39)), policy=Policy(mode=Mode.ADD))
    assert ("B2" in hits(world)) is stops


def test_a_hundred_missing_stop_however_long_the_list() -> None:
    world = World(tracks(900), tracks(1000), tuple(tracks(1000)), policy=Policy(mode=Mode.ADD))
    hit = hits(world)["B2"]
    assert (hit.before, hit.after) == (1000, 900)


def test_many_removals_stop_until_lifted() -> None:
    world = World(tracks(30), tracks(50), tuple(tracks(50)), policy=mirror(overrides=frozenset({"B2"})))
    assert (hits(world)["B3"].before, hits(world)["B3"].after) == (50, 30)
    world.policy = mirror(overrides=frozenset({"B2", "B3"}))
    assert hits(world) == {}


def test_lists_with_nothing_of_the_base_left_stop() -> None:
    world = World(tracks(12, 100), tracks(12), tuple(tracks(12)), policy=Policy(mode=Mode.ADD))
    assert hits(world)["B4"].side == "source"


def test_growth_stops_on_a_list_that_exists_and_not_on_a_new_one() -> None:
    world = World(tracks(700), tracks(10), policy=Policy(mode=Mode.ADD))
    assert hits(world)["B7"].after == 700
    assert hits(World(tracks(700), [], policy=Policy(mode=Mode.ADD)), created=True) == {}


def test_capacity_cannot_be_lifted() -> None:
    world = World(tracks(30), [], policy=Policy(mode=Mode.ADD, overrides=frozenset({"B7"})))
    hit = hits(world, capacity=20)["B7"]
    assert (hit.after, hit.limit, hit.liftable) == (30, 20, False)


def test_a_first_run_on_a_short_list_trips_nothing() -> None:
    assert hits(World(tracks(40), tracks(5), policy=mirror())) == {}
