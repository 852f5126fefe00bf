from __future__ import annotations

from dataclasses import replace

import pytest

from musync.domain import BaseItem, DecisionKind, EntryId, Mode, Pair, SideKey
from musync.domain.errors import UsageError
from musync.store import Work
from tests.store.values import SOURCE, TARGET, a_pair, a_run, said, spotify


def test_a_pair_is_made_once_for_two_sides_and_a_mode(work: Work) -> None:
    assert work.pairs.find(SOURCE, TARGET, Mode.ADD) is None
    made = work.pairs.ensure(SOURCE, TARGET, Mode.ADD)
    assert made == Pair(id=made.id, source=SOURCE, target=TARGET, mode=Mode.ADD)
    assert work.pairs.ensure(SOURCE, TARGET, Mode.ADD) == made
    assert work.pairs.find(SOURCE, TARGET, Mode.ADD) == made
    assert work.pairs.get(made.id) == made
    assert work.pairs.all() == (made,)


def test_another_mode_or_direction_is_another_pair(work: Work) -> None:
    made = {
        work.pairs.ensure(SOURCE, TARGET, Mode.ADD).id,
        work.pairs.ensure(SOURCE, TARGET, Mode.MIRROR).id,
        work.pairs.ensure(TARGET, SOURCE, Mode.ADD).id,
    }
    assert len(made) == 3
    assert {pair.id for pair in work.pairs.all()} == made


def test_a_pair_that_is_not_there_is_none(work: Work) -> None:
    assert work.pairs.get(7) is None
    assert work.pairs.named("road") is None


def test_a_pair_is_saved_under_a_name_and_keeps_its_options(work: Work) -> None:
    pair = work.pairs.ensure(SOURCE, TARGET, Mode.ADD)
    saved = replace(pair, name="Road", state="paused", options={"top": "yes"})
    work.pairs.update(saved)
    assert work.pairs.named("ROAD") == saved
    assert work.pairs.ensure(SOURCE, TARGET, Mode.ADD) == saved
    work.pairs.update(pair)
    assert work.pairs.named("Road") is None


def test_two_saved_pairs_have_two_names(work: Work) -> None:
    work.pairs.update(replace(work.pairs.ensure(SOURCE, TARGET, Mode.ADD), name="Road"))
    other = work.pairs.ensure(SOURCE, TARGET, Mode.MIRROR)
    with pytest.raises(UsageError) as caught:
        work.pairs.update(replace(other, name="road"))
    assert caught.value.case == "pair-name-taken"


def test_a_pair_has_no_base_before_its_first_run(work: Work) -> None:
    assert work.pairs.base(a_pair(work)) == ()


def test_the_base_is_an_ordered_list_with_copies_and_replaces_the_last_one(work: Work) -> None:
    pair, other = a_pair(work, "one"), a_pair(work, "two")
    one, two = work.links.ensure([spotify("s1"), spotify("s2")]).values()
    base = (
        BaseItem(canon=two, source_entry=EntryId("s2"), target_entry=EntryId("9")),
        BaseItem(canon=one),
        BaseItem(canon=two, source_entry=EntryId("s2#2")),
    )
    work.pairs.save_base(other, [BaseItem(canon=one)])
    work.pairs.save_base(pair, base)
    assert work.pairs.base(pair) == base
    work.pairs.save_base(pair, base[1:])
    assert work.pairs.base(pair) == base[1:]
    work.pairs.save_base(pair, ())
    assert work.pairs.base(pair) == ()
    assert work.pairs.base(other) == (BaseItem(canon=one),)


def test_a_pair_whose_target_is_made_keeps_its_answers(work: Work) -> None:
    pending = work.pairs.ensure(SOURCE, SideKey.unmade("plex", "home", "Road"), Mode.ADD)
    never = work.decisions.remember(said(DecisionKind.SKIP, spotify("s1"), pair=pending.id))
    made = work.pairs.made(pending, TARGET)
    assert made == replace(pending, target=TARGET)
    assert work.pairs.all() == (made,)
    assert work.pairs.find(SOURCE, TARGET, Mode.ADD) == made
    assert work.decisions.applying(made.id, "plex", "server-1") == (never,)


def test_a_playlist_made_under_an_id_that_was_once_in_use_begins_anew(work: Work) -> None:
    older = work.pairs.ensure(SOURCE, TARGET, Mode.ADD)
    (canon,) = work.links.ensure([spotify("s1")]).values()
    work.pairs.save_base(older.id, [BaseItem(canon=canon)])
    work.decisions.remember(said(DecisionKind.SKIP, spotify("s1"), pair=older.id))
    kept = work.decisions.remember(said(DecisionKind.SKIP, spotify("s2"), pair=older.id))
    pending = work.pairs.ensure(SOURCE, SideKey.unmade("plex", "home", "Road"), Mode.ADD)
    pending = replace(pending, options={"prefer": "exact"})
    again = work.decisions.remember(said(DecisionKind.SKIP, spotify("s1"), pair=pending.id, at=2.0))
    run = a_run(work, pair=pending.id)
    taken = replace(older, options=pending.options)
    assert work.pairs.made(pending, TARGET) == taken
    assert work.pairs.all() == (taken,)
    assert work.pairs.base(older.id) == ()
    assert work.decisions.all() == (replace(again, pair=older.id), kept)
    assert [one.id for one in work.runs.all(pair=older.id)] == [run.id]


def test_titles_that_differ_in_capitals_alone_mean_the_same_playlist_that_is_yet_to_be_made() -> None:
    key = SideKey.unmade("plex", "home", "Cafe\u0301 Songs ")
    assert key == SideKey.unmade("plex", "home", "CAFÉ songs")
    assert (key.made, TARGET.made) == (False, True)
