"""Takes pictures of the window in all its moods, to be looked at beside the design; run by hand, not in CI.

    QT_QPA_PLATFORM=offscreen python tests/screenshots.py FOLDER [NAME…]

Without names all are taken. Needs a font for Chinese, Japanese and Korean letters.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent / "gui"))

import story
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from musync.app.paths import Home, resource
from musync.app.session import ConfirmState, Question
from musync.domain import BrakeHit
from musync.domain.errors import Braked, Unavailable
from musync.gui.dialogs import ConfirmDialog, NameDialog, TroubleDialog
from musync.gui.pages.confirm import ConfirmPage
from musync.gui.pages.forecast import ForecastPage
from musync.gui.window import Window
from musync.services.api import SearchesFields, Traits
from musync.services.memory import SEARCHED_ROLES, STREAMING, MemoryPlugin, memory_service, world_named

SEARCHED = Traits(occurrence_ids=True, page=50, add_batch=100, revision="faithful")
PICTURES: dict[str, Callable[[Shot], None]] = {}


class Shot:
    """One window in a home of its own, and the means to lead it and to take its picture."""

    def __init__(self, app: QApplication, folder: Path, name: str, theme: str, size: tuple[int, int]) -> None:
        self.app = app
        self.folder = folder
        self.name = name
        self.place = Path(tempfile.mkdtemp(prefix="musync-shot-"))
        shutil.copytree(resource("sample"), self.place / "sample")
        (self.place / "home").mkdir()
        self.window = Window(app, Home(self.place / "home"))
        self.window.theme.choose(theme)  # type: ignore[arg-type]  # one of the four
        self.window.wizard.resize(*size)
        self.theme = theme

    def wait(self, until: Callable[[], object], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not until():
            self.app.processEvents()
            time.sleep(0.002)
            if time.monotonic() > end:
                raise TimeoutError(self.name)
        self.settle()

    def settle(self, seconds: float = 0.05) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()

    def open(self) -> None:
        self.window.show()
        self.wait(lambda: self.window.desk.is_open and not self.window.runner.jobs)
        self.window.theme.choose(self.theme)  # type: ignore[arg-type]
        self.settle()

    def sample(self) -> None:
        self.open()
        self.window.pick.first.sample.click()
        self.wait(lambda: self.window.desk.scratch and not self.window.runner.jobs)
        self.window.theme.choose(self.theme)  # type: ignore[arg-type]
        self.settle()

    def next(self) -> None:
        self.window.wizard.next()
        self.wait(lambda: not self.window.runner.jobs)

    def idle(self) -> None:
        self.wait(lambda: not self.window.runner.jobs)

    def mirror(self) -> None:
        columns = self.window.pick.columns
        assert columns is not None
        columns.how.cards["mirror"].radio.click()

    def take(self, suffix: str = "", part: QWidget | None = None) -> None:
        self.settle()
        taken = part or self.window.wizard
        taken.activateWindow()
        self.settle()
        picture = taken.grab()
        path = self.folder / f"{self.name}{suffix}.png"
        picture.save(str(path))
        sys.stdout.write(f"{path.name} {picture.width()} x {picture.height()}\n")
        sys.stdout.flush()

    def close(self) -> None:
        self.window.wizard.close()
        self.wait(lambda: not self.window.wizard.isVisible())
        self.window.wizard.deleteLater()
        self.window.theme.deleteLater()
        self.window.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.settle()
        shutil.rmtree(self.place, ignore_errors=True)


def picture(*names: str) -> Callable[[Callable[[Shot], None]], Callable[[Shot], None]]:
    def keep(make: Callable[[Shot], None]) -> Callable[[Shot], None]:
        for name in names:
            PICTURES[name] = make
        return make

    return keep


@picture("pick-first-light", "pick-first-dark", "pick-first-contrast", "pick-first-small")
def pick_first(shot: Shot) -> None:
    shot.open()
    shot.take()


@picture("pick-light", "pick-dark", "pick-contrast", "pick-small", "pick-arabic")
def pick(shot: Shot) -> None:
    shot.sample()
    shot.take()


@picture("pick-moods-light", "pick-moods-dark")
def pick_moods(shot: Shot) -> None:
    shot.sample()
    columns = shot.window.pick.columns
    assert columns is not None
    library = shot.window.pick.library
    key = next(item.key for item in library.items(receiving=True) if item.key.startswith("account:"))
    columns.side(receiving=False).show_busy("Reading the list of playlists · 150 of 312")
    error = Unavailable(
        "“attic” does not answer.",
        where="192.168.1.20:32400 within 10 seconds",
        unchanged="Your choice and all decisions are kept.",
        next="Is the server switched on and in the same network?",
    )
    columns._on_unlisted(key, error)
    shot.take()


@picture(
    "pick-options-light", "pick-options-dark", "pick-options-contrast", "pick-options-small", "pick-options-arabic"
)
def pick_options(shot: Shot) -> None:
    shot.sample()
    shot.mirror()
    columns = shot.window.pick.columns
    assert columns is not None
    columns.how.popover.versions._radios["prefer", "best"].click()
    columns.how.popover.versions._radios["explicit", "clean"].click()
    columns.how.options.click()
    shot.take()


@picture("preferred-light", "preferred-dark", "preferred-small", "preferred-arabic")
def preferred(shot: Shot) -> None:
    shot.sample()
    wanted = shot.place / "Ferry Hall.txt"
    wanted.write_text("Kit Marsh - Seven Sisters Road (Live at the Ferry Hall)\nKit Marsh - Ferry Hall\n", "utf-8")
    shot.window.pick.open_address(str(wanted))
    shot.idle()
    columns = shot.window.pick.columns
    assert columns is not None
    for part, word in (("prefer", "best"), ("explicit", "clean"), ("live", "studio")):
        columns.how.popover.versions._radios[part, word].click()
    shot.next()
    shot.take("-review")
    shot.next()
    page = shot.window.wizard.page_shown
    assert isinstance(page, ConfirmPage)
    page.queue.expandAll()
    page.queue.setCurrentIndex(page.model.index(0, 0, page.model.index(page.model.rowCount() - 1, 0)))
    shot.take("-confirm")
    shot.next()
    shot.take("-write")


@picture("dialog-light", "dialog-dark", "dialog-contrast")
def dialogs(shot: Shot) -> None:
    shot.sample()
    wizard, signs = shot.window.wizard, shot.window.signs
    made: dict[str, QDialog] = {
        "-name": NameDialog(wizard, signs, "New playlist", "Name", "Road trip"),
        "-confirm": ConfirmDialog(wizard, signs, "Remove “music”?", "Your files stay as they are.", "Remove it"),
        "-trouble": TroubleDialog(wizard, signs, "Something went wrong", "Nothing was written. The log says more."),
    }
    for suffix, dialog in made.items():
        dialog.open()
        shot.take(suffix, dialog)
        dialog.close()


@picture("pick-search-light")
def pick_search(shot: Shot) -> None:
    shot.sample()
    columns = shot.window.pick.columns
    assert columns is not None
    columns.side(receiving=True).search.setText("rod trip")
    columns.side(receiving=False).enter_address("nowhere.m3u8")
    shot.idle()
    shot.take()


@picture("review-light", "review-dark", "review-contrast", "review-small", "review-arabic", "review-200")
def review(shot: Shot) -> None:
    shot.sample()
    shot.next()
    shot.take()


@picture("review-mirror-light", "review-mirror-dark")
def review_mirror(shot: Shot) -> None:
    shot.sample()
    shot.mirror()
    columns = shot.window.pick.columns
    assert columns is not None
    columns.how.popover._radios["foreign", "remove"].click()
    shot.next()
    shot.take()


@picture("review-long-light", "review-long-dark", "review-long-small", "review-long-arabic", "review-long-contrast")
def review_long(shot: Shot) -> None:
    shot.sample()
    shot.mirror()
    shot.next()
    page = _review(shot)
    page.model.show(story.diff(removals=37), "Plex")
    page._show_counts()
    page.body.begin()
    line = page.model.line_of(3)
    assert line is not None
    page.table.go_to(line)
    page.table.scrollTo(page.model.index(line, 0), page.table.ScrollHint.PositionAtCenter)
    shot.take()
    page.tools.tall.click()
    shot.take("-tall")


@picture("review-busy-light")
def review_busy(shot: Shot) -> None:
    shot.sample()
    page = _review(shot)
    page._start = lambda: None  # type: ignore[method-assign]  # the picture is of the waiting
    shot.window.wizard.next()
    shot.settle(0.6)
    page.busy.show_progress("Reading both lists", 6350, 10_214)
    shot.take()


@picture("review-brake-light", "review-brake-dark", "review-brake-contrast", "review-brake-small")
def review_brake(shot: Shot) -> None:
    shot.sample()
    shot.mirror()
    columns = shot.window.pick.columns
    assert columns is not None
    columns.how.popover._radios["foreign", "remove"].click()
    shot.next()
    page = _review(shot)
    state = page.state
    hits = (
        BrakeHit(id="B2", side="source", before=412, after=37),
        BrakeHit(id="B3", side="target", before=412, after=37),
    )
    brake = Braked("Stopped.", brakes=("B2", "B3"), hits=hits)
    shot.window.desk.session._stack[-1] = replace(state, brake=brake)
    page._show()
    page.begin_focus()
    shot.take()


@picture("order-light", "order-dark", "order-contrast", "order-small", "order-arabic")
def order(shot: Shot) -> None:
    songs = [f"{artist} - {title} {number}" for number in range(31) for _, title, artist, _ in story.OPENING if artist]
    sides = (("Liked songs", Random(4).sample(songs[:-9], len(songs) - 9)), ("Everything I like", songs))
    shot.open()
    for title, lines in sides:
        (shot.place / f"{title}.txt").write_text("\n".join(lines), "utf-8")
        shot.window.pick.open_address(str(shot.place / f"{title}.txt"), receiving=title != "Liked songs")
        shot.idle()
    shot.mirror()
    shot.next()
    shot.take("-asked")
    _review(shot).order.bring.click()
    shot.settle()
    shot.take("-brought")
    shot.next()
    shot.next()
    shot.take("-write")
    page = shot.window.wizard.page_shown
    assert isinstance(page, ForecastPage)
    page.order.leave.click()
    shot.settle()
    shot.take("-write-left")


@picture("review-same-light", "review-wrong-light")
def review_messages(shot: Shot) -> None:
    shot.sample()
    if shot.name == "review-wrong-light":
        side = shot.window.desk.session.states[0].source  # type: ignore[union-attr]  # the first is always pick
        path = next((shot.window._scratch[0] / "sample").glob("*.csv"))
        assert side is not None
        path.unlink()
        shot.next()
    else:
        columns = shot.window.pick.columns
        assert columns is not None
        copy = shot.window._scratch[0] / "sample" / "Copy.csv"
        columns.side(receiving=True).enter_address(str(copy))
        shot.idle()
        for _ in range(2):
            shot.next()
        shot.next()
        shot.next()
        shot.window.wizard.page_shown.press_first()  # type: ignore[union-attr]  # the page after a run
        shot.idle()
    shot.take()


@picture("confirm-light", "confirm-dark", "confirm-contrast", "confirm-small", "confirm-arabic")
def confirm(shot: Shot) -> None:
    shot.sample()
    shot.next()
    shot.next()
    page = _confirm(shot)
    shot.window.desk.session._stack[-1] = _questions(page.state)
    page._show(anew=True)
    page._select(page.model.next_open(None))
    page.queue.setFocus()
    shot.take()
    page._on_verdict("why")
    shot.take("-why")


@picture("confirm-unowned-light", "confirm-unowned-dark")
def confirm_unowned(shot: Shot) -> None:
    shot.sample()
    shot.window.pick.open_address(str(shot.place / "places.m3u8"), receiving=True)
    shot.idle()
    shot.next()
    shot.take("-review")
    shot.next()
    page = _confirm(shot)
    track = next(one.match.wanted.id for one in page.state.questions if one.group == "unavailable")
    page.queue.setCurrentIndex(page.model.index_of(track))
    shot.take()
    shot.next()
    shot.take("-write")


@picture("confirm-searching-light", "confirm-searching-dark", "confirm-searching-small", "confirm-searching-arabic")
def confirm_searching(shot: Shot) -> None:
    """Half of a search that waits at its fourth request, and what the page says when it is stopped."""
    MemoryPlugin.service = memory_service(SEARCHED, [one for one in SEARCHED_ROLES if one is not SearchesFields])
    shot.open()
    here, there = (world_named(f"{side}-{shot.name}") for side in ("here", "there"))
    there.habits = STREAMING
    songs = [story.track(number, *row[1:]) for number, row in enumerate(story.OPENING[:9])]
    songs[0] = replace(songs[0], album="", duration_ms=None)
    twice = [replace(songs[0], id=f"{length}", album="Salt", duration_ms=length) for length in (190_000, 254_000)]
    there.add_tracks(*songs[1:3], *songs[4:6], *twice)
    gate = threading.Event()
    there.run_before("search", lambda: gate.wait(20), skip=4)
    lists = (here.account("anna").make_playlist("Road", songs), there.account("tom").make_playlist("Road"))
    for receiving, address in enumerate((f"{here.name}/anna/{lists[0]}", f"{there.name}/tom/{lists[1]}")):
        shot.window.pick.open_address(f"memory://{address}", receiving=bool(receiving))
        shot.idle()
    shot.next()
    shot.take("-review")
    shot.window.wizard.next()
    page = _confirm(shot)
    shot.wait(lambda: page.asking.done >= 4)
    shot.settle(0.5)
    shot.take()
    page.ask.click()
    gate.set()
    shot.idle()
    shot.take("-stopped")


@picture("confirm-real-light")
def confirm_real(shot: Shot) -> None:
    shot.sample()
    shot.next()
    shot.next()
    page = _confirm(shot)
    shot.take()
    page._on_verdict("skip")
    page._on_verdict("never")
    page.pane.search.setText("harbour lights")
    page.pane.search.returnPressed.emit()
    shot.idle()
    shot.take("-search")


@picture("write-light", "write-dark", "write-contrast", "write-small", "write-arabic")
def write(shot: Shot) -> None:
    shot.sample()
    shot.mirror()
    shot.next()
    shot.next()
    shot.next()
    shot.take()


@picture("write-new-light", "write-new-dark", "write-new-small")
def write_new(shot: Shot) -> None:
    """A playlist that is made; then one that is not, because its music has gone."""
    shot.sample()
    columns = shot.window.pick.columns
    assert columns is not None
    columns.make_playlist("Fresh")
    for _ in range(3):
        shot.next()
    shot.take()
    session = shot.window.desk.session
    live = shot.window._rest[3].live
    live.begin(session.state)
    live.resize(1000, 400)
    live.show_step(0, 1, session.state.plan.steps[0])  # type: ignore[union-attr]
    shot.take("-live", live)
    music = shot.window._scratch[0] / "sample" / "music"
    for name in {track.id for track in session.state.plan.steps[0].tracks}:  # type: ignore[union-attr]
        (music / name).unlink()
    shot.next()
    shot.take("-unmade")


@picture("run-live-light", "run-live-dark", "run-live-small")
def run_live(shot: Shot) -> None:
    shot.sample()
    shot.mirror()
    for _ in range(3):
        shot.next()
    page = shot.window._rest[3]
    wanted = []
    page.live.begin(shot.window.desk.session.state)  # type: ignore[attr-defined]
    session = shot.window.desk.session

    def hold(control: object, watcher: object) -> object:
        watcher(0, 5, session.state.plan.steps[0])  # type: ignore[operator, union-attr]
        watcher(1, 5, session.state.plan.steps[1])  # type: ignore[operator, union-attr]
        wanted.append(control)
        control.sleep(60)  # type: ignore[attr-defined]
        return None

    session.write = hold  # type: ignore[method-assign, assignment]  # the picture is of the waiting
    shot.window.wizard.next()
    shot.wait(lambda: wanted)
    shot.settle(0.2)
    shot.take()
    shot.window.wizard.toggle_drawer()
    shot.settle(0.4)
    shot.take("-drawer")


@picture("done-light", "done-dark", "done-contrast", "done-small", "done-arabic")
def done(shot: Shot) -> None:
    shot.sample()
    shot.mirror()
    for _ in range(4):
        shot.next()
    shot.take()


@picture("done-problem-light")
def done_problem(shot: Shot) -> None:
    shot.sample()
    for _ in range(3):
        shot.next()
    road = shot.window._scratch[0] / "sample" / "music" / "Road.m3u8"
    road.write_text("\n".join(road.read_text("utf-8").splitlines()[:-2]) + "\n", "utf-8")
    shot.next()
    shot.take()


@picture(
    "place-history-light",
    "place-decisions-light",
    "place-accounts-light",
    "place-doctor-light",
    "place-settings-light",
    "place-history-dark",
    "place-settings-dark",
    "place-settings-small",
    "place-decisions-arabic",
)
def place(shot: Shot) -> None:
    shot.sample()
    shot.next()
    shot.next()
    page = _confirm(shot)
    page._on_verdict("never")
    page._on_verdict("accept")
    shot.next()
    shot.next()
    shot.window.wizard.open_place(shot.name.split("-")[1])
    shot.idle()
    shot.take()


def _review(shot: Shot):  # type: ignore[no-untyped-def]
    return shot.window._rest[0]


def _confirm(shot: Shot):  # type: ignore[no-untyped-def]
    return shot.window._rest[1]


def _questions(state: ConfirmState) -> ConfirmState:
    """Questions of the story beside the real ones."""
    made = []
    for at, (kind, title, artist, seconds) in enumerate(story.OPENING):
        wanted = story.track(at, title, artist, seconds, "Kitchen Floor Tapes")
        if kind in ("ambiguous", "add", "moved"):
            match = story.match_of(wanted, "ambiguous")
            made.append(Question(match=match, group="choose" if kind != "add" else "look"))
        elif kind == "not_found":
            made.append(Question(match=story.match_of(wanted, kind), group="missing"))
        else:
            made.append(Question(match=story.match_of(wanted, "both"), group="certain"))
    order = {"choose": 0, "look": 1, "missing": 2, "certain": 3}
    return replace(state, questions=tuple(sorted(made, key=lambda question: order[question.group])))


def _size(name: str) -> tuple[int, int]:
    if name.endswith("-small"):
        return 1024, 600
    return (960, 540) if name.endswith("-200") else (1280, 800)


def _theme(name: str) -> str:
    return "dark" if name.endswith("-dark") else "high_contrast" if name.endswith("-contrast") else "light"


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [name for name in PICTURES if not sys.argv[2:] or any(name.startswith(part) for part in sys.argv[2:])]
    if "-200" in " ".join(sys.argv[2:]):
        os.environ["QT_SCALE_FACTOR"] = "2"
    app = QApplication([])
    for name in wanted:
        if name.endswith("-200") and "QT_SCALE_FACTOR" not in os.environ:
            continue
        right_to_left = name.endswith("-arabic")
        app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
        shot = Shot(app, folder, name, _theme(name), _size(name))
        try:
            PICTURES[name](shot)
        finally:
            shot.close()


if __name__ == "__main__":
    main()
