"""What nobody expected, and what could not be stored, is said calmly; everything else stays as it was."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel

from musync.domain.errors import DiskFull
from musync.gui import dialogs
from musync.gui.main import Trouble
from tests.gui.conftest import Hand


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    heard: list[str] = []

    def listen(dialog: dialogs.TroubleDialog) -> int:
        heard.extend(label.text() for label in dialog.findChildren(QLabel) if label.text())
        return 1

    monkeypatch.setattr(dialogs.TroubleDialog, "exec", listen)
    return heard


@pytest.mark.expects_log("An error nobody expected")
def test_an_error_nobody_expected_is_logged_and_said_without_a_traceback(hand: Hand, said: list[str]) -> None:
    try:
        {}["missing"]
    except KeyError:
        Trouble(hand.window)(*sys.exc_info())  # type: ignore[arg-type]
    assert said[0] == "Something went wrong inside musync"
    assert "Traceback" not in " ".join(said)
    assert hand.wizard.isVisible()


def test_an_answer_that_could_not_be_stored_is_said(hand: Hand, said: list[str]) -> None:
    def fail() -> None:
        raise DiskFull("There is no room left on the disk.", unchanged="Nothing was stored.")

    hand.window.desk.store(fail)
    hand.wait(lambda: said)
    assert said[0] == "There is no room left on the disk."
    hand.idle()


def test_ctrl_c_in_the_terminal_closes_the_window(hand: Hand) -> None:
    Trouble(hand.window)(KeyboardInterrupt, KeyboardInterrupt(), None)
    hand.wait(lambda: not hand.wizard.isVisible())
