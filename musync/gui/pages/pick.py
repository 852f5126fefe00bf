"""Page 1: what to take from, what to bring up to date, and how."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from musync.gui.desk import Desk
from musync.gui.page import Page, Standing
from musync.gui.pages.first_run import FirstRun
from musync.gui.pages.library import Library
from musync.gui.paint import Signs
from musync.gui.widgets.basics import column
from musync.gui.words import fill, isolated

if TYPE_CHECKING:
    from musync.app.session import PickState
    from musync.app.sides import Side
    from musync.domain import Account
    from musync.gui.pages.two_columns import TwoColumns

_FILE_KINDS = "*.m3u *.m3u8 *.pls *.xspf *.jspf *.csv *.json *.xml *.txt"
_NEW_KINDS = "*.m3u8 *.xspf *.jspf *.csv *.json *.pls *.m3u *.txt"


class PickPage(Page):
    """Two columns and the mode between them; before there is any account, three ways to begin."""

    sample_wanted = Signal()
    own_wanted = Signal()

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "pick")
        self._desk = desk
        self.library = Library(desk)
        self.columns: TwoColumns | None = None
        self.setAcceptDrops(True)
        self.first = FirstRun(signs)
        self.first.sample_wanted.connect(self._try_sample)
        self.first.folder_wanted.connect(lambda: self.choose_folder(receiving=True))
        self.first.file_wanted.connect(lambda: self.choose_file(receiving=False))
        self._forms = QStackedWidget()
        self._forms.addWidget(self.first)
        self.content.setLayout(column(self._forms))
        desk.switched.connect(self.library.begin)
        self.library.ready.connect(self._on_ready)
        self.library.closed.connect(self._on_closed)
        self.library.added.connect(self._on_added)
        self.library.not_added.connect(self._on_not_added)

    # Moods

    def show_first(self) -> None:
        """The ways to begin, before anything else is known."""
        self.say(
            self.tr("Welcome. What should become the same?"),
            self.tr("Two playlists are all it needs: one to take from, one to bring up to date."),
        )
        self._forms.setCurrentWidget(self.first)
        self.show_content()
        self.stand(Standing(self.tr("Compare"), reason=self.tr("First choose something to take from")))

    def show_opening(self) -> None:
        """Nothing yet; after a moment that musync opens."""
        self.say(self.tr("Pick two playlists"), "")
        self.show_busy(self.tr("Opening musync"))
        self.stand(Standing(self.tr("Compare"), reason=self.tr("musync is still opening")))

    def show_columns(self) -> TwoColumns:
        """The two columns, built when they are first needed."""
        if self.columns is None:
            from musync.gui.pages.two_columns import TwoColumns

            self.columns = TwoColumns(self.signs, self._desk, self.library)
            self.columns.changed.connect(self._stand)
            self.columns.folder_wanted.connect(lambda to: self.choose_folder(receiving=to))
            self.columns.file_wanted.connect(lambda to: self.choose_file(receiving=to))
            self.columns.new_file_wanted.connect(self.make_file)
            self.columns.own_wanted.connect(self.own_wanted)
            self._forms.addWidget(self.columns)
            self.changed_parts.emit()
        self.say(
            self.tr("Pick two playlists"),
            self.tr("What is on the left goes to the right. Nothing is written before you say so on the last page."),
        )
        self._forms.setCurrentWidget(self.columns)
        self.columns.fit(self.window().width())
        self.show_content()
        return self.columns

    def enter(self) -> None:
        """The user came back to this page."""
        if self._desk.is_open and self.columns is not None:
            self.columns.show_all()
            self._stand()

    def second_line(self) -> str:
        """Both names, once there is one."""
        source, target = self._picked
        if source is None:
            return self.tr("Nothing chosen yet")
        arrow = "←" if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else "→"
        return f"{isolated(source.title)} {arrow} {isolated(target.title) if target is not None else '…'}"

    def fit(self, width: int, height: int) -> None:
        """Shorten what is long where the window is narrow."""
        super().fit(width, height)
        if self.columns is not None:
            self.columns.fit(width)

    def seek_words(self) -> None:
        """To the search of the column that has the focus, else the first."""
        if self._shows_columns and self.columns is not None:
            self.columns.focused.search.setFocus()

    def seek_missing(self) -> None:
        """To the side that wants an answer."""
        if not self._shows_columns:
            self.first.sample.setFocus()
        elif self.columns is not None:
            self.columns.side(receiving=self._picked[0] is not None).focus_missing()

    def begin_focus(self) -> None:
        """The first thing that wants an answer."""
        super().begin_focus()
        if self.mood == "content":
            self.seek_missing()

    def nextId(self) -> int:
        """The review, also before it is made: until then this page would look like the last."""
        return 1

    def validatePage(self) -> bool:
        """Next compares only what can be compared, once the page for it is there."""
        return self.isComplete() and self.wizard().page(self.nextId()) is not None

    @property
    def _shows_columns(self) -> bool:
        return self.columns is not None and self._forms.currentWidget() is self.columns

    @property
    def _picked(self) -> tuple[Side | None, Side | None]:
        if not self._desk.is_open:
            return None, None
        state: PickState = self._desk.session.states[0]  # type: ignore[assignment]  # the first is always pick
        return state.source, state.target

    # Accounts

    def _on_ready(self) -> None:
        source, target = self._picked
        for side in (source, target):
            if side is not None:
                self.library.put(side)
        if self.library.empty:
            self.show_first()
            self.seek_missing()
            return
        self.show_columns().show_all()
        self._stand()

    def _on_closed(self, error: object) -> None:
        from musync.gui.widgets.moods import Way

        again = Way(self.tr("Try again"), "pick.again", self.library.begin, "primary", "action.repeat")
        self.show_error(error, [again])
        self.stand(Standing(self.tr("Compare"), reason=self.tr("First the trouble above")))

    def _on_added(self, receiving: bool, account: Account) -> None:
        self.show_columns().show_account_of(account, receiving=receiving)
        self._stand()

    def _on_not_added(self, error: object) -> None:
        from musync.gui.widgets.moods import Way

        back = Way(self.tr("Back"), "pick.back", self._after_trouble, "primary")
        self.show_error(error, [back])

    def _after_trouble(self) -> None:
        if self.library.empty:
            self.show_first()
        else:
            self.show_columns().show_all()

    def _stand(self) -> None:
        """Say what Next does, or what it waits for."""
        state: PickState = self._desk.session.states[0]  # type: ignore[assignment]  # the first is always pick
        problem, compare = state.problem, self.tr("Compare")
        if problem is None and state.source is not None and state.target is not None:
            counts = [side.playlist.count if side.playlist is not None else 0 for side in (state.source, state.target)]
            known = [count for count in counts if count is not None]
            words = fill(self.tr("Compare %1 with %2"), *known) if len(known) == 2 else compare
            self.stand(Standing(words, ready=True))
        elif problem is not None:
            reasons = {
                "no-source": self.tr("First choose something to take from"),
                "no-target": self.tr("Now choose where it should go"),
                "same-playlist": self.tr("Both sides are the same playlist"),
            }
            self.stand(Standing(compare, reason=reasons.get(problem.case, problem.message)))
        # The rail names both sides, also where the footer says the same as before.
        self.completeChanged.emit()

    # Files and folders

    def choose_file(self, *, receiving: bool) -> None:
        """Have a playlist file chosen and open it."""
        kinds = f"{self.tr('Playlists')} ({_FILE_KINDS});;{self.tr('All files')} (*)"
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("Open a playlist file"), "", kinds)
        if path:
            self.open_address(path, receiving=receiving)

    def make_file(self) -> None:
        """Have a place chosen for a new playlist file; it is made when writing."""
        kinds = f"{self.tr('Playlists')} ({_NEW_KINDS})"
        keep = QFileDialog.Option.DontConfirmOverwrite
        path, _kind = QFileDialog.getSaveFileName(self, self.tr("New playlist file"), "", kinds, options=keep)
        if path:
            self.open_address(path, receiving=True)

    def choose_folder(self, *, receiving: bool) -> None:
        """Have a folder of music chosen and make an account of it."""
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder with your music"))
        if folder:
            self.add_folder(Path(folder), receiving=receiving)

    def add_folder(self, folder: Path, *, receiving: bool = True) -> None:
        """Make an account of a folder of music."""
        self.show_busy(fill(self.tr("Adding %1"), folder.name))
        self.library.add_folder(folder, receiving=receiving)

    def open_address(self, address: str, *, receiving: bool = False) -> None:
        """Choose what an address names, as if it had been typed there."""
        columns = self.show_columns()
        columns.show_all()
        columns.side(receiving=receiving).enter_address(address)

    def _try_sample(self) -> None:
        self.show_busy(self.tr("Unpacking the sample library"))
        self.sample_wanted.emit()

    # Paste and drop anywhere on the page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A link that is pasted goes to the column that has the focus."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._shows_columns and self.columns is not None:
            text = QGuiApplication.clipboard().text().strip()
            if text and "\n" not in text:
                self.columns.focused.enter_address(text)
                return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and links, on the first-run view too."""
        if event.mimeData().hasUrls() and self._desk.is_open:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped beside the columns is one to take from."""
        urls = event.mimeData().urls()
        if urls:
            event.acceptProposedAction()
            self.open_address(urls[0].toLocalFile() or urls[0].toString())
