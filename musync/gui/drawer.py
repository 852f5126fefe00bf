"""The activity drawer: running jobs with their bars, and the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRect, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from musync.gui.jobs import Job, QtRunner
from musync.gui.logfeed import KEPT, LogFeed
from musync.gui.paint import Signs
from musync.gui.widgets.basics import Line, button, column, label, row, rule
from musync.gui.words import fill, shown

Saying = Callable[[str], str]
"""Turns the code of what a job does into words."""


class JobRow(QWidget):
    """One job: its name, how far it is, and a button that stops it."""

    def __init__(self, signs: Signs, job: Job, saying: Saying) -> None:
        super().__init__()
        self._job = job
        self._saying = saying
        self._name = Line(signs, shown(job.title), "strong")
        self._figures = label(signs, "", "small", "text_2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(job.title)
        self._bar.setObjectName("activity.progress")
        stop = button(signs, "", "activity.stop", icon="action.stop", kind="flat", small=True, spoken=self.tr("Stop"))
        stop.setToolTip(self.tr("Stop"))
        stop.clicked.connect(self._stop)
        self._stop_button = stop
        self.setLayout(column(row(self._name, self._figures), row(self._bar, stop), gap=2))
        job.progressed.connect(self._show)
        self._show(job.done, job.total, job.code)

    def _show(self, done: int, total: object, code: str) -> None:
        known = total if isinstance(total, int) and total > 0 else None
        self._figures.setText(fill(self.tr("%1 of %2"), done, known) if known else "")
        self._bar.setRange(0, known or 0)
        self._bar.setValue(min(done, known) if known else 0)
        self.setToolTip(self._saying(code))

    def _stop(self) -> None:
        self._job.cancel()
        self._stop_button.setEnabled(False)
        self._figures.setText(self.tr("Stopping"))


class Drawer(QFrame):
    """Slides over the far side of the page."""

    closed = Signal()
    _told = Signal(object)

    def __init__(self, window: QWidget, signs: Signs, runner: QtRunner, feed: LogFeed, saying: Saying) -> None:
        super().__init__(window)
        self._signs = signs
        self._runner = runner
        self._feed = feed
        feed.listener = self._told.emit
        self._told.connect(self._write)
        self._saying = saying
        self._folder: Path | None = None
        self._warnings_only = False
        self.setObjectName("activity")
        self.setAccessibleName(self.tr("Activity"))
        self.setProperty("ground", "raised")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self._calm = label(signs, self.tr("Nothing is running."), "body", "text_2")
        self._log = QPlainTextEdit()
        self._set_up_log()
        self._open = button(
            signs, self.tr("Open log folder"), "activity.folder", kind="flat", icon="folder-open-outline", small=True
        )
        self._open.hide()
        self._open.clicked.connect(self._open_folder)
        self._lay_out()
        self._slide = QPropertyAnimation(self, b"geometry", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        runner.changed.connect(self._show_jobs)
        signs.theme.changed.connect(self._rewrite)
        self.hide()

    def offer_folder(self, folder: Path) -> None:
        """Where the log's files are."""
        self._folder = folder
        self._open.show()

    def open_at(self, place: QRect) -> None:
        """Slide to this place."""
        start = place.translated(-place.width() if self._mirrored else place.width(), 0)
        self._slide.stop()
        self._slide.setDuration(self._signs.theme.motion("normal"))
        self._slide.setStartValue(start)
        self._slide.setEndValue(place)
        self.setGeometry(start)
        self.show()
        self.raise_()
        self._show_jobs()
        self._rewrite()
        self._slide.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a line towards the page."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._signs.theme.role("raised"))
        painter.setPen(self._signs.theme.role("control_line"))
        x = self.width() - 1 if self._mirrored else 0
        painter.drawLine(x, 0, x, self.height())

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _lay_out(self) -> None:
        signs = self._signs
        copy = self._tool("activity.copy", "action.copy", self.tr("Copy the log"), self._copy)
        close = self._tool("activity.close", "close", self.tr("Close"), self.closed.emit)
        warnings = button(
            signs, self.tr("Warnings only"), "activity.warnings", kind="flat", icon="action.filter", small=True
        )
        warnings.setCheckable(True)
        warnings.toggled.connect(self._filter)
        head = row(label(signs, self.tr("Activity"), "section"), 0, copy, close, margins=(14, 10, 10, 6))
        jobs = column(self._calm, self._rows, margins=(14, 0, 14, 12))
        log_head = row(label(signs, self.tr("Log"), "strong"), 0, warnings, margins=(14, 4, 10, 4))
        foot = row(self._open, 0, margins=(10, 6, 10, 6))
        # One pixel for the line towards the page, on whichever side that is.
        parts = column(head, jobs, rule(), log_head, rule(), self._log, rule(), foot, margins=(1, 0, 1, 0))
        self.setLayout(parts)

    def _tool(self, name: str, icon: str, words: str, act: Callable[[], object]) -> QPushButton:
        made = button(self._signs, "", name, icon=icon, kind="flat", small=True, spoken=words)
        made.setToolTip(words)
        made.clicked.connect(act)
        return made

    def _set_up_log(self) -> None:
        self._log.setReadOnly(True)
        self._log.setObjectName("activity.log")
        self._log.setAccessibleName(self.tr("Log"))
        self._log.setMaximumBlockCount(KEPT)
        self._log.setFont(self._signs.theme.font("small"))
        self._log.document().setDocumentMargin(10)

    def _show_jobs(self) -> None:
        if self.isHidden():
            return
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        named = [job for job in self._runner.jobs if job.title]
        for job in named:
            self._rows.addWidget(JobRow(self._signs, job, self._saying))
        self._calm.setVisible(not named)

    def _filter(self, on: bool) -> None:
        self._warnings_only = on
        self._rewrite()

    def _rewrite(self) -> None:
        self._log.clear()
        if self.isVisible() or self._feed.kept:
            for record in tuple(self._feed.kept):
                self._write(record)

    def _write(self, record: object) -> None:
        if not isinstance(record, logging.LogRecord) or self.isHidden():
            return
        warns = record.levelno >= logging.WARNING
        if self._warnings_only and not warns:
            return
        role = self._signs.theme.role
        cursor = QTextCursor(self._log.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self._log.document().isEmpty():
            cursor.insertBlock()
        moment = datetime.fromtimestamp(record.created).astimezone()
        cursor.insertText(f"{moment:%H:%M:%S}  ", _format(role("text_3"), bold=False))
        cursor.insertText(shown(record.getMessage()), _format(role("text"), bold=warns))
        bar = self._log.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._log.toPlainText())

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _format(colour: QColor, *, bold: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(colour)
    made.setFontWeight(600 if bold else 400)
    return made
