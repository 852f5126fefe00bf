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
from PySide6.QtWidgets import QApplication, QWidget, QWizard, QWizardPage

WhenFilled = Callable[[QWizard, Callable[[], None]], None]
"""Calls back when page 1 of a wizard shows everything it is going to show."""


class Watch(QObject):
    """Sees the first paint of anything in a wizard, and when page 1 is filled."""

    def __init__(self, when_filled: WhenFilled) -> None:
        super().__init__()
        self._when_filled = when_filled
        self._painted = False

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if not self._painted and event.type() is QEvent.Type.Paint and isinstance(thing, QWidget):
            window = thing.window()
            if isinstance(window, QWizard):
                self._painted = True
                # Runs when the paint that has just begun is over.
                QTimer.singleShot(0, lambda: self._on_painted(window))
        return False

    def _on_painted(self, wizard: QWizard) -> None:
        if "MUSYNC_BENCH_IMPORTS" in os.environ:
            sys.stdout.write(" ".join(name for name in sys.modules if "." not in name) + "\n")
        tell("painted")
        QApplication.instance().removeEventFilter(self)
        self._when_filled(wizard, lambda: tell("filled"))


def tell(what: str) -> None:
    """One line to the parent."""
    sys.stdout.write(f"{what} {time.time():.6f}\n")
    sys.stdout.flush()


def watched(when_filled: WhenFilled) -> None:
    """Look on from the moment the event loop starts, in whatever program starts it."""
    loop = QApplication.exec

    def look_on() -> int:
        watch = Watch(when_filled)
        QApplication.instance().installEventFilter(watch)
        return loop()

    QApplication.exec = staticmethod(look_on)  # type: ignore[method-assign]


def accounts_are_known(wizard: QWizard, tell_it: Callable[[], None]) -> None:
    """Page 1 says itself when it knows the accounts; what it shows of them is there when its own slots have run."""
    wizard.currentPage().library.ready.connect(lambda: QTimer.singleShot(0, tell_it))


def empty() -> None:
    """What the window is compared with."""
    watched(lambda _, tell_it: tell_it())
    app = QApplication([])
    wizard = QWizard()
    wizard.addPage(QWizardPage())
    wizard.show()
    sys.exit(app.exec())


def real() -> None:
    """The window as `musync-gui` opens it."""
    watched(accounts_are_known)
    from musync.gui.main import main

    sys.exit(main(sys.argv[2:]))


if __name__ == "__main__":
    empty() if sys.argv[1] == "empty" else real()
