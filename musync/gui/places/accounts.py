"""Accounts: which there are, whether they answer, adding a music folder, and forgetting one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from musync.app.accounts import AccountCheck
from musync.domain import Account, Control
from musync.gui.accounts import add_music_folder
from musync.gui.desk import Desk
from musync.gui.errors import told
from musync.gui.models.rows import RowsModel, TwoLines
from musync.gui.page import Page
from musync.gui.paint import Signs
from musync.gui.views.rows_view import RowsView
from musync.gui.widgets.basics import Card, button, column, label, row
from musync.gui.widgets.moods import Message
from musync.gui.words import fill, plural, shown


class AccountsPlace(Page):
    """Nothing secret is shown; removing says what goes and what stays."""

    changed = Signal()

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "accounts")
        self._desk = desk
        self.model = RowsModel(self)
        self.list = RowsView(signs, self.model, "accounts.list", self.tr("Accounts"))
        self.list.selectionModel().selectionChanged.connect(self._on_selected)
        self._nothing = Message(signs, "accounts.nothing")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        self.add = button(
            signs, self.tr("Add a music folder…"), "accounts.add", kind="primary", icon="action.add_account"
        )
        self.test = button(signs, self.tr("Test"), "accounts.test", icon="action.repeat")
        self.remove = button(signs, self.tr("Remove"), "accounts.remove", kind="danger")
        self.add.clicked.connect(self._choose_folder)
        self.test.clicked.connect(self._test)
        self.remove.clicked.connect(self._remove)
        self._said = label(signs, "", "small", "text_2", wrap=True)
        self._said.setObjectName("accounts.said")
        card = Card()
        card.setLayout(column(self._stack, margins=(1, 1, 1, 1)))
        tools = row(self.add, 0, self.test, self.remove)
        whole = column(tools, self._said, gap=12)
        whole.addWidget(card, 1)
        self.content.setLayout(whole)

    def enter(self) -> None:
        """Show what there is."""
        self.say(self.tr("Accounts"), self.tr("Where your playlists live. Nothing secret is shown here."))
        self._tell("")
        self._load()

    @property
    def said(self) -> str:
        """The last thing that was said."""
        return self._said.text()

    def add_folder(self, folder: Path) -> None:
        """Make an account of a music folder."""
        musync = self._desk.musync

        def add(control: Control) -> Account:
            return add_music_folder(musync, folder, control)

        job = self._desk.submit(add, fill(self.tr("Adding %1"), folder.name))
        job.succeeded.connect(self._on_added)
        job.failed.connect(self._on_failed)

    def _load(self) -> None:
        musync = self._desk.musync
        job = self._desk.submit(lambda _control: musync.accounts.all())
        job.succeeded.connect(self._show)
        job.failed.connect(self._on_failed)

    def _show(self, accounts: tuple[Account, ...]) -> None:
        self.model.show([(self._row(account), account) for account in accounts])
        self._stack.setCurrentWidget(self.list if accounts else self._nothing)
        words = self.tr("No account yet"), self.tr("Add a folder of music. Playlist files need no account.")
        self._nothing.show_message("action.add_account", "text_3", *words)
        self._on_selected()

    def _row(self, account: Account) -> TwoLines:
        plugin = self._desk.musync.shelf.plugin(account.service)
        place = next((shown(value) for value in account.settings.values() if value), shown(account.ext_id))
        icon = f"service.{account.service}"
        return TwoLines(icon, icon, f"{plugin.title} · {shown(account.label or account.name)}", place)

    def _on_selected(self) -> None:
        for part in (self.test, self.remove):
            part.setEnabled(self.list.chosen >= 0)

    def _chosen(self) -> Account | None:
        value = self.model.value(self.list.chosen)
        return value if isinstance(value, Account) else None

    def _choose_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder with your music"))
        if folder:
            self.add_folder(Path(folder))

    def _on_added(self, account: Account) -> None:
        self._tell(fill(self.tr("%1 was added."), account.label or account.name))
        self.changed.emit()
        self._load()

    def _test(self) -> None:
        account, musync = self._chosen(), self._desk.musync
        if account is None:
            return
        self._tell(fill(self.tr("Asking %1"), account.name))
        title = fill(self.tr("Testing %1"), account.name)
        job = self._desk.submit(lambda control: musync.accounts.test(account.name, control), title)
        job.succeeded.connect(self._on_tested)
        job.failed.connect(self._on_failed)

    def _on_tested(self, check: AccountCheck) -> None:
        many = plural(check.playlists, self.tr("1 playlist"), self.tr("%n playlists"))
        self._tell(fill(self.tr("%1 answers: %2."), check.account.name, many))

    def _remove(self) -> None:
        from musync.gui.dialogs import confirm

        account, musync = self._chosen(), self._desk.musync
        if account is None:
            return
        title = fill(self.tr("Remove %1 from musync?"), account.name)
        text = self.tr("Its sign-in and index go. No playlist or music file is touched; decisions and history stay.")
        if confirm(self, self.signs, title, text, self.tr("Remove it")):
            job = self._desk.submit(lambda _control: musync.accounts.remove(account.name))
            job.succeeded.connect(self._on_removed)
            job.failed.connect(self._on_failed)

    def _on_removed(self, account: Account) -> None:
        self._tell(fill(self.tr("%1 was removed. Its decisions and history are kept."), account.name))
        self.changed.emit()
        self._load()

    def _tell(self, text: str) -> None:
        self._said.setText(text)
        self._said.setVisible(bool(text))

    def _on_failed(self, error: object) -> None:
        said = told(error)
        self._tell(f"{said.title} {said.text}".replace("\n", " "))
