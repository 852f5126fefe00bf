"""The wizard put together: pages in their order, what happens between them, and what is remembered."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from musync.app.paths import Home, resource
from musync.gui.desk import Desk
from musync.gui.icons import Icons
from musync.gui.jobs import QtRunner
from musync.gui.logfeed import LogFeed
from musync.gui.pages.pick import PickPage
from musync.gui.paint import Signs
from musync.gui.theme import CHOICES, Choice, Theme
from musync.gui.tokens import load_tokens
from musync.gui.widgets.rail import Place
from musync.gui.wizard import Wizard

if TYPE_CHECKING:
    from musync.app.compose import Musync
    from musync.domain import Control
    from musync.gui.page import Page
    from musync.gui.sample import Sample

log = logging.getLogger(__name__)


class Window(QObject):
    """Builds page 1 at once and the others after the first paint; opens the application in a job.

    `making` says that the others are just being built.
    """

    def __init__(self, app: QApplication, home: Home) -> None:
        super().__init__(app)
        self._home = home
        self._remembered = QSettings(str(home.root / "window.ini"), QSettings.Format.IniFormat, self)
        self.theme = Theme(app, load_tokens(resource("look", "tokens.json")), self._remembered_theme())
        self.theme.start()
        self.signs = Signs(self.theme, Icons(resource("icons"), self.theme))
        self.runner = QtRunner(self)
        self.desk = Desk(self.runner)
        steps = (self.tr("Pick"), self.tr("Review"), self.tr("Confirm"), self.tr("Write"))
        self.feed = LogFeed()
        self.feed.attach()
        self.wizard = Wizard(self.signs, self.runner, self.feed, steps, self._places())
        self.desk.trouble.connect(self._on_trouble)
        self.pick = PickPage(self.signs, self.desk)
        self.pick.sample_wanted.connect(self.try_sample)
        self.pick.own_wanted.connect(self.open_own)
        self.wizard.add_step_page(self.pick, 0)
        self.wizard.restore(self._remembered)
        self.wizard.closed.connect(self._on_closed)
        self._scratch: list[Path] = []
        self._rest: list[Page] = []
        self._making: Iterator[Page] = iter(())
        self._loaded = False
        self.making = False
        self.pick.library.ready.connect(self._load_rest)

    def show(self) -> None:
        """Show page 1, then open everything else."""
        if self._home.database.exists():
            self.pick.show_opening()
        else:
            self.pick.show_first()
        self.wizard.painted.connect(self.open_own)
        self.wizard.show()

    def open_own(self) -> None:
        """Work with the user's own home."""
        home = self._home

        def open_it(_control: Control) -> Musync:
            from musync.app.compose import open_musync

            return open_musync(home)

        job = self.runner.submit(open_it)
        job.succeeded.connect(lambda musync: self._use(musync, scratch=False))
        job.failed.connect(self._on_unopened)

    def try_sample(self) -> None:
        """Work with a copy of the sample library."""

        def open_it(control: Control) -> Sample:
            from musync.gui.sample import open_sample

            return open_sample(control)

        job = self.runner.submit(open_it, self.tr("Unpacking the sample library"))
        job.succeeded.connect(self._use_sample)
        job.failed.connect(self._on_unopened)

    # Inside

    def _places(self) -> list[Place]:
        return [
            Place("history", self.tr("History"), "place.history"),
            Place("decisions", self.tr("Decisions"), "place.decisions"),
            Place("accounts", self.tr("Accounts"), "place.accounts"),
            Place("doctor", self.tr("Doctor"), "place.doctor", bottom=True),
            Place("settings", self.tr("Settings"), "place.settings", bottom=True),
        ]

    def _use(self, musync: Musync, *, scratch: bool) -> None:
        self.wizard.close_place()
        self.desk.use(musync, scratch=scratch)
        self.follow_settings()
        self.desk.prefer(self.desk.settings.preference)
        from musync.redaction import SecretFilter

        self.feed.addFilter(SecretFilter(musync.redactor))
        self.wizard.offer_log_folder(self._home.logs)

    def _use_sample(self, sample: Sample) -> None:
        self._scratch.append(sample.folder)
        self.desk.use(sample.musync, scratch=True)
        self.desk.session.pick(source=sample.source, target=sample.target)

    def _on_unopened(self, error: object) -> None:
        self.pick.say(self.tr("Pick two playlists"), "")
        from musync.gui.widgets.moods import Way

        again = Way(self.tr("Try again"), "pick.again", self.open_own, "primary", "action.repeat")
        self.pick.show_error(error, [again])

    def _on_trouble(self, error: object) -> None:
        """An answer or a setting could not be stored."""
        from musync.gui.dialogs import show_trouble
        from musync.gui.errors import told

        said = told(error)
        show_trouble(self.wizard, self.signs, said.title, said.text)

    def _load_rest(self) -> None:
        """The pages after the first: loaded in a job once page 1 is filled, made once."""
        if self._loaded:
            return
        self._loaded = self.making = True

        def load(_control: Control) -> object:
            from musync.gui.rest import add_pages

            return add_pages

        self.runner.submit(load).succeeded.connect(self._add_rest)

    def _add_rest(self, add_pages: Callable[[Window], Iterator[Page]]) -> None:
        self._making = add_pages(self)
        self._add_next()

    def _add_next(self) -> None:
        """One page with every turn of the event loop, so that the window goes on answering."""
        page = next(self._making, None)
        if page is None:
            self.making = False
            return
        page.restore(self._remembered)
        page.follow(self.desk.settings)
        self._rest.append(page)
        QTimer.singleShot(0, self, self._add_next)

    def _remembered_theme(self) -> Choice:
        stored = str(self._remembered.value("window/theme", "system"))
        return next((choice for choice in CHOICES if choice == stored), "system")

    def follow_settings(self) -> None:
        """The settings have the last word on the theme; the window only remembers it for the next first paint."""
        settings = self.desk.settings
        for page in self._rest:
            page.follow(settings)
        self.desk.accept_from(settings.accept)
        wanted = settings.theme.replace("-", "_")
        for choice in CHOICES:
            if choice == wanted:
                self.theme.choose(choice)
                self._remembered.setValue("window/theme", choice)

    def _on_closed(self) -> None:
        """Remember, let go of everything, and end; no job runs any more."""
        self._making = iter(())
        self.wizard.remember(self._remembered)
        for page in self._rest:
            page.remember(self._remembered)
        self._remembered.sync()
        self.desk.close()
        self.feed.detach()
        for folder in self._scratch:
            shutil.rmtree(folder, ignore_errors=True)
