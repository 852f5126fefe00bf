from __future__ import annotations

import pytest

from musync.domain import Decision, DecisionKind, Mode
from musync.store import Database, Work
from tests.store.values import SOURCE, TARGET, a_pair, local, plex, said, spotify

CONFIRMED, REJECTED = DecisionKind.CONFIRMED, DecisionKind.REJECTED
SKIP, UNLINKED = DecisionKind.SKIP, DecisionKind.UNLINKED


def remember(work: Work, *decisions: Decision) -> None:
    for decision in decisions:
        work.decisions.remember(decision)


def kinds(work: Work) -> list[DecisionKind]:
    """What is remembered, oldest first."""
    return [decision.kind for decision in reversed(work.decisions.all())]


def test_a_decision_comes_back_as_it_was_said_with_a_number(work: Work) -> None:
    kept = work.decisions.remember(said(CONFIRMED, spotify("s1"), plex("p1"), at=7.5))
    assert kept.id is not None
    assert kept == Decision(id=kept.id, kind=CONFIRMED, a=spotify("s1"), b=plex("p1"), at=7.5)
    assert work.decisions.all() == (kept,)


def test_confirmed_and_rejected_hold_everywhere(work: Work) -> None:
    pair = a_pair(work)
    assert work.decisions.remember(said(CONFIRMED, spotify("s1"), plex("p1"), pair=pair)).pair is None
    assert work.decisions.remember(said(REJECTED, spotify("s2"), plex("p1"), pair=pair)).pair is None
    assert len(work.decisions.applying(None, "plex", "server-1")) == 2


def test_skip_and_unlinked_hold_in_their_pair(work: Work) -> None:
    road, home = a_pair(work, "road"), a_pair(work, "home")
    remember(work, said(SKIP, spotify("s1"), pair=road), said(UNLINKED, spotify("s2"), plex("p2"), pair=road))
    assert len(work.decisions.applying(road, "plex", "server-1")) == 2
    assert work.decisions.applying(home, "plex", "server-1") == ()
    assert work.decisions.applying(None, "plex", "server-1") == ()


def test_a_skip_said_everywhere_holds_in_every_pair(work: Work) -> None:
    remember(work, said(SKIP, spotify("s1")))
    assert len(work.decisions.applying(a_pair(work), "plex", "server-1")) == 1
    assert len(work.decisions.applying(None, "local", "library-1")) == 1


