"""A playlist file that names files, in the window: what no music folder has stays out, says why, and can be settled."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import Hand

WHY = "not owned: no music folder has it"


def compared(hand: Hand) -> None:
    """On page 2, the exported list against a playlist file that is to be made."""
    hand.pick.add_folder(hand.place / "sample" / "music")
    hand.idle()
    hand.pick.open_address(str(hand.place / "sample" / "Road trip.csv"))
    hand.idle()
    hand.pick.open_address(str(hand.place / "places.m3u8"), receiving=True)
    hand.idle()
    hand.next()


def test_every_page_says_what_is_not_owned(hand: Hand) -> None:
    compared(hand)
    tally = hand.review.model.tally()
    unowned = tally["cannot_add"]
    assert unowned == 4
    assert "not_found" not in tally
    hand.next()
    model = hand.confirm.model
    groups = [model.group(model.index(row, 0)) for row in range(model.rowCount())]
    assert [(group.title, group.figures) for group in groups if group and group.key == "unavailable"] == [
        ("Cannot be added", "4")
    ]
    assert "4 cannot be added" in hand.confirm.accessibleDescription()
    hand.next()
    line = hand.find("write.out.cannot_add", QPushButton)
    assert line.accessibleName() == "4 Cannot be added, not owned"
    hand.next()
    rows = [hand.run.finished.model.at(line) for line in range(hand.run.finished.model.rowCount())]
    assert [row.what for row in rows if row.state == "cannot_add"] == [WHY] * unowned


def test_an_own_search_settles_what_is_not_owned(hand: Hand) -> None:
    compared(hand)
    hand.next()
    page = hand.confirm
    question = next(one for one in page.state.questions if one.group == "unavailable")
    track = question.match.wanted.id
    page.queue.setCurrentIndex(page.model.index_of(track))
    assert page.model.second_line(question) == WHY
    assert page.pane.none.title == "Cannot be added"
    assert WHY in page.pane.none.accessibleDescription()
    page.pane.search.setText("seven sisters road")
    hand.key(page.pane.search, Qt.Key.Key_Return)
    hand.idle()
    hand.key(page.pane.list, Qt.Key.Key_Return)
    hand.idle()
    match = hand.window.desk.session.state.review.matches[track]  # type: ignore[union-attr]
    assert match.settled is not None
    hand.next()
    assert hand.find("write.out.cannot_add", QPushButton).accessibleName() == "3 Cannot be added, not owned"
