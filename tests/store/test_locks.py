from __future__ import annotations

from musync.domain import LockOwner
from musync.store import Work
from tests.store.values import SOURCE, TARGET

MINE = LockOwner(host="desk", pid=10, started=5.0, beat=100.0)


def take(work: Work, nonce: str, now: float, *, pid: int = 10, dead: bool = False) -> LockOwner | None:
    return work.locks.take(TARGET, host="desk", pid=pid, started=5.0, now=now, nonce=nonce, is_dead=lambda owner: dead)


def test_a_free_side_can_be_taken(work: Work) -> None:
    assert work.locks.owner(TARGET) is None
    assert take(work, "a", 100.0) is None
    assert work.locks.owner(TARGET) == MINE


def test_a_side_that_is_taken_names_its_owner(work: Work) -> None:
    take(work, "a", 100.0)
    assert take(work, "b", 120.0, pid=11) == MINE
    assert work.locks.owner(TARGET) == MINE


def test_another_side_is_free(work: Work) -> None:
    take(work, "a", 100.0)
    assert work.locks.take(SOURCE, host="desk", pid=11, started=5.0, now=100.0, nonce="b") is None


def test_the_owner_may_take_it_again(work: Work) -> None:
    take(work, "a", 100.0)
    assert take(work, "a", 110.0) is None


def test_an_owner_that_is_silent_for_a_minute_has_lost_it(work: Work) -> None:
    take(work, "a", 100.0)
    assert take(work, "b", 160.0) is not None
    assert take(work, "b", 160.1) is None
    assert not work.locks.beat(TARGET, nonce="a", now=161.0)


def test_a_beat_keeps_it(work: Work) -> None:
    take(work, "a", 100.0)
    assert work.locks.beat(TARGET, nonce="a", now=155.0)
    owner = take(work, "b", 200.0)
    assert owner is not None
    assert owner.beat == 155.0


def test_a_dead_owner_has_lost_it_at_once(work: Work) -> None:
    take(work, "a", 100.0)
    assert take(work, "b", 101.0, dead=True) is None


def test_a_beat_from_the_future_does_not_hold_forever(work: Work) -> None:
    take(work, "a", 90_000.0)
    assert take(work, "b", 100.0) is None


def test_a_released_side_is_free_and_only_the_owner_releases(work: Work) -> None:
    take(work, "a", 100.0)
    work.locks.release(TARGET, nonce="b")
    assert take(work, "b", 101.0) is not None
    work.locks.release(TARGET, nonce="a")
    assert take(work, "b", 101.0) is None
