"""Doctor: what was looked at on this computer, and one line that mends each fault."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from musync.app.doctor import Check, Doctor
from musync.domain import Control
from musync.gui.desk import Desk
from musync.gui.models.rows import RowsModel, TwoLines
from musync.gui.page import Page
from musync.gui.paint import Signs
from musync.gui.views.rows_view import RowsView
from musync.gui.widgets.basics import Card, button, column, label, row
from musync.gui.words import plural, shown


class _Bridge(QObject):
    found = Signal(object)


class DoctorPlace(Page):
    """Checks appear as they are done; faults say how to mend them."""

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "doctor")
        self._desk = desk
        self._faults = 0
        self.model = RowsModel(self)
        self.list = RowsView(signs, self.model, "doctor.list", self.tr("Checks"))
        self.again = button(signs, self.tr("Check again"), "doctor.again", icon="action.repeat")
        self.again.clicked.connect(self.examine)
        self._said = label(signs, "", "body", "text_2")
        self._bridge = _Bridge(self)
        self._bridge.found.connect(self._on_found)
        card = Card()
        card.setLayout(column(self.list, margins=(1, 1, 1, 1)))
        whole = column(row(self._said, 0, self.again), gap=12)
        whole.addWidget(card, 1)
        self.content.setLayout(whole)

    def enter(self) -> None:
        """Look at everything."""
        self.say(self.tr("Doctor"), self.tr("Looks at what musync needs on this computer. It changes nothing."))
        self.examine()

    @property
    def said(self) -> str:
        """The result in one line."""
        return self._said.text()

    def examine(self) -> None:
        """Run all checks."""
        musync, tell = self._desk.musync, self._bridge.found.emit
        self.model.show([])
        self._faults = 0
        self._said.setText(self.tr("Looking"))
        self.again.setEnabled(False)

        def look(control: Control) -> None:
            doctor = Doctor(musync.home, musync.settings, musync.database, musync.shelf, musync.accounts)
            for check in doctor.examine(control):
                tell(check)

        job = self._desk.submit(look, self.tr("Looking at this computer"))
        job.ended.connect(self._on_ended)

    def _on_found(self, check: Check) -> None:
        self._faults += not check.ok
        state, icon = {
            "ok": ("done", "state.done"),
            "note": ("not_asked", "message.info"),
            "fault": ("failed", "state.failed"),
        }[check.level]
        second = " ".join(part for part in (shown(check.text), shown(check.fix)) if part)
        self.model.append(TwoLines(icon, f"state.{state}", self._name(check.name), second), check)

    def _name(self, name: str) -> str:
        return {
            "folder": self.tr("Folder of musync"),
            "disk": self.tr("Disk"),
            "settings": self.tr("Settings"),
            "database": self.tr("Database"),
            "keyring": self.tr("Key store"),
            "ffmpeg": self.tr("ffmpeg"),
            "window": self.tr("Window"),
        }.get(name, shown(name))

    def _on_ended(self) -> None:
        one, many = self.tr("1 thing wants mending."), self.tr("%n things want mending.")
        self._said.setText(plural(self._faults, one, many) if self._faults else self.tr("Nothing wants mending."))
        self.again.setEnabled(True)
