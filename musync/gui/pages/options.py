"""The options of a sync: where new tracks go, copies, removals, what only the right has, and which versions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from musync.gui.pages.version_options import VersionOptions
from musync.gui.paint import Signs
from musync.gui.widgets.basics import column, label, row, rule
from musync.gui.widgets.choices import Radio
from musync.gui.widgets.popover import Popover

if TYPE_CHECKING:
    from musync.domain import Policy, Preference


class OptionsPopover(Popover):
    """Radio buttons in groups; a choice is told at once."""

    changed = Signal(object)
    """The policy with the choice made."""

    def __init__(self, signs: Signs) -> None:
        super().__init__(signs, "pick.options.popover")
        self.setAccessibleName(self.tr("Options"))
        self._policy: Policy | None = None
        self._radios: dict[tuple[str, Any], Radio] = {}
        self._groups: dict[str, QWidget] = {}
        order = self._group(
            "top", self.tr("New tracks go"), ((False, self.tr("to the end")), (True, self.tr("to the top")))
        )
        copies = self._group(
            "duplicates",
            self.tr("A track that stands twice on the left"),
            (("keep", self.tr("stands twice on the right")), ("collapse-new", self.tr("is never added a second time"))),
        )
        removals = self._group(
            "removals",
            self.tr("Tracks that left the left"),
            (
                ("ask", self.tr("are shown, each unticked")),
                ("apply", self.tr("are shown, each ticked")),
                ("never", self.tr("stay on the right")),
            ),
        )
        foreign = self._group(
            "foreign",
            self.tr("Tracks that were only ever on the right"),
            (("keep", self.tr("stay there")), ("remove", self.tr("go as well"))),
        )
        self.versions = VersionOptions(signs)
        self.versions.changed.connect(self._prefer)
        places = column(order, copies, removals, foreign, 0, gap=12)
        self.setLayout(row(places, rule(vertical=True), self.versions, gap=20, margins=(16, 14, 20, 16)))

    def show_policy(self, policy: Policy) -> None:
        """Show what is chosen; each mode has its own options."""
        self._policy = policy
        mirrors = policy.mode.value == "mirror"
        for (field, value), radio in self._radios.items():
            radio.blockSignals(True)
            radio.setChecked(getattr(policy, field) == value)
            radio.blockSignals(False)
        self.versions.show_preference(policy.preference)
        self._groups["top"].setVisible(not mirrors)
        self._groups["removals"].setVisible(mirrors)
        self._groups["foreign"].setVisible(mirrors)

    def _group(self, field: str, title: str, choices: tuple[tuple[Any, str], ...]) -> QWidget:
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label(self._signs, title, "strong"))
        group = QButtonGroup(holder)
        for value, text in choices:
            radio = Radio(self._signs, text, f"option.{field}.{value}")
            radio.setAccessibleName(f"{title} {text}")
            radio.clicked.connect(lambda _on=False, f=field, v=value: self._choose(f, v))
            group.addButton(radio)
            layout.addWidget(radio)
            self._radios[field, value] = radio
        self._groups[field] = holder
        return holder

    def _prefer(self, preference: Preference) -> None:
        self._choose("preference", preference)

    def _choose(self, field: str, value: Any) -> None:
        if self._policy is not None:
            self._policy = replace(self._policy, **{field: value})
            self.changed.emit(self._policy)
