"""Numbers, lengths and foreign text as people read them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from musync.gui.text import reads_right_to_left
from musync.gui.words import fill, isolated, length, number, percent, plural, shown, took


def test_numbers_are_exact_and_grouped(qapp: QApplication) -> None:
    assert number(10_214) == "10,214"


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(None, ""), (0, "0:00"), (59_499, "0:59"), (208_000, "3:28"), (3_727_000, "1:02:07"), (36_000_000, "10:00:00")],
)
def test_lengths_are_clock_times(milliseconds: int | None, text: str) -> None:
    assert length(milliseconds) == text


def test_percent_is_rounded_down_so_that_a_hundred_means_certain(qapp: QApplication) -> None:
    assert [percent(share) for share in (0.999, 1.0, 0.29, 0.0)] == ["99 %", "100 %", "29 %", "0 %"]


def test_our_own_direction_marks_are_obeyed_in_a_sentence(qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert fill("Why %1", percent(0.92)) == "Why \u200e92 %\u200e"
        assert fill("Why %1", str(percent(0.92)) + "\u202e") == "Why \u2068‹200E›92 %‹200E›‹202E›\u2069"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_times_are_short(qapp: QApplication) -> None:
    assert [took(seconds) for seconds in (0.2, 51, 600)] == ["under 1 s", "51 s", "10 min"]


def test_plurals_carry_the_number(qapp: QApplication) -> None:
    assert plural(1, "%n track", "%n tracks") == "1 track"
    assert plural(1_200, "%n track", "%n tracks") == "1,200 tracks"


def test_control_and_direction_marks_are_shown(qapp: QApplication) -> None:
    assert shown("a\x1b[2Jb") == "a␛[2Jb"
    assert shown("a\u202eb") == "a‹202E›b"
    assert shown("two\nlines") == "two⏎lines"
    assert shown("x" * 5_000).endswith("…")
    assert len(shown("x" * 5_000)) < 500
    assert shown("👩\u200d🎤") == "👩\u200d🎤", "joiners belong to the sign"


def test_foreign_text_keeps_its_direction_inside_our_sentence(qapp: QApplication) -> None:
    assert isolated("Road") == "Road"
    assert isolated("كل الطرق") == "\u2068كل الطرق\u2069"
    assert fill("%2 of %1", 10_214, "Road") == "Road of 10,214"
    assert fill("100 % of %1", 3) == "100 % of 3"


def test_the_first_letter_decides_the_direction() -> None:
    assert reads_right_to_left("كل الطرق") is True
    assert reads_right_to_left("1. Road") is False
    assert reads_right_to_left("11 → 4") is None
