"""Page 2: what differs, what will be written, and the stop where something looks like an accident."""

from __future__ import annotations

import logging
from dataclasses import replace

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from musync.app.review import Review
from musync.app.session import DoneState, PickState, ReviewState
from musync.app.settings import Settings
from musync.domain import Account, Action, Mode
from musync.domain.errors import MusyncError
from musync.gui.desk import Desk
from musync.gui.jobs import Job
from musync.gui.models.diff import DiffModel
from musync.gui.page import LOW, NARROW, Page, Standing
from musync.gui.pages.brake_card import BrakeCard
from musync.gui.pages.order_card import OrderCard, why_left
from musync.gui.pages.review_body import ReviewBody
from musync.gui.pages.review_tools import ReviewTools
from musync.gui.paint import Signs
from musync.gui.rows import row_state
from musync.gui.sayings import saying
from musync.gui.versions import preferred_line
from musync.gui.widgets.basics import column
from musync.gui.widgets.chips import Chips, Count
from musync.gui.widgets.moods import Way
from musync.gui.words import fill, plural, shown

log = logging.getLogger(__name__)


class ReviewPage(Page):
    """One table for both lists, with counts that filter it."""

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "review")
        self._desk = desk
        self._job: Job | None = None
        self._wait_for: Job | None = None
        self.model = DiffModel(self)
        self.body = ReviewBody(signs, self.model)
        self.table = self.body.table
        self.chips = Chips(signs, "review.chips")
        self.tools = ReviewTools(signs)
        self.brake = BrakeCard(signs)
        self.order = OrderCard(signs, "review")
        inside = column(self.brake, self.order, self.chips, self.tools, gap=12)
        inside.addWidget(self.body, 1)
        self.content.setLayout(inside)
        self._connect()

    # Coming and going

    def initializePage(self) -> None:
        """Compare, when page 1 has chosen anew."""
        self.compare()

    def cleanupPage(self) -> None:
        """Back to page 1: what runs is stopped, the comparison is left."""
        if self._job is not None:
            self._job.cancel()
            self._wait_for = self._job
            self._job = None
        while not isinstance(self._desk.session.state, PickState):
            before = self._desk.session.state
            if self._desk.session.back() is before:
                return

    def validatePage(self) -> bool:
        """On to the questions."""
        if not self.isComplete():
            return False
        self._desk.session.to_confirm()
        return True

    def enter(self) -> None:
        """Show what page 3 may have changed."""
        if isinstance(self._desk.session.state, ReviewState):
            self._show()

    def compare(self) -> None:
        """Read both lists and compare; one that is being stopped is waited for."""
        self.say(self.tr("Review the difference"), "")
        self.show_busy(saying("read-entries"))
        self.stand(Standing(self.tr("Next"), reason=self.tr("Both lists are being read")))
        if self._wait_for is not None and self._wait_for in self._desk.runner.jobs:
            self._wait_for.ended.connect(self._start)
        else:
            self._start()

    def _start(self) -> None:
        session = self._desk.session
        if not isinstance(session.state, PickState):
            session.begin_anew(keep_sides=True)
        # A stop is lifted for one comparison and its run, never for the next.
        policy = session.states[0].policy  # type: ignore[union-attr]  # the first is always pick
        session.pick(policy=replace(policy, overrides=frozenset(), confirm_empty=None, order="ask"))
        source, target = session.states[0].source, session.states[0].target  # type: ignore[union-attr]  # pick state
        title = fill(self.tr("Comparing %1 with %2"), *(side.title if side else "" for side in (source, target)))
        job = self._job = self._desk.submit(session.compare, title)
        job.progressed.connect(self._on_progress)
        job.succeeded.connect(lambda _state: self._on_compared(job))
        job.failed.connect(lambda error: self._on_failed(job, error))
        job.cancelled.connect(lambda: self._on_failed(job, None))

    def _on_progress(self, done: int, total: object, code: str) -> None:
        self.busy.show_progress(saying(code), done, total if isinstance(total, int) else None)

    def _on_compared(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            rows = self.state.review.shown.rows
            log.info("Compared: %s rows, %s changes ticked", len(rows), _ticked(self.state.review))
            self.chips.choose(frozenset())
            self._show()
            self.body.begin()
            self.begin_focus()

    def _on_failed(self, job: Job, error: object) -> None:
        if job is not self._job:
            return
        self._job = None
        again = Way(self.tr("Read again"), "review.again", self.compare, "primary", "action.repeat")
        pick = Way(self.tr("Pick others"), "review.pick", self._go_back)
        if error is None:
            stopped = self.tr("The comparison was stopped"), self.tr("Nothing was changed.")
            self.show_wrong("action.stop", "text_2", *stopped, [again, pick])
        else:
            self.show_error(error, [again, pick])
        self.stand(Standing(self.tr("Next"), reason=self.tr("First the trouble above")))

    def _go_back(self) -> None:
        self.wizard().back()

    # Showing

    @property
    def state(self) -> ReviewState:
        """The comparison that is shown."""
        state = self._desk.session.states[1]
        assert isinstance(state, ReviewState)
        return state

    def _show(self) -> None:
        state = self.state
        rows, brake = state.review.shown.rows, state.brake
        shown_ = state.review.shown
        if brake is None and not shown_.moves_asked and all(row_state(row_) == "both" for row_ in rows):
            self._show_same(len(rows), why_left(shown_.order_left))
            return
        sides = (state.review.source, state.review.target)
        self.body.show_state(state, [self._account_text(side.account) for side in sides])
        self.show_content()
        if brake is not None:
            self.brake.show_brake(state, brake)
        self.brake.setVisible(brake is not None)
        self.order.show_review(state.review)
        if brake is not None:
            self.order.hide()
        line = self.tr("Ticked rows will be written. Everything else stays as it is.")
        line = " ".join(filter(None, (line, preferred_line(state.review.policy.preference))))
        stop = self.tr("Nothing goes on until the stop below is answered.")
        self.say(self.tr("Review the difference"), stop if brake is not None else line)
        self._show_counts()
        self._stand()

    def _show_same(self, count: int, order_left: str) -> None:
        self.say(self.tr("Review the difference"), "")
        one, many = self.tr("Both lists hold the same track."), self.tr("Both lists hold the same %n tracks.")
        ordered = self.tr("Both lists hold the same %n tracks in the same order.")
        said = plural(count, one, many if order_left else ordered)
        text = " ".join(part for part in (said, order_left, self.tr("Nothing to write.")) if part)
        nothing = self.tr("Both lists are empty. Nothing to write.")
        pick = Way(self.tr("Pick others"), "review.pick", self._go_back, "primary")
        words = self.tr("Already the same"), text if count else nothing
        self.show_wrong("state.done", "state.done", *words, [pick])
        self.stand(Standing(self.tr("Next"), reason=self.tr("Nothing to write")))

    def _show_counts(self) -> None:
        tally = self.model.tally()
        removes = tally.get("remove", 0)
        ticked = self.model.ticked("remove")
        some = fill(self.tr("%1 of %2"), ticked, removes)
        words = (
            ("both", self.tr("In both")),
            ("add", self.tr("To add")),
            ("remove", self.tr("To remove")),
            ("only_there", self.tr("Only there")),
            ("moved", self.tr("Moved")),
            ("ambiguous", self.tr("Choose")),
            ("not_found", self.tr("Not found")),
            ("not_asked", self.tr("Not asked")),
            ("cannot_add", self.tr("Cannot add")),
            ("only_here", self.tr("Left out")),
        )
        counts = [Count("", "", self.tr("All"), sum(tally.values()))]
        for state, word in words:
            amount = tally.get(state, 0)
            # What belongs to other modes is not shown as zero.
            if amount or state not in ("remove", "only_here", "moved"):
                figure = some if state == "remove" and 0 < ticked < removes else ""
                counts.append(Count(state, state, word, amount, figure))
        self.chips.show_counts(counts)

    def _account_text(self, account: Account) -> str:
        return f"{self._desk.musync.shelf.plugin(account.service).title} · {shown(account.label or account.name)}"

    def _stand(self) -> None:
        state = self.state
        waiting, unasked = len(state.review.open_matches), len(state.review.unasked)
        if state.brake is not None:
            self.stand(Standing(self.tr("Next"), reason=self.tr("Answer the stop first")))
        elif unasked:
            one, many = self.tr("Next: search for 1 track"), self.tr("Next: search for %n tracks")
            short = fill(self.tr("Next: search for %1"), unasked)
            text = short if self.window().width() < NARROW else plural(unasked, one, many)
            self.stand(Standing(text, ready=True))
        else:
            one, many = self.tr("Next: confirm 1 match"), self.tr("Next: confirm %n matches")
            text = plural(waiting, one, many) if waiting else self.tr("Next")
            short = fill(self.tr("Next: confirm %1"), waiting) if waiting else text
            self.stand(Standing(short if self.window().width() < NARROW else text, ready=True))
        self.completeChanged.emit()

    def second_line(self) -> str:
        """How many changes are ticked, or that it stands still."""
        states = self._desk.session.states
        if len(states) < 2 or not isinstance(states[1], ReviewState):
            return ""
        if states[1].brake is not None:
            return self.tr("Stopped")
        # Answers on the later pages tick too, so the last state knows best.
        last = states[-1]
        assert not isinstance(last, PickState)
        review = last.written.review if isinstance(last, DoneState) else last.review
        return plural(_ticked(review), self.tr("1 change ticked"), self.tr("%n changes ticked"))

    # What the user does

    def _on_tick(self, rows: list[int], on: bool) -> None:
        self._desk.session.tick(rows, on)
        self._show()

    def _unlink(self) -> None:
        try:
            for row_ in reversed(self.body.chosen_rows):
                self._desk.session.unlink(row_)
        except MusyncError as error:
            self._remark(error)
        self._show()

    def _link(self) -> None:
        rows = self.body.chosen_rows
        if len(rows) != 2:
            return
        here, there = rows if self.state.review.shown.rows[rows[0]].source is not None else rows[::-1]
        try:
            self._desk.session.link(here, there)
        except MusyncError as error:
            self._remark(error)
        self._show()

    def _remark(self, error: MusyncError) -> None:
        QApplication.beep()
        self.say(self.heading, error.message)

    def _read_again(self) -> None:
        self._desk.session.begin_anew(keep_sides=True)
        self.compare()

    def _only_add(self) -> None:
        session = self._desk.session
        policy = replace(self.state.review.policy, mode=Mode.ADD)
        session.begin_anew(keep_sides=True)
        session.pick(policy=policy)
        self.compare()

    def _answer_order(self, bring: bool) -> None:
        self._desk.session.bring_order(bring)
        self._show()
        self.body.begin()

    def _lift(self, brakes: frozenset[str]) -> None:
        policy = self.state.review.policy
        self._desk.session.set_policy(replace(policy, overrides=policy.overrides | brakes))
        self._show()

    def _confirm_empty(self) -> None:
        review = self.state.review
        hit = next(hit for hit in (self.state.brake.hits if self.state.brake else ()) if hit.id == "B1")
        read = review.source_read if hit.side == "source" else review.target_read
        self._desk.session.set_policy(replace(review.policy, confirm_empty=read.playlist.id))
        self._show()

    def show_only(self, state: str) -> None:
        """Show only rows of this state; all where it is empty."""
        self.chips.choose(frozenset({state}) if state else frozenset())

    def seek_words(self) -> None:
        """To the search."""
        self.tools.search.setFocus()
        self.tools.search.selectAll()

    def seek_missing(self) -> None:
        """To the stop, to the question about the order, else to the table."""
        asked = self.order.bring if self.order.waits else self.table
        (self.brake.again if self.brake.isVisible() else asked).setFocus()

    def begin_focus(self) -> None:
        """The stop, else the table."""
        super().begin_focus()
        if self.mood == "content":
            self.seek_missing()

    def fit(self, width: int, height: int) -> None:
        """Tools as icons where it is narrow, no details where it is low."""
        super().fit(width, height)
        self.body.details.setVisible(height >= LOW)
        self.tools.fit(width)

    def follow(self, settings: Settings) -> None:
        """Rows of one line or of two."""
        self.tools.tall.setChecked(not settings.compact_rows)

    def remember(self, settings: QSettings) -> None:
        """Store how the pane is split."""
        settings.setValue("review/split", self.body.split())

    def restore(self, settings: QSettings) -> None:
        """Split it as it was."""
        stored = settings.value("review/split")
        if isinstance(stored, QByteArray):
            self.body.split_as(stored)

    def _keep_height(self, tall: bool) -> None:
        """Remember the choice among the settings."""
        self._desk.set_setting("compact_rows", "false" if tall else "true").failed.connect(self._desk.trouble)

    def _connect(self) -> None:
        model, table, tools = self.model, self.table, self.tools
        model.tick_wanted.connect(self._on_tick)
        self.chips.chosen.connect(lambda keys: model.choose(keys=keys))
        tools.find_changed.connect(lambda text: model.choose(needle=text))
        tools.only_changed.connect(lambda on: model.choose(only_differences=on))
        tools.next_wanted.connect(self.body.next_difference)
        tools.tick_wanted.connect(model.want_all)
        tools.tall_changed.connect(self.body.set_two_lines)
        tools.tall_wanted.connect(self._keep_height)
        table.unlink_wanted.connect(self._unlink)
        table.link_wanted.connect(self._link)
        self.body.details.unlink_wanted.connect(self._unlink)
        self.brake.read_again.connect(self._read_again)
        self.brake.only_add.connect(self._only_add)
        self.brake.show_removals.connect(lambda: self.chips.choose(frozenset({"remove"})))
        self.brake.lifted.connect(self._lift)
        self.brake.emptied.connect(self._confirm_empty)
        self.order.answered.connect(self._answer_order)
        for keys, backwards in (("F7", False), ("Shift+F7", True)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda back=backwards: self.body.next_difference(backwards=back))


def _ticked(review: Review) -> int:
    acts = (Action.ADD, Action.REMOVE, Action.MOVE)
    return sum(1 for row_ in review.shown.rows if row_.ticked and row_.action in acts)
