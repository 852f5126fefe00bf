"""Decisions: what was said about matches, to search, to take back, and to carry to another computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget

from musync.app.decision_files import read_decisions, write_decisions
from musync.domain import Control, Decision, DecisionKind
from musync.gui.desk import Desk
from musync.gui.errors import told
from musync.gui.models.rows import RowsModel, TwoLines
from musync.gui.page import Page
from musync.gui.paint import Signs
from musync.gui.rows import artist_of, title_of
from musync.gui.views.rows_view import RowsView
from musync.gui.widgets.basics import Card, button, column, label, row
from musync.gui.widgets.chips import Chips, Count
from musync.gui.widgets.field import Field
from musync.gui.widgets.moods import Message
from musync.gui.words import day_and_clock, fill, isolated, plural


class DecisionsPlace(Page):
    """All answers, newest first; chips by kind."""

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "decisions")
        self._desk = desk
        self._all: tuple[Decision, ...] = ()
        self.model = RowsModel(self)
        self.list = RowsView(signs, self.model, "decisions.list", self.tr("Decisions"))
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self._nothing = Message(signs, "decisions.nothing")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        self.chips = Chips(signs, "decisions.chips")
        self.chips.chosen.connect(lambda _keys: self._show())
        self.search = Field(signs, self.tr("Find a track"), "decisions.search")
        self.search.setMaximumWidth(262)
        self.search.textChanged.connect(lambda _text: self._show())
        self.forget = button(signs, self.tr("Take it back"), "decisions.forget", icon="undo-variant")
        self.forget.clicked.connect(self._forget)
        bring = button(signs, self.tr("Import…"), "decisions.import", kind="flat", icon="action.import_")
        take = button(signs, self.tr("Export…"), "decisions.export", kind="flat", icon="action.export")
        bring.clicked.connect(self._choose_import)
        take.clicked.connect(self._choose_export)
        self._said = label(signs, "", "small", "text_2", wrap=True)
        card = Card()
        card.setLayout(column(self._stack, margins=(1, 1, 1, 1)))
        tools = row(self.search, self.forget, 0, bring, take)
        whole = column(self.chips, tools, self._said, gap=12)
        whole.addWidget(card, 1)
        self.content.setLayout(whole)

    def enter(self) -> None:
        """Show what there is."""
        self.say(self.tr("Decisions"), self.tr("What you said about tracks. It holds for every later run."))
        self._tell("")
        self._load()

    def seek_words(self) -> None:
        """To the search."""
        self.search.setFocus()

    @property
    def said(self) -> str:
        """The last thing that was said."""
        return self._said.text()

    def export_to(self, path: Path) -> None:
        """Write all decisions to a file."""
        musync = self._desk.musync
        job = self._desk.submit(lambda _control: write_decisions(musync.decisions.export(), path))
        one, many = self.tr("1 decision saved as %1"), self.tr("%n decisions saved as %1")
        job.succeeded.connect(lambda count: self._tell(fill(plural(int(count), one, many), str(path))))
        job.failed.connect(self._on_failed)

    def import_from(self, path: Path) -> None:
        """Take in the decisions of a file."""
        musync = self._desk.musync

        def bring(_control: Control) -> int:
            return len(musync.decisions.import_(read_decisions(path)))

        job = self._desk.submit(bring)
        job.succeeded.connect(self._on_imported)
        job.failed.connect(self._on_failed)

    def _load(self) -> None:
        musync = self._desk.musync
        job = self._desk.submit(lambda _control: musync.decisions.all())
        job.succeeded.connect(self._on_loaded)
        job.failed.connect(self._on_failed)

    def _on_loaded(self, decisions: tuple[Decision, ...]) -> None:
        self._all = decisions
        words = self._kinds()
        counts = [Count("", "", self.tr("All"), len(decisions))]
        for kind, (state, word) in words.items():
            counts.append(Count(kind.value, state, word, sum(one.kind is kind for one in decisions)))
        self.chips.show_counts(counts)
        self._show()

    def _kinds(self) -> dict[DecisionKind, tuple[str, str]]:
        return {
            DecisionKind.CONFIRMED: ("done", self.tr("Confirmed")),
            DecisionKind.REJECTED: ("failed", self.tr("Not this one")),
            DecisionKind.SKIP: ("cannot_add", self.tr("Never")),
            DecisionKind.UNLINKED: ("not_asked", self.tr("Unlinked")),
        }

    def _show(self) -> None:
        keys, needle = self.chips.keys, self.search.text().casefold().strip()
        chosen = [one for one in self._all if (not keys or one.kind.value in keys) and needle in _haystack(one)]
        self.model.show([(self._row(one), one) for one in chosen])
        self._stack.setCurrentWidget(self.list if chosen else self._nothing)
        nothing = self.tr("No decisions yet"), self.tr("Answers that you give on the third page stand here.")
        other = self.tr("No decision fits"), self.tr("Choose another chip or other words.")
        self._nothing.show_message("place.decisions", "text_3", *(other if self._all else nothing))
        self._on_selected()

    def _row(self, decision: Decision) -> TwoLines:
        state, word = self._kinds()[decision.kind]
        track = decision.a.track
        arrow = "←" if self.layoutDirection().name == "RightToLeft" else "→"
        other = f" {arrow} {isolated(decision.b.track.title)}" if decision.b is not None else ""
        where = day_and_clock(decision.at) if decision.at else ""
        second = " · ".join(part for part in (artist_of(track), where) if part)
        icon = f"service.{decision.a.service}"
        return TwoLines(icon, icon, f"{title_of(track)}{other}", second, state, word)

    def _on_selected(self) -> None:
        self.forget.setEnabled(self.list.chosen >= 0)

    def _forget(self) -> None:
        decision, musync = self.model.value(self.list.chosen), self._desk.musync
        if isinstance(decision, Decision) and decision.id is not None:
            number = decision.id
            job = self._desk.submit(lambda _control: musync.decisions.forget(number))
            job.succeeded.connect(lambda _done: self._on_forgotten(decision))
            job.failed.connect(self._on_failed)

    def _on_forgotten(self, decision: Decision) -> None:
        self._tell(fill(self.tr("%1 is asked about again."), title_of(decision.a.track)))
        self._load()

    def _on_imported(self, count: int) -> None:
        self._tell(plural(count, self.tr("1 decision was new."), self.tr("%n decisions were new.")))
        self._load()

    def _choose_export(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(self, self.tr("Export decisions"), "decisions.json", "*.json")
        if path:
            self.export_to(Path(path))

    def _choose_import(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("Import decisions"), "", "*.json")
        if path:
            self.import_from(Path(path))

    def _tell(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _on_failed(self, error: object) -> None:
        said = told(error)
        self._tell(f"{said.title} {said.text}".replace("\n", " "))


def _haystack(decision: Decision) -> str:
    tracks = [ref.track for ref in (decision.a, decision.b) if ref is not None]
    return "\n".join(f"{track.title} {track.artist}" for track in tracks).casefold()
