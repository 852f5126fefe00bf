"""Page 2: chips, search, ticks, pairs by hand, the stop, and what it does in a small window."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from musync.app.session import ReviewState
from musync.domain import Mode, Place
from musync.gui.footer import EXTRA
from musync.gui.models.diff_lines import Column
from musync.gui.page import Page
from musync.gui.pages.review import ReviewPage
from tests.gui.conftest import Hand


def opened(hand: Hand, *, mode: str = "add") -> ReviewPage:
    hand.choose_sample(mode=mode)
    hand.next()
    return hand.review


def lines(page: ReviewPage, state: str) -> list[int]:
    return [line for line in range(page.model.rowCount()) if page.model.state_at(line) == state]


def test_a_chip_shows_only_its_rows_and_all_shows_all(hand: Hand) -> None:
    page = opened(hand)
    whole, adds = page.model.rowCount(), page.model.tally()["add"]
    hand.click("review.chips.add")
    assert page.model.rowCount() == adds
    hand.click("review.chips.all")
    assert page.model.rowCount() == whole


def test_ctrl_adds_a_chip_to_the_others(hand: Hand) -> None:
    page = opened(hand)
    tally = page.model.tally()
    hand.click("review.chips.add")
    chip = page.chips.findChild(type(page.chips._chips[0]), "review.chips.both")
    hand.bot.mouseClick(chip, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier)
    assert page.model.rowCount() == tally["add"] + tally["both"]


def test_the_search_looks_in_both_lists(hand: Hand) -> None:
    page = opened(hand)
    hand.key(page.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert hand.wizard.focusWidget() is page.tools.search
    hand.bot.keyClicks(page.tools.search, "cold coffee")
    assert 0 < page.model.rowCount() < 6
    page.tools.search.setText("paper crown")
    assert [page.model.state_at(line) for line in range(page.model.rowCount())] == ["only_there"]


def test_only_differences_leaves_out_what_is_the_same_or_stays(hand: Hand) -> None:
    page = opened(hand)
    hand.click("review.only")
    states = {page.model.state_at(line) for line in range(page.model.rowCount())}
    assert states
    assert not states & {"both", "only_there"}


def test_f7_goes_from_difference_to_difference_and_round(hand: Hand) -> None:
    page = opened(hand)
    first = page.table.currentIndex().row()
    seen = {first}
    for _ in range(page.model.rowCount()):
        hand.key(page.table, Qt.Key.Key_F7)
        seen.add(page.table.currentIndex().row())
    assert seen == {
        line for line in range(page.model.rowCount()) if page.model.state_at(line) not in ("both", "only_there")
    }
    hand.key(page.table, Qt.Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)


def test_space_ticks_all_selected_rows(hand: Hand) -> None:
    page = opened(hand)
    before = page.model.ticked()
    page.table.clearSelection()
    adds = lines(page, "add")[:3]
    page.table.selectRow(adds[0])
    for line in adds[1:]:
        page.table.selectionModel().select(
            page.model.index(line, 0),
            page.table.selectionModel().SelectionFlag.Select | page.table.selectionModel().SelectionFlag.Rows,
        )
    hand.key(page.table, Qt.Key.Key_Space)
    assert page.model.ticked() == before - 3
    assert page.model.line(adds[0]).ghost == "left out by you"
    hand.key(page.table, Qt.Key.Key_Space)
    assert page.model.ticked() == before


def test_a_click_on_the_box_ticks_and_leaves_the_selection(hand: Hand) -> None:
    page = opened(hand)
    line = lines(page, "add")[1]
    before = page.table.currentIndex().row()
    place = page.table.visualRect(page.model.index(line, Column.TICK)).center()
    hand.bot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.model.tick(line) == "off"
    assert page.table.currentIndex().row() == before


def test_untick_all_and_tick_all_say_so_in_the_rail(hand: Hand) -> None:
    page = opened(hand)
    hand.wizard.resize(1280, 800)
    QApplication.processEvents()
    hand.click("review.untick_all")
    assert page.second_line() == "0 changes ticked"
    hand.click("review.tick_all")
    assert page.model.ticked() == page.model.tally()["add"]


def test_an_unlinked_pair_stays_apart_in_the_next_comparison(hand: Hand) -> None:
    page = opened(hand)
    both = lines(page, "both")[0]
    title = page.model.line(both).source.title  # type: ignore[union-attr]
    page.table.selectRow(both)
    hand.key(page.table, Qt.Key.Key_U)
    hand.idle()
    hand.back()
    hand.next()
    page = hand.review
    rows = [page.model.line(line) for line in range(page.model.rowCount())]
    assert all(not (row.state == "both" and row.source is not None and row.source.title == title) for row in rows)


def test_two_rows_become_a_pair_by_hand(hand: Hand) -> None:
    page = opened(hand)
    here, there = lines(page, "not_found")[0], lines(page, "only_there")[0]
    wanted = page.model.line(here).source.title  # type: ignore[union-attr]
    page.table.clearSelection()
    flags = page.table.selectionModel().SelectionFlag
    for line in (here, there):
        page.table.selectionModel().select(page.model.index(line, 0), flags.Select | flags.Rows)
    hand.key(page.table, Qt.Key.Key_L)
    hand.idle()
    row = next(
        row for row in hand.window.desk.session.state.review.shown.rows  # type: ignore[union-attr]
        if row.source is not None and row.source.track.title == wanted
    )  # fmt: skip
    assert row.place is Place.BOTH


def test_removals_come_first_in_a_group_and_are_not_ticked(hand: Hand) -> None:
    hand.choose_sample(mode="mirror")
    policy = hand.window.desk.session.states[0].policy  # type: ignore[union-attr]
    hand.window.desk.session.pick(policy=replace(policy, foreign="remove"))
    hand.next()
    model = hand.review.model
    group = model.group(0)
    assert group is not None
    assert group.title == "Removals on Road"
    assert model.ticked("remove") == 0
    model.toggle([0])
    assert model.ticked("remove") == model.tally()["remove"]
    before = model.rowCount()
    model.toggle_group(0)
    assert model.rowCount() == before - model.tally()["remove"]


def test_a_list_that_lost_its_tracks_stops_until_it_is_answered(hand: Hand) -> None:
    lots = [f"Artist {number} - Title {number}" for number in range(40)]
    source, target = hand.place / "many.txt", hand.place / "kept.txt"
    source.write_text("\n".join(lots) + "\n", "utf-8")
    hand.pick.open_address(str(source))
    hand.idle()
    hand.pick.open_address(str(target), receiving=True)
    hand.idle()
    columns = hand.pick.columns
    assert columns is not None
    columns.how.cards["mirror"].radio.click()
    for _ in range(4):
        hand.next()
    source.write_text("\n".join(lots[:10]) + "\n", "utf-8")
    hand.click(hand.wizard.footer(EXTRA))
    hand.idle()
    page = hand.review
    assert page.brake.isVisible()
    assert not hand.next_is_on
    assert hand.reason == "Answer the stop first"
    assert page.model.locked
    assert "40" in " ".join(label.text() for label in page.brake.findChildren(type(page.brake._title)))
    hand.click("footer.reason")
    assert hand.wizard.focusWidget() is page.brake.again
    hand.click("brake.lift")
    hand.idle()
    assert not page.brake.isVisible()
    assert hand.next_is_on
    assert page.model.ticked("remove") == 0, "lifting a stop ticks nothing"
    hand.back()
    hand.next()
    page = hand.review
    assert page.brake.isVisible(), "a stop is lifted for one comparison"
    hand.click("brake.add")
    hand.idle()
    assert hand.window.desk.session.states[0].policy.mode is Mode.ADD  # type: ignore[union-attr]


def test_lists_that_are_the_same_say_so(hand: Hand) -> None:
    text = "Harbour Lights Choir - Salt on the Windscreen\nKit Marsh - Seven Sisters Road\n"
    for name in ("one.txt", "two.txt"):
        (hand.place / name).write_text(text, "utf-8")
    hand.pick.open_address(str(hand.place / "one.txt"))
    hand.idle()
    hand.pick.open_address(str(hand.place / "two.txt"), receiving=True)
    hand.idle()
    hand.next()
    assert hand.review.message.title == "Already the same"
    assert hand.reason == "Nothing to write"
    hand.click("review.pick")
    hand.idle()
    assert hand.wizard.page_shown is hand.pick


def test_a_file_that_went_says_so_and_can_be_read_again(hand: Hand) -> None:
    hand.choose_sample()
    path = hand.place / "sample" / "Road trip.csv"
    kept = path.read_bytes()
    path.unlink()
    hand.next()
    page = hand.review
    assert page.mood == "wrong"
    assert not hand.next_is_on
    path.write_bytes(kept)
    hand.click("review.again")
    hand.idle()
    assert page.mood == "content"


def test_titles_with_marks_and_controls_are_shown_not_obeyed(hand: Hand) -> None:
    wild = hand.place / "wild.csv"
    wild.write_text(
        "title,artists,album,duration_s,isrc,mbid,service,id,url,added_at\n"
        '"<img src=x onerror=alert(1)>","\x1b[2J<b>bold</b>",,60,,,,,,\n'
        '"left \u202eright\u200f","&amp; co",,60,,,,,,\n',
        "utf-8",
    )
    hand.pick.open_address(str(wild))
    hand.idle()
    hand.pick.open_address(str(hand.place / "out.xspf"), receiving=True)
    hand.idle()
    hand.next()
    model = hand.review.model
    titles = [model.line(line).source.title for line in range(2)]  # type: ignore[union-attr]
    assert titles[0] == "<img src=x onerror=alert(1)>"
    assert "\u202e" not in titles[1]
    assert "‹202E›" in titles[1]
    assert "\x1b" not in model.line(0).source.artist  # type: ignore[union-attr]
    hand.wizard.grab()


def test_a_small_window_keeps_everything_within_reach(hand: Hand) -> None:
    page = opened(hand)
    for size in ((900, 520), (1024, 600), (1280, 800)):
        hand.wizard.resize(*size)
        QApplication.processEvents()
        assert hand.wizard.size().toTuple() == size
        assert page.table.columnViewportPosition(Column.TARGET_ARTIST) < page.table.viewport().width()
        assert page.chips.isVisible()
    assert page.body.details.isVisible()
    hand.wizard.resize(900, 520)
    QApplication.processEvents()
    assert not page.body.details.isVisible()
    assert page.table.isColumnHidden(Column.SOURCE_TIME)


def test_the_review_is_still_there_after_a_look_at_the_questions(hand: Hand) -> None:
    page = opened(hand)
    page.model.want_tick(lines(page, "add")[:2], False)
    ticked = page.model.ticked()
    hand.next()
    hand.back()
    assert hand.page(Page) is page
    assert page.model.ticked() == ticked
    assert isinstance(hand.window.desk.session.state, ReviewState)
