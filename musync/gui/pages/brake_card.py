"""The card of a brake: what happened, the numbers, the likely cause, safe ways first, the override last and apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from musync.app.session import ReviewState
from musync.domain import Action, BrakeHit
from musync.domain.errors import Braked
from musync.gui.paint import Signs
from musync.gui.widgets.basics import Card, Glyph, button, column, label, row, rule
from musync.gui.widgets.field import Field
from musync.gui.words import fill, number


class Figure(NamedTuple):
    """One of the card's numbers with what it is; `marked` colours it."""

    caption: str
    value: str
    marked: bool = False


class BrakeCard(Card):
    """Shows one stop; it tells what the user chose."""

    read_again = Signal()
    only_add = Signal()
    show_removals = Signal()
    lifted = Signal(frozenset)
    """Ids of the brakes that are lifted for this run."""
    emptied = Signal()
    """The user typed the name of the empty list."""

    def __init__(self, signs: Signs) -> None:
        super().__init__("stop")
        self._signs = signs
        self._brake: Braked | None = None
        self.setObjectName("review.brake")
        self._title = label(signs, "", "section", wrap=True)
        self._figures = QHBoxLayout()
        self._figures.setSpacing(32)
        self._cause = label(signs, "", "body", "text_2", wrap=True)
        self.again = button(
            signs, self.tr("Read both lists again"), "brake.again", kind="primary", icon="action.repeat"
        )
        self._add = button(signs, self.tr("Only add, remove nothing"), "brake.add")
        self._show = button(signs, "", "brake.show")
        self.again.clicked.connect(self.read_again)
        self._add.clicked.connect(self.only_add)
        self._show.clicked.connect(self.show_removals)
        self._question = label(signs, "", "body", "text_2")
        self.lift = button(signs, "", "brake.lift", kind="danger")
        self.lift.clicked.connect(self._lift)
        self.typed = Field(signs, self.tr("Name of the playlist"), "brake.name", icon="kind.playlist")
        self.typed.setMaximumWidth(260)
        self.typed.textChanged.connect(self._on_typed)
        self._code = label(signs, "", "small", "text_3")
        self._wanted_name = ""
        self._lay_out()

    def show_brake(self, state: ReviewState, brake: Braked) -> None:
        """Show why the run stops and what can be done."""
        self._brake = brake
        first = brake.hits[0]
        names = {"source": state.review.source.title, "target": state.review.target.title}
        self._title.setText(self._headline(first))
        self._cause.setText(self._likely(first) + " " + self.tr("Nothing was changed on either side."))
        self._show_figures(self._numbers(state, first))
        removals = sum(1 for row_ in state.review.shown.rows if row_.action is Action.REMOVE)
        self._show.setText(fill(self.tr("Show the %1"), removals))
        self._show.setVisible(removals > 0)
        self._add.setVisible(state.review.policy.mode.value == "mirror")
        self._code.setText(", ".join(brake.brakes))
        self._show_override(brake, first, names[first.side])
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._cause.text())

    @property
    def headline(self) -> str:
        """What happened, in one line."""
        return self._title.text()

    # Words

    def _headline(self, hit: BrakeHit) -> str:
        side = self.tr("left") if hit.side == "source" else self.tr("right")
        patterns = {
            "B1": self.tr("Stopped: the %1 list is empty and was not before"),
            "B2": self.tr("Stopped: the %1 list lost many of its tracks since the last run"),
            "B3": self.tr("Stopped: much of the %1 list would be removed"),
            "B4": self.tr("Stopped: the %1 list has none of the tracks of the last run"),
            "B7": self.tr("Stopped: the %1 list would grow far beyond its size"),
        }
        if hit.id == "B7" and hit.limit:
            return fill(self.tr("Stopped: the %1 list cannot hold that many tracks"), side)
        return fill(patterns.get(hit.id, self.tr("Stopped: the %1 list is another one than at the last run")), side)

    def _likely(self, hit: BrakeHit) -> str:
        return {
            "B1": self.tr("Perhaps it did not load."),
            "B2": self.tr("Likely the list was emptied or cut by mistake."),
            "B3": self.tr("Perhaps the lists belong to different things, or the left was cut by mistake."),
            "B4": self.tr("Perhaps it is another playlist."),
            "B7": self.tr("Perhaps it is the wrong target."),
        }.get(hit.id, self.tr("Pick the two sides again."))

    def _numbers(self, state: ReviewState, first: BrakeHit) -> list[Figure]:
        side = self.tr("Left") if first.side == "source" else self.tr("Right")
        if first.id in ("B3", "B7"):
            figures = [
                Figure(fill(self.tr("%1, now"), side), number(first.before)),
                Figure(fill(self.tr("%1, after"), side), number(first.after), marked=True),
            ]
        else:
            figures = [
                Figure(fill(self.tr("%1, last run"), side), number(first.before)),
                Figure(fill(self.tr("%1, now"), side), number(first.after), marked=True),
            ]
        if first.limit:
            figures.append(Figure(self.tr("It can hold"), number(first.limit)))
        removals = sum(1 for row_ in state.review.shown.rows if row_.action is Action.REMOVE)
        if removals and first.id != "B7":
            of = fill(self.tr("%1 of %2"), removals, state.review.shown.target_size)
            figures.append(Figure(self.tr("Would leave the right"), of))
        return figures

    def _show_override(self, brake: Braked, first: BrakeHit, name: str) -> None:
        empty = any(hit.id == "B1" for hit in brake.hits)
        liftable = [hit for hit in brake.hits if hit.liftable]
        self.typed.setVisible(empty)
        self.typed.clear()
        self._wanted_name = name
        self.lift.setVisible(empty or bool(liftable))
        self._question.setVisible(empty or bool(liftable))
        if empty:
            self._question.setText(fill(self.tr("It is meant to be empty? Type its name, %1"), name))
            self.lift.setText(self.tr("Go on with an empty list, this run only"))
            self.lift.setEnabled(False)
            return
        self.lift.setEnabled(True)
        removals = next((hit for hit in liftable if hit.id == "B3"), None)
        grows = next((hit for hit in liftable if hit.id == "B7"), None)
        if removals is not None:
            self._question.setText(self.tr("You meant it so, and the right shall follow?"))
            self.lift.setText(fill(self.tr("Allow %1 removals, this run only"), removals.before - removals.after))
        elif grows is not None:
            self._question.setText(self.tr("You meant it so?"))
            self.lift.setText(fill(self.tr("Allow %1 additions, this run only"), grows.after - grows.before))
        else:
            self._question.setText(self.tr("You changed the list yourself?"))
            self.lift.setText(fill(self.tr("Go on with %1 instead of %2, this run only"), first.after, first.before))

    # Inside

    def _lift(self) -> None:
        if self._brake is None:
            return
        if any(hit.id == "B1" for hit in self._brake.hits):
            self.emptied.emit()
        else:
            self.lifted.emit(frozenset(hit.id for hit in self._brake.hits if hit.liftable))

    def _on_typed(self, text: str) -> None:
        self.lift.setEnabled(text.strip() == self._wanted_name.strip())

    def _show_figures(self, figures: Sequence[Figure]) -> None:
        while self._figures.count():
            item = self._figures.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.deleteLater()
        for place, figure in enumerate(figures):
            if place == 1:
                self._figures.addWidget(Glyph(self._signs, "arrow-right", "text_3", 24))
            elif place > 1:
                self._figures.addWidget(rule(vertical=True))
            holder = QWidget()
            value = label(self._signs, figure.value, "figure", "failed" if figure.marked else "text")
            holder.setLayout(column(label(self._signs, figure.caption, "caption", "text_3"), value))
            self._figures.addWidget(holder)
        self._figures.addStretch()

    def _lay_out(self) -> None:
        signs = self._signs
        words = column(self._title, 6, self._figures, 6, self._cause)
        top = row(gap=24)
        top.addLayout(column(Glyph(signs, "message.brake", "state.failed", 40), 0))
        top.addLayout(words, 1)
        ways = row(self.again, self._add, self._show, 0, margins=(64, 12, 0, 12))
        last = row(gap=12, margins=(64, 12, 0, 0))
        last.addWidget(self._question)
        last.addWidget(self.typed)
        last.addWidget(self.lift)
        last.addStretch()
        last.addWidget(self._code)
        self.setLayout(column(top, ways, rule(), last, margins=(20, 16, 20, 14)))
