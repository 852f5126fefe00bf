"""The queue of questions: groups of tracks, those that need eyes first. Rows keep their place when answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

from musync.app.session import Question, Verdict
from musync.domain import TrackId
from musync.gui.rows import artist_of, lacking_words, title_of
from musync.gui.versions import sureness
from musync.gui.words import fill, isolated, number, percent, plural

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
GROUPS = ("choose", "look", "missing", "unavailable", "effort", "certain")


class GroupRow(NamedTuple):
    """What a group's line shows."""

    key: str
    title: str
    figures: str
    note: str
    state: str


class QueueModel(QAbstractItemModel):
    """Two levels: groups and questions. A track stands where it first stood; new ones come last in their group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[tuple[str, list[TrackId]]] = []
        self._questions: dict[TrackId, Question] = {}
        self._needle = ""
        self._all: dict[str, list[TrackId]] = {}

    def show(self, questions: Sequence[Question], *, anew: bool) -> None:
        """Show these; `anew` sorts them into their groups, else they stay where they are and new ones come last."""
        self._questions = {question.match.wanted.id: question for question in questions}
        placed = {} if anew else {track: key for key, tracks in self._all.items() for track in tracks}
        if anew or placed.keys() - self._questions.keys():
            self._all = {key: [track for track in self._all.get(key, ()) if track in placed] for key in GROUPS}
            for tracks in self._all.values():
                tracks[:] = [track for track in tracks if track in self._questions]
            for question in questions:
                if question.match.wanted.id not in placed:
                    self._all[question.group].append(question.match.wanted.id)
            self._arrange()
            return
        moved = [(track, key) for track, key in placed.items() if _moves_on(self._questions[track], key)]
        for track, key in moved:
            self._take_out(track, key)
            del placed[track]
        fresh = [question for question in questions if question.match.wanted.id not in placed]
        for key in GROUPS:
            self._append(key, [question.match.wanted.id for question in fresh if question.group == key])
        self._repaint()

    def look_for(self, words: str) -> None:
        """Show only tracks with these words."""
        self._needle = words.casefold().strip()
        self._arrange()

    def question(self, index: Index) -> Question | None:
        """The question of a row, None for a group."""
        if not index.isValid() or not index.internalId():
            return None
        return self._questions[self._groups[self._row_of(index)][1][index.row()]]

    def group(self, index: Index) -> GroupRow | None:
        """What a group's line shows, None for a question."""
        if not index.isValid() or index.internalId():
            return None
        return self._group_row(*self._groups[index.row()])

    def key_of(self, row: int) -> str:
        """Which group stands in this place."""
        return self._groups[row][0]

    def index_of(self, track: TrackId | None) -> QModelIndex:
        """Where a track stands; invalid when it is not shown."""
        for row, (_key, tracks) in enumerate(self._groups):
            if track in tracks:
                return self.index(tracks.index(track), 0, self.index(row, 0))
        return QModelIndex()

    def next_open(self, after: TrackId | None) -> QModelIndex:
        """The next question without an answer, round the end; invalid when all are answered."""
        tracks = [track for key, members in self._groups if key in ("choose", "look") for track in members]
        start = tracks.index(after) + 1 if after in tracks else 0
        for track in (*tracks[start:], *tracks[:start]):
            if self._questions[track].verdict is None and track != after:
                return self.index_of(track)
        return QModelIndex()

    def second_line(self, question: Question) -> str:
        """What stands below a question's title."""
        match = question.match
        count = len(match.candidates)
        if not count:
            return lacking_words(match)
        if question.group == "choose":
            apart = abs(match.candidates[0].probability - match.candidates[1].probability)
            words = plural(count, self.tr("1 candidate"), self.tr("%n candidates"))
            return fill(self.tr("%1, two within %2"), words, percent(apart)) if apart >= 0.01 else words
        best = match.chosen or match.candidates[0]
        arrow = "←" if QApplication.isRightToLeft() else "→"
        return f"{arrow} {isolated(best.track.title)} · {isolated(artist_of(best.track))}"

    def verdict_text(self, question: Question) -> tuple[str, str]:
        """The answer as state and word; two empty strings while there is none."""
        return {
            Verdict.ACCEPTED: ("done", self.tr("Accepted")),
            Verdict.SKIPPED: ("not_asked", self.tr("Skipped")),
            Verdict.NEVER: ("cannot_add", self.tr("Never")),
            None: ("", ""),
        }.get(question.verdict, ("", ""))

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Groups have the id 0, questions that of their group, which stays when groups come before it."""
        if row < 0 or column != 0 or row >= self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, GROUPS.index(self.key_of(parent.row())) + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _ROOT) -> QModelIndex:  # type: ignore[override]  # QObject.parent has no argument
        """The group of a question."""
        if not index.isValid() or not index.internalId():
            return QModelIndex()
        return self.createIndex(self._row_of(index), 0, 0)

    def _row_of(self, question: Index) -> int:
        """In which place the group of a question stands."""
        key = GROUPS[question.internalId() - 1]
        return next(row for row, (shown, _tracks) in enumerate(self._groups) if shown == key)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Groups, or a group's questions."""
        if not parent.isValid():
            return len(self._groups)
        return 0 if parent.internalId() else len(self._groups[parent.row()][1])

    def columnCount(self, parent: Index = _ROOT) -> int:
        """One."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title for search by typing, the whole row for reading aloud."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        group = self.group(index)
        if group is not None:
            return f"{group.title} {group.figures}, {group.note}"
        question = self.question(index)
        if question is None:
            return None
        title = title_of(question.match.wanted)
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        answer = self.verdict_text(question)[1] or self.tr("open")
        sure = sureness(question.match.candidates[0])[1] if question.match.candidates else ""
        parts = (answer, title, artist_of(question.match.wanted), self.second_line(question), sure)
        return ", ".join(part for part in parts if part)

    def _group_row(self, key: str, tracks: Sequence[TrackId]) -> GroupRow:
        waiting = sum(1 for track in tracks if self._questions[track].verdict is None)
        figures = number(len(tracks))
        if key in ("choose", "look") and waiting != len(tracks):
            figures = fill(self.tr("%1 of %2"), waiting, len(tracks))
        words = {
            "choose": (self.tr("Choose a recording"), self.tr("two or more fit"), "ambiguous"),
            "look": (self.tr("Look once"), self.tr("one fits, not certain"), "ambiguous"),
            "missing": (self.tr("Not found"), self.tr("search yourself, or leave them"), "not_found"),
            "unavailable": (self.tr("Cannot be added"), self.tr("search yourself, or leave them"), "cannot_add"),
            "effort": (self.tr("Best effort"), self.tr("another version, unless you change it"), "ambiguous"),
            "certain": (self.tr("Certain"), self.tr("accepted unless you change one"), "done"),
        }
        title, note, state = words[key]
        return GroupRow(key, title, figures, note, state)

    def _arrange(self) -> None:
        self.beginResetModel()
        kept = {key: [track for track in tracks if self._has_words(track)] for key, tracks in self._all.items()}
        self._groups = [(key, kept[key]) for key in GROUPS if kept.get(key)]
        self.endResetModel()

    def _append(self, key: str, tracks: list[TrackId]) -> None:
        """Let tracks come last in a group, without a move of anything else."""
        self._all[key] += tracks
        tracks = [track for track in tracks if self._has_words(track)]
        if not tracks:
            return
        rows = [shown for shown, _tracks in self._groups]
        if key in rows:
            row = rows.index(key)
            there = self._groups[row][1]
            self.beginInsertRows(self.index(row, 0), len(there), len(there) + len(tracks) - 1)
            there += tracks
        else:
            row = sum(GROUPS.index(shown) < GROUPS.index(key) for shown in rows)
            self.beginInsertRows(_ROOT, row, row)
            self._groups.insert(row, (key, tracks))
        self.endInsertRows()

    def _take_out(self, track: TrackId, key: str) -> None:
        """Take a track out of a group, and the group away with its last one."""
        self._all[key].remove(track)
        row = next((row for row, (shown, tracks) in enumerate(self._groups) if shown == key and track in tracks), None)
        if row is None:
            return
        tracks = self._groups[row][1]
        if len(tracks) == 1:
            self.beginRemoveRows(_ROOT, row, row)
            del self._groups[row]
        else:
            at = tracks.index(track)
            self.beginRemoveRows(self.index(row, 0), at, at)
            del tracks[at]
        self.endRemoveRows()

    def _has_words(self, track: TrackId) -> bool:
        wanted = self._questions[track].match.wanted
        return not self._needle or self._needle in f"{wanted.title}\n{wanted.artist}".casefold()

    def _repaint(self) -> None:
        for row in range(len(self._groups)):
            group = self.index(row, 0)
            self.dataChanged.emit(group, group)
            self.dataChanged.emit(self.index(0, 0, group), self.index(self.rowCount(group) - 1, 0, group))


def _moves_on(question: Question, key: str) -> bool:
    """Whether a search found more about a track than what its group says; what the user said something about stays."""
    settled = question.verdict is None and question.match.origin != "user"
    return settled and key in ("missing", "unavailable", "certain") and question.group != key
