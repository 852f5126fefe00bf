from __future__ import annotations

from musync.store import Work
from tests.store.values import SOURCE, TARGET


def test_recent_states_come_newest_first_and_since_a_time(work: Work) -> None:
    for at, fingerprint in enumerate(("a", "b", "c"), start=10):
        work.fingerprints.remember(TARGET, fingerprint, float(at))
    assert work.fingerprints.recent(TARGET, 0.0) == ("c", "b", "a")
    assert work.fingerprints.recent(TARGET, 11.0) == ("c", "b")
    assert work.fingerprints.recent(SOURCE, 0.0) == ()


def test_a_state_that_comes_again_is_the_newest(work: Work) -> None:
    for at, fingerprint in enumerate(("a", "b", "a"), start=10):
        work.fingerprints.remember(TARGET, fingerprint, float(at))
    assert work.fingerprints.recent(TARGET, 0.0) == ("a", "b")


def test_states_are_forgotten_after_a_day(work: Work) -> None:
    work.fingerprints.remember(TARGET, "a", 0.0)
    work.fingerprints.remember(TARGET, "b", 90_000.0)
    assert work.fingerprints.recent(TARGET, 0.0) == ("b",)
