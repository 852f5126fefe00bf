"""One side of the first page: an account, its playlists with search, and a field for a link or address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QMenu, QStackedWidget, QWidget

from musync.gui.delegates.playlist import PlaylistDelegate
from musync.gui.models.playlists import PlaylistFilter, PlaylistModel
from musync.gui.paint import Signs
from musync.gui.widgets.account_combo import AccountCombo, AccountItem
from musync.gui.widgets.basics import Card, button, column, label, restyle, row, rule, set_kind
from musync.gui.widgets.field import Field
from musync.gui.widgets.moods import Message, Skeleton, Way
from musync.gui.words import fill, shown

if TYPE_CHECKING:
    from musync.app.sides import Side


class PlaylistView(QListView):
    """The list; Enter on a greyed row tells its reason again."""

    told = Signal(str)

    def __init__(self, signs: Signs, model: PlaylistModel, chosen: PlaylistFilter, name: str) -> None:
        super().__init__()
        self._model = model
        self._chosen = chosen
        self.setModel(chosen)
        self.setItemDelegate(PlaylistDelegate(signs, self, model, chosen))
        self.setObjectName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the reason on Enter; the rest is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            if index.isValid():
                self.told.emit(self._model.reason(self._chosen.mapToSource(index).row()))
            return
        super().keyPressEvent(event)


class SideColumn(Card):
    """From or To. It tells what the user wants and shows what it is given."""

    chosen = Signal(object)
    """The side now chosen, None for none."""
    account_wanted = Signal(str)
    """Key of an entry of the account choice."""
    address_entered = Signal(str)
    new_wanted = Signal()

    def __init__(self, signs: Signs, title: str, name: str, *, receiving: bool) -> None:
        super().__init__()
        self.signs = signs
        self.receiving = receiving
        self.setObjectName(name)
        self.setAcceptDrops(True)
        self.title = label(signs, title, "section")
        self.combo = AccountCombo(signs, f"{name}.account")
        self.title.setBuddy(self.combo)
        self.combo.activated.connect(self._on_account)
        self.model = PlaylistModel(receiving, self)
        self.filtered = PlaylistFilter(self.model, self)
        self.search = Field(signs, self.tr("Search"), f"{name}.search")
        self.search.textChanged.connect(self._on_search)
        self._sort = button(signs, "", f"{name}.sort", icon="sort-variant", spoken=self.tr("Order of the list"))
        self._sort.setToolTip(self.tr("Order of the list"))
        self._make_sort_menu()
        self.list = PlaylistView(signs, self.model, self.filtered, f"{name}.list")
        self.list.setAccessibleName(fill(self.tr("%1: playlists"), title))
        # Not the current row: that becomes the first one as soon as the list gets the focus.
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self.list.told.connect(self._show_reason)
        self.message = Message(signs, f"{name}.message")
        self.nothing = Message(signs, f"{name}.nothing")
        self._busy = self._make_busy()
        self._stack = QStackedWidget()
        for mood in (self.list, self.message, self.nothing, self._busy):
            self._stack.addWidget(mood)
        self.address = Field(
            signs, self.tr("Paste a link, address or path"), f"{name}.address", icon="action.paste_link"
        )
        self.address.returnPressed.connect(self._on_address)
        self.note = label(signs, "", "small", "text_2", wrap=True)
        self.note.setObjectName(f"{name}.note")
        self.new = button(signs, self.tr("New playlist…"), f"{name}.new", icon="action.new_playlist")
        self.new.clicked.connect(self.new_wanted)
        self._lay_out()
        self.new.setVisible(receiving)

    # What it shows

    def show_accounts(self, items: Sequence[AccountItem], current: str) -> None:
        """Offer these accounts."""
        self.combo.show_items(items, current)

    def show_sides(self, sides: Sequence[Side], chosen: Side | None, empty: tuple[str, str, Sequence[Way]]) -> None:
        """Show these playlists; `empty` is title, text and ways for when there are none."""
        self.model.show(sides)
        words = fill(self.tr("Search %1 playlists"), len(sides)) if len(sides) > 1 else self.tr("Search")
        self.search.setPlaceholderText(words)
        if sides:
            self._stack.setCurrentWidget(self.list)
        else:
            self.nothing.show_message("playlist-music", "text_3", *empty)
            self._stack.setCurrentWidget(self.nothing)
        for part in (self.search, self._sort):
            part.setVisible(bool(sides))
        self.choose(chosen)

    def choose(self, side: Side | None) -> None:
        """Mark this one, without telling anybody."""
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        at = self.model.row_of(side)
        if at is None:
            selection.clear()
        else:
            index = self.filtered.mapFromSource(self.model.index(at))
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        selection.blockSignals(False)
        self.list.viewport().update()

    def show_busy(self, text: str) -> None:
        """Skeleton rows and what is being read."""
        self._busy_text.setText(text)
        self._stack.setCurrentWidget(self._busy)

    def show_trouble(self, icon: str, role: str, title: str, text: str, ways: Sequence[Way], code: str) -> None:
        """What is wrong and the way on, in the place of the list."""
        self.message.show_message(icon, role, title, text, ways, code)
        self._stack.setCurrentWidget(self.message)
        self.search.hide()
        self._sort.hide()

    def say(self, text: str, *, wrong: bool = False) -> None:
        """One line below the list, until the next choice."""
        self.note.setText(text)
        self.note.setProperty("role", "failed" if wrong else "text_2")
        restyle(self.note)
        self._said.setVisible(bool(text))

    def shorten(self, short: bool) -> None:
        """Use the icon alone where the column is narrow."""
        self.new.setText("" if short else self.tr("New playlist…"))
        self.new.setToolTip(self.tr("New playlist…") if short else "")
        self.new.setMinimumWidth(0)
        self.new.setMaximumWidth(self.new.height() if short else 16_777_215)
        set_kind(self.new, "square" if short else "")
        self.signs.icons.redress(self)

    # What it hears

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and links."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped."""
        data = event.mimeData()
        urls = data.urls()
        text = (urls[0].toLocalFile() or urls[0].toString()) if urls else data.text().strip()
        if text:
            event.acceptProposedAction()
            self.enter_address(text)

    def enter_address(self, text: str) -> None:
        """As if it had been typed."""
        self.address.setText(text)
        self._on_address()

    def focus_missing(self) -> None:
        """Go to what wants an answer here."""
        way = self.nothing.first if self._stack.currentWidget() is self.nothing else self.message.first
        (self.list if self._stack.currentWidget() is self.list else way or self.combo).setFocus()

    def _lay_out(self) -> None:
        head = row(self.title, 2, self.combo, gap=8, margins=(12, 12, 12, 8))
        tools = QWidget()
        tools.setLayout(row(self.search, self._sort, margins=(12, 0, 12, 8)))
        foot = row(self.address, self.new, margins=(12, 8, 12, 8))
        self._said = QWidget()
        self._said.setLayout(row(self.note, margins=(12, 6, 12, 0)))
        self._said.hide()
        self.setLayout(column(head, tools, rule(), self._stack, rule(), self._said, foot, margins=(1, 1, 1, 1)))

    def _make_busy(self) -> QWidget:
        holder = QWidget()
        self._busy_text = label(self.signs, "", "small", "text_2")
        holder.setLayout(column(self._busy_text, 10, Skeleton(self.signs, covers=True), margins=(12, 10, 12, 0)))
        return holder

    def _make_sort_menu(self) -> None:
        menu = QMenu(self._sort)
        own = menu.addAction(self.tr("As the account lists them"))
        title = menu.addAction(self.tr("By title"))
        for action, by_title in ((own, False), (title, True)):
            action.setCheckable(True)
            action.setChecked(by_title == self.filtered.by_title)
            action.triggered.connect(lambda _on=False, by=by_title: self.filtered.order_by_title(by))
        menu.aboutToShow.connect(lambda: own.setChecked(not self.filtered.by_title))
        menu.aboutToShow.connect(lambda: title.setChecked(self.filtered.by_title))
        self._sort.setMenu(menu)

    def _on_account(self, index: int) -> None:
        self.account_wanted.emit(str(self.combo.itemData(index)))

    def _on_selected(self) -> None:
        rows = self.list.selectedIndexes()
        if not rows:
            return
        at = self.filtered.mapToSource(rows[0]).row()
        reason = self.model.reason(at)
        self.say(reason)
        self.chosen.emit(None if reason else self.model.side(at))

    def _on_search(self, words: str) -> None:
        self.filtered.look_for(words)
        if self.model.rowCount() and not self.filtered.rowCount():
            clear = Way(self.tr("Clear search"), "pick.clear", self.search.clear)
            title = fill(self.tr("No playlist contains “%1”"), words)
            self.nothing.show_message("state.not_found", "text_3", title, self._near(words), [clear])
            self._stack.setCurrentWidget(self.nothing)
        elif self.model.rowCount():
            self._stack.setCurrentWidget(self.list)

    def _near(self, words: str) -> str:
        from difflib import get_close_matches

        titles = {shown(side.title).casefold(): shown(side.title) for side in self.model.sides}
        near = [titles[key] for key in get_close_matches(words.casefold(), titles, n=2, cutoff=0.5)]
        return fill(self.tr("Close to it: %1"), ", ".join(near)) if near else ""

    def _on_address(self) -> None:
        text = self.address.text().strip()
        if text:
            self.address_entered.emit(text)

    def _show_reason(self, reason: str) -> None:
        self.say(reason)
