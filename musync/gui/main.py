"""Opens the window. Nothing but Qt and the light modules of this package is imported before the first paint."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from types import TracebackType

from PySide6.QtWidgets import QApplication

from musync.app.paths import find_home
from musync.gui.collector import Collector
from musync.gui.window import Window

log = logging.getLogger("musync.gui")


def main(argv: Sequence[str] | None = None) -> int:
    """Open the wizard and return its exit status; `--home DIR` chooses the home folder."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    app = QApplication.instance() or QApplication(["musync", *arguments])
    assert isinstance(app, QApplication)
    app.setApplicationName("musync")
    app.setDesktopFileName("musync")
    window = Window(app, find_home(_home_in(arguments)))
    sys.excepthook = Trouble(window)
    collector = Collector(app, window.runner)
    collector.start()
    window.show()
    status = app.exec()
    collector.stop()
    return status


def _home_in(arguments: Sequence[str]) -> str | None:
    """What follows `--home`, however it is written."""
    for index, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name == "--home":
            return value if sign else next(iter(arguments[index + 1 :]), None)
    return None


class Trouble:
    """What happens with an exception nobody expected: it is logged, and the window says so calmly, once at a time."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._showing = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log it and show it; Ctrl+C in the terminal closes the window."""
        if issubclass(kind, KeyboardInterrupt):
            self._window.wizard.close()
            return
        log.critical("An error nobody expected", exc_info=(kind, error, trace))
        if not self._showing:
            self._showing = True
            try:
                from musync.gui.dialogs import show_trouble
                from musync.gui.errors import told

                said = told(error)
                show_trouble(self._window.wizard, self._window.signs, said.title, said.text)
            finally:
                self._showing = False


if __name__ == "__main__":
    sys.exit(main())
