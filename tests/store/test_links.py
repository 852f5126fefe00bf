from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from musync.domain import BaseItem, Canon, EntryId, Mode, TrackId
from musync.store import Database, Work
from tests.store.values import SOURCE, TARGET, local, plex, spotify


def test_a_track_nobody_spoke_of_has_no_recording(work: Work) -> None:
    assert work.links.canons("spotify", "", [TrackId("s1")]) == {}


def test_every_ensured_track_gets_a_recording_of_its_own_and_keeps_it(work: Work) -> None:
    first = work.links.ensure([spotify("s1"), spotify("s2"), plex("p1"), spotify("s1")])
    assert len(first) == 3
    assert len(set(first.values())) == 3
    assert work.links.ensure([plex("p1"), spotify("s1"), spotify("s2")]) == first
    assert work.links.canons("spotify", "", [TrackId("s1"), TrackId("s2"), TrackId("s9")]) == {
        "s1": first[spotify("s1").key],
        "s2": first[spotify("s2").key],
    }


def test_the_same_id_in_another_scope_is_another_track(work: Work) -> None:
    work.links.ensure([plex("17")])
    assert work.links.canons("plex", "server-2", [TrackId("17")]) == {}


def test_linked_tracks_are_one_recording(work: Work) -> None:
    canon = work.links.link(spotify("s1"), plex("p1"), origin="auto", score=0.97)
    assert work.links.canons("spotify", "", [TrackId("s1")]) == {"s1": canon}
    assert work.links.canons("plex", "server-1", [TrackId("p1")]) == {"p1": canon}
    assert work.links.aliases([canon], "plex", "server-1") == {canon: (plex("p1"),)}
    assert work.links.aliases([canon], "local", "library-1") == {}


def test_linking_again_changes_nothing(work: Work) -> None:
    canon = work.links.link(spotify("s1"), plex("p1"), origin="auto", score=0.97)
    assert work.links.link(spotify("s1"), plex("p1"), origin="user", score=1.0) == canon
    assert work.links.link(plex("p1"), spotify("s1"), origin="auto", score=0.9) == canon


def test_a_link_joins_everything_that_was_linked_to_either(work: Work) -> None:
    older = work.links.link(spotify("s1"), plex("p1"), origin="auto", score=0.9)
    newer = work.links.link(local("l1"), plex("p2"), origin="auto", score=0.9)
    assert work.links.link(local("l1"), spotify("s1"), origin="user", score=1.0) == older != newer
    assert work.links.aliases([older], "plex", "server-1") == {older: (plex("p1"), plex("p2"))}
    assert work.links.aliases([newer], "plex", "server-1") == {}


def test_a_number_that_was_merged_away_is_never_given_again(work: Work) -> None:
    older = work.links.link(spotify("s1"), plex("p1"), origin="auto", score=0.9)
    newer = work.links.link(spotify("s2"), plex("p2"), origin="auto", score=0.9)
    work.links.link(spotify("s1"), spotify("s2"), origin="user", score=1.0)
    (fresh,) = work.links.ensure([spotify("s3")]).values()
    assert fresh not in (older, newer)


def test_the_base_follows_a_merge(work: Work) -> None:
    pair = work.pairs.ensure(SOURCE, TARGET, Mode.ADD)
    canons = work.links.ensure([spotify("s1"), plex("p1")])
    one, other = canons[spotify("s1").key], canons[plex("p1").key]
    work.pairs.save_base(pair.id, [BaseItem(canon=one), BaseItem(canon=other)])
    kept = work.links.link(spotify("s1"), plex("p1"), origin="user", score=1.0)
    assert [item.canon for item in work.pairs.base(pair.id)] == [kept, kept]


def test_a_base_saved_under_old_numbers_is_kept_under_todays(work: Work) -> None:
    pair = work.pairs.ensure(SOURCE, TARGET, Mode.ADD)
    first, second, third = work.links.ensure([spotify("s1"), spotify("s2"), spotify("s3")]).values()
    work.links.link(spotify("s2"), spotify("s3"), origin="auto", score=0.9)
    work.links.link(spotify("s1"), spotify("s2"), origin="auto", score=0.9)
    work.pairs.save_base(pair.id, [BaseItem(canon=canon) for canon in (third, second, first)])
    assert [item.canon for item in work.pairs.base(pair.id)] == [first] * 3


