"""The footer: Activity at the leading side, what is missing, Back and Next, or a page's own buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QWidget, QWizard

from musync.gui.page import LOW, Footer, Standing
from musync.gui.paint import Signs
from musync.gui.widgets.basics import button, set_kind

_B = QWizard.WizardButton
ACTIVITY, REASON, EXTRA = _B.CustomButton1, _B.CustomButton2, _B.CustomButton3
# QWizard lends three buttons of one's own; its Help button, unused by us, is the fourth.
SECOND_EXTRA = _B.HelpButton
WALK = (ACTIVITY, _B.Stretch, REASON, _B.BackButton, _B.NextButton, _B.CommitButton, _B.FinishButton)
FORWARD = (_B.NextButton, _B.CommitButton, _B.FinishButton)
_ANY_WIDTH = 16_777_215


class FooterBar:
    """Dresses and fills the buttons of a wizard."""

    def __init__(self, wizard: QWizard, signs: Signs) -> None:
        self._wizard = wizard
        self._signs = signs
        self._layout: tuple[QWizard.WizardButton, ...] = ()
        for which, name, kind, icon in (
            (ACTIVITY, "footer.activity", "flat", "action.activity"),
            (REASON, "footer.reason", "link", "arrow-right-circle-outline"),
            (EXTRA, "footer.extra", "", ""),
            (SECOND_EXTRA, "footer.second", "", ""),
            (_B.BackButton, "footer.back", "", ""),
            (_B.NextButton, "footer.next", "primary", ""),
            (_B.CommitButton, "footer.commit", "primary", ""),
            (_B.FinishButton, "footer.finish", "primary", ""),
        ):
            made = button(signs, "", name, kind=kind, icon=icon)
            made.setMaximumWidth(_ANY_WIDTH)
            made.setMinimumWidth(0)
            wizard.setButton(which, made)
        self._say(_B.BackButton, _tr("Back"))
        self.lay_out(WALK)

    def button(self, which: QWizard.WizardButton) -> QPushButton:
        """One of the buttons."""
        found = self._wizard.button(which)
        assert isinstance(found, QPushButton)
        return found

    def lay_out(self, which: Sequence[QWizard.WizardButton]) -> None:
        """Choose the buttons, from the leading side."""
        if tuple(which) != self._layout:
            self._layout = tuple(which)
            self._wizard.setButtonLayout(list(which))

    def show_standing(self, standing: Standing, own: Footer | None) -> None:
        """Say what Next does or why it is off, or show the page's own buttons."""
        self._show_own(own)
        for which in FORWARD:
            self._wizard.setButtonText(which, standing.next_text or _tr("Next"))
            self.button(which).setAccessibleName(standing.next_text)
        said = standing.note if standing.ready else standing.reason
        reason = self.button(REASON)
        reason.setText(said)
        reason.setAccessibleName(said)
        reason.setVisible(bool(said) and REASON in self._layout)
        reason.setEnabled(not standing.ready)
        if standing.ready or not said:
            self._signs.icons.take(reason)
        else:
            self._signs.icons.put(reason, "arrow-right-circle-outline", "link", 16)
        set_kind(reason, "note" if standing.ready else "link")

    def show_activity(self, text: str, *, narrow: bool) -> None:
        """Say how much runs; the icon alone where the window is narrow."""
        activity = self.button(ACTIVITY)
        self._wizard.setButtonText(ACTIVITY, "" if narrow else text)
        self._signs.icons.put(activity, "action.activity")
        activity.setAccessibleName(text)
        activity.setToolTip(text if narrow else "")

    def fit(self, frames: Sequence[QWidget | None], holder: QWidget | None) -> None:
        """Let rail, page and footer touch: QWizard leaves margins round them.

        It makes its layout once, at the first page, and anew only for pages with other parts, which ours do not have.
        """
        for frame in (*frames, holder):
            layout = frame.layout() if frame is not None else None
            if layout is not None:
                layout.setContentsMargins(0, 0, 0, 0)
                layout.setSpacing(0)
        grid = holder.layout() if holder is not None else None
        if isinstance(grid, QGridLayout):
            self._pad(grid)

    def _pad(self, grid: QGridLayout) -> None:
        low = self._wizard.height() < LOW
        side = 16 if low else self._signs.theme.size("page_pad")
        mirrored = self._wizard.layoutDirection() is Qt.LayoutDirection.RightToLeft
        near, far = (side, 10) if mirrored else (10, side)
        for row in range(grid.rowCount()):
            grid.setRowMinimumHeight(row, 0)
        for index in range(grid.count()):
            item = grid.itemAt(index)
            buttons = item.layout() if item is not None else None
            if isinstance(buttons, QBoxLayout):
                buttons.setContentsMargins(near, 7 if low else 11, far, 8 if low else 12)
                buttons.setSpacing(8)

    def _show_own(self, own: Footer | None) -> None:
        if own is None:
            self.lay_out(WALK)
            return
        which = [ACTIVITY, _B.Stretch]
        if own.first is not None:
            text, kind, icon = own.first
            which.append(EXTRA)
            self._say(EXTRA, text)
            set_kind(self.button(EXTRA), kind)
            self._signs.icons.put(self.button(EXTRA), icon, "state.failed" if kind == "danger" else "text", 16)
        if own.second:
            which.append(SECOND_EXTRA)
            self._say(SECOND_EXTRA, own.second)
        if own.close:
            which.append(_B.FinishButton)
        self.lay_out(which)

    def _say(self, which: QWizard.WizardButton, text: str) -> None:
        self._wizard.setButtonText(which, text)
        self.button(which).setAccessibleName(text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("footer", text)
