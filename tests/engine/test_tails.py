from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from musync.engine.tails import TailIndex

LIBRARY = [
    "Anna/Road/01 - Home.flac",
    "Anna/Live/01 - Home.flac",
    "Bert/Road/01 - Home.flac",
    "Bert/Road/02 - Away.flac",
    "Ünal/Größe/Lied.mp3",
    "single.ogg",
]


def test_the_longest_common_tail_wins() -> None:
    index = TailIndex(LIBRARY)
    assert index.find("/volume1/music/Anna/Live/01 - Home.flac") == "Anna/Live/01 - Home.flac"
    assert index.find("/volume1/music/Bert/Road/01 - Home.flac") == "Bert/Road/01 - Home.flac"


def test_backslashes_drives_and_case_do_not_matter() -> None:
    assert TailIndex(LIBRARY).find(r"D:\MUSIC\ANNA\ROAD\01 - HOME.FLAC") == "Anna/Road/01 - Home.flac"
    assert TailIndex([r"Anna\Road\x.mp3"]).find("anna/road/X.mp3") == r"Anna\Road\x.mp3"


def test_accents_as_two_characters_are_the_same_name() -> None:
    decomposed = unicodedata.normalize("NFD", "/x/Ünal/GRÖSSE/lied.mp3")
    assert TailIndex(LIBRARY).find(decomposed) == "Ünal/Größe/Lied.mp3"


def test_a_tie_is_nobodys() -> None:
    assert TailIndex(LIBRARY).find("/elsewhere/Road/01 - Home.flac") is None
    assert TailIndex(LIBRARY).find("01 - Home.flac") is None


def test_the_file_name_alone_is_enough_when_only_one_file_has_it() -> None:
    assert TailIndex(LIBRARY).find("/elsewhere/other/02 - away.flac") == "Bert/Road/02 - Away.flac"


def test_the_file_name_must_be_equal() -> None:
    index = TailIndex(LIBRARY)
    assert index.find("Bert/Road/03 - Away.flac") is None
    assert index.find("Away.flac") is None
    assert index.find("") is None
    assert index.find("/") is None


def test_a_path_given_twice_is_one_path() -> None:
    assert TailIndex(["a/x.mp3", "a/x.mp3"]).find("/b/x.mp3") == "a/x.mp3"


def test_the_whole_location_is_never_in_doubt() -> None:
    assert TailIndex(["x.mp3", "a/x.mp3"]).find("x.mp3") == "x.mp3"
    assert TailIndex(["A/x.mp3", "a/x.mp3"]).find("a/x.mp3") == "a/x.mp3"
    assert TailIndex(["A/x.mp3", "a/x.mp3"]).find("B/a/x.mp3") is None


def test_no_paths_find_nothing() -> None:
    assert TailIndex([]).find("a/x.mp3") is None


NAMES = st.sampled_from(["a", "A", "b", "ä", "c"])
PATHS = st.lists(st.lists(NAMES, min_size=1, max_size=4).map("/".join), max_size=8)


def tail(one: str, other: str) -> int:
    count = 0
    for a, b in zip(reversed(one.lower().split("/")), reversed(other.lower().split("/")), strict=False):
        if a != b:
            break
        count += 1
    return count


@given(PATHS, st.lists(NAMES, min_size=1, max_size=5).map("/".join))
def test_no_path_shares_more_than_the_one_found(paths: list[str], location: str) -> None:
    found = TailIndex(paths).find(location)
    lengths = {path: tail(path, location) for path in paths}
    best = max(lengths.values(), default=0)
    if found is not None:
        assert lengths[found] == best > 0
    elif best:
        assert sum(length == best for length in lengths.values()) > 1
