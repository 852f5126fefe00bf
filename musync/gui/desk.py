"""What the pages share: the opened application, the way through it, and the means to run jobs and store answers."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from musync.gui.jobs import Job, QtRunner

if TYPE_CHECKING:
    from musync.app.compose import Musync
    from musync.app.session import SyncSession
    from musync.app.settings import Settings
    from musync.domain import Control, Preference


class Desk(QObject):
    """Holds one opened musync and one session; `switched` comes when either is another one.

    Nothing of the application layer is imported before `open` runs, so that the window is painted first.
    """

    switched = Signal()
    trouble = Signal(object)
    """An answer could not be stored, or the application could not be opened: the error."""

    def __init__(self, runner: QtRunner) -> None:
        super().__init__(runner)
        self.runner = runner
        self.store = InOrder(runner)
        self.store.failed.connect(self.trouble)
        self._musync: Musync | None = None
        self._session: SyncSession | None = None
        self.scratch = False
        self._settings_guard = threading.Lock()

    @property
    def musync(self) -> Musync:
        """The opened application; only pages that are shown after opening ask for it."""
        assert self._musync is not None
        return self._musync

    @property
    def session(self) -> SyncSession:
        """The way through the wizard."""
        assert self._session is not None
        return self._session

    @property
    def is_open(self) -> bool:
        """Whether there is an application to work with."""
        return self._musync is not None

    @property
    def settings(self) -> Settings:
        """What the user set."""
        return self.musync.settings.read()

    def use(self, musync: Musync, *, scratch: bool = False) -> None:
        """Work with this one from now on; the one before is closed."""
        if self._musync is not None:
            self._musync.close()
        self._musync = musync
        self._session = musync.session(later=self.store)
        self.scratch = scratch
        self.switched.emit()

    def accept_from(self, share: float) -> None:
        """Take matches without asking from this probability on; a comparison keeps the one it began with."""
        session = self.session
        if len(session.states) == 1:
            policy = session.states[0].policy  # type: ignore[union-attr]  # the first is always pick
            session.pick(policy=replace(policy, accept=share))

    def prefer(self, preference: Preference) -> None:
        """Begin with these versions preferred; page 1 may choose others."""
        policy = self.session.states[0].policy  # type: ignore[union-attr]  # the first is always pick
        self.session.pick(policy=replace(policy, preference=preference))

    def submit(self, work: Callable[[Control], object], title: str = "") -> Job:
        """Run a job; answers given before are stored first."""
        store = self.store

        def after_storing(control: Control) -> object:
            store.drain()
            return work(control)

        return self.runner.submit(after_storing, title)

    def set_setting(self, key: str, text: str) -> Job:
        """Store a setting, one after the other: each writes the whole file."""
        stored, guard = self.musync.settings, self._settings_guard

        def store(_control: Control) -> Settings:
            with guard:
                return stored.set(key, text)

        return self.runner.submit(store)

    def close(self) -> None:
        """Let go of everything; no job runs any more."""
        self.store.drain()
        if self._musync is not None:
            self._musync.close()
            self._musync = None


class InOrder(QObject):
    """Stores answers one after the other in the background; a page never waits for the disk."""

    failed = Signal(object)
    _asked = Signal()

    def __init__(self, runner: QtRunner) -> None:
        super().__init__(runner)
        self._runner = runner
        # A job may give answers too; only the window's thread may start another.
        self._asked.connect(self._go_on)
        self._tasks: deque[Callable[[], None]] = deque()
        self._one_at_a_time = threading.Lock()
        self._running = False

    def __call__(self, task: Callable[[], None]) -> None:
        """Take a task, from any thread; it runs soon."""
        self._tasks.append(task)
        self._asked.emit()

    def drain(self) -> None:
        """Run what waits, in the calling thread; when it returns, everything taken before is stored."""
        with self._one_at_a_time:
            while self._tasks:
                self._tasks.popleft()()

    def _drain_job(self, _control: Control) -> None:
        self.drain()

    def _go_on(self) -> None:
        if self._tasks and not self._running:
            self._running = True
            job = self._runner.submit(self._drain_job)
            job.failed.connect(self.failed)
            job.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._running = False
        self._go_on()
