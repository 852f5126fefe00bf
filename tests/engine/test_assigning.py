from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from musync.domain import Match, MatchState, Track, TrackId
from musync.engine.assigning import TWO_TRACKS, assign
from musync.engine.candidates import CatalogueIndex
from musync.engine.evidence import compare
from musync.engine.matching import match_all
from musync.engine.profile import profile
from musync.engine.score import Verdict
from musync.engine.settling import Found, Row, Rules, decide, same_recording
from tests.engine.test_matching import song

RULES = Rules(accept=0.9, floor=0.3, margin=0.05, preferred=frozenset(), keep=8)


def row(name: str, offers: Mapping[str, float], rules: Rules = RULES) -> Row:
    """A wanted track to which nothing but these probabilities is known, settled by itself."""
    made = profile(song(f"Wanted {name}", "Kit Marsh", id=name))
    found = []
    for place, p in sorted(offers.items(), key=lambda offer: (-offer[1], offer[0])):
        other = profile(song(f"Found {place}", f"Artist {place}", id=place))
        found.append(Found(other, Verdict(p, compare(made, other))))
    wanted = Row(made, MatchState.UNMATCHED, found)
    decide(wanted, found, rules)
    return wanted


def shared_out(offers: Mapping[str, Mapping[str, float]], rules: Rules = RULES) -> dict[str, str]:
    """What each wanted track settles on, an empty text for nothing."""
    rows = [row(name, found, rules) for name, found in offers.items()]
    assign(rows, rules)
    return {one.made.track.id: _settled(one) for one in rows}


def _settled(one: Row) -> str:
    return one.chosen.id if one.chosen is not None and one.state is MatchState.AUTO else ""


def test_the_surer_one_gives_way_when_it_has_another_and_the_other_has_not() -> None:
    assert shared_out({"v": {"A": 0.99, "B": 0.93}, "w": {"A": 0.98}}) == {"v": "B", "w": "A"}


def test_it_does_not_give_way_where_that_is_likely_wrong() -> None:
    assert shared_out({"v": {"A": 0.999, "B": 0.91}, "w": {"A": 0.92}}) == {"v": "", "w": ""}


def test_a_chain_of_three_is_moved_along() -> None:
    offers = {"u": {"A": 0.99, "B": 0.93}, "v": {"B": 0.985, "C": 0.92}, "w": {"A": 0.98}}
    assert shared_out(offers) == {"u": "B", "v": "C", "w": "A"}


def test_who_gave_way_says_so() -> None:
    rows = [row("v", {"A": 0.99, "B": 0.93}), row("w", {"A": 0.98})]
    assign(rows, RULES)
    assert rows[0].rule == "its likeliest counterpart is another track's"
    assert rows[1].rule == "best and clear"


def test_what_cannot_be_shared_out_is_left_to_the_user() -> None:
    rows = [row("v", {"A": 0.99}), row("w", {"A": 0.98}), row("x", {"C": 0.98})]
    assign(rows, RULES)
    assert [one.state for one in rows] == [MatchState.AMBIGUOUS, MatchState.AMBIGUOUS, MatchState.AUTO]
    assert [one.rule for one in rows[:2]] == [TWO_TRACKS, TWO_TRACKS]


def test_what_an_earlier_stage_settled_is_not_taken_again() -> None:
    there = [song("Two Spoons", "Kit Marsh", id="a", seconds=200), song("Two Spoons", "Kit Marsh", id="b", seconds=208)]
    wanted = song("Two Spoons", "Kit Marsh", id="w", seconds=200)
    holder = song("Two Spoons (Live)", "Kit Marsh", id="v")
    alone = match_all([wanted], CatalogueIndex(there), margin=0.0)[0]
    assert alone.settled == there[0]
    beside = match_all([wanted], CatalogueIndex(there), margin=0.0, taken={there[0].id: holder})[0]
    assert beside.settled == there[1]
    only = match_all([wanted], CatalogueIndex(there[:1]), taken={there[0].id: holder})[0]
    assert (only.state, only.reasons[0].text) == (MatchState.AMBIGUOUS, TWO_TRACKS)


