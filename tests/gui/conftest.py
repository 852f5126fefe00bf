"""A whole window over real services in a home of its own, and a hand that clicks and types in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from musync.app.paths import Home, resource
from musync.gui.footer import REASON
from musync.gui.page import Page
from musync.gui.pages.confirm import ConfirmPage
from musync.gui.pages.forecast import ForecastPage
from musync.gui.pages.pick import PickPage
from musync.gui.pages.review import ReviewPage
from musync.gui.pages.run import RunPage
from musync.gui.window import Window
from musync.gui.wizard import Wizard

P = TypeVar("P", bound=Page)
W = TypeVar("W", bound=QWidget)
_PATIENCE_MS = 20_000


class Flashes(QObject):
    """Notes every window that is shown; a part that is shown before it has its place would be one."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.shown: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


class Hand:
    """Leads a window as a person would."""

    def __init__(self, window: Window, bot: QtBot, place: Path) -> None:
        self.window = window
        self.bot = bot
        self.place = place

    @property
    def wizard(self) -> Wizard:
        return self.window.wizard

    @property
    def pick(self) -> PickPage:
        return self.window.pick

    def page(self, kind: type[P]) -> P:
        """The page now shown, which is to be of this kind."""
        page = self.wizard.page_shown
        assert isinstance(page, kind), page
        return page

    @property
    def review(self) -> ReviewPage:
        return self.page(ReviewPage)

    @property
    def confirm(self) -> ConfirmPage:
        return self.page(ConfirmPage)

    @property
    def forecast(self) -> ForecastPage:
        return self.page(ForecastPage)

    @property
    def run(self) -> RunPage:
        return self.page(RunPage)

    def wait(self, until: Callable[[], object]) -> None:
        self.bot.waitUntil(lambda: bool(until()), timeout=_PATIENCE_MS)

    def idle(self) -> None:
        """Wait until no job runs and nothing waits to be shown."""
        window = self.window
        self.wait(lambda: window.desk.is_open and not window.runner.jobs and not window.making)
        QApplication.processEvents()

    def find(self, name: str, kind: type[W]) -> W:
        found = self.wizard.findChild(kind, name)
        assert found is not None, name
        return found

    def click(self, target: str | QAbstractButton) -> None:
        """Click a button by its object name, as long as a person could."""
        button = self.find(target, QAbstractButton) if isinstance(target, str) else target
        assert button.isVisible(), f"{button.objectName()} is not to be seen"
        assert button.isEnabled(), f"{button.objectName()} is off"
        self.bot.mouseClick(button, Qt.MouseButton.LeftButton)

    def next(self) -> None:
        """Press what leads on, and wait until it is there."""
        for which in (Wizard.WizardButton.NextButton, Wizard.WizardButton.CommitButton):
            if self.wizard.footer(which).isVisible():
                self.click(self.wizard.footer(which))
                break
        else:
            raise AssertionError("nothing leads on from here")
        self.idle()

    def back(self) -> None:
        self.click(self.wizard.footer(Wizard.WizardButton.BackButton))
        self.idle()

    @property
    def next_is_on(self) -> bool:
        return self.wizard.footer(Wizard.WizardButton.NextButton).isEnabled()

    @property
    def reason(self) -> str:
        button = self.wizard.footer(REASON)
        return button.text() if button.isVisible() else ""

    def key(self, target: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.bot.keyClick(target, key, modifier)

    def choose_sample(self, *, mode: str = "add") -> None:
        """The exported playlist into the library's Road."""
        self.pick.add_folder(self.place / "sample" / "music")
        self.idle()
        self.pick.open_address(str(self.place / "sample" / "Road trip.csv"))
        self.idle()
        columns = self.pick.columns
        assert columns is not None
        target = columns.side(receiving=True)
        target.list.setCurrentIndex(target.filtered.index(0, 0))
        if mode == "mirror":
            columns.how.cards["mirror"].radio.click()


@pytest.fixture(scope="session")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library with all its files in one folder, which is quickly linked and quickly gone."""
    folder = tmp_path_factory.mktemp("flat")
    music = folder / "music"
    music.mkdir()
    names: dict[str, str] = {}
    source = resource("sample") / "music"
    for number, path in enumerate(sorted(path for path in source.rglob("*") if path.is_file())):
        if path.suffix in (".flac", ".mp3", ".m4a", ".ogg"):
            names[path.relative_to(source).as_posix()] = name = f"{number:02} {path.name}"
            shutil.copyfile(path, music / name)
    road = (source / "Road.m3u8").read_text("utf-8").splitlines()
    (music / "Road.m3u8").write_text("\n".join(names.get(line, line) for line in road) + "\n", "utf-8")
    for name in ("Road trip.csv", "Late shift.xspf"):
        shutil.copyfile(resource("sample") / name, folder / name)
    return folder


@pytest.fixture
def place(tmp_path: Path, flat: Path) -> Path:
    """A folder with the sample library and a home beside it; its playlists are copies, its music is not."""
    shutil.copytree(flat, tmp_path / "sample", copy_function=_as_cheap_as_safe)
    (tmp_path / "home").mkdir()
    return tmp_path


def _as_cheap_as_safe(source: str, target: str) -> str:
    if Path(source).suffix in (".m3u8", ".csv", ".xspf"):
        shutil.copyfile(source, target)
    else:
        os.link(source, target)
    return target


@pytest.fixture
def unopened(qapp: QApplication, qtbot: QtBot, place: Path) -> Iterator[Hand]:
    """A window that was made and not shown."""
    window = Window(qapp, Home(place / "home"))
    hand = Hand(window, qtbot, place)
    yield hand
    window.runner.cancel_all()
    assert window.runner.wait(5_000), "a thread is left"
    QApplication.processEvents()
    window.wizard.close()
    let_go(qapp, window)
    assert not QApplication.allWidgets(), f"left behind: {QApplication.allWidgets()[:5]}"


@pytest.fixture
def hand(unopened: Hand) -> Hand:
    """A window that is shown and open."""
    unopened.window.show()
    unopened.wizard.activateWindow()
    unopened.wait(unopened.wizard.isActiveWindow)
    unopened.idle()
    return unopened


def let_go(app: QApplication, window: Window) -> None:
    """Delete everything a window made."""
    window.theme.choose("light")
    for each in (window.wizard, window.theme, window):
        each.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
