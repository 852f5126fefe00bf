"""What page 1 shows before there is any account: three ways to begin, and what can be relied on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from musync.gui.paint import Signs
from musync.gui.widgets.basics import Card, Glyph, button, column, label, row


class FirstRun(QWidget):
    """Three cards, the first of which is the default; below, promises that hold today."""

    sample_wanted = Signal()
    folder_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self.setObjectName("pick.first")
        self.sample = self._button(self.tr("Try it now"), "first.sample", "primary")
        self.folder = self._button(self.tr("Choose folder…"), "first.folder")
        self.file = self._button(self.tr("Open…"), "first.file")
        self.sample.clicked.connect(self.sample_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.file.clicked.connect(self.file_wanted)
        ways = column(
            label(signs, self.tr("Start without an account"), "section"),
            12,
            self._way(
                "flask-outline",
                self.tr("Try it with the sample library"),
                self.tr("A small made-up library with every kind of difference. Nothing leaves this computer."),
                self.sample,
            ),
            12,
            self._way(
                "folder-music-outline",
                self.tr("Use the music on this computer"),
                self.tr("Reads tags and playlists in a folder. 10,000 files take about half a minute."),
                self.folder,
            ),
            12,
            self._way(
                "file-music-outline",
                self.tr("Open a playlist file"),
                self.tr("M3U, PLS, XSPF, JSPF, CSV, JSON, iTunes XML or plain “Artist - Title”. Or drop it here."),
                self.file,
            ),
        )
        self._promises = self._make_promises()
        self.setLayout(column(12, ways, 0, self._promises))

    def _button(self, text: str, name: str, kind: str = "") -> QPushButton:
        made = button(self._signs, text, name, kind=kind)
        made.setMinimumWidth(self._signs.theme.size("button_min_w"))
        return made

    def _way(self, icon: str, title: str, text: str, press: QPushButton) -> Card:
        card = Card()
        press.setAccessibleName(f"{press.text()}: {title}")
        press.setAccessibleDescription(text)
        words = column(label(self._signs, title, "strong"), 2, label(self._signs, text, "small", "text_2", wrap=True))
        inside = row(Glyph(self._signs, icon, "accent_text", 24), gap=14, margins=(18, 14, 16, 14))
        inside.addLayout(words, 1)
        inside.addWidget(press)
        card.setLayout(inside)
        return card

    def _make_promises(self) -> Card:
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 18, 20, 18)
        grid.setHorizontalSpacing(28)
        promises = (
            (
                "eye-outline",
                self.tr("Shown first"),
                self.tr("Every addition, removal and move is on screen before anything is written."),
            ),
            (
                "message.brake",
                self.tr("Stops in time"),
                self.tr("A list that suddenly lost its tracks is never copied onto the other."),
            ),
            (
                "notebook-check-outline",
                self.tr("Never asked twice"),
                self.tr("What you decide about a track holds for every later run."),
            ),
            (
                "message.sign_in",
                self.tr("Yours alone"),
                self.tr("Everything stays on this computer. No account with us."),
            ),
        )
        for place, (icon, title, text) in enumerate(promises):
            words = column(
                label(self._signs, title, "strong"), 2, label(self._signs, text, "small", "text_2", wrap=True), 0
            )
            sign = column(Glyph(self._signs, icon, "accent_text", 20), 0)
            part = row(gap=10)
            part.addLayout(sign)
            part.addLayout(words, 1)
            grid.addLayout(part, 0, place)
            grid.setColumnStretch(place, 1)
        return card
