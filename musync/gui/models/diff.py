"""The review as one table: ten columns, so that both lists are aligned by construction.

Filter, search and order are kept here as one list of visible lines, so that 10,000 rows are sorted and filtered in a
few milliseconds; what a line shows is worked out when it is first painted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from musync.domain import Action, Diff, DiffRow
from musync.gui.models.diff_lines import Column, Group, Line, line_of, reading_arrow
from musync.gui.models.diff_order import KEYS
from musync.gui.paint import Tick
from musync.gui.rows import row_state, spoken
from musync.gui.words import fill, number, plural

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_DONE = (Action.ADD, Action.REMOVE, Action.MOVE)
_CALM = frozenset({"both", "only_there", "only_here"})


REMOVALS, REST = -1, -2


class DiffModel(QAbstractTableModel):
    """Rows of a `Diff`, as chosen by chips, search and column.

    Ticks are asked for, not made: the session holds them.
    """

    tick_wanted = Signal(object, bool)
    """Row numbers of the diff, on or off."""
    lines_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[DiffRow] = ()
        self._states: list[str] = []
        self._lines: list[int] = []
        self._drawn: dict[int, Line] = {}
        self._haystack: dict[int, str] = {}
        self._keys: frozenset[str] = frozenset()
        self._needle = ""
        self._only_differences = False
        self._order: tuple[int, bool] | None = None
        self._closed: set[int] = set()
        self.locked = False
        self.target_name = ""

    # What is shown

    def show(self, diff: Diff, target_name: str, *, locked: bool = False) -> None:
        """Show this diff; filter, search and order stay. `locked` says that nothing can be ticked now."""
        states = [row_state(row) for row in diff.rows]
        same = states == self._states
        self._rows, self.target_name, self.locked = diff.rows, target_name, locked
        if same:
            self._drawn.clear()
            self._repaint()
            return
        self.beginResetModel()
        self._states = states
        self._drawn, self._haystack = {}, {}
        self._lines = self._chosen_lines()
        self.endResetModel()
        self.lines_changed.emit()

    def choose(
        self,
        *,
        keys: frozenset[str] | None = None,
        needle: str | None = None,
        only_differences: bool | None = None,
    ) -> None:
        """Show only rows of these states, with these words, or that differ; None leaves a choice as it is."""
        self._keys = self._keys if keys is None else keys
        self._needle = self._needle if needle is None else needle.casefold().strip()
        self._only_differences = self._only_differences if only_differences is None else only_differences
        self._choose_anew()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; a column below 0 puts the rows back in the lists' own order."""
        self._order = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._choose_anew()

    def group_lines(self) -> list[int]:
        """The lines that head others."""
        return [self._lines.index(group) for group in (REMOVALS, REST) if group in self._lines]

    def toggle_group(self, line: int) -> None:
        """Fold or unfold what a group line heads."""
        group = self._lines[line]
        self._closed ^= {group}
        self._choose_anew()

    def row_at(self, line: int) -> int | None:
        """The diff's row that a line shows, None for a group."""
        number_ = self._lines[line] if 0 <= line < len(self._lines) else REST
        return number_ if number_ >= 0 else None

    def diff_row(self, line: int) -> DiffRow | None:
        """The value that a line shows, None for a group."""
        row = self.row_at(line)
        return self._rows[row] if row is not None else None

    def line_of(self, row: int) -> int | None:
        """The line that shows a row of the diff, None while it is not shown."""
        try:
            return self._lines.index(row)
        except ValueError:
            return None

    def state_at(self, line: int) -> str:
        """The state of a line, empty for a group."""
        row = self.row_at(line)
        return self._states[row] if row is not None else ""

    def line(self, line: int) -> Line:
        """What a line shows."""
        row = self._lines[line]
        if row not in self._drawn:
            self._drawn[row] = line_of(self._rows[row], self._states[row])
        return self._drawn[row]

    def group(self, line: int) -> Group | None:
        """The group that a line heads, None for a row."""
        group = self._lines[line]
        if group == REMOVALS:
            return self._removals()
        if group == REST:
            rest = sum(1 for number_ in self._lines if number_ >= 0 and self._states[number_] != "remove")
            return Group("rest", self.tr("Everything in order"), number(rest), REST not in self._closed, "off")
        return None

    def tick(self, line: int) -> Tick | None:
        """The tick box of a line, None where there is nothing to tick."""
        row = self._rows[self._lines[line]]
        if row.action not in _DONE:
            return None
        return "locked" if self.locked else "on" if row.ticked else "off"

    def marks(self) -> list[str]:
        """The state of each line for the overview, empty where it is no difference."""
        return ["" if n < 0 or self._states[n] in ("both", "only_here") else self._states[n] for n in self._lines]

    def tally(self) -> dict[str, int]:
        """How many rows there are of each state, over the whole diff."""
        counts: dict[str, int] = {}
        for state in self._states:
            counts[state] = counts.get(state, 0) + 1
        return counts

    def ticked(self, state: str | None = None) -> int:
        """How many changes are ticked."""
        return sum(
            1
            for row, own in zip(self._rows, self._states, strict=True)
            if row.ticked and row.action in _DONE and state in (None, own)
        )

    def tick_all_state(self) -> Tick:
        """The tick box of the header: everything that is shown."""
        return self._tick_of([n for n in self._lines if n >= 0])

    def next_difference(self, line: int, *, backwards: bool = False) -> int | None:
        """The next line that differs, round the end and on; None when none does."""
        count = len(self._lines)
        steps = range(1, count + 1)
        for step in steps:
            at = (line - step if backwards else line + step) % count
            state = self.state_at(at)
            if state and state not in _CALM:
                return at
        return None

    # Ticks

    def want_tick(self, lines: Iterable[int], on: bool) -> None:
        """Ask for the actions of these lines to be carried out or not; a group line means all it heads."""
        rows: set[int] = set()
        for line in lines:
            own = self._lines[line]
            rows.update([own] if own >= 0 else self._headed(own))
        self._want(rows, on)

    def want_all(self, on: bool) -> None:
        """Ask the same for everything that is shown; removals only where they alone are shown."""
        shown = [n for n in self._lines if n >= 0]
        if on and self._keys != frozenset({"remove"}):
            shown = [n for n in shown if self._states[n] != "remove"]
        self._want(shown, on)

    def toggle(self, lines: Sequence[int]) -> None:
        """Untick when all of them are ticked, else tick."""
        rows = [
            n
            for line in lines
            for n in ([self._lines[line]] if self._lines[line] >= 0 else self._headed(self._lines[line]))
        ]
        self._want(rows, self._tick_of(rows) != "on")

    # Qt's own

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines that are shown."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Ten."""
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts for the keyboard search and for reading aloud; painting asks `line` instead."""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row()) if index.column() == Column.STATE else self._cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(index)
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == Column.TICK:
            return self._check_state(index.row())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        names = ("", "#", self.tr("Title"), self.tr("Artist"), self.tr("Time"))
        return (*names, self.tr("State"), *names[1:])[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be chosen, group lines too."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # Inside

    def _choose_anew(self) -> None:
        lines = self._chosen_lines()
        if lines == self._lines:
            self._repaint()
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        before = self._lines
        self._lines = lines
        place = {row: line for line, row in enumerate(lines)}
        moved = [self._moved(index, before, place) for index in kept]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()
        self.lines_changed.emit()

    def _moved(self, index: QModelIndex, before: list[int], place: dict[int, int]) -> QModelIndex:
        line = place.get(before[index.row()])
        return QModelIndex() if line is None else self.index(line, index.column())

    def _chosen_lines(self) -> list[int]:
        chosen = [n for n in range(len(self._rows)) if self._passes(n)]
        if self._order is not None:
            column, backwards = self._order
            key = KEYS[Column(column)]
            chosen.sort(key=lambda n: key(self._rows[n], self._states[n]), reverse=backwards)
        removals = [n for n in chosen if self._states[n] == "remove"]
        if not removals:
            return chosen
        rest = [n for n in chosen if self._states[n] != "remove"]
        lines = [REMOVALS, *([] if REMOVALS in self._closed else removals)]
        return [*lines, REST, *([] if REST in self._closed else rest)] if rest else lines

    def _passes(self, row: int) -> bool:
        state = self._states[row]
        if self._keys and state not in self._keys:
            return False
        if self._only_differences and state in _CALM:
            return False
        return not self._needle or self._needle in self._words(row)

    def _words(self, row: int) -> str:
        if row not in self._haystack:
            value = self._rows[row]
            tracks = [entry.track for entry in (value.source, value.target) if entry is not None]
            self._haystack[row] = "\n".join(f"{t.title} {t.artist} {t.album}" for t in tracks).casefold()
        return self._haystack[row]

    def _headed(self, group: int) -> list[int]:
        removals = group == REMOVALS
        return [n for n, state in enumerate(self._states) if (state == "remove") == removals and self._passes(n)]

    def _removals(self) -> Group:
        rows = self._headed(REMOVALS)
        on = sum(1 for n in rows if self._rows[n].ticked)
        if self.locked:
            note = plural(len(rows), self.tr("1 track, locked"), self.tr("%n tracks, none ticked, locked"))
            note = fill(self.tr("%1 until the stop above is answered"), note)
        else:
            many = self.tr("%n tracks only there would leave")
            note = f"{plural(len(rows), self.tr('1 track only there would leave'), many)} · "
            note += fill(self.tr("%1 ticked by you"), on)
        title = fill(self.tr("Removals on %1"), self.target_name)
        return Group("removals", title, note, REMOVALS not in self._closed, self._tick_of(rows))

    def _tick_of(self, rows: Sequence[int]) -> Tick:
        able = [self._rows[n] for n in rows if self._rows[n].action in _DONE]
        on = sum(1 for row in able if row.ticked)
        if self.locked:
            return "locked"
        return "off" if on == 0 else "on" if on == len(able) else "mixed"

    def _want(self, rows: Iterable[int], on: bool) -> None:
        able = [n for n in rows if self._rows[n].action in _DONE and self._rows[n].ticked != on]
        if able and not self.locked:
            self.tick_wanted.emit(able, on)

    def _repaint(self) -> None:
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Column) - 1))
        self.lines_changed.emit()

    def _cell(self, index: Index) -> str:
        group = self.group(index.row())
        if group is not None:
            return f"{group.title}, {group.note}"
        line = self.line(index.row())
        column = Column(index.column())
        if column is Column.STATE:
            return line.chip
        if column is Column.TICK:
            return ""
        side = line.source if column < Column.STATE else line.target
        if side is None:
            return line.ghost if column is Column.TARGET_TITLE else ""
        place = (column - Column.SOURCE_AT) if column < Column.STATE else (column - Column.TARGET_AT)
        return side[place]

    def _spoken(self, line: int) -> str:
        group = self.group(line)
        if group is not None:
            return f"{group.title}, {group.note}"
        row = self._lines[line]
        return spoken(self._rows[row], self._states[row], reading_arrow())

    def _check_state(self, line: int) -> Qt.CheckState | None:
        group = self.group(line)
        tick = group.tick if group is not None and group.key == "removals" else None
        tick = self.tick(line) if group is None else tick
        states = {"on": Qt.CheckState.Checked, "mixed": Qt.CheckState.PartiallyChecked}
        return states.get(tick, Qt.CheckState.Unchecked) if tick is not None else None
