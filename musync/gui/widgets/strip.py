"""The overview beside the scroll bar: one colour line per difference of the whole list, a click jumps there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from musync.gui.theme import Theme


class OverviewStrip(QWidget):
    """Paints the marks once per change into a pixmap; scrolling only moves the frame."""

    jumped = Signal(float)
    """Where, from 0 (top) to 1."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__()
        self._theme = theme
        self._view = view
        self._marks: Sequence[str] = ()
        self._drawn: QPixmap | None = None
        self.setFixedWidth(theme.size("overview_strip"))
        self.setObjectName("review.strip")
        self.setAccessibleName(self.tr("Overview of all differences"))
        view.verticalScrollBar().valueChanged.connect(self.update)
        view.verticalScrollBar().rangeChanged.connect(self.update)
        theme.changed.connect(self._forget)

    def show_marks(self, marks: Sequence[str]) -> None:
        """One state per row shown, empty where a row is no difference."""
        self._marks = marks
        self._forget()

    def sizeHint(self) -> QSize:
        """As high as it may be."""
        return QSize(self.width(), 100)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump."""
        self.jumped.emit(min(1.0, max(0.0, event.position().y() / max(1, self.height()))))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.jumped.emit(min(1.0, max(0.0, event.position().y() / max(1, self.height()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew at the new height."""
        self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, marks, frame round what is visible."""
        painter = QPainter(self)
        if self._drawn is None:
            self._drawn = self._draw()
        painter.drawPixmap(0, 0, self._drawn)
        bar = self._view.verticalScrollBar()
        whole = bar.maximum() - bar.minimum() + bar.pageStep()
        if whole > bar.pageStep():
            top = self.height() * (bar.value() - bar.minimum()) / whole
            high = max(14.0, self.height() * bar.pageStep() / whole)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.role("text_2"), 1.5))
            painter.drawRoundedRect(
                QRectF(1, min(top, self.height() - high) + 0.75, self.width() - 2, high - 1.5), 3, 3
            )

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        drawn = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        drawn.setDevicePixelRatio(ratio)
        drawn.fill(self._theme.role("sunken"))
        painter = QPainter(drawn)
        painter.setPen(self._theme.role("line"))
        edge = self.width() - 1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 0
        painter.drawLine(QPoint(edge, 0), QPoint(edge, self.height()))
        for line, state in sorted(self._lines().items()):
            painter.fillRect(3, line, 8, 2, self._theme.state(state).fg)
        painter.end()
        return drawn

    def _lines(self) -> dict[int, str]:
        # 10,000 rows share some hundred lines; the first difference in a line gives its colour.
        count = max(1, len(self._marks))
        lines: dict[int, str] = {}
        for index, state in enumerate(self._marks):
            if state:
                lines.setdefault(index * (self.height() - 2) // count // 2 * 2, state)
        return lines

    def _forget(self) -> None:
        self._drawn = None
        self.update()
