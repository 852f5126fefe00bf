"""Settings: how the window looks, which keys act, and what is taken without asking."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from musync.app.settings import Settings
from musync.gui.desk import Desk
from musync.gui.errors import told
from musync.gui.page import Page
from musync.gui.paint import Signs
from musync.gui.widgets.basics import Card, column, label, row
from musync.gui.widgets.choices import Radio, TickBox
from musync.gui.words import percent, plural

_SHARES = (0.8, 0.85, 0.9, 0.95, 0.99)
_DAYS = (1, 7, 14, 30, 90)


class SettingsPlace(Page):
    """Each choice is stored at once."""

    changed = Signal()

    def __init__(self, signs: Signs, desk: Desk) -> None:
        super().__init__(signs, "settings")
        self._desk = desk
        self._radios: dict[tuple[str, str], Radio] = {}
        looks = (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("high-contrast", self.tr("High contrast")),
        )
        shares = tuple((str(share), percent(share)) for share in _SHARES)
        days = tuple((str(count), plural(count, self.tr("1 day"), self.tr("%n days"))) for count in _DAYS)
        self.keys = TickBox(signs, self.tr("One key per verdict on the third page (S, N, X, W, 1–9)"), "settings.keys")
        self.compact = TickBox(signs, self.tr("One line per row in the review"), "settings.compact")
        self.keys.clicked.connect(lambda: self._store("single_keys", _word(self.keys.isChecked())))
        self.compact.clicked.connect(lambda: self._store("compact_rows", _word(self.compact.isChecked())))
        self._said = label(signs, "", "small", "failed", wrap=True)
        rows = Card()
        rows.setLayout(
            column(label(signs, self.tr("Pages"), "section"), 8, self.keys, self.compact, margins=(20, 16, 20, 16))
        )
        self.content.setLayout(
            column(
                self._card("theme", self.tr("Look"), "", looks),
                rows,
                self._card(
                    "accept",
                    self.tr("Taken without asking"),
                    self.tr("Matches from this probability on. What lies below is asked about on the third page."),
                    shares,
                    across=True,
                ),
                self._card(
                    "search_again_days",
                    self.tr("Searched again"),
                    self.tr("What a service did not have is searched for again after so long, or when you say so."),
                    days,
                    across=True,
                ),
                self._said,
                0,
                gap=12,
            )
        )

    def enter(self) -> None:
        """Show what is set."""
        self.say(self.tr("Settings"), self.tr("Each choice is stored at once. A run keeps the ones it began with."))
        self._show(self._desk.settings)

    def _show(self, settings: Settings) -> None:
        self.keys.setChecked(settings.single_keys)
        self.compact.setChecked(settings.compact_rows)
        chosen = {
            ("theme", settings.theme),
            ("accept", str(settings.accept)),
            ("search_again_days", str(settings.search_again_days)),
        }
        for key, radio in self._radios.items():
            if key in chosen:
                radio.setChecked(True)

    def _card(
        self, key: str, title: str, explanation: str, choices: tuple[tuple[str, str], ...], *, across: bool = False
    ) -> QWidget:
        card = Card()
        parts = [label(self.signs, title, "section")]
        if explanation:
            parts.append(label(self.signs, explanation, "small", "text_2", wrap=True))
        layout = column(*parts, gap=6, margins=(20, 16, 20, 16))
        group = QButtonGroup(card)
        line = row(gap=24)
        for value, words in choices:
            radio = Radio(self.signs, words, f"settings.{key}.{value}")
            radio.setAccessibleName(f"{title}: {words}")
            radio.clicked.connect(lambda _on=False, v=value: self._store(key, v))
            group.addButton(radio)
            (line if across else layout).addWidget(radio)
            self._radios[key, value] = radio
        if across:
            line.addStretch()
            layout.addLayout(line)
        card.setLayout(layout)
        return card

    def _store(self, key: str, text: str) -> None:
        job = self._desk.set_setting(key, text)
        job.succeeded.connect(lambda _settings: self.changed.emit())
        job.failed.connect(self._on_failed)

    def _on_failed(self, error: object) -> None:
        said = told(error)
        self._said.setText(f"{said.title} {said.text}".replace("\n", " "))
        self._show(self._desk.settings)


def _word(on: bool) -> str:
    return "true" if on else "false"
