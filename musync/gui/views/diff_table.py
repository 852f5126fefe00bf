"""The table of the review: column widths that share the room, hover by row, ticks by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView

from musync.gui.delegates.diff import DiffDelegate
from musync.gui.models.diff import DiffModel
from musync.gui.models.diff_lines import Column
from musync.gui.paint import TICK, Signs
from musync.gui.views.diff_header import DiffHeader

SHORT = 1060


class DiffTable(QTableView):
    """The table itself. Ticks go by mouse on the box, by Space on the chosen rows."""

    unlink_wanted = Signal()
    link_wanted = Signal()

    def __init__(self, signs: Signs, model: DiffModel) -> None:
        super().__init__()
        self._signs = signs
        self._model = model
        self._grown: list[int] = []
        self.setModel(model)
        self.setObjectName("review.table")
        self.setAccessibleName(self.tr("Differences"))
        self._delegate = DiffDelegate(signs, self, model)
        self.setItemDelegate(self._delegate)
        self.head = DiffHeader(signs, self, model)
        self.setHorizontalHeader(self.head)
        self.head.sectionClicked.connect(self._on_header)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().installEventFilter(self)
        model.lines_changed.connect(self._on_lines)
        self.set_two_lines(False)

    def set_two_lines(self, on: bool) -> None:
        """Rows of two lines with the artist below the title, or compact ones."""
        self._delegate.two_lines = on
        height = self._signs.theme.row("row_two_line", 2) if on else self._signs.theme.row("row_dense")
        self.verticalHeader().setDefaultSectionSize(height)
        self._share_width()
        self._on_lines()

    @property
    def chosen_lines(self) -> list[int]:
        """The selected lines, from the top."""
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def go_to(self, line: int) -> None:
        """Select a line and bring it into view."""
        index = self._model.index(line, Column.STATE)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks, U unlinks, L links, Enter folds a group; the rest is Qt's."""
        if event.key() == Qt.Key.Key_Space:
            self._model.toggle(self.chosen_lines)
        elif event.key() == Qt.Key.Key_U and not event.modifiers():
            self.unlink_wanted.emit()
        elif event.key() == Qt.Key.Key_L and not event.modifiers():
            self.link_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._group_line() is not None:
            self._model.toggle_group(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tick box does not change the selection."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.isValid() and self._pressed_sign(index, event):
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the rows, also for the keyboard's menu key."""
        lines = self.chosen_lines
        if not lines:
            return
        menu = QMenu(self)
        tick, untick = menu.addAction(self.tr("Tick")), menu.addAction(self.tr("Untick"))
        menu.addSeparator()
        unlink, link = menu.addAction(self.tr("Unlink")), menu.addAction(self.tr("Link these two"))
        tick.setEnabled(not self._model.locked)
        untick.setEnabled(not self._model.locked)
        link.setEnabled(len(lines) == 2)
        tick.triggered.connect(lambda: self._model.want_tick(lines, True))
        untick.triggered.connect(lambda: self._model.want_tick(lines, False))
        unlink.triggered.connect(self.unlink_wanted)
        link.triggered.connect(self.link_wanted)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Know the line under the mouse."""
        if event.type() is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._hover(self.rowAt(round(event.position().y())))
        elif event.type() is QEvent.Type.Leave:
            self._hover(-1)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share_width()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have a line to stand on."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, Column.STATE))
        self.viewport().update()

    def _hover(self, line: int) -> None:
        if line != self._delegate.hovered:
            before, self._delegate.hovered = self._delegate.hovered, line
            for changed in (before, line):
                if changed >= 0:
                    top = self.rowViewportPosition(changed)
                    self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))

    def _pressed_sign(self, index: QModelIndex, event: QMouseEvent) -> bool:
        """Whether the press was meant for a tick box or a group's line, which is done then."""
        group = self._model.group(index.row())
        x = event.position().toPoint().x()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = self.viewport().width() - x
        if group is not None:
            on_box = group.key == "removals" and 34 <= x <= 34 + TICK + 6
            if on_box:
                self._model.toggle([index.row()])
            else:
                self._model.toggle_group(index.row())
            self.setFocus()
            return True
        if index.column() != Column.TICK or self._model.tick(index.row()) is None:
            return False
        chosen = self.chosen_lines
        self._model.toggle(chosen if index.row() in chosen else [index.row()])
        self.setFocus()
        return True

    def _group_line(self) -> int | None:
        line = self.currentIndex().row()
        return line if line >= 0 and self._model.group(line) is not None else None

    def _on_header(self, section: int) -> None:
        if section == Column.TICK:
            self._model.want_all(self._model.tick_all_state() != "on")
            return
        head = self.head
        if head.sorted_by != section:
            head.sorted_by, head.backwards = section, False
        elif not head.backwards:
            head.backwards = True
        else:
            head.sorted_by, head.backwards = -1, False
        order = Qt.SortOrder.DescendingOrder if head.backwards else Qt.SortOrder.AscendingOrder
        self._model.sort(head.sorted_by, order)
        head.viewport().update()

    def _on_lines(self) -> None:
        """Group lines run over all columns and are a little higher."""
        self.clearSpans()
        rows = self.verticalHeader()
        usual = rows.defaultSectionSize()
        for line in self._grown:
            if line < self._model.rowCount():
                rows.resizeSection(line, usual)
        self._grown = self._model.group_lines()
        for line in self._grown:
            self.setSpan(line, 0, 1, len(Column))
            rows.resizeSection(line, self._signs.theme.row("group_row"))
        self.head.viewport().update()

    def _share_width(self) -> None:
        """Fixed columns take what they need, titles and artists share the rest 1.3 to 0.96."""
        theme = self._signs.theme
        small = theme.metrics("small")
        room = self.viewport().width()
        short = self.window().width() < SHORT
        digits = small.horizontalAdvance("00,000" if self._model.rowCount() >= 10_000 else "0,000") + 13
        widths = {Column.TICK: 30, Column.SOURCE_AT: max(42, digits), Column.TARGET_AT: max(42, digits)}
        widths[Column.STATE] = 122 if not short else 116
        time = max(44, small.horizontalAdvance("0:00:00") + 13)
        for column in (Column.SOURCE_TIME, Column.TARGET_TIME):
            self.setColumnHidden(column, short)
            widths[column] = 0 if short else time
        for column in (Column.SOURCE_ARTIST, Column.TARGET_ARTIST):
            self.setColumnHidden(column, self._delegate.two_lines)
        rest = max(200, room - sum(widths.values())) / 2
        artist = 0 if self._delegate.two_lines else int(rest * 0.96 / 2.26)
        widths.update({Column.SOURCE_TITLE: int(rest) - artist, Column.TARGET_TITLE: int(rest) - artist})
        widths.update({Column.SOURCE_ARTIST: artist, Column.TARGET_ARTIST: artist})
        for column, width in widths.items():
            self.setColumnWidth(column, width)
