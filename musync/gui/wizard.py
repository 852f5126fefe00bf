"""The frame: rail, pages, footer and drawer of the wizard, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QRect, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QGridLayout, QPushButton, QWidget, QWizard

from musync.gui.jobs import QtRunner
from musync.gui.logfeed import LogFeed
from musync.gui.page import LOW, NARROW, Page
from musync.gui.paint import Signs
from musync.gui.widgets.basics import button, set_kind
from musync.gui.widgets.focus import FocusRing
from musync.gui.widgets.rail import Place, Rail, StepState
from musync.gui.words import plural

if TYPE_CHECKING:
    from musync.gui.drawer import Drawer

_B = QWizard.WizardButton
ACTIVITY, REASON, EXTRA = _B.CustomButton1, _B.CustomButton2, _B.CustomButton3
# QWizard lends three buttons of one's own; its Help button, unused by us, is the fourth.
SECOND_EXTRA = _B.HelpButton
WALK = (ACTIVITY, _B.Stretch, REASON, _B.BackButton, _B.NextButton, _B.CommitButton, _B.FinishButton)


class Wizard(QWizard):
    """The window. Pages are added in order; each belongs to one of the steps of the rail."""

    painted = Signal()
    """The window was painted for the first time; what takes long may begin."""
    closed = Signal()
    """The window went, and no thread runs any more."""

    def __init__(
        self, signs: Signs, runner: QtRunner, feed: LogFeed, steps: Sequence[str], places: Sequence[Place] = ()
    ) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.signs = signs
        self.runner = runner
        self._step_of: dict[int, int] = {}
        self._closing = False
        self._painted = False
        self.setObjectName("wizard")
        self.setWindowTitle("musync")
        self.setWizardStyle(QWizard.WizardStyle.ClassicStyle)
        self.setOptions(
            QWizard.WizardOption.NoCancelButton
            | QWizard.WizardOption.HaveCustomButton1
            | QWizard.WizardOption.HaveCustomButton2
            | QWizard.WizardOption.HaveCustomButton3
            | QWizard.WizardOption.HaveHelpButton
            | QWizard.WizardOption.NoDefaultButton
        )
        self.setMinimumSize(QSize(*signs.theme.tokens.window_min))
        self.resize(QSize(*signs.theme.tokens.window_default))
        self.rail = Rail(signs, steps, places)
        self.rail.step_pressed.connect(self._go_to_step)
        self.setSideWidget(self.rail)
        self._feed = feed
        self._log_folder: Path | None = None
        self._drawer: Drawer | None = None
        self._layout: tuple[QWizard.WizardButton, ...] = ()
        self._dress_buttons()
        self.lay_out_buttons(WALK)
        self._ring = FocusRing(self, signs.theme)
        self._waiting = QTimer(self)
        self._waiting.setInterval(50)
        self._waiting.timeout.connect(self._close_when_idle)
        self.currentIdChanged.connect(self._on_page)
        runner.changed.connect(self._show_activity)
        signs.theme.changed.connect(self._on_theme)
        self._show_activity()

    # Pages

    def add_step_page(self, page: Page, step: int) -> int:
        """Add a page that belongs to the step (0 to 3) of the rail; returns its id."""
        number = self.addPage(page)
        self._step_of[number] = step
        page.completeChanged.connect(self._show_standing)
        return number

    def fit_page(self, page: Page) -> None:
        """Let a page that was added later know the window's size."""
        page.fit(self.width(), self.height())

    @property
    def page_shown(self) -> Page | None:
        """The page now open."""
        page = self.currentPage()
        return page if isinstance(page, Page) else None

    def show_step(self, page: Page) -> None:
        """Let the rail say where the steps stand."""
        current = self._step_of.get(self.currentId(), 0)
        seconds = {self._step_of[number]: self._second_line(number) for number in self.visitedIds()}
        writing = page.footer is not None
        for index, step in enumerate(self.rail.steps):
            state: StepState = "done" if index < current else "current" if index == current else "later"
            step.show_state(state, seconds.get(index, ""), reachable=index < current and not writing)

    # Footer

    def lay_out_buttons(self, which: Sequence[QWizard.WizardButton]) -> None:
        """Choose the buttons of the footer, from the leading side."""
        if tuple(which) != self._layout:
            self._layout = tuple(which)
            self.setButtonLayout(list(which))
        self._flush()

    def footer(self, which: QWizard.WizardButton) -> QPushButton:
        """One of the footer's buttons."""
        found = self.button(which)
        assert isinstance(found, QPushButton)
        return found

    def _dress_buttons(self) -> None:
        signs = self.signs
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
            self.setButton(which, button(signs, "", name, kind=kind, icon=icon))
            self.footer(which).setFixedHeight(signs.theme.row("button_h"))
            self.footer(which).setMaximumWidth(16_777_215)
            self.footer(which).setMinimumWidth(0)
        self.setButtonText(_B.BackButton, self.tr("Back"))
        self.footer(_B.BackButton).setAccessibleName(self.tr("Back"))
        self.setButtonText(ACTIVITY, self.tr("Activity"))
        self.footer(ACTIVITY).clicked.connect(self.toggle_drawer)
        self.footer(REASON).clicked.connect(self._seek_missing)
        self.footer(EXTRA).clicked.connect(lambda: self._press_own(second=False))
        self.footer(SECOND_EXTRA).clicked.connect(lambda: self._press_own(second=True))

    def _flush(self) -> None:
        """QWizard leaves margins round rail, page and footer; ours touch, and the footer has its own.

        It makes its layout once, at the first page, and anew only for pages with other parts, which ours do not have.
        """
        page = self.page_shown
        frame = page.parentWidget() if page is not None else None
        holder = frame.parentWidget() if frame is not None else None
        if frame is None or holder is None:
            return
        beside = self.rail.parentWidget()
        for layout in (frame.layout(), holder.layout(), beside.layout() if beside is not None else None):
            if layout is not None:
                layout.setContentsMargins(0, 0, 0, 0)
                layout.setSpacing(0)
        self._pad_footer(holder)

    def _pad_footer(self, holder: QWidget) -> None:
        low = self.height() < LOW
        side = 16 if low else self.signs.theme.size("page_pad")
        grid = holder.layout()
        if not isinstance(grid, QGridLayout):
            return
        near, far = (side, 10) if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else (10, side)
        for row in range(grid.rowCount()):
            grid.setRowMinimumHeight(row, 0)
        for index in range(grid.count()):
            item = grid.itemAt(index)
            buttons = item.layout() if item is not None else None
            if isinstance(buttons, QBoxLayout):
                buttons.setContentsMargins(near, 7 if low else 11, far, 8 if low else 12)
                buttons.setSpacing(8)

    def _show_standing(self) -> None:
        page = self.page_shown
        if page is None:
            return
        self._show_footer(page)
        standing = page.standing
        for which in (_B.NextButton, _B.CommitButton, _B.FinishButton):
            self.setButtonText(which, standing.next_text or self.tr("Next"))
            self.footer(which).setAccessibleName(standing.next_text)
        said = standing.note if standing.ready else standing.reason
        reason = self.footer(REASON)
        reason.setText(said)
        reason.setAccessibleName(said)
        reason.setVisible(bool(said) and REASON in self._layout)
        reason.setEnabled(not standing.ready)
        if standing.ready or not said:
            self.signs.icons.take(reason)
        else:
            self.signs.icons.put(reason, "arrow-right-circle-outline", "link", 16)
        set_kind(reason, "note" if standing.ready else "link")
        self.show_step(page)

    def _show_footer(self, page: Page) -> None:
        """Back and Next, or the page's own buttons."""
        own = page.footer
        if own is None:
            self.lay_out_buttons(WALK)
            return
        which = [ACTIVITY, _B.Stretch]
        if own.first is not None:
            text, kind, icon = own.first
            which.append(EXTRA)
            self.setButtonText(EXTRA, text)
            self.footer(EXTRA).setAccessibleName(text)
            set_kind(self.footer(EXTRA), kind)
            self.signs.icons.put(self.footer(EXTRA), icon, "state.failed" if kind == "danger" else "text", 16)
        if own.second:
            which.append(SECOND_EXTRA)
            self.setButtonText(SECOND_EXTRA, own.second)
            self.footer(SECOND_EXTRA).setAccessibleName(own.second)
        if own.close:
            which.append(_B.FinishButton)
        self.lay_out_buttons(which)

    def _press_own(self, *, second: bool) -> None:
        page = self.page_shown
        if page is not None:
            page.press_second() if second else page.press_first()

    def _seek_missing(self) -> None:
        if self.page_shown is not None:
            self.page_shown.seek_missing()

    def _show_activity(self) -> None:
        named = sum(1 for job in self.runner.jobs if job.title)
        words = plural(named, self.tr("Activity · %n running"), self.tr("Activity · %n running"))
        text = words if named else self.tr("Activity")
        narrow = self.width() < NARROW
        self.setButtonText(ACTIVITY, "" if narrow else text)
        self.signs.icons.put(self.footer(ACTIVITY), "action.activity")
        self.footer(ACTIVITY).setAccessibleName(text)
        self.footer(ACTIVITY).setToolTip(text if narrow else "")

    # Drawer

    @property
    def drawer(self) -> Drawer:
        """The activity drawer, made when it is first needed."""
        if self._drawer is None:
            from musync.gui.drawer import Drawer
            from musync.gui.sayings import saying

            self._drawer = Drawer(self, self.signs, self.runner, self._feed, saying)
            self._drawer.closed.connect(self.toggle_drawer)
            if self._log_folder is not None:
                self._drawer.offer_folder(self._log_folder)
        return self._drawer

    def offer_log_folder(self, folder: Path) -> None:
        """Where the log's files are."""
        self._log_folder = folder
        if self._drawer is not None:
            self._drawer.offer_folder(folder)

    @property
    def _drawer_open(self) -> bool:
        return self._drawer is not None and self._drawer.isVisible()

    def toggle_drawer(self) -> None:
        """Open the drawer, or close it and give the focus back."""
        if self._drawer_open:
            self.drawer.hide()
            self.footer(ACTIVITY).setFocus()
        else:
            self.drawer.open_at(self._drawer_place())
        self._reserve()

    def page_area(self) -> QRect:
        """Where the pages are, in the window's own measure."""
        page = self.page_shown
        holder = (page.parentWidget() if page is not None else None) or self
        return QRect(holder.mapTo(self, holder.rect().topLeft()), holder.size())

    def _drawer_place(self) -> QRect:
        area = self.page_area()
        width = min(self.signs.theme.size("drawer"), area.width())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QRect(area.left() if mirrored else area.right() - width + 1, area.top(), width, area.height())

    def _reserve(self) -> None:
        beside = self._drawer_open and self.width() >= NARROW
        for number in self.pageIds():
            page = self.page(number)
            if isinstance(page, Page):
                page.reserve(self.signs.theme.size("drawer") if beside else 0)

    # Keys

    def _make_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Alt+Left", self._press(_B.BackButton)),
            ("Alt+Right", self._press_next),
            ("Ctrl+Return", self._press_next),
            ("Ctrl+Enter", self._press_next),
            ("Ctrl+L", self.toggle_drawer),
            ("Ctrl+F", self._find),
        )
        for keys_text, act in keys:
            shortcut = QShortcut(QKeySequence(keys_text), self)
            shortcut.activated.connect(act)
        for index in range(4):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{index + 1}"), self)
            shortcut.activated.connect(lambda i=index: self._go_to_step(i))

    def _press(self, which: QWizard.WizardButton) -> Callable[[], None]:
        def press() -> None:
            if self.footer(which).isVisible() and self.footer(which).isEnabled():
                self.footer(which).click()

        return press

    def _press_next(self) -> None:
        for which in (_B.NextButton, _B.CommitButton, _B.FinishButton):
            if self.footer(which).isVisible():
                self._press(which)()
                return

    def _find(self) -> None:
        if self.page_shown is not None:
            self.page_shown.seek_words()

    def _go_to_step(self, step: int) -> None:
        """Go back to a step already made."""
        if step >= self._step_of.get(self.currentId(), 0) or not self.rail.steps[step].isEnabled():
            self._show_standing()
            return
        while self._step_of.get(self.currentId(), 0) > step:
            before = self.currentId()
            self.back()
            if self.currentId() == before:
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus and nothing else; Escape closes what floats, else nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, QAbstractButton) and focused.isEnabled():
                focused.click()
            return
        if event.key() == Qt.Key.Key_Escape:
            if self._drawer_open:
                self.toggle_drawer()
            return
        super().keyPressEvent(event)

    # Window

    def remember(self, settings: QSettings) -> None:
        """Store where the window stands."""
        settings.setValue("window/geometry", self.saveGeometry())

    def restore(self, settings: QSettings) -> None:
        """Stand where the window stood; a place off all screens is corrected by Qt."""
        stored = settings.value("window/geometry")
        if isinstance(stored, QByteArray):
            self.restoreGeometry(stored)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what runs, wait with progress, then go; threads are joined before the window is let go."""
        if not self.runner.jobs:
            # Not handed on: QDialog would ask `reject`, which closes.
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        if not self._closing:
            self._closing = True
            self.runner.cancel_all()
            self.setEnabled(False)
            self.setWindowTitle(self.tr("musync is stopping"))
            self._waiting.start()

    def accept(self) -> None:
        """Finish closes the window like everything else does."""
        self.close()

    def reject(self) -> None:
        """There is no Cancel; closing the window is the way out."""
        self.close()

    def _close_when_idle(self) -> None:
        if not self.runner.jobs:
            self._waiting.stop()
            self.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit everything to the new size."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit everything to the first size."""
        super().showEvent(event)
        self._fit()
        QTimer.singleShot(0, self, self._fit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first paint, once it is done."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._after_paint)

    def changeEvent(self, event: QEvent) -> None:
        """Icons that say a direction turn round with the layout."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self.signs.icons.redress(self)

    def _after_paint(self) -> None:
        self._make_keys()
        self.setWindowIcon(self.signs.icons.app_icon())
        self.painted.emit()

    def _fit(self) -> None:
        self.rail.set_narrow(self.width() < NARROW)
        self._flush()
        self._show_activity()
        for number in self.pageIds():
            page = self.page(number)
            if isinstance(page, Page):
                page.fit(self.width(), self.height())
        if self._drawer_open:
            self.drawer.setGeometry(self._drawer_place())
        self._reserve()

    def _on_page(self, number: int) -> None:
        page = self.page(number)
        if isinstance(page, Page):
            self.setWindowTitle(self._title())
            self._show_footer(page)
            page.fit(self.width(), self.height())
            self._show_standing()
            page.enter()
            QTimer.singleShot(0, page, page.begin_focus)

    def _title(self) -> str:
        return "musync"

    def _second_line(self, number: int) -> str:
        page = self.page(number)
        return page.second_line() if isinstance(page, Page) else ""

    def _on_theme(self) -> None:
        self.signs.icons.redress(self)
        for widget in self.findChildren(QWidget):
            widget.update()
