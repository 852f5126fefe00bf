"""The right side of page 3: what is wanted, what came up for it, own search, and the buttons of the verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from musync.app.session import Question, Verdict
from musync.domain import Match, Outcome, Track
from musync.gui.models.candidates import CandidateModel
from musync.gui.pages.details import CoverBox
from musync.gui.pages.why import WhyPopover
from musync.gui.paint import Signs
from musync.gui.rows import described, lacking_words, title_of
from musync.gui.views.queue_view import CandidateView
from musync.gui.widgets.basics import Card, Glyph, Line, button, column, key_cap, label, row, rule
from musync.gui.widgets.field import Field
from musync.gui.widgets.moods import Message
from musync.gui.words import fill, plural


class AnswerPane(Card):
    """Shows one question; it tells the verdict."""

    accepted = Signal(int)
    """Row of the candidate."""
    verdict = Signal(str)
    refused = Signal(int)
    searched = Signal(str)
    proposals_wanted = Signal()

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self._match: Match | None = None
        self.model = CandidateModel(self)
        self.list = CandidateView(signs, self.model)
        self.why = WhyPopover(signs)
        self.why.setParent(self)
        self._where = Line(signs, "", "caption", "text_3")
        self._icon = Glyph(signs, "service.file", "service.file", 14)
        self._title = Line(signs, "", "section")
        self._about = Line(signs, "", "body", "text_2")
        self._found = Line(signs, "", "small", "text_2")
        self._count = label(signs, "", "small", "text_3")
        self._back = button(signs, self.tr("Back to the proposals"), "confirm.back", kind="link", small=True)
        self.search = Field(signs, self.tr("Search the other side yourself"), "confirm.search", key="/")
        self.none = Message(signs, "confirm.none")
        self.accept = button(signs, self.tr("Accept"), "confirm.accept", kind="primary", icon="action.accept")
        self.skip = button(signs, self.tr("Skip this time"), "confirm.skip")
        self.never = button(signs, self.tr("Never"), "confirm.never")
        self.take_back = button(signs, self.tr("Take back"), "confirm.take_back", kind="flat")
        self._caps: list[QWidget] = []
        self._lay_out()
        self._connect()

    def show_question(self, question: Question | None, services: tuple[str, str], where: str) -> None:
        """Show this question, or none; `where` names list and row."""
        self._match = question.match if question is not None else None
        self.model.show_match(self._match)
        self._back.hide()
        self.search.clear()
        for part in (self.accept, self.skip, self.never, self.search):
            part.setEnabled(question is not None)
        if question is None:
            self._title.setText("")
            self._about.setText("")
            self._where.setText("")
            return
        wanted = question.match.wanted
        self._icon.show_icon(f"service.{services[0]}", f"service.{services[0]}")
        self._where.setText(where)
        self._title.setText(title_of(wanted))
        self._about.setText(described(wanted))
        self._show_found(question.match)
        self._choose(question)

    def show_found(self, tracks: Sequence[Track], words: str) -> None:
        """Show what the user's own search found."""
        if self._match is None:
            return
        self.model.show_found(self._match, tracks)
        self._found.setText(fill(self.tr("Found for “%1”"), words))
        self._count.setText(plural(len(tracks), self.tr("1 result"), self.tr("%n results")))
        self._back.show()
        self._show_list(
            len(tracks), fill(self.tr("Nothing found for “%1”"), words), self.tr("Try fewer or other words.")
        )
        if tracks:
            self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus()

    @property
    def in_use(self) -> bool:
        """There is something that the user may be about to choose or to write, so nothing may change under the hand."""
        return self._match is not None and (self.model.rowCount() > 0 or bool(self.search.text()))

    @property
    def row(self) -> int:
        """The candidate that is chosen, -1 for none."""
        return self.list.currentIndex().row()

    def open_why(self, row_: int, badge: QRect) -> None:
        """Say why a candidate has its figure."""
        candidate = self.model.candidate(row_) if 0 <= row_ < self.model.rowCount() else None
        if candidate is not None and self._match is not None:
            self.why.show_candidate(self._match, candidate)
            self.why.open_at(self.list, badge)

    def show_keys(self, on: bool) -> None:
        """Show the key caps only where single keys act."""
        self.list.letters = on
        for cap in self._caps:
            cap.setVisible(on)

    def fit(self, short: bool) -> None:
        """Leave the hints out where it is narrow."""
        for cap in self._caps:
            cap.setVisible(self.list.letters and not short)

    def _show_found(self, match: Match) -> None:
        count = len(match.candidates)
        self._found.setText(self.tr("What came up for it; differences are marked"))
        self._count.setText(plural(count, self.tr("1 candidate"), self.tr("%n candidates")))
        way = self.tr("Search yourself, skip it, or say never.")
        if match.outcome is Outcome.NOT_ADDABLE:
            self._show_list(count, self.tr("Cannot be added"), f"{lacking_words(match)}\n{way}", "state.cannot_add")
        else:
            self._show_list(count, self.tr("No counterpart found"), way)

    def _show_list(self, count: int, title: str, text: str, sign: str = "state.not_found") -> None:
        self.list.setVisible(count > 0)
        self.none.setVisible(count == 0)
        if not count:
            self.none.show_message(sign, sign, title, text)

    def _choose(self, question: Question) -> None:
        """Stand on what was chosen before, else on the best."""
        chosen = question.match.chosen
        rows = [self.model.track(row_).id for row_ in range(self.model.rowCount())]
        at = rows.index(chosen.track.id) if chosen is not None and chosen.track.id in rows else 0
        if rows:
            self.list.setCurrentIndex(self.model.index(at))
        done = question.verdict in (Verdict.ACCEPTED, Verdict.NEVER, Verdict.SKIPPED)
        self.accept.setEnabled(bool(rows))
        self.accept.setText(self.tr("Accept another") if done and len(rows) > 1 else self._accept_text())

    def _accept_text(self) -> str:
        return fill(self.tr("Accept %1"), self.row + 1) if self.row >= 0 else self.tr("Accept")

    def _on_current(self) -> None:
        self.accept.setText(self._accept_text())
        self.accept.setEnabled(self.row >= 0)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._on_current())
        self.list.verdict.connect(self.verdict)
        self.list.chosen.connect(self.accepted)
        self.list.refused.connect(self.refused)
        self.list.why.connect(self.open_why)
        self.accept.clicked.connect(lambda: self.verdict.emit("accept"))
        self.skip.clicked.connect(lambda: self.verdict.emit("skip"))
        self.never.clicked.connect(lambda: self.verdict.emit("never"))
        self.take_back.clicked.connect(lambda: self.verdict.emit("take_back"))
        self._back.clicked.connect(self.proposals_wanted)
        self.search.returnPressed.connect(lambda: self.searched.emit(self.search.text().strip()))

    def _cap(self, text: str) -> QWidget:
        made = key_cap(self._signs, text)
        self._caps.append(made)
        return made

    def _lay_out(self) -> None:
        signs = self._signs
        where = row(gap=6)
        where.addWidget(self._icon)
        where.addWidget(self._where, 1)
        wanted = row(gap=12, margins=(14, 12, 14, 12))
        wanted.addWidget(CoverBox(signs, signs.theme.size("cover_big")))
        wanted.addLayout(column(where, self._title, self._about, gap=1), 1)
        found = QFrame()
        found.setProperty("ground", "window")
        found.setFixedHeight(signs.theme.row("group_row"))
        inside = row(gap=8, margins=(14, 0, 14, 0))
        inside.addWidget(self._found, 1)
        for part in (self._back, self._count):
            inside.addWidget(part)
        found.setLayout(inside)
        own = row(self.search, margins=(14, 10, 14, 10))
        foot = QFrame()
        foot.setProperty("ground", "window")
        foot.setLayout(self._action_bar())
        self.none.hide()
        whole = column(wanted, rule(), found, rule(), margins=(1, 1, 1, 1))
        whole.addWidget(self.list, 1)
        whole.addWidget(self.none, 1)
        whole.addWidget(rule())
        whole.addLayout(own)
        whole.addWidget(rule())
        whole.addWidget(foot)
        self.setLayout(whole)

    def _action_bar(self) -> QHBoxLayout:
        bar = row(gap=8, margins=(14, 11, 10, 11))
        pairs: tuple[tuple[QPushButton, str], ...] = (
            (self.accept, self.tr("Enter")),
            (self.skip, "S"),
            (self.never, "N"),
        )
        for press, key in pairs:
            bar.addWidget(press)
            bar.addWidget(self._cap(key))
            bar.addSpacing(6)
        bar.addStretch()
        bar.addWidget(self.take_back)
        bar.addWidget(self._cap(self.tr("Ctrl Z")))
        return bar
