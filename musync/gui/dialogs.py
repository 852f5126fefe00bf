"""Small dialogs: window-modal, in the window's own look."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from musync.gui.paint import Signs
from musync.gui.widgets.basics import Glyph, button, column, label, row
from musync.gui.widgets.field import Field


class NameDialog(QDialog):
    """Asks for one line."""

    def __init__(self, parent: QWidget, signs: Signs, title: str, words: str, suggestion: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("dialog.name")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.field = Field(signs, words, "dialog.name.field", icon="action.new_playlist")
        self.field.setText(suggestion)
        self.field.selectAll()
        self.field.setMinimumWidth(360)
        self.make = button(signs, self.tr("Choose it"), "dialog.name.ok", kind="primary")
        self.make.setDefault(True)
        cancel = button(signs, self.tr("Leave it"), "dialog.name.cancel")
        self.make.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.field.textChanged.connect(lambda text: self.make.setEnabled(bool(text.strip())))
        self.make.setEnabled(bool(suggestion.strip()))
        name = label(signs, words, "strong")
        name.setBuddy(self.field)
        told = label(signs, self.tr("It is made when you write, not before."), "small", "text_2")
        self.setLayout(column(name, 6, self.field, 6, told, 16, row(0, cancel, self.make), margins=(20, 16, 20, 16)))


def ask_name(parent: QWidget, signs: Signs, title: str, words: str, suggestion: str) -> str:
    """The line the user gave, empty when it was left."""
    dialog = NameDialog(parent, signs, title, words, suggestion)
    try:
        return dialog.field.text().strip() if dialog.exec() == QDialog.DialogCode.Accepted else ""
    finally:
        dialog.deleteLater()


class TroubleDialog(QDialog):
    """Says what went wrong, what is kept, and where the details are."""

    def __init__(self, parent: QWidget, signs: Signs, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("musync")
        self.setObjectName("dialog.trouble")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.go_on = button(signs, self.tr("Go on"), "dialog.trouble.ok", kind="primary")
        self.go_on.setDefault(True)
        self.go_on.clicked.connect(self.accept)
        said = label(signs, text, "body", "text_2", wrap=True)
        said.setMinimumWidth(380)
        words = column(label(signs, title, "section", wrap=True), 4, said)
        inside = row(gap=16)
        inside.addLayout(column(Glyph(signs, "message.error", "state.failed", 40), 0))
        inside.addLayout(words, 1)
        self.setLayout(column(inside, 16, row(0, self.go_on), margins=(20, 20, 20, 16)))


def show_trouble(parent: QWidget, signs: Signs, title: str, text: str) -> None:
    """Show it and wait until it is read."""
    dialog = TroubleDialog(parent, signs, title, text)
    dialog.exec()
    dialog.deleteLater()


class ConfirmDialog(QDialog):
    """Asks before something that cannot be taken back; the safe way is the default."""

    def __init__(self, parent: QWidget, signs: Signs, title: str, text: str, act: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("musync")
        self.setObjectName("dialog.confirm")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.keep = button(signs, self.tr("Leave it"), "dialog.confirm.cancel", kind="primary")
        self.keep.setDefault(True)
        self.act = button(signs, act, "dialog.confirm.ok", kind="danger")
        self.keep.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        said = label(signs, text, "body", "text_2", wrap=True)
        said.setMinimumWidth(380)
        words = column(label(signs, title, "section", wrap=True), 4, said)
        self.setLayout(column(words, 16, row(0, self.act, self.keep), margins=(20, 20, 20, 16)))


def confirm(parent: QWidget, signs: Signs, title: str, text: str, act: str) -> bool:
    """Whether the user wants it done."""
    dialog = ConfirmDialog(parent, signs, title, text, act)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
