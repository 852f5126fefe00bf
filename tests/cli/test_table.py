"""Tables: as wide as their content, at most as wide as the terminal, nothing lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from musync.cli.table import Column, cells, drawn, wrap

TITLES = (Column("No", "right", fixed=True), Column("Title"), Column("Artists"))


def test_what_fits_takes_no_more_room_than_it_needs() -> None:
    lines = list(drawn(TITLES, [("1", "Amber", "The Ambers"), ("12", "夜の自動販売機", "三日月")], 80))
    assert lines == [
        "No  Title           Artists",
        " 1  Amber           The Ambers",
        "12  夜の自動販売機  三日月",
    ]


def test_long_cells_go_on_in_the_next_line_between_words() -> None:
    assert list(drawn((Column(""), Column("")), [("a", "one two three four")], 13)) == [
        "a  one two",
        "   three four",
    ]


def test_the_heading_is_bold_where_that_is_seen() -> None:
    assert next(drawn(TITLES, [], 80, bold=True)).startswith("\x1b[1m")


words = st.text(st.characters(exclude_categories=["C", "Z", "M"]), max_size=40)
rows = st.lists(st.tuples(st.integers(0, 999).map(str), words, words), max_size=5)


@settings(max_examples=40)
@given(rows=rows, width=st.integers(40, 120))
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(rows: list[tuple[str, ...]], width: int) -> None:
    lines = list(drawn(TITLES, rows, width))
    assert all(cells(line) <= width for line in lines)
    wanted = sorted("".join("".join(row) for row in rows).replace(" ", "") + "NoTitleArtists")
    assert sorted("".join(lines).replace(" ", "")) == wanted


@settings(max_examples=60)
@given(text=st.lists(words, max_size=8).map(" ".join), width=st.integers(2, 30))
def test_wrapping_loses_no_word(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
