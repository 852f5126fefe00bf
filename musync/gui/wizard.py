"""The frame: rail, pages, places, footer and drawer of the wizard, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QRect, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QStackedWidget, QWidget, QWizard

from musync.gui.footer import ACTIVITY, EXTRA, FORWARD, REASON, SECOND_EXTRA, FooterBar
from musync.gui.jobs import QtRunner
from musync.gui.logfeed import LogFeed
from musync.gui.page import NARROW, Footer, Page
from musync.gui.paint import Signs
from musync.gui.widgets.focus import FocusRing
from musync.gui.widgets.rail import Place, Rail, StepState
from musync.gui.words import plural

if TYPE_CHECKING:
    from musync.gui.drawer import Drawer

_B = QWizard.WizardButton


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
        self._feed = feed
        self._step_of: dict[int, int] = {}
        self._places: dict[str, Page] = {}
        self._place = ""
        self._views: QStackedWidget | None = None
        self._drawer: Drawer | None = None
        self._log_folder: Path | None = None
        self._closing = False
        self._painted = False
        self._set_up()
        self.rail = Rail(signs, steps, places)
        self.rail.step_pressed.connect(self._go_to_step)
        self.rail.place_pressed.connect(self.open_place)
        self.setSideWidget(self.rail)
        self.bar = FooterBar(self, signs)
        self._connect_footer()
        self._ring = FocusRing(self, signs.theme)
        self._waiting = QTimer(self)
        self._waiting.setInterval(50)
        self._waiting.timeout.connect(self._close_when_idle)
        self.currentIdChanged.connect(self._on_page)
        runner.changed.connect(self._show_activity)
        signs.theme.changed.connect(self._on_theme)
        self._show_activity()

    def _set_up(self) -> None:
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
        self.setMinimumSize(QSize(*self.signs.theme.tokens.window_min))
        self.resize(QSize(*self.signs.theme.tokens.window_default))

    def _connect_footer(self) -> None:
        self.footer(ACTIVITY).clicked.connect(self.toggle_drawer)
        self.footer(REASON).clicked.connect(self._seek_missing)
        self.footer(EXTRA).clicked.connect(lambda: self._press_own(second=False))
        self.footer(SECOND_EXTRA).clicked.connect(lambda: self._press_own(second=True))

    # Pages

    def add_step_page(self, page: Page, step: int) -> int:
        """Add a page that belongs to the step (0 to 3) of the rail; returns its id."""
        number = self.addPage(page)
        self._step_of[number] = step
        page.completeChanged.connect(self._show_standing)
        page.changed_parts.connect(lambda: self._order_tabs(page))
        page.fit(self.width(), self.height())
        return number

    @property
    def page_shown(self) -> Page | None:
        """The page now open, also below a place."""
        page = self.currentPage()
        return page if isinstance(page, Page) else None

    @property
    def pages(self) -> list[Page]:
        """All pages and places there are."""
        found = [self.page(number) for number in self.pageIds()]
        return [*(page for page in found if isinstance(page, Page)), *self._places.values()]

    def footer(self, which: QWizard.WizardButton) -> QPushButton:
        """One of the footer's buttons."""
        return self.bar.button(which)

    def _on_page(self, number: int) -> None:
        page = self.page(number)
        if isinstance(page, Page):
            page.fit(self.width(), self.height())
            page.enter()
            self._show_standing()
            QTimer.singleShot(0, page, lambda: self._begin(page))

    def _begin(self, page: Page) -> None:
        self._order_tabs(page)
        page.begin_focus()

    def _order_tabs(self, page: Page) -> None:
        """Rail, page, footer."""
        if self._painted:
            from musync.gui.tab_order import order_tabs

            order_tabs(self.rail, page, *(self.footer(which) for which in (REASON, _B.BackButton, *FORWARD, ACTIVITY)))

    def _show_title(self) -> None:
        """Which lists it is about, once the first page is left."""
        first = self.page(next(iter(self._step_of), 0))
        lists = first.second_line() if isinstance(first, Page) and first is not self.page_shown else ""
        self.setWindowTitle(f"musync — {lists}" if lists else "musync")

    def _show_standing(self) -> None:
        page = self.page_shown
        if page is not None:
            own = Footer(second=self.tr("Back to the sync")) if self._place else page.footer
            self.bar.show_standing(page.standing, own)
            self._show_steps(page)
            self._show_title()
            self._flush()

    def _show_steps(self, page: Page) -> None:
        """Let the rail say where the steps stand; from the writing on there is no way back."""
        current = self._step_of.get(self.currentId(), 0)
        seconds = {self._step_of[number]: self._second_line(number) for number in self.visitedIds()}
        back = page.footer is None
        for index, step in enumerate(self.rail.steps):
            state: StepState = "done" if index < current else "current" if index == current else "later"
            step.show_state(state, seconds.get(index, ""), reachable=index < current and back)

    def _second_line(self, number: int) -> str:
        page = self.page(number)
        return page.second_line() if isinstance(page, Page) else ""

    def _press_own(self, *, second: bool) -> None:
        page = self.page_shown
        if self._place:
            self.close_place()
        elif page is not None:
            page.press_second() if second else page.press_first()

    def _seek_missing(self) -> None:
        if self.page_shown is not None:
            self.page_shown.seek_missing()

    def _show_activity(self) -> None:
        named = sum(1 for job in self.runner.jobs if job.title)
        words = plural(named, self.tr("Activity · %n running"), self.tr("Activity · %n running"))
        self.bar.show_activity(words if named else self.tr("Activity"), narrow=self.width() < NARROW)

    # Places

    def add_place(self, key: str, place: Page) -> None:
        """A view that opens in place of the page; one that was asked for before opens now."""
        if self._views is None:
            self._views = QStackedWidget(self)
            self._views.setObjectName("places")
            self._views.setAutoFillBackground(True)
            self._views.hide()
        self._places[key] = place
        self._views.addWidget(place)
        if self._place == key:
            self.open_place(key)

    def open_place(self, key: str) -> None:
        """Show a place over the page; the sync stays where it is."""
        self._place = key
        place, page = self._places.get(key), self.page_shown
        if place is None or page is None or self._views is None:
            return
        page.setEnabled(False)
        place.fit(self.width(), self.height())
        place.enter()
        self._views.setCurrentWidget(place)
        self._views.setGeometry(self.page_area())
        self._views.show()
        self._views.raise_()
        if self._drawer is not None:
            self._drawer.raise_()
        self._reserve()
        self.rail.show_place(key)
        self._show_standing()
        self._order_tabs(place)
        self.footer(SECOND_EXTRA).setFocus()

    def close_place(self) -> None:
        """Back to the page."""
        if not self._place:
            return
        self._place = ""
        self.rail.show_place("")
        page = self.page_shown
        if page is not None:
            page.setEnabled(True)
            page.enter()
            page.begin_focus()
        if self._views is not None:
            self._views.hide()
        self._show_standing()

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

    @property
    def _drawer_open(self) -> bool:
        return self._drawer is not None and self._drawer.isVisible()

    def _drawer_place(self) -> QRect:
        area = self.page_area()
        width = min(self.signs.theme.size("drawer"), area.width())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return QRect(area.left() if mirrored else area.right() - width + 1, area.top(), width, area.height())

    def _reserve(self) -> None:
        beside = self._drawer_open and self.width() >= NARROW
        for page in self.pages:
            page.reserve(self.signs.theme.size("drawer") if beside else 0)

    # Keys

    def _make_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Alt+Left", lambda: self._press(_B.BackButton)),
            ("Alt+Right", self._press_next),
            ("Ctrl+Return", self._press_next),
            ("Ctrl+Enter", self._press_next),
            ("Ctrl+L", self.toggle_drawer),
            ("Ctrl+F", self._find),
            ("Ctrl+,", lambda: self.open_place("settings")),
            *((f"Ctrl+{index + 1}", lambda i=index: self._go_to_step(i)) for index in range(4)),
        )
        for text, act in keys:
            QShortcut(QKeySequence(text), self).activated.connect(act)

    def _press(self, which: QWizard.WizardButton) -> None:
        if self.footer(which).isVisible() and self.footer(which).isEnabled():
            self.footer(which).click()

    def _press_next(self) -> None:
        for which in FORWARD:
            if self.footer(which).isVisible():
                self._press(which)
                return

    def _find(self) -> None:
        page = self._places.get(self._place) or self.page_shown
        if page is not None:
            page.seek_words()

    def _go_to_step(self, step: int) -> None:
        """Leave a place, and go back to a step already made."""
        self.close_place()
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
        elif event.key() == Qt.Key.Key_Escape:
            if self._drawer_open:
                self.toggle_drawer()
        else:
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

    def _close_when_idle(self) -> None:
        if not self.runner.jobs:
            self._waiting.stop()
            self.close()

    def _after_paint(self) -> None:
        self._make_keys()
        self.setWindowIcon(self.signs.icons.app_icon())
        self.painted.emit()

    def _fit(self) -> None:
        self.rail.set_narrow(self.width() < NARROW)
        self._flush()
        self._show_activity()
        for page in self.pages:
            page.fit(self.width(), self.height())
        if self._drawer_open:
            self.drawer.setGeometry(self._drawer_place())
        if self._views is not None:
            self._views.setGeometry(self.page_area())
        self._reserve()

    def _flush(self) -> None:
        page = self.page_shown
        frame = page.parentWidget() if page is not None else None
        self.bar.fit((frame, self.rail.parentWidget()), frame.parentWidget() if frame is not None else None)

    def _on_theme(self) -> None:
        self.signs.icons.redress(self)
        for widget in self.findChildren(QWidget):
            widget.update()
