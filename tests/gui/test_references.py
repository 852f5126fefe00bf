"""PySide6 must not lose references to None, True and False: one release did, and aborted after some thousand paints."""

from __future__ import annotations

import sys

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from musync.app.paths import resource
from musync.gui.icons import Icons
from musync.gui.models.diff import DiffModel
from musync.gui.paint import Signs
from musync.gui.theme import Theme
from musync.gui.tokens import load_tokens
from musync.gui.views.diff_table import DiffTable
from tests.gui import story

PAINTS, CALLS, TOLERANCE = 2_000, 20_000, 1_000


def counts() -> tuple[int, int, int]:
    return sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)


def test_painting_two_thousand_cells_and_more_loses_no_reference(qapp: QApplication) -> None:
    theme = Theme(qapp, load_tokens(resource("look", "tokens.json")), "light")
    theme.start()
    model = DiffModel()
    model.show(story.diff(40), "Plex")
    table: QTableView = DiffTable(Signs(theme, Icons(resource("icons"), theme)), model)
    table.resize(900, 600)
    canvas = QPixmap(table.size())
    table.render(canvas)
    before = counts()
    for _ in range(PAINTS // 150):
        table.render(canvas)
    after = counts()
    table.deleteLater()
    theme.deleteLater()
    assert all(now > then - TOLERANCE for now, then in zip(after, before, strict=True)), (before, after)


def test_twenty_thousand_setters_lose_no_reference(qapp: QApplication) -> None:
    label = QLabel()
    before = counts()
    for number in range(CALLS):
        label.setText(str(number & 7))
    after = counts()
    label.deleteLater()
    assert all(now > then - TOLERANCE for now, then in zip(after, before, strict=True)), (before, after)
