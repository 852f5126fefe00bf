"""Page 1: ways to begin, what cannot serve and why, links and files from anywhere on the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from musync.app.session import PickState
from musync.domain import Mode
from musync.gui.dialogs import NameDialog
from musync.gui.pages.column import SideColumn
from tests.gui.conftest import Hand


def column(hand: Hand, *, receiving: bool) -> SideColumn:
    columns = hand.pick.columns
    assert columns is not None
    return columns.side(receiving=receiving)


def picked(hand: Hand) -> PickState:
    state = hand.window.desk.session.states[0]
    assert isinstance(state, PickState)
    return state


def test_the_first_start_offers_three_ways_and_says_what_is_missing(hand: Hand) -> None:
    assert hand.pick.heading.startswith("Welcome")
    assert not hand.next_is_on
    assert hand.reason == "First choose something to take from"
    hand.click("footer.reason")
    assert hand.wizard.focusWidget() is hand.pick.first.sample


def test_the_sample_library_is_one_click_away_and_leaves_the_home_alone(hand: Hand) -> None:
    hand.click("first.sample")
    hand.wait(lambda: hand.window.desk.scratch)
    hand.idle()
    assert hand.next_is_on
    assert hand.window.desk.musync.home.root != hand.place / "home"
    hand.next()
    assert hand.review.model.ticked() > 0
    hand.back()
    hand.click("pick.leave")
    hand.wait(lambda: not hand.window.desk.scratch)
    hand.idle()
    assert hand.window.desk.musync.home.root == hand.place / "home"
    assert hand.pick.heading.startswith("Welcome")


def test_the_scratch_place_is_gone_when_the_window_is(hand: Hand) -> None:
    hand.click("first.sample")
    hand.wait(lambda: hand.window.desk.scratch)
    hand.idle()
    folder = hand.window.desk.musync.home.root
    assert folder.exists()
    hand.wizard.close()
    hand.wait(lambda: not hand.wizard.isVisible())
    assert not folder.exists()


def test_a_folder_of_music_becomes_an_account(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(hand.place / "sample" / "music")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: folder)
    hand.click("first.folder")
    hand.idle()
    target = column(hand, receiving=True)
    assert [side.title for side in target.model.sides] == ["Road"]
    assert hand.window.desk.musync.accounts.all()[0].settings["folder"] == folder


def test_a_folder_that_is_not_there_says_so_and_leads_back(hand: Hand) -> None:
    hand.pick.add_folder(hand.place / "nowhere")
    hand.idle()
    assert hand.pick.mood == "wrong"
    assert "no account was added" in hand.pick.message.text.casefold()
    hand.click("pick.back")
    assert hand.pick.mood == "content"


def test_a_file_that_is_not_there_says_so_below_the_list_and_keeps_what_was_typed(hand: Hand) -> None:
    hand.pick.open_address(str(hand.place / "nowhere.m3u8"))
    hand.idle()
    source = column(hand, receiving=False)
    assert "no file" in source.note.text()
    assert "--create" not in source.note.text()
    assert source.address.text() == str(hand.place / "nowhere.m3u8")
    assert picked(hand).source is None


def test_a_target_that_is_not_there_is_one_to_be_made(hand: Hand) -> None:
    path = hand.place / "new.xspf"
    hand.pick.open_address(str(path), receiving=True)
    hand.idle()
    target = picked(hand).target
    assert target is not None
    assert target.playlist is None
    assert not path.exists()
    assert "made when you write" in column(hand, receiving=True).model.shown(0).meta


def test_a_damaged_file_is_named_with_its_reason(hand: Hand) -> None:
    bad = hand.place / "bad.xspf"
    bad.write_text("<playlist><!DOCTYPE x [<!ENTITY a 'b'>]>", "utf-8")
    hand.pick.open_address(str(bad))
    hand.idle()
    said = column(hand, receiving=False).note.text()
    assert said
    assert "Traceback" not in said


def test_the_same_playlist_on_both_sides_keeps_next_off(hand: Hand) -> None:
    path = str(hand.place / "sample" / "Road trip.csv")
    hand.pick.open_address(path)
    hand.idle()
    hand.pick.open_address(path, receiving=True)
    hand.idle()
    assert not hand.next_is_on
    assert hand.reason == "Both sides are the same playlist"


def test_a_new_playlist_is_only_named_until_it_is_written(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    hand.choose_sample()
    monkeypatch.setattr(NameDialog, "exec", lambda self: (self.field.setText("Fresh"), 1)[1])
    hand.click("target.new")
    hand.idle()
    target = picked(hand).target
    assert target is not None
    assert (target.title, target.playlist) == ("Fresh", None)
    assert not (hand.place / "sample" / "music" / "Fresh.m3u8").exists()
    for _ in range(4):
        hand.next()
    assert (hand.place / "sample" / "music" / "Fresh.m3u8").exists()


def test_a_new_playlist_of_a_name_that_is_there_is_the_one_that_is_there(hand: Hand) -> None:
    hand.choose_sample()
    assert hand.pick.columns is not None
    hand.pick.columns.make_playlist("ROAD")
    hand.idle()
    target = picked(hand).target
    assert target is not None
    assert target.playlist is not None
    assert target.title == "Road"


def test_modes_and_options_reach_the_session(hand: Hand) -> None:
    hand.choose_sample(mode="mirror")
    assert picked(hand).policy.mode is Mode.MIRROR
    columns = hand.pick.columns
    assert columns is not None
    hand.click("pick.options")
    popover = columns.how.popover
    assert popover.isVisible()
    hand.click("option.foreign.remove")
    hand.click("option.duplicates.collapse-new")
    assert (picked(hand).policy.foreign, picked(hand).policy.duplicates) == ("remove", "collapse-new")
    hand.key(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()
    assert hand.wizard.isVisible()
    assert hand.wizard.focusWidget() is columns.how.options


def test_a_link_pasted_anywhere_goes_to_the_column_with_the_focus(hand: Hand) -> None:
    hand.choose_sample()
    path = str(hand.place / "sample" / "Late shift.xspf")
    QGuiApplication.clipboard().setText(path)
    column(hand, receiving=False).list.setFocus()
    hand.key(hand.pick, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hand.idle()
    source = picked(hand).source
    assert source is not None
    assert source.title == "Late shift"


def test_a_dropped_file_is_opened_where_it_is_dropped(hand: Hand) -> None:
    hand.choose_sample()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(hand.place / "sample" / "Late shift.xspf"))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(QPoint(20, 20)), action, data, button, Qt.KeyboardModifier.NoModifier)
    column(hand, receiving=False).dropEvent(event)
    hand.idle()
    source = picked(hand).source
    assert source is not None
    assert source.title == "Late shift"


def test_a_search_that_finds_nothing_names_what_is_close(hand: Hand) -> None:
    hand.choose_sample()
    target = column(hand, receiving=True)
    target.search.setText("raod")
    assert target.nothing.title == "No playlist contains “raod”"
    assert "Road" in target.nothing.text
    hand.click("pick.clear")
    assert target.search.text() == ""
    assert target.filtered.rowCount() == 1


def test_an_account_is_there_again_at_the_next_start(hand: Hand, tmp_path: Path) -> None:
    hand.choose_sample()
    hand.wizard.close()
    hand.wait(lambda: not hand.wizard.isVisible())
    hand.window.open_own()
    hand.wait(lambda: hand.window.desk.is_open)
    hand.idle()
    assert [account.service for account in hand.window.desk.musync.accounts.all()] == ["local"]
