"""Page 4 before writing: the plan in numbers, the steps in their order, what stays out, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from musync.app.session import Forecast, WriteState
from musync.domain import OUTCOME_OF, Action, MatchState, Outcome, Place, StepKind
from musync.gui.desk import Desk
from musync.gui.jobs import Job
from musync.gui.page import Page, Standing
from musync.gui.pages.order_card import OrderCard
from musync.gui.paint import Signs
from musync.gui.sayings import saying
from musync.gui.versions import preferred_line
from musync.gui.widgets.basics import Card, Glyph, Line, button, column, label, row, rule
from musync.gui.widgets.moods import Way
from musync.gui.words import fill, number, plural


class Figure(NamedTuple):
    """One of the four numbers."""

    state: str
    word: str
    amount: int
    note: str


class Task(NamedTuple):
    """One line of what will happen."""

    icon: str
    title: str
    note: str
    requests: str


class StaysOut(NamedTuple):
    """One reason for staying out, with the state the review shows it under."""

    state: str
    amount: int
    word: str
    note: str


class ForecastPage(Page):
    """The last look before anything is written. Next is the point of no return."""

    look_wanted = Signal(str)
    """The review shall show the rows of this state."""

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "write")
        self._desk = desk
        self.setCommitPage(True)
        self._job: Job | None = None
        self.order = OrderCard(signs, "write")
        self._figures = QGridLayout()
        self._tasks = QVBoxLayout()
        self._costs = QVBoxLayout()
        self._out = QVBoxLayout()
        self._out_title = label(signs, "", "section")
        self._back_words = label(signs, "", "small", "text_2", wrap=True)
        self._lay_out()
        self.order.answered.connect(self._answer_order)

    # Coming and going

    def initializePage(self) -> None:
        """Work out the plan, and show it."""
        self.say(self.tr("Write"), "")
        self.show_busy(saying("plan"))
        self.stand(Standing(self.tr("Write"), reason=self.tr("The plan is being made")))
        job = self._job = self._desk.submit(self._desk.session.forecast)
        job.succeeded.connect(lambda forecast: self._on_worked_out(job, forecast))
        job.failed.connect(lambda error: self._on_failed(job, error))

    def cleanupPage(self) -> None:
        """Back to the questions."""
        self._job = None
        if isinstance(self._desk.session.state, WriteState):
            self._desk.session.back()

    def validatePage(self) -> bool:
        """Write only what may be written."""
        return self.isComplete()

    def seek_missing(self) -> None:
        """To the question about the order."""
        (self.order.bring if self.order.waits else self).setFocus()

    def second_line(self) -> str:
        """Whether it can begin."""
        return self.tr("Ready") if self.isComplete() else ""

    # Showing

    @property
    def state(self) -> WriteState:
        """The plan."""
        state = self._desk.session.state
        assert isinstance(state, WriteState)
        return state

    def _on_worked_out(self, job: Job, forecast: Forecast) -> None:
        if job is self._job:
            self._job = None
            self._desk.session.to_write(forecast)
            self._show()
            self.begin_focus()

    def _on_failed(self, job: Job, error: object) -> None:
        if job is self._job:
            self._job = None
            back = Way(self.tr("Back to the review"), "write.review", lambda: self.look_wanted.emit(""), "primary")
            self.show_error(error, [back])
            self.stand(Standing(self.tr("Write"), reason=self.tr("First the trouble above")))

    def _show(self) -> None:
        state = self.state
        line = self.tr("Nothing has been written yet. This is the last look before it is.")
        self.say(self.tr("Write"), " ".join(filter(None, (line, preferred_line(state.review.policy.preference)))))
        if state.brake is not None:
            self._show_stop(state.brake.message)
        elif state.plan.empty and not state.review.shown.moves_asked:
            self._show_nothing(state)
        else:
            self._show_plan(state)

    def _answer_order(self, bring: bool) -> None:
        self._desk.session.bring_order(bring)
        self._show()

    def _show_stop(self, text: str) -> None:
        way = Way(self.tr("Back to the review"), "write.review", lambda: self.look_wanted.emit(""), "primary")
        unchanged = self.tr("Nothing was changed on either side.")
        title = self.tr("Stopped: this would change more than it should")
        self.show_wrong("message.brake", "state.failed", title, f"{text}\n{unchanged}", [way])
        self.stand(Standing(self.tr("Write"), reason=self.tr("Answer the stop first")))

    def _show_nothing(self, state: WriteState) -> None:
        way = Way(self.tr("Back to the review"), "write.review", lambda: self.look_wanted.emit(""))
        if state.review.created:
            text = fill(self.tr("No track is ticked, and %1 is not made without any."), state.review.target.title)
        else:
            text = self.tr("No change is ticked, so there is nothing to write.")
        text = " ".join((text, self.tr("Open questions are asked again next time.")))
        self.show_wrong("state.done", "state.done", self.tr("Nothing to write"), text, [way])
        self.stand(Standing(self.tr("Write"), reason=self.tr("Nothing to write")))

    def _show_plan(self, state: WriteState) -> None:
        self.show_content()
        review = state.review
        self.order.show_review(review)
        self._show_figures(self._four(state))
        self._show_tasks(self._in_order(state))
        self._show_costs(state)
        out = self._staying(state)
        self._out_title.setText(fill(self.tr("Stays out of this run: %1"), sum(part.amount for part in out)))
        self._show_out(out)
        own = sum(row_.place is Place.ONLY_TARGET and row_.action is Action.NONE for row_ in review.shown.rows)
        kept = fill(self.tr("musync keeps a copy of %1 as it is now before it writes."), review.target.title)
        made = fill(self.tr("%1 is new: nothing that is there now is changed."), review.target.title)
        one, many = self.tr("The 1 track that is only there stays."), self.tr("The %n tracks that are only there stay.")
        self._back_words.setText(" ".join((made if review.created else kept, plural(own, one, many) if own else "")))
        self._stand(state)

    def _stand(self, state: WriteState) -> None:
        changes = sum(state.plan.writes.values())
        text = plural(changes, self.tr("Write 1 change"), self.tr("Write %n changes"))
        if changes:
            self.stand(Standing(text, ready=True))
        else:
            waits = self.tr("Nothing else to write: choose what becomes of the order")
            reason = waits if state.plan.moves_waiting else self.tr("Nothing to write")
            self.stand(Standing(self.tr("Write"), reason=reason))

    def _four(self, state: WriteState) -> list[Figure]:
        writes, review = state.plan.writes, state.review
        top = review.policy.top
        mirrors = review.policy.mode.value == "mirror"
        where = self.tr("to the top") if top else self.tr("to the end")
        order = fill(self.tr("in the order of %1"), review.source.title) if mirrors else where
        if mirrors and state.plan.order_left:
            order = self.tr("each behind the one before it")
        gone = fill(self.tr("from %1"), review.target.title) if writes["removed"] else self.tr("nothing is ticked")
        stay = len(review.target_read.entries) - writes["removed"] - writes["moved"]
        return [
            Figure("add", self.tr("To add"), writes["added"], order),
            Figure("moved", self.tr("To move"), writes["moved"], fill(self.tr("within %1"), review.target.title)),
            Figure("remove", self.tr("To remove"), writes["removed"], gone),
            Figure("both", self.tr("Stay as they are"), stay, self.tr("name and description too")),
        ]

    def _in_order(self, state: WriteState) -> list[Task]:
        target = state.review.target.title
        if state.plan.empty:
            nothing = self.tr("choose above, or tick something in the review")
            return [Task("state.done", self.tr("Nothing is written"), nothing, self.tr("no request"))]
        first = self._making(state) if state.review.created else self._keeping(state)
        checked = self.tr("only what is really there counts as done")
        last = Task("check-all", fill(self.tr("Read %1 and compare"), target), checked, self._requests(1))
        return [*first, *self._changing(state), last]

    def _keeping(self, state: WriteState) -> list[Task]:
        review = state.review
        kept = plural(len(review.target_read.entries), self.tr("%n track"), self.tr("%n tracks"))
        note = fill(self.tr("%1 and their order, on this computer"), kept)
        copy = fill(self.tr("Keep a copy of %1"), review.target.title)
        again = self.tr("if somebody changed it meanwhile, musync stops and shows it")
        read = fill(self.tr("Read %1 once more"), review.target.title)
        return [
            Task("content-save-outline", copy, note, self.tr("no request")),
            Task("action.repeat", read, again, self._requests(1)),
        ]

    def _making(self, state: WriteState) -> list[Task]:
        target = state.review.target.title
        count = sum(len(step.actions) for step in state.plan.steps if step.kind is StepKind.CREATE)
        tracks = plural(count, self.tr("with 1 track"), self.tr("with %n tracks"))
        note = fill(self.tr("%1 from the first moment, or not at all"), tracks)
        look = fill(self.tr("Look whether there is still no %1"), target)
        if_there = self.tr("one that has this name is never overwritten")
        return [
            Task("action.repeat", look, if_there, self._requests(1)),
            Task("action.new_playlist", fill(self.tr("Make %1"), target), note, self._requests(1)),
        ]

    def _changing(self, state: WriteState) -> list[Task]:
        words = {
            StepKind.ADD: ("plus", self.tr("Add 1 track"), self.tr("Add %n tracks")),
            StepKind.MOVE: ("state.moved", self.tr("Move 1 track"), self.tr("Move %n tracks")),
            StepKind.REMOVE: ("state.remove", self.tr("Remove 1 track"), self.tr("Remove %n tracks")),
        }
        notes = {
            StepKind.ADD: self.tr("one batch after the other"),
            StepKind.MOVE: self.tr("the fewest moves that give the wanted order"),
            StepKind.REMOVE: self.tr("last of all"),
        }
        tasks = []
        for kind, (icon, one, many) in words.items():
            steps = [step for step in state.plan.steps if step.kind is kind]
            count = state.plan.count(kind)
            if kind is StepKind.ADD:
                # What the playlist is made with is told by its making.
                count = sum(len(step.actions) for step in steps)
            if count:
                tasks.append(Task(icon, plural(count, one, many), notes[kind], self._requests(len(steps))))
        return tasks

    def _requests(self, count: int) -> str:
        return plural(count, self.tr("1 request"), self.tr("%n requests"))

    def _staying(self, state: WriteState) -> list[StaysOut]:
        rows = state.review.shown.rows
        states = [row_.match.state for row_ in rows if row_.match is not None and row_.place is Place.ONLY_SOURCE]
        outcomes = [OUTCOME_OF[state_] for state_ in states]
        barred = {state_ for state_ in states if OUTCOME_OF[state_] is Outcome.NOT_ADDABLE}
        no_copy = self.tr("not owned") if barred == {MatchState.UNAVAILABLE} else self.tr("no copy can be had")
        unticked = sum(row_.action is Action.ADD and not row_.ticked for row_ in rows)
        moves = sum(row_.action is Action.MOVE and not row_.ticked for row_ in rows)
        said = {
            Outcome.AMBIGUOUS: ("ambiguous", self.tr("Open questions"), self.tr("asked again next time")),
            Outcome.NOT_ASKED: ("not_asked", self.tr("Not asked yet"), self.tr("searched next time")),
            Outcome.NOT_FOUND: ("not_found", self.tr("Not found"), self.tr("no counterpart")),
            Outcome.NOT_ADDABLE: ("cannot_add", self.tr("Cannot be added"), no_copy),
            Outcome.SKIPPED: ("only_here", self.tr("Skipped"), self.tr("you said so")),
        }
        parts = [
            StaysOut(state_, outcomes.count(outcome), word, note) for outcome, (state_, word, note) in said.items()
        ]
        waiting = state.plan.removals_waiting
        parts += [
            StaysOut("add", unticked, self.tr("Unticked additions"), self.tr("left out by you")),
            StaysOut("moved", moves, self.tr("Unticked moves"), self.tr("left where they are")),
            StaysOut("remove", waiting, self.tr("Unticked removals"), self.tr("stay there")),
        ]
        return [part for part in parts if part.amount]

    # Making

    def _show_figures(self, figures: Sequence[Figure]) -> None:
        _empty(self._figures)
        for place, figure in enumerate(figures):
            holder = QWidget()
            colour = f"state.{figure.state}"
            name = label(self.signs, figure.word, "strong")
            holder.setLayout(
                column(
                    row(Glyph(self.signs, colour, colour, 18), name, 0),
                    2,
                    label(self.signs, number(figure.amount), "figure"),
                    Line(self.signs, figure.note, "small", "text_2"),
                    margins=(16, 14, 12, 12),
                )
            )
            holder.setAccessibleName(f"{figure.word} {number(figure.amount)}")
            if place:
                self._figures.addWidget(rule(vertical=True), 0, place * 2 - 1)
            self._figures.addWidget(holder, 0, place * 2)
            self._figures.setColumnStretch(place * 2, 1)

    def _show_tasks(self, tasks: Sequence[Task]) -> None:
        _empty(self._tasks)
        for task in tasks:
            self._tasks.addWidget(rule())
            words = column(Line(self.signs, task.title, "body"), Line(self.signs, task.note, "small", "text_2"), gap=1)
            line = row(gap=12, margins=(16, 11, 16, 11))
            line.addLayout(column(Glyph(self.signs, task.icon, "text_3", 18), 0))
            line.addLayout(words, 1)
            line.addLayout(column(label(self.signs, task.requests, "small", "text_2", end=True), 0))
            self._tasks.addWidget(_held(line))
        self._tasks.addStretch()

    def _show_costs(self, state: WriteState) -> None:
        _empty(self._costs)
        pairs = ((self.tr("Requests"), state.requests), (self.tr("Changes"), sum(state.plan.writes.values())))
        figures = row(gap=28)
        for caption, amount in pairs:
            parts = column(label(self.signs, caption, "caption", "text_3"), label(self.signs, number(amount), "figure"))
            figures.addWidget(_held(parts))
        figures.addStretch()
        self._costs.addWidget(_held(figures))
        account = state.review.target.account
        service = self._desk.musync.shelf.plugin(account.service).title
        says = row(
            Glyph(self.signs, f"service.{account.service}", f"service.{account.service}", 14),
            label(self.signs, f"{service} · {self._requests(state.requests)}", "small", "text_2"),
            0,
        )
        self._costs.addWidget(_held(says))

    def _show_out(self, parts: Sequence[StaysOut]) -> None:
        _empty(self._out)
        if not parts:
            nothing = label(self.signs, self.tr("Nothing."), "body", "text_2")
            self._out.addWidget(_held(row(nothing, margins=(16, 0, 16, 12))))
        for part in parts:
            self._out.addWidget(rule())
            self._out.addWidget(self._out_row(part))
        self._out.addStretch()

    def _out_row(self, part: StaysOut) -> QPushButton:
        spoken = f"{number(part.amount)} {part.word}, {part.note}"
        made = button(self.signs, "", f"write.out.{part.state}", kind="flat", spoken=spoken)
        made.setFixedHeight(self.signs.theme.high(38))
        figure = label(self.signs, number(part.amount), "strong", end=True)
        figure.setMinimumWidth(34)
        colour = f"state.{part.state}"
        sign = Glyph(self.signs, colour, colour, 16)
        line = row(sign, figure, label(self.signs, part.word), gap=10, margins=(14, 0, 12, 0))
        line.addWidget(Line(self.signs, part.note, "small", "text_3"), 1)
        line.addWidget(Glyph(self.signs, "chevron-right", "text_3", 16))
        made.setLayout(line)
        for child in made.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.clicked.connect(lambda: self.look_wanted.emit(part.state))
        return made

    def _lay_out(self) -> None:
        signs = self.signs
        four = Card()
        self._figures.setContentsMargins(0, 0, 0, 0)
        self._figures.setSpacing(0)
        four.setLayout(self._figures)
        happens = self._titled(label(signs, self.tr("What will happen, in this order"), "section"), self._tasks)
        costs = self._titled(label(signs, self.tr("Forecast"), "section"), self._costs)
        self._costs.setContentsMargins(16, 0, 16, 12)
        self._costs.setSpacing(6)
        out = self._titled(self._out_title, self._out)
        right = column(costs, out, gap=12)
        right.setStretch(1, 1)
        both = row(gap=12)
        both.addWidget(happens, 5)
        both.addLayout(right, 4)
        way = Card()
        words = column(label(signs, self.tr("The way back"), "strong"), self._back_words, gap=1)
        line = row(gap=12, margins=(16, 12, 16, 12))
        line.addWidget(Glyph(signs, "undo-variant", "accent_text", 20))
        line.addLayout(words, 1)
        way.setLayout(line)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(column(self.order, four, both, way, 0, gap=12))
        area = QScrollArea()
        area.setObjectName("write.scroll")
        area.setAccessibleName(self.tr("The plan"))
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.content.setLayout(column(area))

    def _titled(self, title: QWidget, content: QBoxLayout) -> Card:
        card = Card()
        content.setSpacing(0)
        whole = column(row(title, 0, margins=(16, 12, 16, 10)))
        whole.addLayout(content, 1)
        card.setLayout(whole)
        return card


def _held(layout: QBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(layout)
    return holder


def _empty(layout: QBoxLayout | QGridLayout) -> None:
    while layout.count():
        item = layout.takeAt(0)
        old = item.widget() if item is not None else None
        if old is not None:
            old.setParent(None)
            old.deleteLater()
