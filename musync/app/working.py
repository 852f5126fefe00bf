"""The target's list as it should stand after each request: names entries rightly, and judges what is read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from musync.domain import Entry, EntryId, PlannedAction, Refusal, Step, StepKind, TrackId, WriteReport, occurrence_ids


@dataclass(frozen=True, slots=True)
class _Place:
    """One entry: the row that added it (None: it was there), its id of old or from the answer, its track."""

    row: int | None
    entry: EntryId
    track: TrackId


class WorkingList:
    """Follows a list through acknowledged writes.

    Where a service has no lasting entry ids, a copy's id depends on the copies before it, so ids are counted anew.
    """

    def __init__(self, entries: Sequence[Entry], *, lasting_ids: bool) -> None:
        self._places = [_Place(None, entry.id, entry.track.id) for entry in entries]
        self._lasting = lasting_ids

    @property
    def tracks(self) -> tuple[TrackId, ...]:
        """The track ids that should stand there now."""
        return tuple(place.track for place in self._places)

    @property
    def added(self) -> dict[int, EntryId]:
        """Row -> the entry it made; good beyond this state only where entry ids last."""
        return {place.row: place.entry for place in self._places if place.row is not None}

    def ids(self, actions: Sequence[PlannedAction]) -> tuple[EntryId, ...]:
        """What the service calls these actions' entries now."""
        names = self._ids_now()
        return tuple(names[place] for place in self._find(actions))

    def follow(self, step: Step, report: WriteReport) -> dict[int, str]:
        """Take the step's acknowledged part over; gives the rows that were refused, with the service's words."""
        if step.kind in (StepKind.CREATE, StepKind.ADD):
            return self._added(step, report)
        refused = {refusal.item: refusal.text or refusal.code for refusal in report.refused}
        names = self.ids(step.actions)
        done = [action for action, name in zip(step.actions, names, strict=True) if name not in refused]
        self._take_out(done, step.at if step.kind is StepKind.MOVE else None)
        pairs = zip(step.actions, names, strict=True)
        return {action.row: refused[name] for action, name in pairs if name in refused}

    def name(self, entries: Sequence[Entry]) -> None:
        """Take over what a read that shows this very list calls its entries."""
        pairs = zip(self._places, entries, strict=True)
        self._places = [replace(place, entry=entry.id) for place, entry in pairs]

    def _added(self, step: Step, report: WriteReport) -> dict[int, str]:
        refused = refused_rows(step, report.refused)
        done = iter(report.done)
        new = [
            _Place(action.row, next(done, EntryId(action.track.id)), action.track.id)
            for action in step.actions
            if action.track is not None and action.row not in refused
        ]
        at = len(self._places) if step.at is None else step.at
        self._places[at:at] = new
        return refused

    def _take_out(self, actions: Sequence[PlannedAction], to: int | None) -> None:
        found = self._find(actions)
        gone = set(found)
        taken = [self._places[place] for place in found]
        self._places = [place for index, place in enumerate(self._places) if index not in gone]
        if to is not None:
            self._places[to:to] = taken

    def _find(self, actions: Sequence[PlannedAction]) -> list[int]:
        """Where the entries stand: old ones by the id they had at first, new ones by the row that added them."""
        places: dict[EntryId | int, int] = {
            place.entry if place.row is None else place.row: index for index, place in enumerate(self._places)
        }
        return [places[action.entry if action.entry is not None else action.row] for action in actions]

    def _ids_now(self) -> tuple[EntryId, ...]:
        if self._lasting:
            return tuple(place.entry for place in self._places)
        return occurrence_ids(place.track for place in self._places)


def refused_rows(step: Step, refusals: Sequence[Refusal]) -> dict[int, str]:
    """The rows whose track was refused, with the service's words; a refusal speaks of one copy."""
    words: dict[str, list[str]] = {}
    for refusal in refusals:
        words.setdefault(refusal.item, []).append(refusal.text or refusal.code)
    refused = {}
    for action in step.actions:
        if action.track is not None and (said := words.get(action.track.id)):
            refused[action.row] = said.pop()
    return refused