def test_a_copy_of_what_has_it_may_share_it_or_take_its_copy_in_the_list() -> None:
    there = [song("Two Spoons", "Kit Marsh", id=name) for name in ("a", "b")]
    wanted, holder = (song("Two Spoons", "Kit Marsh", id=name) for name in ("w", "v"))
    taken = {there[1].id: holder}
    assert match_all([wanted], CatalogueIndex(there[1:]), taken=taken)[0].settled == there[1]
    listed = frozenset(one.id for one in there)
    assert match_all([wanted], CatalogueIndex(there), taken=taken, preferred=listed)[0].settled == there[0]


def test_the_same_file_stays_with_both() -> None:
    there = song("Two Spoons", "Kit Marsh", id="a", url="file:///a.mp3")
    wanted = [
        song("Two Spoons", "Kit Marsh", id="v", url="file:///a.mp3"),
        song("Two Spoons - Remastered", "Kit Marsh"),
    ]
    first, second = match_all(wanted, CatalogueIndex([there]))
    assert first.settled == there
    assert second.state is MatchState.AMBIGUOUS


def test_a_copy_that_may_not_follow_its_party_is_left_to_the_user() -> None:
    there = [song("Two Spoons", "Kit Marsh", id="a", seconds=200), song("Two Spoons", "Kit Marsh", id="b", seconds=206)]
    twice = [song("Two Spoons", "Kit Marsh", id=name, seconds=200) for name in ("t1", "t2")]
    refused = {TrackId("t2"): frozenset([there[1].id])}
    index = CatalogueIndex(there)
    taken = {there[0].id: song("Two Spoons (Live)", "Kit Marsh", id="v")}
    first, second = match_all(twice, index, margin=0.0, rejected=refused, taken=taken)
    assert first.settled == there[1]
    assert second.state is MatchState.AMBIGUOUS


_P = st.sampled_from([0.91, 0.92, 0.93, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999])
_OFFERS = st.dictionaries(
    st.sampled_from("uvwxyz"), st.dictionaries(st.sampled_from("ABCDE"), _P, min_size=1), min_size=1
)


@settings(deadline=None, max_examples=40)
@given(_OFFERS)
def test_no_two_different_tracks_take_one_counterpart(offers: dict[str, dict[str, float]]) -> None:
    settled = [place for place in shared_out(offers).values() if place]
    assert len(settled) == len(set(settled))


@settings(deadline=None, max_examples=40)
@given(_OFFERS, st.randoms(use_true_random=False))
def test_the_order_of_the_wanted_tracks_changes_nothing(
    offers: dict[str, dict[str, float]], chance: random.Random
) -> None:
    usual = shared_out(offers)
    names = list(offers)
    chance.shuffle(names)
    assert shared_out({name: offers[name] for name in names}) == usual


_TITLES = ("Two Spoons", "Two Spoons (Live)", "Two Spoons - Remastered 2009", "Two Spoons (Live at the Hall)", "Spoons")


@st.composite
def versions(draw: st.DrawFn, side: str) -> list[Track]:
    """Up to eight versions of a song and what is named like it."""
    said = st.tuples(
        st.sampled_from(_TITLES), st.sampled_from((None, 198, 200, 204, 260)), st.sampled_from(("", "Hits"))
    )
    found = draw(st.lists(said, min_size=1, max_size=8))
    return [
        song(title, "Kit Marsh", id=f"{side}{place}", seconds=seconds, album=album)
        for place, (title, seconds, album) in enumerate(found)
    ]


@settings(deadline=None, max_examples=40)
@given(versions("w"), versions("t"), st.randoms(use_true_random=False))
def test_versions_of_a_song_are_shared_out_the_same_way_in_any_order(
    wanted: list[Track], there: list[Track], chance: random.Random
) -> None:
    usual = by_id(match_all(wanted, CatalogueIndex(there)))
    chance.shuffle(wanted)
    chance.shuffle(there)
    assert by_id(match_all(wanted, CatalogueIndex(there))) == usual
    holders: dict[TrackId, Track] = {}
    for match in usual.values():
        if match.settled is not None:
            first = holders.setdefault(match.settled.id, match.wanted)
            assert same_recording(profile(first), profile(match.wanted))


def by_id(matches: Sequence[Match]) -> dict[TrackId, Match]:
    return {match.wanted.id: match for match in matches}
