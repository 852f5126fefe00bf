"""What one write makes of a document, worked out before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from musync.domain import EntryId, Track
from musync.domain.write import Refusal
from musync.services.files.document import Document, entries_of


@dataclass(slots=True)
class Edit:
    """What one write makes of a document: the new one, the places in it that were written, what was refused."""

    document: Document
    places: Sequence[int] = ()
    done: tuple[EntryId, ...] = ()
    refused: list[Refusal] = field(default_factory=list)


def sorted_out(document: Document, tracks: Sequence[Track]) -> tuple[list[Track], list[Refusal]]:
    """What can be written, and why the rest cannot."""
    taken, refused = [], []
    for track in tracks:
        refusal = document.refusal(track)
        if refusal:
            refused.append(Refusal(item=track.id, code=refusal[0], text=refusal[1]))
        else:
            taken.append(track)
    return taken, refused


def found(document: Document, wanted: Sequence[EntryId]) -> tuple[list[int], tuple[EntryId, ...], list[Refusal]]:
    """Places and ids of the entries that are there and can be addressed, and why the others are refused."""
    there = {entry.id: (place, entry.addressable) for place, entry in enumerate(entries_of(document.rows))}
    places: list[int] = []
    done: list[EntryId] = []
    refused: list[Refusal] = []
    for name in wanted:
        place, addressable = there.pop(name, (-1, True))
        if place < 0:
            refused.append(Refusal(item=name, code="not-found", text="no such entry stands in the list"))
        elif not addressable:
            refused.append(Refusal(item=name, code="placeholder", text="the line cannot be used and is left alone"))
        else:
            places.append(place)
            done.append(name)
    return places, tuple(done), refused


def replaced(document: Document, tracks: Sequence[Track], moment: datetime) -> Document:
    """The list of exactly these tracks, made of the rows that are there and of new ones."""
    spare: dict[str, list[int]] = {}
    for place, row in enumerate(document.rows):
        spare.setdefault(row.track.id, []).append(place)
    wanted = [spare[track.id].pop(0) if spare.get(track.id) else track for track in tracks]
    kept = sorted(item for item in wanted if isinstance(item, int))
    new = [item for item in wanted if not isinstance(item, int)]
    left = set(kept)
    shorter = document.remove([place for place in range(len(document.rows)) if place not in left])
    longer = shorter.insert(len(kept), new, added_at=[moment] * len(new))
    after = {place: index for index, place in enumerate(kept)}
    fresh = iter(range(len(kept), len(wanted)))
    order = [after[item] if isinstance(item, int) else next(fresh) for item in wanted]
    return longer.move(order, 0) if order != sorted(order) else longer
