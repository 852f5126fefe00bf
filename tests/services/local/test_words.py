from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from musync.services.local import words

TRACKS = {
    1: "Rain Ann Wet",
    2: "Rain (Remastered 2011) Bo Wet",
    3: "Été à Nîmes Cy",
    4: "夜に駆ける YOASOBI",
    5: "100% Snow! Ann_Marie",
    6: "Ёлка в снегу",
}


@pytest.fixture(params=[True, False], ids=["indexed", "plain"])
def table(request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        words.create_table(connection, indexed=request.param)
        for row, text in TRACKS.items():
            words.store(connection, row, text)
        yield connection


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("rain", {1, 2}),
        ("RAIN ann", {1}),
        ("rai wet", {1, 2}),
        ("ete nimes", {3}),
        ("駆ける", {4}),
        ("夜", {4}),
        ("елка", {6}),
        ("marie snow 100", {5}),
        ("bo rain karaoke", {1, 2}),
        ("xqz", set()),
        ("", set()),
        ("%", set()),
        ('"', set()),
        ('rain" OR "snow', {1, 2, 5}),
        ("rain*", {1, 2}),
    ],
)
def test_words_find_what_has_them(table: sqlite3.Connection, text: str, rows: set[int]) -> None:
    assert set(words.find(table, text, 10)) == rows


def test_no_more_is_found_than_was_asked_for(table: sqlite3.Connection) -> None:
    assert len(words.find(table, "rain", 1)) == 1
    assert words.find(table, "rain", 0) == []


def test_what_has_some_of_the_words_can_be_left_out(table: sqlite3.Connection) -> None:
    assert words.find(table, "rain ann", 10, every=True) == [1]
    assert words.find(table, "rain karaoke", 10, every=True) == []


def test_words_can_be_replaced_and_forgotten(table: sqlite3.Connection) -> None:
    words.store(table, 1, "Hail")
    words.forget(table, 2)
    assert words.find(table, "rain", 10) == []
    assert words.find(table, "hail", 10) == [1]
