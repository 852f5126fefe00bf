"""The search that fills page 3: it comes in pieces, can be stopped, and goes on by itself when a wait is over."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from musync.domain.errors import MusyncError, RateLimited
from musync.gui.desk import Desk
from musync.gui.words import clock, fill, plural, shown

if TYPE_CHECKING:
    from musync.app.review import Review
    from musync.app.searching import Findings
    from musync.domain import Control, TrackId
    from musync.gui.jobs import Job

_LONGEST_WAIT_MS = 2**31 - 1
_SETTLE_MS = 200
"""Numbers change no more often than this."""


class Asking(QObject):
    """One search at a time, and what it found that was not taken in yet."""

    found = Signal()
    """Something may wait to be taken in: it came further, or ended."""
    changed = Signal()
    """It began, or was told to stop."""
    resumed = Signal()
    """The wait is over."""
    _told = Signal(int, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._number = 0
        self._pieces: list[Findings] = []
        self._error: object = None
        self._until = 0.0
        self._heard: set[TrackId] = set()
        self.total = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SETTLE_MS)
        self._soon.timeout.connect(self.found)
        self._resume = QTimer(self)
        self._resume.setSingleShot(True)
        self._resume.timeout.connect(self.resumed)
        # A worker tells in its own thread; the number tells apart what an abandoned search still says.
        self._told.connect(self._on_told)

    # The search itself

    @property
    def active(self) -> bool:
        """A search is under way, also while it stops."""
        return self._job is not None

    @property
    def stopping(self) -> bool:
        """It was told to stop and waits for the requests under way."""
        return self._job is not None and self._job.stopping

    @property
    def done(self) -> int:
        """About how many tracks something was heard so far."""
        return len(self._heard)

    def begin(self, count: int, *, anew: bool = False) -> None:
        """Ask about what is not known, so many tracks; with `anew` about what was not found on earlier days, too."""
        self.leave()
        number, session = self._number, self._desk.session
        self._heard, self.total = set(), count

        def tell(piece: Findings) -> None:
            self._told.emit(number, piece)

        def search(control: Control) -> object:
            return session.ask(control, tell, anew=anew)

        self._job = job = self._desk.submit(search, self.tr("Searching"))
        job.succeeded.connect(lambda last: self._end(number, last.error))
        job.failed.connect(lambda error: self._end(number, error))
        job.cancelled.connect(lambda: self._end(number, None))
        self.changed.emit()

    def stop(self) -> None:
        """Ask it to stop; what was found stays."""
        if self._job is not None:
            self._job.cancel()
            self.changed.emit()

    def leave(self) -> None:
        """Stop it and hear no more of it."""
        self._resume.stop()
        self._soon.stop()
        self._number += 1
        if self._job is not None:
            self._job.cancel()
        self._job, self._error, self._until = None, None, 0.0

    def _on_told(self, number: int, piece: Findings) -> None:
        if number == self._number:
            self._pieces.append(piece)
            self._heard.update(piece.matches)
            if not self._soon.isActive():
                self._soon.start()

    def _end(self, number: int, error: object) -> None:
        if number != self._number:
            return
        self._job, self._error = None, error
        self._soon.stop()
        if isinstance(error, RateLimited):
            self._until = time.time() + error.retry_after
            self._resume.start(min(int(error.retry_after * 1000), _LONGEST_WAIT_MS))
        self.found.emit()

    # What it found

    def news_of(self, track: TrackId | None) -> bool:
        """Whether something about this track waits to be taken in."""
        return any(track in piece.matches for piece in self._pieces)

    def take_in(self, *, keep: TrackId | None = None) -> None:
        """Hand what was found to the session, but for what is about one track: that waits on."""
        pieces, self._pieces = self._pieces, []
        if not pieces:
            return
        held = {track: match for piece in pieces for track, match in piece.matches.items() if track == keep}
        rest = [replace(one, matches={at: match for at, match in one.matches.items() if at != keep}) for one in pieces]
        self._desk.session.take_in(*rest)
        if held:
            self._pieces = [replace(pieces[-1], matches=held, requests=0, seconds=0.0)]

    # In words

    def doing(self, review: Review) -> str:
        """Which service is searched."""
        return fill(self.tr("Searching %1"), self._service(review))

    def how_far(self) -> str:
        """How many tracks were asked about."""
        return fill(self.tr("%1 of %2 searched"), self.done, self.total)

    def why_not(self, review: Review) -> str:
        """How many were not asked about, and what stood in the way."""
        if self._until:
            service = self._service(review)
            return fill(self.tr("%1 asks to wait until %2; the search goes on then"), service, clock(self._until))
        one, many = self.tr("1 track was not asked about"), self.tr("%n tracks were not asked about")
        left = plural(len(review.unasked), one, many)
        if isinstance(self._error, MusyncError):
            return f"{left}: {shown(self._error.message.rstrip('.'))}"
        return left

    def offer(self, review: Review, missing: int) -> str:
        """What the button does: stop, go on, or ask anew about so many that were not found; empty for nothing."""
        if self.active:
            return self.tr("Stopping") if self.stopping else self.tr("Stop searching")
        if unasked := len(review.unasked):
            return plural(unasked, self.tr("Search on for 1"), self.tr("Search on for %n"))
        if missing and review.searched:
            return plural(missing, self.tr("Search again for 1"), self.tr("Search again for %n"))
        return ""

    def _service(self, review: Review) -> str:
        return self._desk.musync.shelf.plugin(review.target.account.service).title
