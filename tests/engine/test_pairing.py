from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from musync.engine.pairing import Pairing

Offers = Mapping[str, Sequence[tuple[str, float]]]


@st.composite
def offers(draw: st.DrawFn) -> dict[str, list[tuple[str, float]]]:
    """What up to six takers would give for some of up to six places, no two sums of it alike."""
    found = {}
    least = draw(st.sampled_from((0.0, 2.0**30, 2.0**36)))
    worths = iter(draw(st.permutations([least + 2.0**step for step in range(36)])))
    for taker in "abcdef"[: draw(st.integers(1, 6))]:
        places = draw(st.lists(st.sampled_from("uvwxyz"), min_size=1, max_size=6, unique=True))
        found[taker] = list(zip(places, sorted((next(worths) for _ in places), reverse=True), strict=True))
    return found


def paired(offers: Offers, order: Sequence[str] = (), alike: str = "") -> Pairing[str, str]:
    pairing: Pairing[str, str] = Pairing(offers.__getitem__, lambda one, other: one in alike and other in alike)
    for taker in order or sorted(offers):
        pairing.seat(taker, offers[taker][0][0])
    return pairing


def total(pairing: Pairing[str, str], offers: Offers) -> float:
    return sum(dict(offers[party[0]])[place] for place, party in pairing.holders.items())


def most(offers: Offers) -> float:
    """The highest sum there is, by trying everything."""

    def rest(takers: Sequence[str], used: frozenset[str]) -> float:
        if not takers:
            return 0.0
        free = [(place, worth) for place, worth in offers[takers[0]] if place not in used]
        return max(rest(takers[1:], used), *(worth + rest(takers[1:], used | {place}) for place, worth in free), 0.0)

    return rest(sorted(offers), frozenset())


def surest_first(offers: Offers) -> float:
    """What comes of it when the surest choose first."""
    used: set[str] = set()
    found = 0.0
    for taker in sorted(offers, key=lambda one: -offers[one][0][1]):
        free = next(((place, worth) for place, worth in offers[taker] if place not in used), None)
        if free is not None:
            used.add(free[0])
            found += free[1]
    return found


@settings(deadline=None, max_examples=60)
@given(offers())
def test_nothing_is_worth_more_in_sum(offers: Offers) -> None:
    got = total(paired(offers), offers)
    assert abs(got - most(offers)) < 1e-6
    assert got >= surest_first(offers) - 1e-6


@settings(deadline=None, max_examples=60)
@given(offers(), st.randoms(use_true_random=False))
def test_it_does_not_matter_who_comes_first(offers: Offers, chance: random.Random) -> None:
    order = sorted(offers)
    usual = paired(offers, order)
    chance.shuffle(order)
    other = paired(offers, order)
    assert abs(total(other, offers) - total(usual, offers)) < 1e-6
    assert sorted(other.left_out) == sorted(usual.left_out)
    assert other.holders == usual.holders


@settings(deadline=None, max_examples=60)
@given(offers(), st.text("abcdef"))
def test_everybody_has_one_place_or_none_and_shares_it_only_with_their_like(offers: Offers, alike: str) -> None:
    pairing = paired(offers, alike=alike)
    seated = [taker for party in pairing.holders.values() for taker in party]
    assert sorted(seated + pairing.left_out) == sorted(offers)
    for party in pairing.holders.values():
        assert len(party) == 1 or set(party) <= set(alike)


def test_the_one_with_another_place_gives_way_to_the_one_without() -> None:
    pairing = paired({"a": [("x", 5.0), ("y", 4.0)], "b": [("x", 4.5)]})
    assert pairing.holders == {"x": ["b"], "y": ["a"]}


def test_nobody_gives_way_for_less() -> None:
    pairing = paired({"a": [("x", 7.0), ("y", 2.0)], "b": [("x", 2.2)]})
    assert pairing.holders == {"x": ["a"]}
    assert pairing.left_out == ["b"]


def test_a_party_moves_as_one() -> None:
    offers = {"a": [("x", 5.0), ("y", 4.0)], "b": [("x", 5.0), ("y", 4.0)], "c": [("x", 4.5)]}
    assert paired(offers, alike="ab").holders == {"x": ["c"], "y": ["a", "b"]}


def test_many_who_all_want_the_same_are_soon_seated() -> None:
    chance = random.Random(1)
    places = [f"p{number}" for number in range(200)]
    worths = [[chance.uniform(2, 7) for _ in range(6)] for _ in range(300)]
    asked = 0
    offers = {
        f"t{number}": list(zip(chance.sample(places, 6), sorted(found, reverse=True), strict=True))
        for number, found in enumerate(worths)
    }

    def of(taker: str) -> Sequence[tuple[str, float]]:
        nonlocal asked
        asked += 1
        return offers[taker]

    pairing: Pairing[str, str] = Pairing(of, lambda _one, _other: False)
    for taker in sorted(offers):
        pairing.seat(taker, offers[taker][0][0])
    assert len(pairing.holders) == 200
    assert asked < 200_000