def test_decisions_about_another_service_do_not_apply(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1")))
    assert work.decisions.applying(None, "local", "library-1") == ()
    assert work.decisions.applying(None, "plex", "server-2") == ()


def test_an_answer_holds_the_other_way_round_too(work: Work) -> None:
    kept = work.decisions.remember(said(CONFIRMED, spotify("s1"), plex("p1")))
    (turned,) = work.decisions.applying(None, "spotify", "")
    assert (turned.a, turned.b, turned.id) == (plex("p1"), spotify("s1"), kept.id)


def test_between_tracks_of_one_service_an_answer_holds_both_ways(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1"), spotify("s2")))
    wanted = {decision.a.track.id for decision in work.decisions.applying(None, "spotify", "")}
    assert wanted == {"s1", "s2"}


@pytest.mark.parametrize("newer", [CONFIRMED, REJECTED, UNLINKED])
@pytest.mark.parametrize("older", [CONFIRMED, REJECTED, UNLINKED])
def test_a_newer_answer_about_two_tracks_replaces_the_older(
    work: Work, older: DecisionKind, newer: DecisionKind
) -> None:
    remember(work, said(older, spotify("s1"), plex("p1"), at=1), said(newer, spotify("s1"), plex("p1"), at=2))
    assert kinds(work) == [newer]


def test_a_newer_answer_given_the_other_way_round_replaces_the_older(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1")), said(REJECTED, plex("p1"), spotify("s1"), at=2))
    assert kinds(work) == [REJECTED]


def test_the_same_answer_in_two_pairs_stays_two_answers(work: Work) -> None:
    road, home = a_pair(work, "road"), a_pair(work, "home")
    remember(work, said(SKIP, spotify("s1"), pair=road), said(SKIP, spotify("s1"), pair=home))
    remember(work, said(UNLINKED, spotify("s2"), plex("p2"), pair=road))
    remember(work, said(UNLINKED, spotify("s2"), plex("p2"), pair=home))
    assert kinds(work) == [SKIP, SKIP, UNLINKED, UNLINKED]


def test_an_answer_everywhere_replaces_the_same_one_in_every_pair(work: Work) -> None:
    remember(work, said(SKIP, spotify("s1"), pair=a_pair(work, "road")), said(SKIP, spotify("s1"), at=2))
    (kept,) = work.decisions.all()
    assert kept.pair is None


def test_another_confirmed_counterpart_replaces_the_first(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1")), said(CONFIRMED, spotify("s1"), plex("p2"), at=2))
    (kept,) = work.decisions.all()
    assert kept.b == plex("p2")


def test_a_track_has_one_confirmed_counterpart_on_each_service(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1")), said(CONFIRMED, spotify("s1"), local("l1")))
    assert kinds(work) == [CONFIRMED, CONFIRMED]


def test_two_tracks_may_be_confirmed_as_the_same_one(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1")), said(CONFIRMED, spotify("s2"), plex("p1")))
    assert kinds(work) == [CONFIRMED, CONFIRMED]


def test_rejected_candidates_add_up_and_survive_a_confirmation(work: Work) -> None:
    remember(work, *(said(REJECTED, spotify("s1"), plex(track)) for track in ("p1", "p2", "p3")))
    remember(work, said(CONFIRMED, spotify("s1"), plex("p3"), at=2))
    assert kinds(work) == [REJECTED, REJECTED, CONFIRMED]


def test_a_confirmation_ends_a_skip_where_it_was_said_and_everywhere(work: Work) -> None:
    road, home = a_pair(work, "road"), a_pair(work, "home")
    remember(work, *(said(SKIP, spotify("s1"), pair=pair) for pair in (None, road, home)))
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1"), pair=road, at=2))
    assert [(decision.kind, decision.pair) for decision in reversed(work.decisions.all())] == [
        (SKIP, home),
        (CONFIRMED, None),
    ]


def test_a_confirmation_said_nowhere_in_particular_ends_every_skip(work: Work) -> None:
    remember(work, said(SKIP, spotify("s1"), pair=a_pair(work)), said(CONFIRMED, spotify("s1"), plex("p1"), at=2))
    assert kinds(work) == [CONFIRMED]


def test_a_skip_leaves_what_is_confirmed(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1")), said(SKIP, spotify("s1"), at=2))
    assert kinds(work) == [CONFIRMED, SKIP]


def test_a_forgotten_answer_is_gone(work: Work) -> None:
    kept = work.decisions.remember(said(SKIP, spotify("s1")))
    assert kept.id is not None
    assert work.decisions.forget(kept.id)
    assert not work.decisions.forget(kept.id)
    assert work.decisions.all() == ()


def test_decisions_are_found_by_kind_and_by_words_of_either_track(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1", "Café del Mar"), plex("p1", "Sommer ’68")), said(SKIP, spotify("s2")))
    assert len(work.decisions.all(kind=SKIP)) == 1
    assert len(work.decisions.all("CAFE mar")) == 1
    assert len(work.decisions.all("sommer")) == 1
    assert len(work.decisions.all("vale blue")) == 1
    assert len(work.decisions.all("vale", kind=CONFIRMED)) == 1
    assert work.decisions.all("winter") == ()


@pytest.mark.parametrize("text", ["100%", "a_b", "back\\slash", "sl/ash", "it's", '"'])
def test_signs_that_mean_something_to_the_database_mean_themselves(work: Work, text: str) -> None:
    remember(work, said(SKIP, spotify("s1", f"x {text} y")), said(SKIP, spotify("s2", "1000 aXb backslash slash its")))
    assert [decision.a.track.id for decision in work.decisions.all(text)] == ["s1"]


def test_an_endless_search_text_is_no_trouble(work: Work) -> None:
    remember(work, said(SKIP, spotify("s1")))
    assert work.decisions.all("%" * 100_000) == ()
    assert work.decisions.all("a " * 100_000) != ()


def test_a_skip_names_one_track_and_the_others_two(work: Work) -> None:
    with pytest.raises(ValueError, match="a skip names one track"):
        work.decisions.remember(said(SKIP, spotify("s1"), plex("p1")))
    with pytest.raises(ValueError, match="a skip names one track"):
        work.decisions.remember(said(CONFIRMED, spotify("s1")))


def test_decisions_travel_to_another_home(work: Work) -> None:
    for playlist in ("one", "two", "road"):
        pair = a_pair(work, playlist)
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1")), said(SKIP, spotify("s2"), pair=pair, at=2))
    exported = work.decisions.export()
    with Database.memory() as elsewhere, elsewhere.begin() as there:
        taken = there.decisions.import_(exported)
        here = there.pairs.find(SOURCE, TARGET, Mode.ADD)
        assert here is not None
        assert [decision.pair for decision in taken] == [None, here.id]
        assert there.decisions.import_(exported) == ()
        assert [decision.kind for decision, _ in there.decisions.export()] == [CONFIRMED, SKIP]


def test_an_imported_answer_does_not_overrule_a_newer_one(work: Work) -> None:
    remember(work, said(CONFIRMED, spotify("s1"), plex("p1"), at=10))
    assert work.decisions.import_([(said(REJECTED, spotify("s1"), plex("p1"), at=5), None)]) == ()
    assert kinds(work) == [CONFIRMED]
    assert work.decisions.import_([(said(REJECTED, spotify("s1"), plex("p1"), at=15), None)]) != ()
    assert kinds(work) == [REJECTED]


def test_of_two_imported_answers_about_the_same_the_newer_stays(work: Work) -> None:
    newer, older = (said(kind, spotify("s1"), plex("p1"), at=at) for kind, at in ((REJECTED, 9), (CONFIRMED, 3)))
    work.decisions.import_([(newer, None), (older, None)])
    assert kinds(work) == [REJECTED]
