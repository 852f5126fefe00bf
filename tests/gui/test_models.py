"""Long lists open, sort and filter at once; what is shown is what the values say."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from musync.app.session import Question, Verdict
from musync.domain import Diff
from musync.gui.marks import artist_pieces, length_differs, title_pieces
from musync.gui.models.diff import DiffModel
from musync.gui.models.diff_lines import Column
from musync.gui.models.outcomes import OutcomeModel, OutcomeRow
from musync.gui.models.queue import QueueModel
from musync.gui.rows import chip_text, ghost, row_state, spoken
from tests.gui import story

SLOW_MACHINE = 10
OPEN_S, CHANGE_S = 0.5, 0.3


@pytest.fixture(scope="module")
def long() -> Diff:
    return story.diff(10_246, removals=37)


@pytest.fixture
def model(qapp: QApplication, long: Diff) -> DiffModel:
    made = DiffModel()
    made.show(long, "Plex")
    return made


def took(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def test_ten_thousand_rows_open_within_half_a_second(qapp: QApplication, long: Diff) -> None:
    model = DiffModel()
    assert took(lambda: model.show(long, "Plex")) < OPEN_S * SLOW_MACHINE
    assert model.rowCount() == 10_246 + 37 + 2


@pytest.mark.parametrize("column", list(Column))
def test_ten_thousand_rows_sort_within_a_third_of_a_second(model: DiffModel, column: Column) -> None:
    assert took(lambda: model.sort(column)) < CHANGE_S * SLOW_MACHINE


def test_ten_thousand_rows_filter_and_find_within_a_third_of_a_second(model: DiffModel) -> None:
    assert took(lambda: model.choose(keys=frozenset({"add"}))) < CHANGE_S * SLOW_MACHINE
    assert took(lambda: model.choose(keys=frozenset(), needle="cold coffee")) < CHANGE_S * SLOW_MACHINE
    assert 0 < model.rowCount() < 10_000


def test_a_tick_among_ten_thousand_rows_is_shown_at_once(model: DiffModel, long: Diff) -> None:
    assert took(lambda: model.show(long, "Plex")) < CHANGE_S * SLOW_MACHINE


def test_the_models_keep_qt_s_rules(qapp: QApplication) -> None:
    model = DiffModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(story.diff(60, removals=3), "Plex")
    model.choose(needle="c")
    model.sort(Column.TARGET_TITLE, Qt.SortOrder.DescendingOrder)
    model.choose(needle="", only_differences=True)
    model.toggle_group(0)
    queue = QueueModel()
    second = QAbstractItemModelTester(queue, QAbstractItemModelTester.FailureReportingMode.Fatal)
    queue.show(questions(), anew=True)
    queue.look_for("cold")
    assert tester.model() is model
    assert second.model() is queue


def test_a_sorted_list_keeps_the_selected_row(model: DiffModel) -> None:
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(model)
    line = model.line_of(3)
    assert line is not None
    kept = proxy.mapFromSource(model.index(line, 0))
    assert kept.isValid()
    model.sort(Column.SOURCE_TITLE)
    assert model.line_of(3) != line
    model.sort(-1)
    assert model.line_of(3) == line


def test_every_row_of_the_story_says_what_it_is() -> None:
    said = {row_state(row): (chip_text(row, row_state(row), "→"), ghost(row, row_state(row))) for row in story.rows(20)}
    assert said["moved"] == ("10 → 4", "")
    assert said["ambiguous"] == ("3 to choose", "3 recordings fit, see Confirm")
    assert said["not_found"] == ("Not found", "no counterpart found")
    assert said["only_there"] == ("Stays", "")
    assert said["cannot_add"][0] == "Cannot add"
    assert said["both"] == ("In both", "")


def test_a_row_is_spoken_in_the_order_of_importance() -> None:
    row = list(story.rows(4))[3]
    assert spoken(row, "moved", "→") == "10 → 4, Cold Coffee, Marlow & The Tides, here at 4, there at 10, ticked"


def test_a_group_s_tick_is_mixed_until_all_are_ticked(model: DiffModel) -> None:
    group = model.group(0)
    assert group is not None
    assert (group.title, group.tick) == ("Removals on Plex", "mixed")
    assert "37 tracks only there would leave · 1 ticked by you" in group.note


def test_ticking_all_leaves_removals_alone_unless_they_alone_are_shown(model: DiffModel) -> None:
    wanted: list[list[int]] = []
    model.tick_wanted.connect(lambda rows, _on: wanted.append(rows))
    model.want_all(True)
    assert all(model._states[row] != "remove" for row in wanted[-1])
    model.choose(keys=frozenset({"remove"}))
    model.want_all(True)
    assert all(model._states[row] == "remove" for row in wanted[-1])


def test_nothing_can_be_ticked_while_a_stop_is_unanswered(qapp: QApplication, long: Diff) -> None:
    model = DiffModel()
    model.show(long, "Plex", locked=True)
    wanted: list[object] = []
    model.tick_wanted.connect(lambda rows, _on: wanted.append(rows))
    model.want_all(True)
    model.toggle([1])
    assert wanted == []
    assert model.tick(1) == "locked"


def questions() -> list[Question]:
    made = []
    for number, (kind, title, artist, seconds) in enumerate(story.OPENING):
        wanted = story.track(number, title, artist, seconds)
        group = {"ambiguous": "choose", "not_found": "missing", "both": "certain"}.get(kind, "look")
        made.append(Question(match=story.match_of(wanted, "ambiguous"), group=group))
    return made


def test_an_answered_question_stays_in_its_place_and_new_ones_come_last(qapp: QApplication) -> None:
    model = QueueModel()
    asked = questions()
    model.show(asked[:-2], anew=True)
    first = asked[2].match.wanted.id
    before = model.index_of(first)
    answered = [
        Question(match=one.match, group="certain", verdict=Verdict.ACCEPTED) if one.match.wanted.id == first else one
        for one in asked
    ]
    model.show(answered, anew=False)
    after = model.index_of(first)
    assert (after.row(), after.parent().row()) == (before.row(), before.parent().row())
    assert model.index_of(asked[-1].match.wanted.id).isValid()


def test_results_come_last_in_their_groups_and_move_nothing(qapp: QApplication) -> None:
    model = QueueModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    asked = questions()
    certain = [one for one in asked if one.group == "certain"]
    others = [one for one in asked if one.group != "certain"]
    model.show(certain[:2], anew=True)
    kept = QPersistentModelIndex(model.index_of(certain[1].match.wanted.id))
    for count in range(1, len(others) + 1):
        model.show([*others[:count], *certain[: 2 + count]], anew=False)
    assert len(resets) == 1
    assert model.question(kept) == certain[1]
    assert [model.key_of(row) for row in range(model.rowCount())] == ["choose", "look", "missing", "certain"]
    look = [one.match.wanted.id for one in others if one.group == "look"]
    assert [model.index_of(track).row() for track in look] == list(range(len(look)))
    assert tester.model() is model


def test_a_result_that_turns_out_otherwise_goes_to_its_group_and_an_answered_one_stays(qapp: QApplication) -> None:
    model = QueueModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    one, two, three, four = questions()[:4]
    before = [replace(question, group="missing") for question in (one, two, three)]
    model.show([*before, replace(four, group="certain")], anew=True)
    said = replace(two, group="certain", verdict=Verdict.ACCEPTED)
    model.show([replace(one, group="choose"), said, before[2], replace(four, group="look")], anew=False)
    where = {
        name: model.key_of(model.index_of(question.match.wanted.id).parent().row())
        for name, question in zip("1234", (one, two, three, four), strict=True)
    }
    assert where == {"1": "choose", "2": "missing", "3": "missing", "4": "look"}
    assert tester.model() is model


def test_results_that_are_filtered_out_are_there_when_the_filter_goes(qapp: QApplication) -> None:
    model = QueueModel()
    asked = questions()
    model.show(asked[:1], anew=True)
    model.look_for("nothing has this")
    model.show(asked[:3], anew=False)
    assert model.rowCount() == 0
    model.look_for("")
    assert all(model.index_of(question.match.wanted.id).isValid() for question in asked[:3])


def test_spelling_is_no_difference_and_a_version_is() -> None:
    assert [piece.text for piece in title_pieces("Cold Coffee (Live)", "cold coffee") if piece.marked] == ["(Live)"]
    assert not any(piece.marked for piece in title_pieces("Me & You", "Me and You"))
    assert not any(piece.marked for piece in title_pieces("Dzwiek wody", "Dźwiek wody"))
    wanted = story.track(1, "Cold Coffee", "Marlow & The Tides", 208)
    assert not any(piece.marked for piece in artist_pieces(story.track(2, "x", "Marlow and The Tides", 1), wanted))
    assert any(piece.marked for piece in artist_pieces(story.track(2, "x", "Party Voices", 1), wanted))
    assert length_differs(story.track(3, "x", "y", 212), wanted)
    assert not length_differs(story.track(3, "x", "y", 210), wanted)


def test_outcomes_are_filtered_and_changed_in_place(qapp: QApplication) -> None:
    model = OutcomeModel("Why")
    model.show([OutcomeRow("", "Next", n, f"Title {n}", "Artist") for n in range(1, 6)])
    model.update({0: OutcomeRow("done", "Sent", 1, "Title 1", "Artist")})
    assert model.tally() == {"done": 1, "": 4}
    model.choose(frozenset({"done"}))
    assert model.rowCount() == 1
