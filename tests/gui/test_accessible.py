"""Whoever does not see the window can still work it: names, ids and texts to be read aloud, on every page."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from musync.gui.page import Page
from tests.gui.conftest import Hand

INTERACTIVE = (QAbstractButton, QLineEdit, QAbstractItemView, QProgressBar, QPlainTextEdit, QComboBox)


def nameless(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r}"
        for widget in shown(root)
        if not widget.objectName() or not (widget.accessibleName() or has_label(root, widget))
    ]


def shown(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        # Qt's own parts of a combo box or a view belong to it.
        of_qt = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox)
        ours = isinstance(widget, INTERACTIVE) and not isinstance(widget, QHeaderView) and not of_qt
        if ours and widget.isVisibleTo(root):
            yield widget


def has_label(root: QWidget, widget: QWidget) -> bool:
    return any(label.buddy() is widget for label in root.findChildren(QLabel))


def test_every_control_on_every_page_has_a_name(hand: Hand) -> None:
    assert nameless(hand.wizard) == []
    hand.choose_sample(mode="mirror")
    hand.wizard.toggle_drawer()
    for _ in range(4):
        assert nameless(hand.wizard) == [], hand.page(Page).objectName()
        hand.next()
    assert nameless(hand.wizard) == []


def test_all_labels_show_plain_text(hand: Hand) -> None:
    hand.choose_sample()
    for _ in range(4):
        hand.next()
    labels = hand.wizard.findChildren(QLabel)
    ours = [label for label in labels if label.objectName() != "qt_dialog_label" and label.text()]
    assert len(ours) > 60
    assert {label.textFormat() for label in ours} == {Qt.TextFormat.PlainText}


def test_a_row_of_the_review_is_read_aloud_in_full(hand: Hand) -> None:
    hand.choose_sample()
    hand.next()
    model = hand.review.model
    line = next(line for line in range(model.rowCount()) if model.state_at(line) == "add")
    said = str(model.data(model.index(line, 5), Qt.ItemDataRole.AccessibleTextRole))
    state, title = said.split(", ")[:2]
    assert state.startswith("Add at ")
    assert title == model.line(line).source.title  # type: ignore[union-attr]
    assert said.endswith(", ticked")


def test_the_page_is_named_by_its_heading(hand: Hand) -> None:
    assert hand.pick.accessibleName() == "Welcome. What should become the same?"
    assert hand.pick.accessibleDescription().startswith("Two playlists")


def test_rows_of_the_queue_and_of_the_candidates_are_read_aloud(hand: Hand) -> None:
    hand.choose_sample()
    hand.next()
    hand.next()
    confirm = hand.confirm
    spoken = confirm.model.data(confirm.queue.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("open, ")
    first = confirm.pane.model.data(confirm.pane.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert str(first).startswith("1, ")
    assert str(first).rstrip().endswith("%")


def test_playlists_say_why_they_cannot_serve(hand: Hand) -> None:
    takeout = hand.place / "Library.xml"
    takeout.write_text(
        '<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
        '"http://www.apple.com/DTDs/PropertyList-1.0.dtd"><plist version="1.0"><dict><key>Tracks</key><dict>'
        "<key>1</key><dict><key>Track ID</key><integer>1</integer><key>Name</key><string>Cold Coffee</string></dict>"
        "</dict><key>Playlists</key><array><dict><key>Name</key><string>Evening</string><key>Playlist Items</key>"
        "<array><dict><key>Track ID</key><integer>1</integer></dict></array></dict></array></dict></plist>",
        "utf-8",
    )
    hand.pick.open_address(str(takeout), receiving=True)
    hand.idle()
    columns = hand.pick.columns
    assert columns is not None
    target = columns.side(receiving=True)
    assert not hand.next_is_on
    assert target.note.text()
    said = target.model.data(target.model.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert target.note.text() in str(said)
    assert QModelIndex() != target.model.index(0)


def test_tab_walks_from_the_rail_through_the_page_to_the_footer(hand: Hand) -> None:
    hand.wizard.resize(1280, 800)
    hand.choose_sample()
    hand.next()
    start = hand.wizard.rail.steps[0]
    stops, at = [], start
    while True:
        at = at.nextInFocusChain()
        if at is start:
            break
        if at.isVisibleTo(hand.wizard) and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(at.objectName())
    wanted = [
        "rail.step2",
        "rail.history",
        "review.chips.all",
        "review.find",
        "review.table",
        "footer.back",
        "footer.next",
    ]
    places = [stops.index(name) for name in wanted]
    assert places == sorted(places), stops


def test_the_title_names_both_lists_once_they_are_compared(hand: Hand) -> None:
    hand.choose_sample()
    assert hand.wizard.windowTitle() == "musync"
    hand.next()
    assert hand.wizard.windowTitle() == "musync — Road trip → Road"
