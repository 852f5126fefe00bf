from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musync.domain import Track
from musync.engine.candidates import CatalogueIndex, Profiles
from musync.engine.hashing import hashes
from musync.engine.index_arrays import IndexArrays, Part
from musync.engine.profile import profile
from musync.engine.text import romanised, romanised_all
from musync.testing.lists import track

WORDS = ("glass", "tide", "雨", "сон", "live", "(live)", "pt. 2", "é", "ガラス", "of", "the", "7", "ab")
ARTISTS = ("Kit Marsh", "Öl", "三日月ラジオ", "Кино", "Harbour Lights Choir", "")

titles = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
some_tracks = st.lists(
    st.builds(
        track,
        titles,
        st.sampled_from(ARTISTS),
        id=st.uuids().map(str),
        duration_ms=st.sampled_from((None, 0, 180_000, 181_500)),
    ),
    max_size=12,
)


def arrays_of(tracks: Sequence[Track], *, at_once: int = 5) -> IndexArrays:
    made = [profile(one) for one in tracks]
    return IndexArrays.of([Part.of(made[start : start + at_once]) for start in range(0, len(made), at_once)])


def same(one: IndexArrays, other: IndexArrays) -> bool:
    pairs = [
        *zip(one.postings, other.postings, strict=True),
        *zip(one.rows[2:], other.rows[2:], strict=True),
        *zip(one.rows.texts, other.rows.texts, strict=True),
        *zip(one.rows.words, other.rows.words, strict=True),
    ]
    return all(np.array_equal(a, b, equal_nan=a.dtype.kind == "f") and a.dtype == b.dtype for a, b in pairs)


def library() -> list[Track]:
    chance = random.Random(3)
    words = ["".join(chance.choices("aeiklmnorst", k=chance.randint(2, 8))) for _ in range(300)]
    return [
        track(
            " ".join(chance.choices(words, k=chance.randint(1, 4))).title(),
            " ".join(chance.choices(words, k=2)),
            id=f"t{place}",
            duration_ms=chance.randint(100, 300) * 1000,
        )
        for place in range(400)
    ]


def test_a_hash_is_the_same_in_every_process() -> None:
    code = "from musync.engine.hashing import hashes; print(*hashes(['', 'a', '夜', '\\ud800'], 3))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [int(number) for number in told] == hashes(["", "a", "夜", "\ud800"], 3).tolist()
    assert hashes(["a"], 3).tolist() == [11588283420071116605]


@given(st.lists(st.text(), unique=True))
def test_different_texts_have_different_hashes_whatever_stands_beside_them(texts: list[str]) -> None:
    found = hashes(texts, 0).tolist()
    assert len(set(found)) == len(texts)
    assert found == [hashes([text], 0).tolist()[0] for text in texts]
    assert set(found).isdisjoint(hashes(texts, 1).tolist())


def test_only_the_beginning_of_an_endless_text_counts() -> None:
    assert len(set(hashes(["a" * 5_000, "a" * 100_000, "a" * 100], 0).tolist())) == 2


@given(st.lists(st.text(alphabet="aeouyljcxкино雨ガ", max_size=8)))
def test_many_texts_are_romanised_as_one_by_one(texts: list[str]) -> None:
    assert romanised_all(texts) == [romanised(text) for text in texts]


@given(some_tracks)
def test_an_index_made_in_parts_equals_one_made_at_once(tracks: list[Track]) -> None:
    assert same(arrays_of(tracks, at_once=1), arrays_of(tracks, at_once=100))


@settings(deadline=None)
@given(some_tracks, some_tracks, st.randoms(use_true_random=False))
def test_an_index_brought_up_to_date_equals_one_made_anew(
    before: list[Track], new: list[Track], chance: random.Random
) -> None:
    kept = np.array([chance.random() < 0.6 for _ in before], np.bool_)
    stay = [one for one, stays in zip(before, kept, strict=True) if stays]
    merged = arrays_of(before).merged(kept, arrays_of(new))
    assert same(merged, arrays_of([*stay, *new]))


def test_every_track_is_found_by_its_title_and_by_a_slip_of_it() -> None:
    there = library()
    index = CatalogueIndex(there)
    made = [profile(one) for one in there]
    assert all(place in found for place, found in enumerate(index.equal_many(made)))
    slips = [profile(track(one.title[:-1], *one.artists, duration_ms=one.duration_ms)) for one in there]
    assert all(place in found for place, found in enumerate(index.near_many(slips, 12)))


def test_searching_together_finds_what_searching_one_by_one_does() -> None:
    index = CatalogueIndex(library())
    made = [profile(one) for one in library()[:150]]
    assert index.near_many(made, 5) == [index.near(one, 5) for one in made]
    assert index.equal_many(made) == [index.equal(one) for one in made]


def test_the_order_of_a_large_catalogue_does_not_change_what_is_found() -> None:
    there = [*library(), *(track("Intro", f"Somebody {number}", id=f"i{number}") for number in range(300))]
    wanted = [profile(track("Intro", "Nobody")), *(profile(one) for one in there[:50])]

    def found(tracks: list[Track]) -> list[set[str]]:
        index = CatalogueIndex(tracks)
        both = zip(index.equal_many(wanted), index.near_many(wanted, 6), strict=True)
        return [{tracks[place].id for place in (*equal, *near)} for equal, near in both]

    usual = found(there)
    random.Random(1).shuffle(there)
    assert found(there) == usual


def test_only_tracks_that_are_compared_are_read() -> None:
    class Slow(list[Track]):
        read = 0

        def __getitem__(self, place):  # type: ignore[no-untyped-def]
            self.read += 1
            return super().__getitem__(place)

    there = library()
    stored = Slow(there)
    index = CatalogueIndex(stored, arrays_of(there))
    (place,) = [place for place in index.near(profile(there[7]), 12) if place == 7]
    assert stored.read == 0
    assert index.profiles[place].track is index.profiles[place].track is there[7]
    assert stored.read == 1


def test_profiles_are_kept_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Profiles, "MOST", 3)
    profiles = Profiles(library())
    first = profiles[0]
    assert profiles[0] is first
    for place in range(1, 4):
        profiles[place]
    assert profiles[0] is not first


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        (track("Sayonara no Imi", "Nogizaka46"), track("サヨナラの意味", "乃木坂46")),
        (track("サヨナラの意味", "乃木坂46"), track("Sayonara no Imi", "Nogizaka46")),
        (track("千本桜", "黒うさP"), track("Senbonzakura", "Kurousa-P")),
        (track("Gruppa krovi", "Kino"), track("Группа крови", "Кино")),
    ],
)
def test_a_title_in_another_script_is_found_by_its_sound(wanted: Track, there: Track) -> None:
    others = [track(f"{title} {number}", "Anna") for number in range(200) for title in ("夜の歌", "A Song", "Песня")]
    index = CatalogueIndex([*others, there])
    assert len(others) in index.near_many([profile(wanted)], 12)[0]
