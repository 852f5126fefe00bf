"""The pane below the review's table: both tracks of the row in full, and why they are thought to be one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from musync.domain import DiffRow, Entry, Place, Track
from musync.gui.paint import Signs
from musync.gui.rows import (
    artist_of,
    chip_text,
    counterpart,
    found_at,
    ghost,
    note_text,
    part_word,
    row_state,
    title_of,
)
from musync.gui.widgets.basics import Glyph, Line, button, column, label, row, rule
from musync.gui.words import fill, length, percent, shown


class CoverBox(QWidget):
    """The place of a cover."""

    def __init__(self, signs: Signs, size: int) -> None:
        super().__init__()
        self._signs = signs
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a neutral one."""
        self._signs.cover(QPainter(self), self.rect(), "kind.album")


class TrackPane(QWidget):
    """One track: title, artists, album and length, identifiers."""

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._cover = CoverBox(signs, signs.theme.size("cover_big"))
        self._icon = Glyph(signs, "service.local", "service.local", 16)
        self._title = Line(signs, "", "strong")
        self._artist = Line(signs, "", "body", "text_2")
        self._album = Line(signs, "", "small", "text_3")
        self._rest = Line(signs, "", "small", "text_3", middle=True)
        name = row(gap=8)
        name.addWidget(self._icon)
        name.addWidget(self._title, 1)
        inside = row(gap=12)
        inside.addLayout(column(self._cover, 0))
        inside.addLayout(column(name, self._artist, self._album, self._rest, 0, gap=1), 1)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_track(self, track: Track | None, service: str, instead: str) -> None:
        """Show a track, or what is said where there is none."""
        self._icon.show_icon(f"service.{service}", f"service.{service}")
        for part in (self._cover, self._artist, self._album, self._rest):
            part.setVisible(track is not None)
        if track is None:
            self._title.setText(instead)
            return
        self._title.setText(title_of(track))
        self._artist.setText(artist_of(track))
        album = shown(track.album)
        year = str(track.year) if track.year else ""
        where = ", ".join(part for part in (album, year) if part)
        self._album.setText(" · ".join(part for part in (where, length(track.duration_ms)) if part))
        self._rest.setText(found_at(track))


class DetailsPane(QFrame):
    """Left, why, right."""

    unlink_wanted = Signal()

    def __init__(self, signs: Signs) -> None:
        super().__init__()
        self._signs = signs
        self.setObjectName("review.details")
        self.left = TrackPane(signs)
        self.right = TrackPane(signs)
        self._verdict = Line(signs, "", "strong")
        self._why = label(signs, "", "small", "text_2", wrap=True)
        self.unlink = button(signs, self.tr("Unlink"), "details.unlink", kind="link", icon="action.unlink", small=True)
        self.unlink.clicked.connect(self.unlink_wanted)
        middle = QWidget()
        middle.setFixedWidth(240)
        middle.setLayout(column(self._verdict, 2, self._why, 0, row(self.unlink, 0), margins=(14, 0, 14, 0)))
        inside = row(gap=16, margins=(14, 10, 14, 10))
        inside.addWidget(self.left, 1)
        for part in (rule(vertical=True), middle, rule(vertical=True)):
            inside.addWidget(part)
        inside.addWidget(self.right, 1)
        self.setLayout(inside)
        self.setMinimumHeight(96)

    def show_row(self, row_: DiffRow | None, services: tuple[str, str], arrow: str) -> None:
        """Show a row, or nothing."""
        for part in (self.left, self.right, self._verdict, self._why, self.unlink):
            part.setVisible(row_ is not None)
        if row_ is None:
            return
        state = row_state(row_)
        said = ghost(row_, state)
        self.left.show_track(_track(row_.source), services[0], self.tr("only on the right"))
        self.right.show_track(counterpart(row_) if not said else None, services[1], said)
        self._verdict.setText(self._verdict_of(row_, state, arrow))
        self._why.setText(self._reasons(row_))
        self.unlink.setVisible(row_.place is Place.BOTH)

    def _verdict_of(self, row_: DiffRow, state: str, arrow: str) -> str:
        match = row_.match
        if match is not None and match.origin == "best":
            return self.tr("Another version")
        if match is not None and match.settled is not None and match.chosen is not None:
            return fill(self.tr("Same recording, %1"), percent(match.chosen.probability))
        return chip_text(row_, state, arrow)

    def _reasons(self, row_: DiffRow) -> str:
        parts = [note_text(row_.note)]
        if row_.match is not None:
            chosen = row_.match.chosen
            reasons = chosen.reasons if chosen is not None and row_.match.settled is not None else row_.match.reasons
            # What a preference says is not left to the few that have room by chance.
            first = sorted(reasons, key=lambda reason: reason.part != "preference")[:4]
            parts += [f"{part_word(reason.part)} {shown(reason.text)}" for reason in first]
        if row_.target_at is not None and row_.target_to is not None and row_.target_at != row_.target_to:
            parts.append(fill(self.tr("%1 now, %2 after"), row_.target_at + 1, row_.target_to + 1))
        return " · ".join(part.rstrip(".") for part in parts if part)


def _track(entry: Entry | None) -> Track | None:
    return entry.track if entry is not None else None
