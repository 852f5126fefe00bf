"""Which versions are preferred: three choices, each with a line that says what the chosen word does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QWidget

from musync.gui.paint import Signs
from musync.gui.versions import Choice, choices, titles
from musync.gui.widgets.basics import column, label, row
from musync.gui.widgets.choices import Radio

if TYPE_CHECKING:
    from musync.domain import Preference


class VersionOptions(QWidget):
    """Three rows of radio buttons; a choice is told at once."""

    changed = Signal(object)
    """The preference with the choice made."""

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self._preference: Preference | None = None
        self._radios: dict[tuple[str, str], Radio] = {}
        self._lines: dict[str, QLabel] = {}
        self.setLayout(column(*(self._group(part, title) for part, title in titles().items()), 0, gap=12))

    def show_preference(self, preference: Preference) -> None:
        """Show what is chosen, and what that does."""
        self._preference = preference
        for part, line in self._lines.items():
            chosen = next(choice for choice in choices(part) if choice.word == getattr(preference, part))
            self._radios[part, chosen.word].setChecked(True)
            line.setText(chosen.does)

    def _group(self, part: str, title: str) -> QWidget:
        holder, group = QWidget(), QButtonGroup(self)
        buttons = row(gap=12)
        for choice in choices(part):
            radio = self._radios[part, choice.word] = self._radio(part, title, choice)
            group.addButton(radio)
            buttons.addWidget(radio)
        buttons.addStretch()
        line = self._lines[part] = label(self._signs, "", "small", "text_2", wrap=True)
        # Two lines have room from the start, so that nothing moves when another choice says more.
        line.setMinimumHeight(2 * line.fontMetrics().lineSpacing())
        line.setAlignment(line.alignment() & ~Qt.AlignmentFlag.AlignVertical_Mask | Qt.AlignmentFlag.AlignTop)
        holder.setLayout(column(label(self._signs, title, "strong"), buttons, line, gap=2))
        return holder

    def _radio(self, part: str, title: str, choice: Choice) -> Radio:
        radio = Radio(self._signs, choice.name, f"option.{part}.{choice.word}")
        radio.setAccessibleName(f"{title}: {choice.name}")
        radio.setAccessibleDescription(choice.does)
        radio.clicked.connect(lambda: self._choose(part, choice.word))
        return radio

    def _choose(self, part: str, word: str) -> None:
        if self._preference is not None:
            self.show_preference(replace(self._preference, **{part: word}))  # type: ignore[arg-type]  # one of its words
            self.changed.emit(self._preference)
