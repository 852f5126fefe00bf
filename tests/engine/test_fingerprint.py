from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from musync.engine.fingerprint import fingerprint

IDS = st.lists(st.text(max_size=5), max_size=6)


@given(IDS, IDS)
def test_only_equal_lists_have_equal_fingerprints(one: list[str], other: list[str]) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other)


def test_joints_between_ids_count() -> None:
    assert len({fingerprint(ids) for ids in (["ab"], ["a", "b"], ["", "ab"], ["1:a"], ["a", ""], [])}) == 6


def test_half_a_surrogate_pair_has_a_fingerprint() -> None:
    assert len(fingerprint(["\ud800"])) == 64
