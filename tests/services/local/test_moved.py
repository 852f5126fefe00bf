from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from musync.services.local.moved import Marked, pair_moved

files = st.builds(
    Marked,
    st.builds("{}/{}".format, st.sampled_from("abcd"), st.sampled_from(["1.mp3", "2.mp3", "3.mp3"])),
    st.integers(1, 2),
    st.sampled_from(["x", "y"]),
)
folders = st.lists(files, max_size=8, unique_by=lambda file: file.path)


def test_a_file_of_equal_size_and_tags_is_the_one_that_vanished() -> None:
    gone = [Marked("a/1.mp3", 10, "x"), Marked("a/2.mp3", 10, "y")]
    new = [Marked("b/9.mp3", 10, "x"), Marked("b/8.mp3", 11, "y")]
    assert pair_moved(gone, new) == {"a/1.mp3": "b/9.mp3"}


def test_copies_are_told_apart_by_their_names() -> None:
    gone = [Marked(f"a/{number}.mp3", 10, "x") for number in range(3)]
    new = [Marked(f"b/{number}.mp3", 10, "x") for number in (2, 0, 1)]
    assert pair_moved(gone, new) == {f"a/{number}.mp3": f"b/{number}.mp3" for number in range(3)}


def test_the_last_of_several_copies_is_what_is_left() -> None:
    gone = [Marked("a/1.mp3", 10, "x"), Marked("a/2.mp3", 10, "x")]
    new = [Marked("b/1.mp3", 10, "x"), Marked("b/other.mp3", 10, "x")]
    assert pair_moved(gone, new) == {"a/1.mp3": "b/1.mp3", "a/2.mp3": "b/other.mp3"}


def test_nothing_is_said_where_it_cannot_be_told() -> None:
    gone = [Marked("a/1.mp3", 10, "x"), Marked("a/2.mp3", 10, "x")]
    new = [Marked("b/3.mp3", 10, "x"), Marked("b/4.mp3", 10, "x")]
    assert pair_moved(gone, new) == {}


@given(folders, folders)
def test_each_file_is_paired_once_and_only_with_its_like(gone: list[Marked], new: list[Marked]) -> None:
    pairs = pair_moved(gone, new)
    assert len(set(pairs.values())) == len(pairs)
    marks = [{file.path: file[1:] for file in files} for files in (gone, new)]
    assert all(marks[0][old] == marks[1][present] for old, present in pairs.items())
