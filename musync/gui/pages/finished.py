"""The view after a run: one sentence, figures and bars, what did not go and why, and what can be done next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from musync.domain import RunState
from musync.gui.errors import told
from musync.gui.models.outcomes import OutcomeModel
from musync.gui.paint import Signs
from musync.gui.results import already_there, headline, left_out, left_out_parts, summary, written_parts
from musync.gui.views.outcome_table import OutcomeTable
from musync.gui.widgets.bars import PartsBar
from musync.gui.widgets.basics import Card, Glyph, Line, button, column, label, row, rule
from musync.gui.widgets.moods import Message
from musync.gui.words import fill, number, shown

if TYPE_CHECKING:
    from musync.app.results import Written


class FinishedView(QWidget):
    """Shows what a run came to."""

    report_wanted = Signal(Path)

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self._url = ""
        self._name = "report"
        self._glyph = Glyph(signs, "state.done", "state.done", 40)
        self._sentence = Line(signs, "", "section")
        self._summary = Line(signs, "", "body", "text_2")
        self.open = button(signs, self.tr("Open it"), "done.open", icon="action.open_outside")
        self.open.clicked.connect(self._open)
        self._already = label(signs, "", "figure")
        self.written = PartsBar(signs, "done.written")
        self.left = PartsBar(signs, "done.left")
        self.model = OutcomeModel(self.tr("Why"), self)
        self.table = OutcomeTable(
            signs, self.model, "done.table", self.tr("What did not go, and why"), show_places=False
        )
        self._count = label(signs, "", "section", "text_3")
        self._nothing = Message(signs, "done.nothing")
        self._said = label(signs, "", "small", "text_2", wrap=True)
        self._said.setObjectName("done.said")
        self._lay_out()

    def show_written(self, written: Written) -> None:
        """Show this one."""
        fine = written.state is RunState.DONE and not written.unmade
        sign = "done" if fine else "not_asked" if written.state is RunState.STOPPED else "failed"
        self._glyph.show_icon(f"state.{sign}", f"state.{sign}")
        self._sentence.setText(headline(written))
        self._summary.setText(summary(written))
        self.setAccessibleName(self._sentence.text())
        self.setAccessibleDescription(self._summary.text())
        rows = left_out(written)
        self._already.setText(number(already_there(written)))
        self.written.show_parts(self.tr("Written"), written_parts(written))
        self.left.show_parts(self.tr("Left out, each with its reason"), left_out_parts(rows))
        self.model.show(rows)
        self._count.setText(number(len(rows)))
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        if not rows:
            words = self.tr("Nothing was left out"), self.tr("Every track has its counterpart.")
            self._nothing.show_message("state.done", "state.done", *words)
        self._url = (written.run.target.url or "") if written.run is not None else ""
        self.open.setVisible(self._url.startswith(("file:", "http:", "https:")))
        self._name = shown(written.review.target.title) or "report"
        self._said.setText("")

    def say_saved(self, path: object) -> None:
        """Say where the report lies."""
        self._said.setText(fill(self.tr("Saved as %1"), str(path)))

    def say_unsaved(self, error: object) -> None:
        """Say why there is none."""
        said = told(error)
        self._said.setText(f"{said.title} {said.text}".replace("\n", " "))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._url))

    def _save(self, suffix: str) -> None:
        name = "".join(letter if letter.isalnum() or letter in " -_." else "_" for letter in self._name).strip()
        suggestion = f"{name or 'report'}{suffix}"
        path, _kind = QFileDialog.getSaveFileName(self, self.tr("Save report"), suggestion, f"*{suffix}")
        if path:
            self.report_wanted.emit(Path(path if path.lower().endswith(suffix) else f"{path}{suffix}"))

    def _report_button(self) -> QPushButton:
        signs = self._signs
        made = button(signs, "", "done.report", spoken=self.tr("Save report"))
        made.setAccessibleDescription(self.tr("HTML, CSV, JSON or text"))
        made.setFixedHeight(signs.theme.high(54, 2))
        words = column(
            label(signs, self.tr("Save report"), "strong"),
            label(signs, self.tr("HTML, CSV, JSON or text"), "small", "text_2"),
            0,
            gap=1,
        )
        words.insertStretch(0)
        inside = row(Glyph(signs, "action.report", "accent_text", 20), gap=12, margins=(14, 0, 12, 0))
        inside.addLayout(words, 1)
        inside.addWidget(Glyph(signs, "chevron-down", "text_3", 16))
        made.setLayout(inside)
        for child in made.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        menu = QMenu(made)
        for text, suffix in (("HTML", ".html"), ("CSV", ".csv"), ("JSON", ".json"), (self.tr("Text"), ".txt")):
            action = menu.addAction(text)
            action.triggered.connect(lambda _on=False, end=suffix: self._save(end))
        made.setMenu(menu)
        return made

    def _lay_out(self) -> None:
        signs = self._signs
        head = row(self._glyph, gap=12)
        head.addLayout(column(self._sentence, self._summary, gap=2), 1)
        head.addWidget(self.open)
        already = QWidget()
        already.setLayout(column(label(signs, self.tr("Already there"), "small", "text_2"), self._already, 0, gap=2))
        bars = row(already, rule(vertical=True), gap=24)
        bars.addWidget(self.written, 4)
        bars.addWidget(self.left, 6)
        top = Card()
        top.setLayout(column(head, 14, bars, margins=(20, 16, 20, 14)))
        title = row(
            label(signs, self.tr("What did not go, and why"), "section"), self._count, 0, margins=(14, 10, 14, 10)
        )
        list_card = Card()
        inside = column(title, margins=(1, 1, 1, 1))
        inside.addWidget(self.table, 1)
        inside.addWidget(self._nothing, 1)
        list_card.setLayout(inside)
        self.report = self._report_button()
        side = QWidget()
        side.setFixedWidth(256)
        side.setLayout(column(self.report, 8, self._said, 0))
        below = row(gap=12)
        below.addWidget(list_card, 1)
        below.addWidget(side)
        whole = column(top, gap=12)
        whole.addLayout(below, 1)
        self.setLayout(whole)
