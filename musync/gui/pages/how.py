"""Between the two columns: which way changes go, and the options."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from musync.gui.pages.options import OptionsPopover
from musync.gui.paint import Signs
from musync.gui.versions import preferred
from musync.gui.widgets.basics import button, column, label
from musync.gui.widgets.choices import RadioCard

if TYPE_CHECKING:
    from musync.domain import Policy


class HowColumn(QWidget):
    """Mode cards and the button that opens the options."""

    changed = Signal(object)
    """The policy as chosen."""

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._policy: Policy | None = None
        self.cards = {
            "add": RadioCard(
                signs,
                self.tr("Add missing"),
                self.tr("Adds what is missing on the right. Removes nothing, moves nothing."),
                "mode.add",
                "mode.add",
            ),
            "mirror": RadioCard(
                signs,
                self.tr("Mirror"),
                self.tr("Makes the right like the left, order too. Asks before each removal."),
                "arrow-expand-right",
                "mode.mirror",
            ),
        }
        group = QButtonGroup(self)
        for key, card in self.cards.items():
            group.addButton(card.radio)
            card.radio.toggled.connect(lambda on, mode=key: self._on_mode(mode, on))
        self.options = button(signs, self.tr("Options"), "pick.options", icon="action.options")
        self.options.clicked.connect(self._open)
        self.popover = OptionsPopover(signs)
        self.popover.setParent(self)
        self.popover.changed.connect(self._take)
        self._words = label(signs, "", "small", "text_3", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = label(signs, self.tr("How"), "section")
        self.setFixedWidth(204)
        cards = column(*self.cards.values(), gap=8)
        self.setLayout(column(title, cards, 4, self.options, self._words, 0, gap=8, margins=(0, 12, 0, 0)))

    def show_policy(self, policy: Policy) -> None:
        """Show what is chosen."""
        self._policy = policy
        self.cards[policy.mode.value].radio.setChecked(True)
        self.popover.show_policy(policy)
        self._words.setText(self._in_words(policy))

    def _in_words(self, policy: Policy) -> str:
        if policy.mode.value == "add":
            first = self.tr("New tracks to the top") if policy.top else self.tr("New tracks to the end")
        else:
            words = {"ask": self.tr("Removals unticked"), "apply": self.tr("Removals ticked")}
            first = words.get(policy.removals, self.tr("No removals"))
        copies = self.tr("copies kept") if policy.duplicates == "keep" else self.tr("no second copies")
        return " · ".join((first, copies, *preferred(policy.preference)))

    def _on_mode(self, mode: str, on: bool) -> None:
        from musync.domain import Mode

        if on and self._policy is not None and self._policy.mode.value != mode:
            self._take(replace(self._policy, mode=Mode(mode)))

    def _take(self, policy: Policy) -> None:
        self.show_policy(policy)
        self.changed.emit(policy)

    def _open(self) -> None:
        self.popover.open_at(self.options, self.options.rect())
