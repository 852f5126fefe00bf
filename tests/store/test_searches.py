from __future__ import annotations

from collections.abc import Sequence

from musync.domain import PastSearch, Track
from musync.store import Work
from tests.store.values import a_track

PLEX = ("plex", "anna")


def a_search(found: Sequence[Track] = (), *asked: str, at: float = 0.0, expires: float = 100.0) -> PastSearch:
    return PastSearch(asked=frozenset(asked), found=tuple(found), at=at, expires=expires)


def test_a_search_is_kept_with_what_it_found_until_it_expires(work: Work) -> None:
    some = a_search([a_track("p1"), a_track("p2", "Zwölf 🎵")], "words\none", "isrc\nx")
    none = a_search((), "words\ntwo")
    work.searches.keep(*PLEX, {"a": some, "b": none}, now=0.0)
    assert work.searches.recall(*PLEX, ["a", "b", "c", "a"], now=99.0) == {"a": some, "b": none}
    assert work.searches.recall(*PLEX, ["a", "b"], now=100.0) == {}


def test_another_account_was_not_asked(work: Work) -> None:
    work.searches.keep(*PLEX, {"a": a_search()}, now=0.0)
    assert work.searches.recall("plex", "tom", ["a"], now=1.0) == {}
    assert work.searches.recall("spotify", "anna", ["a"], now=1.0) == {}


def test_searching_again_replaces_what_was_known(work: Work) -> None:
    work.searches.keep(*PLEX, {"a": a_search((), "one")}, now=0.0)
    again = a_search([a_track("p1")], "one", "two", at=50.0, expires=150.0)
    work.searches.keep(*PLEX, {"a": again}, now=50.0)
    assert work.searches.recall(*PLEX, ["a"], now=120.0) == {"a": again}


def test_an_account_s_searches_are_forgotten_without_those_of_others(work: Work) -> None:
    work.searches.keep(*PLEX, {"a": a_search(), "b": a_search()}, now=0.0)
    work.searches.keep("plex", "tom", {"a": a_search()}, now=0.0)
    work.searches.forget(*PLEX)
    assert work.searches.recall(*PLEX, ["a", "b"], now=1.0) == {}
    assert work.searches.recall("plex", "tom", ["a"], now=1.0) == {"a": a_search()}


def test_what_has_expired_takes_no_room(work: Work) -> None:
    work.searches.keep(*PLEX, {"a": a_search()}, now=0.0)
    work.searches.keep(*PLEX, {"b": a_search(expires=300.0)}, now=200.0)
    assert set(work.searches.recall(*PLEX, ["a", "b"], now=50.0)) == {"b"}


def test_no_questions_no_answers(work: Work) -> None:
    work.searches.keep(*PLEX, {}, now=0.0)
    assert work.searches.recall(*PLEX, [], now=0.0) == {}
