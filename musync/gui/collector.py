"""When Python looks for values that only hold each other: in the window's thread, and not for longer than a frame.

Its automatic passes come in whichever thread makes many values, stop all others meanwhile, and would delete Qt's
objects in a thread that is not theirs.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from musync.gui.jobs import QtRunner

_EVERY_MS = 500
_FEW, _MANY = 1_000, 20_000
"""New values worth looking at, and as many as can be looked at within some milliseconds."""
_REST = 120
"""Looks without a job in between, after which the window is taken not to be in use."""


class Collector(QObject):
    """Takes the place of the automatic passes from `start` to `stop`.

    Young values are looked at now and then. What a job made by the hundred thousand counts as old without a look, and
    everything is looked at only while the window is not in use and no job runs.
    """

    def __init__(self, app: QGuiApplication, runner: QtRunner) -> None:
        super().__init__(runner)
        self._runner = runner
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._unseen = False
        self._quiet = 0
        app.applicationStateChanged.connect(self._on_state)

    def start(self) -> None:
        """No automatic pass from now on."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def look(self) -> None:
        """Look at what is new, where that is not too much; at everything after a minute without a job."""
        self._quiet = 0 if self._runner.jobs else self._quiet + 1
        count = gc.get_count()[0]
        if count > _MANY:
            from musync.app.jobs import make_old

            make_old()
            self._unseen = True
        elif count > _FEW:
            gc.collect(1)
        if self._unseen and self._quiet > _REST:
            self.look_at_all()

    def look_at_all(self) -> None:
        """Look at everything: a tenth of a second and more after a long comparison."""
        gc.collect()
        self._unseen = False

    def _on_state(self, state: Qt.ApplicationState) -> None:
        idle = state is not Qt.ApplicationState.ApplicationActive and not self._runner.jobs
        if self._timer.isActive() and self._unseen and idle:
            self.look_at_all()
