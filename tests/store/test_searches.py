from __future__ import annotations

from musync.store import Work


def test_a_search_in_vain_is_remembered_until_it_expires(work: Work) -> None:
    work.searches.remember_miss("plex", "s1", ["a", "b", "a"], now=0.0, expires=100.0)
    assert work.searches.misses("plex", "s1", ["a", "b", "c"], now=99.0) == {"a", "b"}
    assert work.searches.misses("plex", "s1", ["a", "b"], now=100.0) == frozenset()
    assert work.searches.misses("plex", "s2", ["a"], now=1.0) == frozenset()


def test_searching_in_vain_again_lasts_longer(work: Work) -> None:
    work.searches.remember_miss("plex", "s1", ["a"], now=0.0, expires=100.0)
    work.searches.remember_miss("plex", "s1", ["a"], now=50.0, expires=150.0)
    assert work.searches.misses("plex", "s1", ["a"], now=120.0) == {"a"}


def test_a_miss_can_be_asked_again_at_once(work: Work) -> None:
    work.searches.remember_miss("plex", "s1", ["a", "b", "c"], now=0.0, expires=100.0)
    work.searches.forget("plex", "s1", ["a"])
    assert work.searches.misses("plex", "s1", ["a", "b", "c"], now=1.0) == {"b", "c"}
    work.searches.forget("plex", "s1")
    assert work.searches.misses("plex", "s1", ["b", "c"], now=1.0) == frozenset()


def test_what_has_expired_takes_no_room(work: Work) -> None:
    work.searches.remember_miss("plex", "s1", ["a"], now=0.0, expires=100.0)
    work.searches.remember_miss("plex", "s1", ["b"], now=200.0, expires=300.0)
    assert work.searches.misses("plex", "s1", ["a", "b"], now=50.0) == {"b"}


def test_no_questions_no_misses(work: Work) -> None:
    work.searches.remember_miss("plex", "s1", [], now=0.0, expires=100.0)
    assert work.searches.misses("plex", "s1", [], now=0.0) == frozenset()
