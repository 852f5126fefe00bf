"""Which versions are preferred: chosen on page 1, said on the pages that follow, seen where something stands in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from musync.app.session import PickState
from musync.domain import Action, Preference
from musync.gui.pages.version_options import VersionOptions
from musync.gui.versions import choices, preferred, preferred_line, sureness, titles
from musync.gui.widgets.choices import Radio
from tests.gui.conftest import Hand

LIVE = "Seven Sisters Road (Live at the Ferry Hall)"


def preference(hand: Hand) -> Preference:
    state = hand.window.desk.session.states[0]
    assert isinstance(state, PickState)
    return state.policy.preference


def options(hand: Hand) -> VersionOptions:
    columns = hand.pick.columns
    assert columns is not None
    if not columns.how.popover.isVisible():
        hand.click("pick.options")
    return columns.how.popover.versions


def said(part: QWidget) -> str:
    return " ".join(line.text() for line in part.findChildren(QLabel))


def choose_live(hand: Hand) -> None:
    """A list that wants a live recording, of which the library has the studio version only."""
    hand.choose_sample()
    wanted = hand.place / "wanted.txt"
    wanted.write_text(f"Kit Marsh - {LIVE}\n", "utf-8")
    hand.pick.open_address(str(wanted))
    hand.idle()


def test_each_choice_says_what_it_does_and_reaches_the_session(hand: Hand) -> None:
    hand.choose_sample()
    versions = options(hand)
    for part, title in titles().items():
        for choice in choices(part):
            radio = hand.find(f"option.{part}.{choice.word}", Radio)
            hand.click(radio)
            assert getattr(preference(hand), part) == choice.word
            assert radio.accessibleName() == f"{title}: {choice.name}"
            assert radio.accessibleDescription() == choice.does
            assert choice.does in said(versions)
    assert preference(hand) == Preference(prefer="best", explicit="explicit", live="live")


def test_the_arrow_keys_choose(hand: Hand) -> None:
    hand.choose_sample()
    options(hand)
    radio = hand.find("option.prefer.same", Radio)
    radio.setFocus()
    hand.key(radio, Qt.Key.Key_Right)
    assert preference(hand).prefer == "best"
    hand.key(hand.find("option.prefer.best", Radio), Qt.Key.Key_Left)
    assert preference(hand).prefer == "same"


def test_no_choice_moves_what_stands_below(hand: Hand) -> None:
    hand.choose_sample()
    versions = options(hand)
    before = [radio.pos() for radio in versions.findChildren(Radio)]
    for part in titles():
        for choice in choices(part):
            hand.click(f"option.{part}.{choice.word}")
            assert [radio.pos() for radio in versions.findChildren(Radio)] == before


def test_what_is_preferred_stands_on_every_page_and_the_usual_on_none(hand: Hand) -> None:
    choose_live(hand)
    options(hand)
    hand.click("option.prefer.best")
    columns = hand.pick.columns
    assert columns is not None
    hand.key(columns.how.popover, Qt.Key.Key_Escape)
    assert "best effort" in said(columns.how)
    hand.next()
    assert hand.review.accessibleDescription().endswith("Preferred: best effort.")
    hand.next()
    hand.next()
    assert hand.forecast.accessibleDescription().endswith("Preferred: best effort.")
    hand.back()
    hand.back()
    hand.back()
    options(hand)
    hand.click("option.prefer.same")
    assert "best effort" not in said(columns.how)
    hand.key(columns.how.popover, Qt.Key.Key_Escape)
    hand.next()
    assert "Preferred" not in hand.review.accessibleDescription()


def test_another_version_is_shown_as_one(hand: Hand) -> None:
    choose_live(hand)
    options(hand)
    hand.click("option.prefer.best")
    columns = hand.pick.columns
    assert columns is not None
    hand.key(columns.how.popover, Qt.Key.Key_Escape)
    hand.next()
    page = hand.review
    row = next(row for row in page.state.review.shown.rows if row.action is Action.ADD)
    page.body.details.show_row(row, ("file", "local"), "→")
    assert "Another version" in said(page.body.details)
    assert "Preferred best effort: studio version" in said(page.body.details)
    hand.next()
    (question,) = hand.confirm.state.questions
    assert question.group == "effort"
    assert hand.confirm.accessibleDescription().startswith("1 is another version.")
    assert sureness(question.match.candidates[0])[1] == "best effort"
    spoken = hand.confirm.model.data(
        hand.confirm.model.index_of(question.match.wanted.id), Qt.ItemDataRole.AccessibleTextRole
    )
    assert "best effort" in str(spoken)
    assert "%" not in str(spoken)


def test_a_setting_is_where_page_1_begins(hand: Hand) -> None:
    hand.idle()
    hand.window.desk.musync.settings.set("live", "studio")
    hand.window.open_own()
    hand.idle()
    hand.choose_sample()
    assert preference(hand) == Preference(live="studio")
    assert hand.find("option.live.studio", Radio).isChecked()


def test_what_is_preferred_in_words() -> None:
    usual = Preference()
    assert (preferred(usual), preferred_line(usual)) == ([], "")
    both = replace(usual, prefer="exact", live="studio")
    assert preferred_line(both) == "Preferred: the very release, studio."
