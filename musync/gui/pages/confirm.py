"""Page 3: what needs eyes, one key per verdict, each answer stored at once."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QWidget

from musync.app.session import ConfirmState, Question, ReviewState
from musync.app.settings import Settings
from musync.domain import TrackId
from musync.gui.desk import Desk
from musync.gui.models.queue import QueueModel
from musync.gui.page import NARROW, Page, Standing
from musync.gui.pages.answers import AnswerPane
from musync.gui.pages.asking import Asking
from musync.gui.paint import Signs
from musync.gui.views.queue_view import QueueView
from musync.gui.widgets.basics import Card, button, column, key_cap, label, row
from musync.gui.widgets.field import Field
from musync.gui.widgets.moods import Way
from musync.gui.words import fill, percent, plural, shown

_STEPS = (0.95, 0.9, 0.8, 0.7, 0.6)


class ConfirmPage(Page):
    """The queue at the leading side, the question beside it."""

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "confirm")
        self._desk = desk
        self.model = QueueModel(self)
        self.queue = QueueView(signs, self.model)
        self.pane = AnswerPane(signs)
        self.asking = Asking(desk, self)
        self.asking.found.connect(self._on_asked)
        self.asking.changed.connect(self._on_asking)
        self.asking.resumed.connect(self._on_ask)
        self._current: TrackId | None = None
        self._asked = ""
        self._storing = False
        self.accept_all = button(signs, "…", "confirm.accept_all", icon="check-all")
        self.accept_all.setMenu(QMenu(self.accept_all))
        self.accept_all.menu().aboutToShow.connect(self._fill_menu)
        self.ask = button(signs, "", "confirm.ask")
        self.ask.clicked.connect(self._on_ask)
        self.search = Field(signs, self.tr("Find a track"), "confirm.find")
        self.search.setMaximumWidth(220)
        self._hints = QWidget()
        self._hints.setLayout(self._make_hints())
        self._make_corner()
        self._lay_out()
        self._connect()

    # Coming and going

    def initializePage(self) -> None:
        """Show the questions in their groups, anew; what only a search can tell is asked now."""
        self.show_content()
        if unasked := len(self.state.review.unasked):
            self.asking.begin(unasked)
        self._show(anew=True)
        self._select(self.model.next_open(None))

    def cleanupPage(self) -> None:
        """Back to page 2; answers stay, and what was found."""
        self.asking.leave()
        if isinstance(self._desk.session.state, ConfirmState):
            self.asking.take_in()
            self._desk.session.back()

    def validatePage(self) -> bool:
        """On to the plan."""
        if not self.isComplete():
            return False
        self.asking.take_in()
        return True

    def enter(self) -> None:
        """Show what is there, also after coming back from page 4."""
        if isinstance(self._desk.session.state, ConfirmState):
            self._show(anew=False)

    def follow(self, settings: Settings) -> None:
        """Let single keys act, or not."""
        self.queue.letters = settings.single_keys
        self.pane.show_keys(settings.single_keys)
        self._hints.setVisible(settings.single_keys and self.window().width() >= NARROW)

    def second_line(self) -> str:
        """How many are open."""
        state = self._confirm_state
        if state is None:
            return self._before()
        if self.asking.active:
            return self.asking.how_far()
        return plural(state.open, self.tr("1 open"), self.tr("%n open")) if state.open else self.tr("Nothing open")

    def _before(self) -> str:
        states = self._desk.session.states
        review = next((state for state in states if isinstance(state, ReviewState)), None)
        waiting = len(review.review.open_matches) if review is not None else 0
        return plural(waiting, self.tr("1 to choose"), self.tr("%n to choose")) if waiting else ""

    # Showing

    @property
    def _confirm_state(self) -> ConfirmState | None:
        return next((state for state in self._desk.session.states if isinstance(state, ConfirmState)), None)

    @property
    def state(self) -> ConfirmState:
        """The questions as they stand."""
        state = self._confirm_state
        assert state is not None
        return state

    def _show(self, *, anew: bool) -> None:
        self.model.show(self.state.questions, anew=anew)
        self._select(self.model.index_of(self._current))
        self._show_all()

    def _show_all(self) -> None:
        """Everything but the queue itself, which stays as the user scrolled and folded it."""
        state = self.state
        if any(question.group != "certain" for question in state.questions):
            self._say(state)
        elif self.asking.active:
            self._show_searching(state)
        elif state.review.unasked:
            self._show_unasked(state)
        else:
            self._show_nothing(len(state.questions))
        self._show_progress(state)
        self._show_ask(state)
        self._stand()

    def _show_searching(self, state: ConfirmState) -> None:
        """Nothing needs eyes so far."""
        self.say(self.tr("Confirm matches"), "")
        if self.mood != "busy":
            self.show_busy(self.asking.doing(state.review))
        self.busy.show_progress("", self.asking.done, self.asking.total or None)

    def _show_unasked(self, state: ConfirmState) -> None:
        """The search came to no end, and nothing else needs eyes."""
        self.say(self.tr("Confirm matches"), "")
        words = self.asking.offer(state.review, 0)
        again = Way(words, "confirm.ask_on", self._on_ask, "primary", "action.repeat")
        text = self.tr("What was not asked about stays out. What was found is kept, also when you close musync.")
        self.show_wrong("message.wait", "state.ambiguous", self.asking.why_not(state.review), text, [again])

    def _show_ask(self, state: ConfirmState) -> None:
        words = self.asking.offer(state.review, self._missing(state))
        self.ask.setText(words)
        self.ask.setAccessibleName(words)
        self.ask.setEnabled(not self.asking.stopping)
        self.ask.setVisible(bool(words) and self.mood != "wrong")

    def _show_nothing(self, certain: int) -> None:
        self.say(self.tr("Confirm matches"), "")
        text = plural(
            certain,
            self.tr("The 1 match is certain. You can look at it in Review."),
            self.tr("All %n matches are certain. You can look at them in Review."),
        )
        none = self.tr("Every counterpart is known already. You can look at them in Review.")
        self.show_wrong("playlist-check", "state.done", self.tr("Nothing to confirm"), text if certain else none, [])

    def _say(self, state: ConfirmState) -> None:
        groups = [question.group for question in state.questions]
        choose, look = groups.count("choose"), groups.count("look")
        missing, unavailable = groups.count("missing"), groups.count("unavailable")
        parts = []
        if choose:
            one, many = self.tr("1 has more than one good answer"), self.tr("%n have more than one good answer")
            parts.append(plural(choose, one, many))
        if look:
            parts.append(plural(look, self.tr("1 wants a look"), self.tr("%n want a look")))
        if missing:
            parts.append(plural(missing, self.tr("1 was not found"), self.tr("%n were not found")))
        if unavailable:
            parts.append(plural(unavailable, self.tr("1 cannot be added"), self.tr("%n cannot be added")))
        if effort := groups.count("effort"):
            parts.append(plural(effort, self.tr("1 is another version"), self.tr("%n are other versions")))
        said = ", ".join(parts)
        self.say(self.tr("Confirm matches"), f"{said}. {self._going_on(state)}")
        self.show_content()

    def _going_on(self, state: ConfirmState) -> str:
        if self.asking.active:
            return f"{self.asking.doing(state.review)}: {self.asking.how_far()}."
        if state.review.unasked:
            return f"{self.asking.why_not(state.review)}."
        return self.tr("You may go on at any time; open ones stay out.")

    def _show_progress(self, state: ConfirmState) -> None:
        asked = [question for question in state.questions if question.group in ("choose", "look")]
        answered = sum(question.verdict is not None for question in asked)
        self._answered.setText(fill(self.tr("%1 of %2 answered"), answered, len(asked)))
        self._bar.setRange(0, max(1, len(asked)))
        self._bar.setValue(answered)
        self._bar.setAccessibleName(self._answered.text())
        self._corner.setVisible(bool(asked) and self.width() > 700)
        likely = self._likely(0.8)
        self.accept_all.setEnabled(self._likely(_STEPS[-1]) > 0)
        self.accept_all.setText(fill(self.tr("Accept %1 at %2 or more…"), likely, percent(0.8)))
        self.accept_all.setAccessibleName(self.accept_all.text())

    def _stand(self) -> None:
        state = self.state
        if self.asking.active:
            self.stand(Standing(self.tr("Next"), reason=self.asking.how_far()))
            self.completeChanged.emit()
            return
        changes = len([row_ for row_ in state.review.shown.rows if row_.ticked])
        text = fill(self.tr("Next: write %1"), changes) if changes else self.tr("Next")
        one, many = self.tr("1 open one will not be written"), self.tr("%n open ones will not be written")
        note = plural(state.open, one, many) if state.open else ""
        self.stand(Standing(text, ready=True, note=note if self.width() > 700 else ""))
        self.completeChanged.emit()

    # The search on the service

    @staticmethod
    def _missing(state: ConfirmState) -> int:
        return sum(question.group == "missing" and question.verdict is None for question in state.questions)

    def _on_ask(self) -> None:
        state = self._confirm_state
        if state is None or self.asking.active:
            self.asking.stop()
        elif unasked := len(state.review.unasked):
            self.asking.begin(unasked)
        else:
            self.asking.begin(self._missing(state), anew=True)

    def _on_asking(self) -> None:
        if self._confirm_state is not None and not self._storing:
            self._show_all()

    def _on_asked(self) -> None:
        """Take in what was found; what the user is looking at stays as it is until another row is chosen."""
        if self._storing or self._confirm_state is None:
            return
        track, held = self._current, self.pane.in_use
        news = self.asking.news_of(track) and not held
        self.asking.take_in(keep=track if held else None)
        self.model.show(self.state.questions, anew=False)
        if track is None:
            self._select(self.model.next_open(None))
        elif news:
            self._select(self.model.index_of(track))
            self._on_current(self.queue.currentIndex())
        self._show_all()

    def _select(self, index: QModelIndex) -> None:
        if index.isValid():
            self.queue.setCurrentIndex(index)
            self.queue.scrollTo(index)

    def _on_current(self, index: QModelIndex) -> None:
        if not self._storing and self.asking.news_of(self._current):
            self.asking.take_in()
            self.model.show(self.state.questions, anew=False)
            index = self.queue.currentIndex()
        question = self.model.question(index)
        if question is None:
            self._current = None
            self.pane.show_question(None, ("file", "local"), "")
            return
        self._current = question.match.wanted.id
        self._show_question(question)

    def _show_question(self, question: Question) -> None:
        review = self.state.review
        services = (review.source.account.service, review.target.account.service)
        entries = review.source_read.entries
        at = next((n for n, entry in enumerate(entries, 1) if entry.track.id == question.match.wanted.id), 0)
        where = fill(self.tr("Wanted · %1, row %2"), shown(review.source.title), at)
        self.pane.show_question(question, services, where)

    # Verdicts

    def _on_verdict(self, word: str) -> None:
        if word == "search":
            self.pane.search.setFocus()
        elif word == "take_back":
            self._take_back()
        elif word == "why":
            self.pane.open_why(self.pane.row, self.pane.list.badge(self.pane.row))
        elif self._current is not None:
            self._answer(word, self._current)

    def _answer(self, word: str, track: TrackId) -> None:
        session = self._desk.session
        if word == "skip":
            session.skip(track)
        elif word == "never":
            session.never(track)
        elif word == "not_this":
            self._refuse(self.pane.row)
            return
        else:
            row_ = self.pane.row if word == "accept" else int(word) - 1
            if not 0 <= row_ < self.pane.model.rowCount():
                return
            self._accept(row_, track)
        self._after_verdict(track)

    def _accept(self, row_: int, track: TrackId) -> None:
        session, model = self._desk.session, self.pane.model
        if model.candidate(row_) is not None:
            session.accept(track, model.track(row_).id)
        else:
            session.choose(track, model.track(row_))

    def _refuse(self, row_: int) -> None:
        if self._current is None or not 0 <= row_ < self.pane.model.rowCount():
            return
        if self.pane.model.candidate(row_) is not None:
            self._desk.session.reject(self._current, self.pane.model.track(row_).id)
            self._show(anew=False)
            self._on_current(self.queue.currentIndex())

    def _after_verdict(self, track: TrackId) -> None:
        """The row stays where it is and shows the verdict; the next open one is selected."""
        self._show(anew=False)
        following = self.model.next_open(track)
        self._select(following if following.isValid() else self.model.index_of(track))
        self._on_current(self.queue.currentIndex())
        if not self.pane.list.hasFocus():
            self.queue.setFocus()

    def _take_back(self) -> None:
        track = self._desk.session.take_back()
        if track is not None:
            self._show(anew=False)
            self._select(self.model.index_of(track))
            self._on_current(self.queue.currentIndex())

    def _likely(self, share: float) -> int:
        return sum(
            1
            for question in self.state.questions
            if question.group in ("choose", "look")
            and question.verdict is None
            and question.match.chosen is not None
            and question.match.chosen.probability >= share
        )

    def _fill_menu(self) -> None:
        menu = self.accept_all.menu()
        menu.clear()
        for share in _STEPS:
            count = self._likely(share)
            action = menu.addAction(fill(self.tr("Accept %1 at %2 or more"), count, percent(share)))
            action.setEnabled(count > 0)
            action.triggered.connect(lambda _on=False, at=share: self.accept_likely(at))

    def accept_likely(self, share: float) -> None:
        """Accept every open question whose best candidate is this probable; a job, for they may be hundreds."""
        session = self._desk.session
        self.show_busy(self.tr("Storing the answers"))
        self.stand(Standing(self.tr("Next"), reason=self.tr("The answers are being stored")))
        self._storing = True
        job = self._desk.submit(lambda _control: session.accept_all(share))
        job.ended.connect(self._after_accepting)

    def _after_accepting(self) -> None:
        self._storing = False
        self.asking.take_in()
        self._show(anew=False)
        self._select(self.model.next_open(None))
        self._on_current(self.queue.currentIndex())

    # Own search

    def _search(self, words: str) -> None:
        if not words or self._current is None:
            return
        session, track = self._desk.session, self._current
        self._asked = words
        job = self._desk.submit(lambda control: session.search(words, control), fill(self.tr("Searching %1"), words))
        job.succeeded.connect(lambda found: self._on_found(track, words, found))
        job.failed.connect(self._on_search_failed)

    def _on_found(self, track: TrackId, words: str, found: object) -> None:
        if track == self._current and isinstance(found, (list, tuple)):
            self.pane.show_found(found, words)

    def _on_search_failed(self, error: object) -> None:
        from musync.gui.errors import told

        said = told(error)
        self.pane.show_found([], self._asked)
        self.pane.none.show_message(said.icon, said.role, said.title, said.text, [], said.code)

    # Making

    def seek_words(self) -> None:
        """To the search of the queue."""
        self.search.setFocus()

    def seek_missing(self) -> None:
        """To the first open question, or to what ends the search."""
        (self.ask if self.asking.active and self.ask.isVisible() else self.queue).setFocus()

    def begin_focus(self) -> None:
        """The queue."""
        super().begin_focus()
        if self.mood == "content":
            self.queue.setFocus()

    def fit(self, width: int, height: int) -> None:
        """Hints only where there is room."""
        super().fit(width, height)
        narrow = width < NARROW
        self._hints.setVisible(not narrow and self.queue.letters)
        self._queue_card.setFixedWidth(320 if narrow else 404)
        self.pane.fit(narrow)

    def _make_hints(self) -> QHBoxLayout:
        signs = self.signs
        hints = row(gap=4)
        for keys, words in (
            (("↑", "↓"), self.tr("move")),
            (("1–9",), self.tr("choose")),
            (("X",), self.tr("not this one")),
            (("W",), self.tr("why")),
        ):
            for key in keys:
                hints.addWidget(key_cap(signs, key))
            hints.addWidget(label(signs, words, "small", "text_2"))
            hints.addSpacing(10)
        return hints

    def _make_corner(self) -> None:
        self._answered = label(self.signs, "", "small", "text_2")
        saved = label(self.signs, self.tr("saved at once"), "small", "text_3")
        self._bar = QProgressBar()
        self._bar.setObjectName("confirm.progress")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._corner = QWidget()
        self._corner.setFixedWidth(240)
        self._corner.setLayout(column(row(self._answered, 0, saved), 4, self._bar))
        # In the head, for it is needed while nothing else is there, too.
        self.corner.addWidget(self.ask)
        self.corner.addWidget(self._corner)

    def _lay_out(self) -> None:
        tools = row(self.accept_all, self.search, gap=8)
        tools.addStretch()
        tools.addWidget(self._hints)
        self._queue_card = Card()
        self._queue_card.setLayout(column(self.queue, margins=(1, 1, 1, 1)))
        both = row(gap=12)
        both.addWidget(self._queue_card)
        both.addWidget(self.pane, 1)
        whole = column(tools, gap=12)
        whole.addLayout(both, 1)
        self.content.setLayout(whole)

    def _connect(self) -> None:
        self.queue.selectionModel().currentChanged.connect(lambda now, _before: self._on_current(now))
        self.queue.verdict.connect(self._on_verdict)
        self.pane.verdict.connect(self._on_verdict)
        self.pane.accepted.connect(lambda row_: self._on_verdict(str(row_ + 1)))
        self.pane.refused.connect(self._refuse)
        self.pane.searched.connect(self._search)
        self.pane.proposals_wanted.connect(lambda: self._on_current(self.queue.currentIndex()))
        self.search.textChanged.connect(self.model.look_for)
        undo = QShortcut(QKeySequence.StandardKey.Undo, self)
        undo.activated.connect(self._take_back)
