"""A row of the difference in words: the state that colours it, the chip's text, and what stands where nothing does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QUrl

from musync.domain import UNASKED, Action, DiffRow, Match, MatchState, Outcome, Place, Track
from musync.gui.words import fill, length, number, plural, shown

_OUTCOME_STATE = {
    Outcome.MATCHED: "only_here",
    Outcome.AMBIGUOUS: "ambiguous",
    Outcome.NOT_FOUND: "not_found",
    Outcome.NOT_ASKED: "not_asked",
    Outcome.NOT_ADDABLE: "cannot_add",
    Outcome.SKIPPED: "only_here",
}
_ACTION_STATE = {Action.ADD: "add", Action.REMOVE: "remove", Action.MOVE: "moved"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("rows", text)


def row_state(row: DiffRow) -> str:
    """The state of the tokens in which a row is shown, which is also what the chips filter by."""
    if row.action in _ACTION_STATE:
        return _ACTION_STATE[row.action]
    if row.place is Place.BOTH:
        return "both"
    if row.place is Place.ONLY_TARGET:
        return "only_there"
    return _OUTCOME_STATE[row.match.outcome] if row.match is not None else "only_here"


def state_word(state: str, *, short: bool = False) -> str:
    """A state in its own words, as chips of rows and filters say it."""
    if short and state == "cannot_add":
        return _tr("Cannot add")
    return {
        "both": _tr("In both"),
        "only_here": _tr("Only here"),
        "only_there": _tr("Only there"),
        "add": _tr("Add"),
        "remove": _tr("Remove"),
        "moved": _tr("Moved"),
        "ambiguous": _tr("Choose"),
        "not_found": _tr("Not found"),
        "not_asked": _tr("Not asked yet"),
        "cannot_add": _tr("Cannot be added"),
        "done": _tr("Done"),
        "failed": _tr("Failed"),
    }[state]


def chip_text(row: DiffRow, state: str, arrow: str) -> str:
    """What the chip of a row says; `arrow` points in the direction of reading."""
    if state == "add" and row.target_to is not None:
        return fill(_tr("Add at %1"), row.target_to + 1)
    if state == "moved" and row.target_at is not None and row.target_to is not None:
        return f"{number(row.target_at + 1)} {arrow} {number(row.target_to + 1)}"
    if state == "ambiguous" and row.match is not None:
        return plural(len(row.match.candidates), _tr("Look once"), _tr("%n to choose"))
    if state == "only_there":
        return _tr("Stays")
    if state == "only_here":
        return _tr("Never") if _is_skipped(row) else _tr("Left out")
    return state_word(state, short=True)


def ghost(row: DiffRow, state: str) -> str:
    """What is known where the other side has nothing; empty for a ticked addition, which shows what will be there."""
    if state == "add":
        return _unticked_words(row) if not row.ticked else ""
    match = row.match
    if state == "ambiguous" and match is not None:
        count = len(match.candidates)
        return plural(count, _tr("one recording may fit, see Confirm"), _tr("%n recordings fit, see Confirm"))
    if state == "not_found" and match is not None:
        none = _tr("no counterpart found")
        count = len(match.candidates)
        return plural(count, _tr("no counterpart in 1 result"), _tr("no counterpart in %n results")) if count else none
    if state == "not_asked":
        why = _first_reason(row)
        return why if why and why != UNASKED else _tr("the search comes with Next")
    if state == "cannot_add":
        return shown(row.wanted.reason) or _first_reason(row) or _tr("it cannot be copied")
    if state == "only_here":
        return _tr("you said never") if _is_skipped(row) else _left_out(row)
    return ""


def lacking_words(match: Match) -> str:
    """Why there is nothing to choose from for a track."""
    reason = match.reasons[0].text if match.reasons and match.outcome is Outcome.NOT_ADDABLE else ""
    return shown(reason) or _tr("no counterpart found")


def note_text(note: str) -> str:
    """The remark on a row in words, empty when there is none."""
    return {
        "removed-on-target": _tr("It was there and was removed there since. Tick it to add it again."),
        "removal-asks": _tr("Removals of this pair are asked about first."),
        "removal-never": _tr("This pair never removes."),
        "cannot-remove": _tr("The service cannot remove it."),
        "foreign": _tr("It was never on the left."),
        "duplicate": _tr("A copy of it is there already, and a second one is not wanted."),
        "two-tracks-one-match": _tr("Two tracks have this one match."),
        "order-off": _tr("This list has no order."),
    }.get(note, "")


def counterpart(row: DiffRow) -> Track | None:
    """The track that stands on the other side, or will after the run."""
    if row.target is not None:
        return row.target.track
    if row.action is Action.ADD and row.match is not None:
        return row.match.settled or row.match.wanted
    return None


def title_of(track: Track) -> str:
    """A track's title for people; one without says so."""
    return shown(track.title) or _tr("(untitled)")


def artist_of(track: Track) -> str:
    """A track's artists for people."""
    return shown(track.artist) or "—"


def spoken(row: DiffRow, state: str, arrow: str) -> str:
    """The row as it is read aloud: state, title, artist, position here, position there, counterpart."""
    entry = row.wanted
    parts = [chip_text(row, state, arrow), title_of(entry.track), artist_of(entry.track)]
    if row.source_at is not None:
        parts.append(fill(_tr("here at %1"), row.source_at + 1))
    if row.target_at is not None:
        parts.append(fill(_tr("there at %1"), row.target_at + 1))
    other = counterpart(row)
    if row.source is not None and other is not None and other is not entry.track:
        parts.append(fill(_tr("counterpart %1"), title_of(other)))
    elif other is None:
        parts.append(ghost(row, state))
    if row.action in _ACTION_STATE:
        parts.append(_tr("ticked") if row.ticked else _tr("not ticked"))
    return ", ".join(part for part in parts if part)


def described(track: Track) -> str:
    """Artist, album, year and length in one line."""
    album = shown(track.album)
    if album and track.year:
        album = f"{album}, {track.year}"
    return " · ".join(part for part in (shown(track.artist), album, length(track.duration_ms)) if part)


def found_at(track: Track) -> str:
    """What identifies the track: its ISRC, and the file or link behind it."""
    link = track.url or ""
    place = QUrl(link).toLocalFile() if link.startswith("file:") else link
    parts = [f"ISRC {shown(track.isrc)}" if track.isrc else "", shown(place)]
    return " · ".join(part for part in parts if part)


def part_word(part: str) -> str:
    """What people call one named part of a verdict."""
    return {
        "title": _tr("Title"),
        "artists": _tr("Artists"),
        "album": _tr("Album"),
        "length": _tr("Length"),
        "version": _tr("Version"),
        "isrc": _tr("ISRC"),
        "mbid": _tr("MBID"),
        "preference": _tr("Preferred"),
        "file": _tr("File"),
        "link": _tr("Link"),
        "decision": _tr("Answer"),
        "search": _tr("Search"),
        "rule": _tr("Rule"),
    }.get(part, part)


def _unticked_words(row: DiffRow) -> str:
    return _tr("removed there since, left out") if row.note == "removed-on-target" else _tr("left out by you")


def _left_out(row: DiffRow) -> str:
    return _tr("a second copy is not wanted there") if row.note == "duplicate" else _tr("left out")


def _is_skipped(row: DiffRow) -> bool:
    return row.match is not None and row.match.state is MatchState.SKIP


def _first_reason(row: DiffRow) -> str:
    return shown(row.match.reasons[0].text) if row.match is not None and row.match.reasons else ""
