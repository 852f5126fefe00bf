"""The window with ten thousand rows, and how long it ever stands still: `python tests/bench/showing.py`.

Two playlist files are compared in the real window, without a screen. A clock in the window's own thread ticks all the
while; its longest silence is the longest time in which the window could not have answered.
"""

from __future__ import annotations

import csv
import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from common import Row, child, run, tell
from songs import Maker

from musync.domain import Diff, Mode, Track

SIZE = 10_000
TURNS = 3
COLUMNS = ("title", "artists", "album", "duration_s")


def measure() -> list[Row]:
    """Open, sort, filter and scroll the review; the longest silence while comparing, planning, writing."""
    with tempfile.TemporaryDirectory(prefix="musync-bench-") as name:
        folder = Path(name)
        maker = Maker(6)
        there = maker.library(SIZE)
        _write_csv(folder / "here.csv", maker.elsewhere(there))
        maker.chance.shuffle(there)
        _write_csv(folder / "there.csv", there)
        spent = child("showing", str(folder))
    rows = f"{SIZE:,} rows"
    calm = "longest silence of the window"
    return [
        Row(what=f"review of {rows}: open", measured=spent["open"], bound=0.5),
        Row(what=f"review of {rows}: sort", measured=spent["sort"], bound=0.3),
        Row(what=f"review of {rows}: filter", measured=spent["filter"], bound=0.3),
        Row(what=f"review of {rows}: one step of scrolling, slowest of 200", measured=spent["scroll"], bound=0.05),
        Row(what=f"{calm}, doing nothing", measured=spent["calm"]),
        Row(what=f"{calm}, comparing {rows}", measured=spent["comparing"], bound=0.05),
        Row(what=f"{calm}, showing the result", measured=spent["showing"], bound=0.05),
        Row(what=f"{calm}, from the review to the plan", measured=spent["planning"], bound=0.05),
        Row(what=f"{calm}, writing {rows}", measured=spent["writing"], bound=0.05),
        Row(what=f"window with a review of {rows}: memory", measured=spent["mib"], unit="MiB", bound=500),
    ]


def _write_csv(path: Path, tracks: Sequence[Track]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(COLUMNS)
        for track in tracks:
            length = f"{track.duration_ms / 1000:.3f}" if track.duration_ms else ""
            rows.writerow((track.title, "; ".join(track.artists), track.album, length))


def _in_child(folder: Path) -> None:
    import psutil
    from PySide6.QtWidgets import QApplication

    from musync.app.paths import Home
    from musync.gui.collector import Collector
    from musync.gui.window import Window

    app = QApplication(["musync"])
    window = Window(app, Home(folder / "home"))
    Collector(app, window.runner).start()
    known: list[bool] = []
    window.pick.library.ready.connect(lambda: known.append(True))
    window.show()
    clock = _Clock()
    _until(lambda: bool(known))
    figures = {"calm": clock.longest(lambda: _until(lambda: False, seconds=1.0))}
    figures |= _compared(window, clock, folder)
    figures |= _shown(window)
    figures["mib"] = psutil.Process().memory_info().rss / 2**20
    figures["planning"] = clock.longest(lambda: _planned(window))
    figures["writing"] = clock.longest(lambda: _written(window))
    tell(figures)
    sys.stdout.flush()
    window.wizard.close()


def _compared(window: object, clock: _Clock, folder: Path) -> dict[str, float]:
    """Page 2 is opened as the user does it; silence while the job runs, and when its result arrives."""
    from musync.app.jobs import ThreadControl
    from musync.app.session import ReviewState

    desk, wizard = window.desk, window.wizard  # type: ignore[attr-defined]
    sides = [desk.musync.addresses.resolve(str(folder / name), ThreadControl()) for name in ("here.csv", "there.csv")]
    desk.session.pick(source=sides[0], target=sides[1])
    window.pick.library.begin()  # type: ignore[attr-defined]
    _until(window.pick.isComplete)  # type: ignore[attr-defined]

    def compare() -> None:
        wizard.next()
        _until(lambda: isinstance(desk.session.state, ReviewState))

    def show() -> None:
        _until(lambda: wizard.currentPage().mood == "content")
        _until(lambda: False, seconds=1.0)

    return {"comparing": clock.longest(compare), "showing": clock.longest(show)}


def _shown(window: object) -> dict[str, float]:
    """What the table takes for each thing a user does with it, painted to the end."""
    page = window.wizard.currentPage()  # type: ignore[attr-defined]
    model, table = page.model, page.table
    diff = page.state.review.shown
    empty = Diff(mode=Mode.ADD, rows=(), counts=diff.counts)

    def painted(work: Callable[[], object]) -> float:
        begun = time.perf_counter()
        work()
        table.viewport().repaint()
        return time.perf_counter() - begun

    def opened() -> float:
        model.show(empty, "There")
        return painted(lambda: model.show(diff, "There"))

    bar = table.verticalScrollBar()
    words = ("love", "ra", "")
    from PySide6.QtCore import Qt

    return {
        "open": max(opened() for _ in range(TURNS)),
        "sort": max(painted(lambda at=at: model.sort(at, Qt.SortOrder.DescendingOrder)) for at in (2, 3, 4)),
        "filter": max(painted(lambda word=word: model.choose(needle=word)) for word in words),
        "scroll": max(painted(lambda at=at: bar.setValue(at * 47)) for at in range(200)),
    }


def _planned(window: object) -> None:
    """Pages 3 and 4 are opened as the user does it, the latter with its plan."""
    wizard = window.wizard  # type: ignore[attr-defined]
    for _ in range(2):
        wizard.next()
        _until(lambda: wizard.currentPage().isComplete())
        _until(lambda: False, seconds=0.5)


def _written(window: object) -> None:
    """What page 4 starts, without its page: the job in the same runner."""
    desk = window.desk  # type: ignore[attr-defined]
    review = desk.session.state.review
    ended: list[object] = []
    job = desk.submit(lambda control: desk.musync.writing.write(review, control))
    job.succeeded.connect(ended.append)
    job.failed.connect(ended.append)
    _until(lambda: bool(ended))
    if isinstance(ended[0], BaseException):
        raise ended[0]


class _Clock:
    """Ticks in the window's thread every few milliseconds and notes the time."""

    def __init__(self) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._ticks: list[float] = []
        self._timer = QTimer(interval=2)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._ticks.append(time.perf_counter()))

    def longest(self, work: Callable[[], object]) -> float:
        """The longest time between two ticks while this runs."""
        self._ticks.clear()
        self._timer.start()
        begun = time.perf_counter()
        work()
        ended = time.perf_counter()
        self._timer.stop()
        ticks = [begun, *self._ticks, ended]
        return max(later - earlier for earlier, later in itertools.pairwise(ticks))


def _until(holds: Callable[[], bool], seconds: float = 120.0) -> None:
    """Let the window live until this holds, or so many seconds."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    deadline = time.perf_counter() + seconds
    while not holds() and time.perf_counter() < deadline:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 2)


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        _in_child(Path(sys.argv[2]))
    else:
        run(measure)
