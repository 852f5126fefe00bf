"""The whole way through the four pages, on a real music folder and a real exported playlist."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from musync.app.session import ConfirmState, DoneState, PickState, ReviewState
from musync.gui.footer import EXTRA, SECOND_EXTRA
from musync.gui.page import Page
from musync.gui.wizard import Wizard
from tests.gui.conftest import Flashes, Hand


def road(hand: Hand) -> list[str]:
    lines = (hand.place / "sample" / "music" / "Road.m3u8").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_a_csv_is_added_to_a_local_playlist_by_clicking_through_all_pages(hand: Hand, tmp_path: Path) -> None:
    before = road(hand)
    hand.choose_sample()
    assert hand.wizard.footer(Wizard.WizardButton.NextButton).text() == f"Compare 23 with {len(before)}"
    hand.next()
    added = hand.review.model.ticked("add")
    assert added > 5
    hand.next()
    assert hand.confirm.standing.ready
    hand.next()
    assert hand.forecast.standing.next_text == f"Write {added} changes"
    assert road(hand) == before, "nothing is written before the last page says so"
    hand.next()
    run = hand.run
    assert run.heading == "Done"
    assert len(road(hand)) == len(before) + added
    assert road(hand)[: len(before)] == before, "what was there stays where it was"
    for suffix in ("html", "csv", "json", "txt"):
        run.save_report(tmp_path / f"report.{suffix}")
        hand.idle()
        assert (tmp_path / f"report.{suffix}").stat().st_size > 100
    document = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert document["written"]["added"] == added
    assert document["counts"]["not_found"] == hand.run.finished.model.tally()["not_found"]


def test_no_part_is_shown_as_a_window_of_its_own(qapp: QApplication, unopened: Hand) -> None:
    flashes = Flashes(qapp)
    unopened.window.show()
    unopened.idle()
    unopened.choose_sample(mode="mirror")
    for _ in range(4):
        unopened.next()
    qapp.removeEventFilter(flashes)
    assert set(flashes.shown) == {"Wizard wizard"}


def test_a_second_run_has_nothing_to_write(hand: Hand) -> None:
    hand.choose_sample()
    for _ in range(4):
        hand.next()
    hand.click(hand.wizard.footer(EXTRA))
    hand.idle()
    review = hand.review
    assert review.model.ticked() == 0
    hand.next()
    hand.next()
    assert hand.forecast.mood == "wrong"
    assert hand.forecast.message.title == "Nothing to write"
    assert hand.reason == "Nothing to write"


def test_back_works_until_writing_starts_and_answers_stay(hand: Hand) -> None:
    hand.choose_sample()
    for _ in range(3):
        hand.next()
    session = hand.window.desk.session
    hand.back()
    assert isinstance(session.state, ConfirmState)
    hand.back()
    assert isinstance(session.state, ReviewState)
    hand.review.model.want_all(False)
    assert hand.review.model.ticked() == 0
    hand.back()
    assert isinstance(session.state, PickState)
    assert hand.next_is_on
    for _ in range(4):
        hand.next()
    assert isinstance(session.state, DoneState)
    assert not hand.wizard.footer(Wizard.WizardButton.BackButton).isVisible()


def test_a_step_of_the_rail_leads_back(hand: Hand) -> None:
    hand.choose_sample()
    hand.next()
    hand.next()
    hand.click("rail.step1")
    hand.idle()
    assert hand.wizard.page_shown is hand.pick
    assert isinstance(hand.window.desk.session.state, PickState)


def test_a_new_sync_begins_with_nothing_chosen(hand: Hand) -> None:
    hand.choose_sample()
    for _ in range(4):
        hand.next()
    hand.click(hand.wizard.footer(SECOND_EXTRA))
    hand.idle()
    assert hand.wizard.page_shown is hand.pick
    assert hand.reason == "First choose something to take from"


def test_a_new_playlist_file_is_made_when_writing_and_not_before(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    made = hand.place / "Copy.xspf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_options: (str(made), ""))
    hand.pick.open_address(str(hand.place / "sample" / "Road trip.csv"))
    hand.idle()
    hand.click("target.new")
    hand.idle()
    for _ in range(3):
        hand.next()
    assert not made.exists()
    hand.next()
    assert made.exists()
    assert hand.run.heading == "Done"


def into_a_new_list(hand: Hand, name: str = "Fresh") -> Path:
    """The exported playlist into one of the library that is yet to be made; gives its file."""
    hand.choose_sample()
    assert hand.pick.columns is not None
    hand.pick.columns.make_playlist(name)
    hand.idle()
    return hand.place / "sample" / "music" / f"{name}.m3u8"


def test_a_new_playlist_is_made_with_its_tracks_and_the_forecast_says_so(hand: Hand) -> None:
    made = into_a_new_list(hand)
    for _ in range(3):
        hand.next()
    page = hand.forecast
    count = page.state.plan.writes["added"]
    tasks = page._in_order(page.state)
    assert [task.title for task in tasks] == [
        "Look whether there is still no Fresh",
        "Make Fresh",
        "Read Fresh and compare",
    ]
    assert tasks[1].note.startswith(f"with {count} tracks from the first moment")
    assert page.standing.next_text == f"Write {count} changes"
    assert not made.exists()
    hand.next()
    assert hand.run.heading == "Done"
    lines = made.read_text("utf-8").splitlines()
    assert sum(not line.startswith("#") for line in lines) == count


def test_a_new_playlist_is_not_made_of_nothing(hand: Hand) -> None:
    made = into_a_new_list(hand)
    hand.next()
    hand.review.model.want_all(False)
    hand.next()
    hand.next()
    assert hand.forecast.mood == "wrong"
    assert "Fresh is not made without any" in hand.forecast.message.text
    assert hand.reason == "Nothing to write"
    assert not made.exists()


def test_a_new_playlist_of_which_nothing_is_taken_is_not_made_and_it_is_said(hand: Hand) -> None:
    made = into_a_new_list(hand)
    for _ in range(3):
        hand.next()
    for name in {track.id for track in hand.forecast.state.plan.steps[0].tracks}:
        (made.parent / name).unlink()
    hand.next()
    run = hand.run
    assert (run.heading, run.finished.accessibleName()) == ("Nothing was made", "Fresh was not made")
    assert run.finished.model.tally()["failed"] == run.live.figures[1]
    assert not made.exists()


def test_a_new_playlist_that_somebody_made_meanwhile_is_brought_up_to_date(hand: Hand) -> None:
    made = into_a_new_list(hand)
    for _ in range(3):
        hand.next()
    theirs = "".join(f"{line}\n" for line in road(hand))
    made.write_text(theirs, "utf-8")
    hand.next()
    assert hand.run.mood == "wrong"
    assert "is there by now" in hand.run.message.title
    assert made.read_text("utf-8") == theirs
    hand.click("run.compare")
    hand.idle()
    assert hand.review.model.ticked("add") > 0
    for _ in range(3):
        hand.next()
    assert hand.run.heading == "Done"
    assert made.read_text("utf-8").startswith(theirs.rstrip("\n"))
    assert len(list(made.parent.glob("Fresh*"))) == 1


def test_a_mirror_moves_and_says_in_which_order_the_list_stands(hand: Hand) -> None:
    hand.choose_sample(mode="mirror")
    for _ in range(4):
        hand.next()
    assert "in the order of Road trip" in hand.run.finished.accessibleName()
    assert "1 moved" in hand.run.finished.accessibleDescription()


def test_a_list_that_changed_since_the_comparison_is_not_written(hand: Hand) -> None:
    hand.choose_sample()
    for _ in range(3):
        hand.next()
    path = hand.place / "sample" / "music" / "Road.m3u8"
    kept = "\n".join(path.read_text("utf-8").splitlines()[:-2]) + "\n"
    path.write_text(kept, "utf-8")
    hand.next()
    assert hand.run.mood == "wrong"
    assert "changed since the comparison" in hand.run.message.title
    assert path.read_text("utf-8") == kept
    hand.click("run.compare")
    hand.idle()
    assert hand.review.mood == "content"


def test_the_end_says_that_the_path_of_a_moved_file_was_put_right(hand: Hand) -> None:
    hand.choose_sample()
    hand.next()
    hand.back()
    music = hand.place / "sample" / "music"
    (music / road(hand)[0]).rename(music / "moved away.flac")
    for _ in range(4):
        hand.next()
    assert road(hand)[0] == "moved away.flac"
    assert "1 path of a moved file put right" in hand.run.finished.accessibleDescription()


def test_the_whole_way_goes_by_keyboard_alone(hand: Hand) -> None:
    hand.choose_sample()
    forward, none = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
    assert hand.pick.columns is not None
    hand.pick.columns.side(receiving=False).list.setFocus()
    hand.key(hand.wizard, Qt.Key.Key_Right, forward)
    hand.idle()
    review = hand.review
    review.table.setFocus()
    hand.key(review.table, Qt.Key.Key_F7)
    before = review.model.ticked()
    hand.key(review.table, Qt.Key.Key_Space, none)
    assert abs(review.model.ticked() - before) == 1
    hand.key(review.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hand.idle()
    confirm = hand.confirm
    confirm.queue.setFocus()
    waiting = confirm.state.open
    hand.key(confirm.queue, Qt.Key.Key_S)
    assert confirm.state.open == waiting - 1
    hand.key(confirm.queue, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert confirm.state.open == waiting
    hand.key(confirm.queue, Qt.Key.Key_Right, forward)
    hand.idle()
    hand.key(hand.forecast, Qt.Key.Key_Left, forward)
    hand.idle()
    hand.key(hand.confirm.queue, Qt.Key.Key_Right, forward)
    hand.idle()
    hand.key(hand.forecast, Qt.Key.Key_Right, forward)
    hand.idle()
    assert hand.run.heading == "Done"


def test_every_page_says_what_next_does(hand: Hand) -> None:
    hand.choose_sample()
    said = []
    for _ in range(4):
        page = hand.page(Page)
        said.append(page.standing.next_text)
        hand.next()
    figures = [[int(word) for word in text.split() if word.isdigit()] for text in said]
    assert [text.split()[0] for text in said] == ["Compare", "Next:", "Next:", "Write"]
    assert figures[0] == [23, 9]
    assert figures[2] == figures[3]


def test_the_fourth_page_can_be_left_while_its_plan_is_made(hand: Hand) -> None:
    hand.choose_sample()
    hand.next()
    hand.next()
    hand.wizard.next()
    assert hand.forecast.mood == "busy"
    assert not hand.forecast.isComplete()
    assert hand.reason == "The plan is being made"
    hand.wizard.back()
    hand.idle()
    assert isinstance(hand.window.desk.session.state, ConfirmState)
    assert hand.confirm.mood == "content"
    hand.next()
    assert hand.forecast.standing.ready
