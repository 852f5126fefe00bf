"""Runs in a process of its own for starting.py: opens a window and says on stdout, line by line, when it was painted.

`window.py empty` opens an empty QWizard, `window.py musync ARGS…` the real one, both by the same few lines. Times are
seconds since the epoch, so that the parent can subtract the moment it started this process.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QWidget, QWizard, QWizardPage


class Watch(QObject):
    """Sees the first paint of anything in a wizard, and asks `filled` again and again from then on."""

    def __init__(self, filled: Callable[[QWizard], bool]) -> None:
        super().__init__()
        self._filled = filled
        self._wizard: QWizard | None = None
        self._clock = QTimer(self, interval=5)
        self._clock.timeout.connect(self._look)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self._wizard is None and event.type() is QEvent.Type.Paint and isinstance(thing, QWidget):
            window = thing.window()
            if isinstance(window, QWizard):
                self._wizard = window
                # Runs when the paint that has just begun is over.
                QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        if "MUSYNC_BENCH_IMPORTS" in os.environ:
            sys.stdout.write(" ".join(name for name in sys.modules if "." not in name) + "\n")
        tell("painted")
        QApplication.instance().removeEventFilter(self)
        self._clock.start()

    def _look(self) -> None:
        assert self._wizard is not None
        if self._filled(self._wizard):
            self._clock.stop()
            tell("filled")


def tell(what: str) -> None:
    """One line to the parent."""
    sys.stdout.write(f"{what} {time.time():.6f}\n")
    sys.stdout.flush()


def watched(filled: Callable[[QWizard], bool]) -> None:
    """Look on from the moment the event loop starts, in whatever program starts it."""
    loop = QApplication.exec

    def look_on() -> int:
        watch = Watch(filled)
        QApplication.instance().installEventFilter(watch)
        return loop()

    QApplication.exec = staticmethod(look_on)  # type: ignore[method-assign]


def usable(wizard: QWizard) -> bool:
    """Page 1 is filled: what it offers can be pressed, and nothing is still being fetched."""
    page = wizard.currentPage()
    if page is None or not page.isVisible() or page.property("mood") == "busy":
        return False
    inputs = [thing for thing in page.findChildren(QWidget) if thing.isVisible() and thing.isEnabled()]
    return any(isinstance(thing, (QAbstractItemView, QLineEdit)) for thing in inputs)


def empty() -> None:
    """What the window is compared with."""
    watched(lambda _: True)
    app = QApplication([])
    wizard = QWizard()
    wizard.addPage(QWizardPage())
    wizard.show()
    sys.exit(app.exec())


def real() -> None:
    """The window as `musync-gui` opens it."""
    watched(usable)
    from musync.gui.main import main

    sys.exit(main(sys.argv[2:]))


if __name__ == "__main__":
    empty() if sys.argv[1] == "empty" else real()
