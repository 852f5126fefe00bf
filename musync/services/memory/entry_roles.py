"""Adding, removing, moving and replacing in the memory service, a class for each role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from musync.domain import Entry, EntryId, PlaylistId, Refusal, Revision, Track, WriteReport
from musync.domain.errors import Refused
from musync.services.api import AddsEntries, MovesEntries, RemovesEntries, ReplacesEntries
from musync.services.memory.reading import MemoryReads, within
from musync.services.memory.stored import Rows, Stored, inserted, moved, without


class Accepts(MemoryReads):
    """Makes rows of tracks, refusing item by item what the traits say is not taken."""

    def taken_rows(self, tracks: Sequence[Track], present: Rows) -> tuple[list[Entry], tuple[Refusal, ...]]:
        """New rows for the tracks that are taken, and why the others are not."""
        new: list[Entry] = []
        refused = []
        now = datetime.fromtimestamp(self.control.now(), UTC)
        for track in tracks:
            refusal = self._refusal(track, (*present, *new))
            if refusal is not None:
                refused.append(refusal)
            else:
                own = self.world.catalogue[track.id] if self.traits.accepts == "own_tracks" else track
                new.append(self.account.new_row(own, now))
        return new, tuple(refused)

    def ids_of(self, rows: Rows, new: Sequence[Entry]) -> tuple[EntryId, ...]:
        """The ids under which these rows are read back."""
        names = dict(zip((row.id for row in rows), self.ids(rows), strict=True))
        return tuple(names[row.id] for row in new)

    def _refusal(self, track: Track, present: Rows) -> Refusal | None:
        if self.traits.accepts == "own_tracks" and track.id not in self.world.catalogue:
            return Refusal(item=track.id, code="not-in-catalogue", text="the service does not have this track")
        missing = [need for need in sorted(self.traits.needs) if not getattr(track, need)]
        if missing:
            return Refusal(item=track.id, code=f"needs-{missing[0]}", text=f"the track has no {missing[0]}")
        if self.traits.capacity is not None and len(present) >= self.traits.capacity:
            return Refusal(item=track.id, code="full", text=f"the list holds at most {self.traits.capacity} entries")
        if self.traits.duplicates == "refuses" and any(row.track.id == track.id for row in present):
            return Refusal(item=track.id, code="duplicate", text="the list has this track already")
        return None


class MemoryAdds(Accepts, AddsEntries):
    """Adds tracks."""

    def add_entries(
        self,
        playlist: PlaylistId,
        tracks: Sequence[Track],
        *,
        at: int | None = None,
        revision: Revision | None = None,
    ) -> WriteReport:
        """Insert the tracks before `at`; without order they are simply there."""
        if not tracks:
            return WriteReport()
        sent = tuple(tracks)
        return self.write(
            "add_entries", playlist, revision, lambda stored: self._added(stored, sent, at), tracks=sent, at=at
        )

    def _added(self, stored: Stored, tracks: Sequence[Track], at: int | None) -> tuple[Rows, WriteReport]:
        within(self.traits.add_batch, len(tracks), "tracks")
        place = at if self.traits.ordered else None
        if place is not None and not 0 <= place <= len(stored.rows):
            raise Refused(f"there is no place {place} in a list of {len(stored.rows)}", where=stored.head.title)
        new, refused = self.taken_rows(tracks, stored.rows)
        rows = inserted(stored.rows, new, place)
        return rows, WriteReport(done=self.ids_of(rows, new), refused=refused)


class MemoryReplaces(Accepts, ReplacesEntries):
    """Replaces a whole list."""

    def replace_entries(
        self, playlist: PlaylistId, tracks: Sequence[Track], *, revision: Revision | None = None
    ) -> WriteReport:
        """Make the list exactly these tracks; placeholders go too."""
        sent = tuple(tracks)
        return self.write("replace_entries", playlist, revision, lambda _: self._replaced(sent), tracks=sent)

    def _replaced(self, tracks: Sequence[Track]) -> tuple[Rows, WriteReport]:
        within(self.traits.replace_limit, len(tracks), "tracks")
        new, refused = self.taken_rows(tracks, ())
        rows = tuple(new)
        return rows, WriteReport(done=self.ids_of(rows, new), refused=refused)


class MemoryRemoves(MemoryReads, RemovesEntries):
    """Removes entries; a service that names the track removes all its copies."""

    def remove_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, revision: Revision | None = None
    ) -> WriteReport:
        """Remove these entries, refusing what is not there or cannot be addressed."""
        if not entries:
            return WriteReport()
        sent = tuple(entries)
        return self.write(
            "remove_entries", playlist, revision, lambda stored: self._removed(stored, sent), entries=sent
        )

    def _removed(self, stored: Stored, entries: Sequence[EntryId]) -> tuple[Rows, WriteReport]:
        within(self.traits.remove_batch, len(entries), "entries")
        found, refused = addressed(self, stored.rows, entries)
        places = set(found.values())
        if self.traits.removes_by == "track_all_copies":
            tracks = {stored.rows[place].track.id for place in places}
            places = {place for place, row in enumerate(stored.rows) if row.track.id in tracks and row.addressable}
        return without(stored.rows, places), WriteReport(done=tuple(found), refused=refused)


class MemoryMoves(MemoryReads, MovesEntries):
    """Moves entries within a list."""

    def move_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, to: int, revision: Revision | None = None
    ) -> WriteReport:
        """Move these entries, refusing what is not there or cannot be addressed."""
        if not entries:
            return WriteReport()
        sent = tuple(entries)
        return self.write(
            "move_entries", playlist, revision, lambda stored: self._moved(stored, sent, to), entries=sent, to=to
        )

    def _moved(self, stored: Stored, entries: Sequence[EntryId], to: int) -> tuple[Rows, WriteReport]:
        within(self.traits.move_batch, len(entries), "entries")
        found, refused = addressed(self, stored.rows, entries)
        if not 0 <= to <= len(stored.rows) - len(found):
            raise Refused(f"there is no place {to} to move to", where=stored.head.title)
        return moved(stored.rows, tuple(found.values()), to), WriteReport(done=tuple(found), refused=refused)


def addressed(
    service: MemoryReads, rows: Rows, entries: Sequence[EntryId]
) -> tuple[dict[EntryId, int], tuple[Refusal, ...]]:
    """The places of these entries in the order given, and why some have none."""
    places = {name: place for place, name in enumerate(service.ids(rows))}
    found: dict[EntryId, int] = {}
    refused = []
    for entry in entries:
        if entry not in places:
            refused.append(Refusal(item=entry, code="not-found", text="the list has no such entry"))
        elif not rows[places[entry]].addressable:
            refused.append(Refusal(item=entry, code="not-addressable", text="this row can only be kept"))
        else:
            found[entry] = places[entry]
    return found, tuple(refused)
