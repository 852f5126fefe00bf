"""From and To side by side with the mode between them, over what the library knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from musync.gui.desk import Desk
from musync.gui.errors import told
from musync.gui.pages.column import SideColumn
from musync.gui.pages.how import HowColumn
from musync.gui.pages.library import FILE, FILES, FOLDER, Library, key_of
from musync.gui.paint import Signs
from musync.gui.sayings import saying
from musync.gui.widgets.basics import Card, Glyph, button, column, label, row
from musync.gui.widgets.moods import Way
from musync.gui.words import fill

if TYPE_CHECKING:
    from musync.app.session import PickState
    from musync.app.sides import Side
    from musync.domain import Account, Policy

_NARROW = 1180


class TwoColumns(QWidget):
    """Shows the session's choice and hands the user's back to it."""

    changed = Signal()
    """Something was chosen."""
    folder_wanted = Signal(bool)
    file_wanted = Signal(bool)
    new_file_wanted = Signal()
    own_wanted = Signal()

    def __init__(self, signs: Signs, desk: Desk, library: Library) -> None:
        super().__init__()
        self._signs = signs
        self._desk = desk
        self._library = library
        self._keys = {False: "", True: ""}
        self._made_new = False
        self._sides = {
            False: SideColumn(signs, self.tr("From"), "source", receiving=False),
            True: SideColumn(signs, self.tr("To"), "target", receiving=True),
        }
        for receiving, side in self._sides.items():
            side.chosen.connect(lambda chosen, to=receiving: self._choose(chosen, receiving=to))
            side.account_wanted.connect(lambda key, to=receiving: self._on_account(key, receiving=to))
            side.address_entered.connect(lambda text, to=receiving: self._on_address(text, receiving=to))
        self._sides[True].new_wanted.connect(self._make_new)
        self.how = HowColumn(signs)
        self.how.changed.connect(self._on_policy)
        self._banner = self._make_banner()
        both = row(gap=12)
        both.addWidget(self._sides[False], 1)
        both.addWidget(self.how)
        both.addWidget(self._sides[True], 1)
        self.setLayout(column(self._banner, both, gap=12))
        library.listed.connect(self._on_listed)
        library.reading.connect(self._on_reading)
        library.unlisted.connect(self._on_unlisted)
        library.found.connect(self._on_found)
        library.unfound.connect(self._on_unfound)

    @property
    def focused(self) -> SideColumn:
        """The column that has the focus, else the first."""
        focused = QApplication.focusWidget()
        target = self._sides[True]
        return target if focused is not None and target.isAncestorOf(focused) else self._sides[False]

    def side(self, *, receiving: bool) -> SideColumn:
        """One of the two columns."""
        return self._sides[receiving]

    def fit(self, width: int) -> None:
        """Shorten what is long where the window is narrow."""
        self._sides[True].shorten(width < _NARROW)

    def show_all(self) -> None:
        """Show everything as the library and the session have it."""
        self._banner.setVisible(self._desk.scratch)
        known = [key_of(account) for account in self._library.accounts]
        for receiving, side in self._sides.items():
            chosen = self._picked(receiving)
            if chosen is not None:
                self._keys[receiving] = self._library.put(chosen)
            elif self._keys[receiving] not in (*known, FILES):
                # A file is the likelier source, an account the likelier target.
                self._keys[receiving] = known[0] if known and (receiving or not self._library.files) else FILES
            self._show(side)
        self.how.show_policy(self._pick.policy)

    def show_account_of(self, account: Account, *, receiving: bool) -> None:
        """Show an account that was just added."""
        self._keys[receiving] = key_of(account)
        self.show_all()

    @property
    def _pick(self) -> PickState:
        state: PickState = self._desk.session.states[0]  # type: ignore[assignment]  # the first is always pick
        return state

    def _picked(self, receiving: bool) -> Side | None:
        return self._pick.target if receiving else self._pick.source

    # Showing

    def _show(self, side: SideColumn) -> None:
        key = self._keys[side.receiving]
        side.show_accounts(self._library.items(receiving=side.receiving), key)
        side.new.setEnabled(True)
        sides = self._library.sides(key)
        if sides is None:
            side.combo.show_state("", "")
            side.show_busy(saying("list-playlists"))
            self._library.ask(key)
            return
        side.combo.show_state("" if key == FILES else "done", "" if key == FILES else self.tr("Ready"))
        empty = self._no_files(side.receiving) if key == FILES else self._no_playlists(side.receiving)
        side.show_sides(sides, self._picked(side.receiving), empty)

    def _showing(self, key: str) -> list[SideColumn]:
        return [side for receiving, side in self._sides.items() if self._keys[receiving] == key]

    def _on_listed(self, key: str) -> None:
        for side in self._showing(key):
            self._show(side)

    def _on_reading(self, key: str, done: int, total: object, code: str) -> None:
        known = isinstance(total, int) and total > 0
        words = fill(self.tr("%1 · %2 of %3"), saying(code), done, total) if known else saying(code)
        for side in self._showing(key):
            side.show_busy(words)

    def _on_unlisted(self, key: str, error: object) -> None:
        for side in self._showing(key):
            again = Way(self.tr("Try again"), "pick.again", self.show_all, icon="action.repeat")
            side.combo.show_state("failed", self.tr("Not read"))
            side.new.setEnabled(False)
            if error is None:
                stopped = self.tr("The reading was stopped"), self.tr("Nothing was changed.")
                side.show_trouble("action.stop", "text_2", *stopped, [again], "")
            else:
                said = told(error)
                side.show_trouble(said.icon, said.role, said.title, said.text, [again], said.code)

    def _no_files(self, receiving: bool) -> tuple[str, str, Sequence[Way]]:
        name = "target" if receiving else "source"
        open_file = Way(self.tr("Open a file…"), f"{name}.open", lambda: self.file_wanted.emit(receiving))
        if not receiving:
            kinds = self.tr("M3U, PLS, XSPF, JSPF, CSV, JSON, iTunes XML or plain “Artist - Title”. Or drop it here.")
            return self.tr("No file opened yet"), kinds, [open_file]
        make = Way(self.tr("New file…"), "target.make", self.new_file_wanted.emit, icon="action.new_playlist")
        text = self.tr("musync can write to a playlist file, or make a new one.")
        return self.tr("No file chosen yet"), text, [make, open_file]

    def _no_playlists(self, receiving: bool) -> tuple[str, str, Sequence[Way]]:
        title = self.tr("No playlists yet")
        if not receiving:
            return title, self.tr("There is music here but no playlist to take from."), []
        make = Way(self.tr("New playlist…"), "target.make", self._make_new, icon="action.new_playlist")
        return title, self.tr("There is music here but no playlist. musync can make one."), [make]

    # Choosing

    def _choose(self, side: Side | None, *, receiving: bool) -> None:
        session = self._desk.session
        if side is None:
            session.unpick(source=not receiving, target=receiving)
        elif receiving:
            session.pick(target=side)
        else:
            session.pick(source=side)
        self.changed.emit()

    def _on_policy(self, policy: Policy) -> None:
        self._desk.session.pick(policy=policy)
        self.changed.emit()

    def _on_account(self, key: str, *, receiving: bool) -> None:
        side = self._sides[receiving]
        if key in (FOLDER, FILE):
            # The choice stays with the account that is shown until there is another one.
            side.show_accounts(self._library.items(receiving=receiving), self._keys[receiving])
            wanted = self.folder_wanted if key == FOLDER else self.file_wanted
            if key == FILE and receiving:
                self.new_file_wanted.emit()
            else:
                wanted.emit(receiving)
            return
        self._keys[receiving] = key
        side.say("")
        side.search.clear()
        self._show(side)

    def _make_new(self) -> None:
        """A new playlist on the target: a name for an account, a place for a file."""
        if self._keys[True] == FILES:
            self.new_file_wanted.emit()
            return
        from musync.gui.dialogs import ask_name

        source = self._picked(False)
        suggestion = source.title if source is not None else ""
        name = ask_name(self, self._signs, self.tr("New playlist"), self.tr("Name"), suggestion)
        if name:
            self.make_playlist(name)

    def make_playlist(self, name: str) -> None:
        """Choose a playlist of the target's account that is made when writing."""
        from musync.app.sides import Side
        from musync.domain import folded_title

        key, title = self._keys[True], folded_title(name)
        there = next((side for side in self._library.sides(key) or () if folded_title(side.title) == title), None)
        made = there or Side(account=self._library.account(key), playlist=None, title=name)
        self._library.put(made)
        self._on_found(True, made)

    # Addresses

    def _on_address(self, text: str, *, receiving: bool, create: bool = False) -> None:
        self._made_new = create
        self._sides[receiving].say(fill(self.tr("Looking for %1"), text))
        self._library.resolve(text, receiving=receiving, create=create)

    def _on_found(self, receiving: bool, found: Side) -> None:
        side = self._sides[receiving]
        side.address.clear()
        side.say("")
        self._keys[receiving] = self._library.put(found)
        self._choose(found, receiving=receiving)
        for other in self._showing(self._keys[receiving]):
            self._show(other)
        at = side.model.row_of(found)
        side.say(side.model.reason(at) if at is not None else "")

    def _on_unfound(self, receiving: bool, error: object) -> None:
        said = told(error)
        side = self._sides[receiving]
        if receiving and not self._made_new and said.code in ("no-such-file", "unknown-playlist"):
            # A target that does not exist yet is one to be made; the row says so before anything is.
            self._on_address(side.address.text().strip(), receiving=True, create=True)
            return
        side.say(f"{said.title} {said.text}".replace("\n", " "), wrong=True)

    def _make_banner(self) -> Card:
        card = Card()
        text = self.tr("Everything here is made up and lies in a scratch place. Your own lists are not touched.")
        words = column(
            label(self._signs, self.tr("You are in the sample library"), "strong"),
            label(self._signs, text, "small", "text_2", wrap=True),
        )
        leave = button(self._signs, self.tr("Leave the sample"), "pick.leave")
        leave.clicked.connect(self.own_wanted)
        inside = row(Glyph(self._signs, "flask-outline", "accent_text", 24), gap=14, margins=(16, 10, 16, 10))
        inside.addLayout(words, 1)
        inside.addWidget(leave)
        card.setLayout(inside)
        card.hide()
        return card