def test_links_in_a_chain_make_one_recording_in_one_go(work: Work) -> None:
    chain = [spotify(f"s{number}") for number in range(50)]
    canons = work.links.link_all([(a, b, 0.9) for a, b in pairwise(chain)], origin="relink")
    assert len(canons) == 50
    assert len(set(canons.values())) == 1


def test_an_unlinked_track_has_a_recording_of_its_own(work: Work) -> None:
    old = work.links.link(spotify("s1"), plex("p1"), origin="auto", score=0.9)
    work.links.link(spotify("s1"), local("l1"), origin="auto", score=0.9)
    own = work.links.unlink(spotify("s1"), plex("p1"))
    assert own is not None
    assert own != old
    assert work.links.aliases([own], "plex", "server-1") == {own: (plex("p1"),)}
    assert work.links.aliases([old], "plex", "server-1") == {}
    assert work.links.aliases([old], "local", "library-1") == {old: (local("l1"),)}


def test_unlinking_what_is_not_linked_changes_nothing(work: Work) -> None:
    before = work.links.ensure([spotify("s1"), plex("p1")])
    assert work.links.unlink(spotify("s1"), plex("p1")) is None
    assert work.links.unlink(spotify("s1"), plex("unheard")) is None
    assert work.links.ensure([spotify("s1"), plex("p1")]) == before


def test_after_an_unlink_the_base_speaks_of_what_was_written(work: Work) -> None:
    pair = work.pairs.ensure(SOURCE, TARGET, Mode.ADD)
    backwards = work.pairs.ensure(TARGET, SOURCE, Mode.ADD)
    canon = work.links.link(spotify("s1"), plex("p1"), origin="auto", score=0.9)
    item = BaseItem(canon=canon, source_entry=EntryId("s1"), target_entry=EntryId("900"))
    work.pairs.save_base(pair.id, [item])
    work.pairs.save_base(backwards.id, [item])
    own = work.links.unlink(spotify("s1"), plex("p1"))
    assert [item.canon for item in work.pairs.base(pair.id)] == [own]
    assert [item.canon for item in work.pairs.base(backwards.id)] == [canon]


def test_a_track_is_called_what_it_was_called_last(work: Work) -> None:
    (canon,) = work.links.ensure([plex("p1", "Blue Brid")]).values()
    work.links.ensure([plex("p1", "Blue Bird")])
    assert work.links.aliases([canon], "plex", "server-1") == {canon: (plex("p1", "Blue Bird"),)}


def test_many_more_tracks_than_fit_one_question_are_found(work: Work) -> None:
    refs = [spotify(f"s{number}") for number in range(5_200)]
    canons = work.links.ensure(refs)
    found = work.links.canons("spotify", "", (ref.track.id for ref in refs))
    assert len(found) == 5_200
    assert len(work.links.aliases(canons.values(), "spotify", "")) == 5_200


def test_nothing_is_asked_and_nothing_linked_for_nothing(work: Work) -> None:
    assert work.links.ensure([]) == {}
    assert work.links.link_all([], origin="auto") == {}
    assert work.links.canons("spotify", "", []) == {}
    assert work.links.aliases([], "spotify", "") == {}


_TRACKS = [make(str(number)) for make in (spotify, plex) for number in range(4)]


@settings(max_examples=20)
@given(st.lists(st.lists(st.tuples(st.sampled_from(_TRACKS), st.sampled_from(_TRACKS)), max_size=5), max_size=5))
def test_links_made_in_any_portions_are_those_made_one_by_one(portions: list[list[tuple[object, object]]]) -> None:
    with Database.memory() as database, database.begin() as work:
        for portion in portions:
            work.links.link_all([(a, b, 0.9) for a, b in portion], origin="auto")  # type: ignore[misc]
        at_once = work.links.ensure(_TRACKS)
    with Database.memory() as database, database.begin() as work:
        for a, b in (pair for portion in portions for pair in portion):
            work.links.link(a, b, origin="auto", score=0.9)  # type: ignore[arg-type]
        one_by_one = work.links.ensure(_TRACKS)
    assert _together(at_once) == _together(one_by_one)


def _together(canons: dict[tuple[str, str, TrackId], Canon]) -> set[frozenset[object]]:
    return {frozenset(key for key, other in canons.items() if other == canon) for canon in canons.values()}
