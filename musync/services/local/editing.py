"""Adding, removing and moving entries of playlist files, a class for each role.

Every write reads the file anew, edits it as a document and replaces it; one that has changed since `revision` is left
alone. With it go the lines of files that were moved: they get the path where the file is now. Nothing else ever does
that, so that a list which is only read stays as its owner wrote it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from musync.domain import Entry, EntryId, PlaylistId, Refusal, Revision, Track, WriteReport
from musync.domain.errors import Refused, RevisionChanged
from musync.services.api import AddsEntries, MovesEntries, RemovesEntries
from musync.services.local.playlists import PlaylistFile
from musync.services.local.reading import LocalReads
from musync.services.m3u import M3uDocument, M3uEntry

log = logging.getLogger(__name__)


class LocalEdits(LocalReads):
    """What every writing role needs."""

    def opened(self, playlist: PlaylistId, revision: Revision | None) -> PlaylistFile:
        """The file as it is now; raises RevisionChanged when it is no longer as it was."""
        file = self.playlists.read(playlist)
        file.readable()
        if revision is not None and revision != file.revision:
            raise RevisionChanged(
                "Somebody else has changed the playlist.",
                where=file.head.title,
                unchanged="Nothing was written.",
                next="Look at the difference again.",
            )
        return file

    def written(self, file: PlaylistFile, document: M3uDocument) -> tuple[PlaylistFile, int]:
        """Replace the list, with the present paths of files that were moved; gives how many lines these are too."""
        folder = file.path.parent
        present = {
            index: location
            for index, location in self.resolver.renamed(document.entries, folder)
            if not document.refusal(document.entries[index]._replace(location=location))
        }
        written = self.playlists.write(file, document.relocate(present))
        if present:
            log.info("%s: %d lines name moved files by their present path now", file.id, len(present))
        return written, len(present)

    def lines(self, tracks: Sequence[Track], file: PlaylistFile) -> tuple[list[M3uEntry], tuple[Refusal, ...]]:
        """The lines for these tracks in this file, and why some have none."""
        lines: list[M3uEntry] = []
        refused: list[Refusal] = []
        for track in tracks:
            line = self._line(track, file)
            if isinstance(line, Refusal):
                refused.append(line)
            else:
                lines.append(line)
        return lines, tuple(refused)

    def _line(self, track: Track, file: PlaylistFile) -> M3uEntry | Refusal:
        """The line for a track, or why there is none."""
        own = self.catalogue.track(track.id)
        if own is None:
            return Refusal(item=track.id, code="not-in-catalogue", text="the music folder has no such file")
        if not (self.folder / own.id).is_file():
            return Refusal(item=track.id, code="file-missing", text="the file is no longer there")
        line = self.resolver.line(own, file.path.parent)
        reason = file.readable().refusal(line)
        return Refusal(item=track.id, code="not-writable", text=reason) if reason else line


class LocalAdds(LocalEdits, AddsEntries):
    """Adds tracks of the library."""

    def add_entries(
        self,
        playlist: PlaylistId,
        tracks: Sequence[Track],
        *,
        at: int | None = None,
        revision: Revision | None = None,
    ) -> WriteReport:
        """Insert the tracks' paths before `at`; tracks whose file is not there are refused one by one."""
        with self.border():
            file = self.opened(playlist, revision)
            document = file.readable()
            place = len(document.entries) if at is None else at
            if not 0 <= place <= len(document.entries):
                raise Refused(f"There is no place {place} in this list.", where=file.head.title)
            lines, refused = self.lines(tracks, file)
            if not lines:
                return WriteReport(refused=refused, revision=file.revision)
            written, repaired = self.written(file, document.insert(place, lines))
            made = self.entries_of(written)[place : place + len(lines)]
            done = tuple(entry.id for entry in made)
            return WriteReport(done=done, refused=refused, revision=written.revision, repaired=repaired)


class LocalRemoves(LocalEdits, RemovesEntries):
    """Removes entries."""

    def remove_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, revision: Revision | None = None
    ) -> WriteReport:
        """Take these entries out; lines that mean no track of the library are kept."""
        with self.border():
            file = self.opened(playlist, revision)
            places, refused = _addressed(self.entries_of(file), entries)
            if not places:
                return WriteReport(refused=refused, revision=file.revision)
            written, repaired = self.written(file, file.readable().remove(places.values()))
            return WriteReport(done=tuple(places), refused=refused, revision=written.revision, repaired=repaired)


class LocalMoves(LocalEdits, MovesEntries):
    """Moves entries."""

    def move_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, to: int, revision: Revision | None = None
    ) -> WriteReport:
        """Put these entries together at `to`; lines that mean no track of the library are not moved."""
        with self.border():
            file = self.opened(playlist, revision)
            rows = self.entries_of(file)
            places, refused = _addressed(rows, entries)
            if not places:
                return WriteReport(refused=refused, revision=file.revision)
            if not 0 <= to <= len(rows) - len(places):
                raise Refused(f"There is no place {to} in this list.", where=file.head.title)
            written, repaired = self.written(file, file.readable().move(tuple(places.values()), to))
            return WriteReport(done=tuple(places), refused=refused, revision=written.revision, repaired=repaired)


def _addressed(rows: Sequence[Entry], entries: Sequence[EntryId]) -> tuple[dict[EntryId, int], tuple[Refusal, ...]]:
    """The places of these entries in the order given, and why some have none."""
    known = {row.id: place for place, row in enumerate(rows)}
    places: dict[EntryId, int] = {}
    refused = []
    for entry in entries:
        if entry not in known:
            refused.append(Refusal(item=entry, code="not-found", text="the list has no such entry"))
        elif not rows[known[entry]].addressable:
            refused.append(Refusal(item=entry, code="not-addressable", text=rows[known[entry]].reason))
        else:
            places[entry] = known[entry]
    return places, tuple(refused)
