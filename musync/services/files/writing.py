"""What playlist files that can be edited do besides being read."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from musync.domain import EntryId, Playlist, PlaylistId, Revision, Track, TrackRef, WriteReport
from musync.domain.errors import AccessDenied, Refused, RevisionChanged, TracksRefused
from musync.services.api import (
    AddsEntries,
    CreatesPlaylists,
    EditsDetails,
    MovesEntries,
    RemovesEntries,
    ReplacesEntries,
    TakesForeign,
    Traits,
)
from musync.services.filenames import clean_name
from musync.services.files.disk import rename, revision_of, store, store_new
from musync.services.files.document import Collection, Document, entries_of
from musync.services.files.edits import Edit, found, replaced, sorted_out
from musync.services.files.ids import with_service
from musync.services.files.places import PlaceDocument, at_its_place
from musync.services.files.reading import FileReads, Loaded, Now
from musync.services.files.recognise import Content, new_document
from musync.services.files.values import fit_text

_BATCH = 10_000
"""Every write replaces the whole file, so few large batches beat many small ones."""
_UNCHANGED = "The file is as it was."


class FileWrites(
    FileReads,
    CreatesPlaylists,
    AddsEntries,
    RemovesEntries,
    MovesEntries,
    ReplacesEntries,
    EditsDetails,
    TakesForeign,
):
    """A playlist file that can be edited."""

    def __init__(self, path: Path, now: Now, loaded: Loaded | None = None) -> None:
        super().__init__(path, now, loaded)
        self._model: Document | None = None

    def create_playlist(self, title: str, *, description: str = "", tracks: Sequence[Track] = ()) -> Playlist:
        """Write the whole file at once; it must not exist yet.

        The name of the file is the address's; a title stands inside where the format has a place for it.
        """
        document = self._new(fit_text(title))
        if description and document.describes:
            document = document.with_details(None, fit_text(description))
        taken, refused = sorted_out(document, tracks)
        if refused:
            raise TracksRefused(refused, where=str(self._path), unchanged="No file was made.")
        document = document.insert(0, taken, added_at=[self._moment()] * len(taken))
        data = document.to_bytes()
        store_new(self._path, data)
        self._last = Loaded(self._path, revision_of(data), document)
        return self._document_head(self._last, document)

    def add_entries(
        self,
        playlist: PlaylistId,
        tracks: Sequence[Track],
        *,
        at: int | None = None,
        revision: Revision | None = None,
    ) -> WriteReport:
        """Insert the tracks; what the format cannot hold is refused one by one."""

        def edit(document: Document) -> Edit:
            place = len(document.rows) if at is None else max(0, min(at, len(document.rows)))
            taken, refused = sorted_out(document, tracks)
            changed = document.insert(place, taken, added_at=[self._moment()] * len(taken))
            return Edit(changed, range(place, place + len(taken)), refused=refused)

        return self._write(playlist, revision, edit)

    def remove_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, revision: Revision | None = None
    ) -> WriteReport:
        """Remove these entries."""

        def edit(document: Document) -> Edit:
            places, done, refused = found(document, entries)
            return Edit(document.remove(places), done=done, refused=refused)

        return self._write(playlist, revision, edit)

    def move_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, to: int, revision: Revision | None = None
    ) -> WriteReport:
        """Move these entries together."""

        def edit(document: Document) -> Edit:
            places, done, refused = found(document, entries)
            end = len(document.rows) - len(places)
            changed = document.move(places, max(0, min(to, end))) if places else document
            return Edit(changed, done=done, refused=refused)

        return self._write(playlist, revision, edit)

    def replace_entries(
        self, playlist: PlaylistId, tracks: Sequence[Track], *, revision: Revision | None = None
    ) -> WriteReport:
        """Make the list these tracks; rows that stay keep everything the file says about them."""

        def edit(document: Document) -> Edit:
            if any(row.reason for row in document.rows):
                raise Refused(
                    "The file has lines that cannot be used; they are never removed, so it cannot be replaced.",
                    where=str(self._path),
                    unchanged=_UNCHANGED,
                    next="Mend or remove these lines with an editor.",
                    code="placeholders",
                )
            taken, refused = sorted_out(document, tracks)
            return Edit(replaced(document, taken, self._moment()), range(len(taken)), refused=refused)

        return self._write(playlist, revision, edit)

    def edit_details(
        self,
        playlist: PlaylistId,
        *,
        title: str | None = None,
        description: str | None = None,
        cover: bytes | None = None,
    ) -> Playlist:
        """Change title or description; a new title names the file anew, and with it the playlist's id.

        A description is left out where the format has no place for one.
        """
        loaded, document = self._editable(playlist)
        if cover is not None:
            raise Refused("A playlist file holds no picture.", where=str(loaded.path), unchanged=_UNCHANGED)
        named = None if title is None else fit_text(title)
        words = fit_text(description) if description is not None and document.describes else None
        before = self._head(loaded, playlist).title
        self._store(loaded.path, document, document.with_details(named, words))
        self._path = loaded.path
        if named is not None and named != before:
            self._rename(loaded.path, named)
        return self.list_playlists().items[0]

    def taken(self, ref: TrackRef) -> Track:
        """The track as this file would hold it; whether it can, `add_entries` says."""
        if self._model is None:
            self._model = self._current()
        return self._model.as_stored(with_service(ref))

    def _new(self, title: str) -> Document:
        return new_document(title, self._path)

    def _current(self) -> Document:
        """The file's document, that of an empty one while it does not exist."""
        if self._last is None or self._last.document is None:
            if not os.path.lexists(self._path):
                return self._new(self._path.stem)
            self._load(self._path)
        document = self._last.document if self._last else None
        if document is None:
            raise self._read_only(self._path, self._reason())
        return document

    def _reason(self) -> str:
        content = self._last.content if self._last else None
        return content.reason if isinstance(content, Collection) else "it cannot be edited"

    def _write(self, playlist: PlaylistId, revision: Revision | None, edit: Callable[[Document], Edit]) -> WriteReport:
        loaded, document = self._editable(playlist)
        if revision is not None and revision != loaded.revision:
            raise RevisionChanged(
                "The file was changed by somebody else in the meantime.",
                where=str(loaded.path),
                unchanged="Nothing was written.",
                next="Compare again.",
            )
        made = edit(document)
        now = self._store(loaded.path, document, made.document)
        if made.places:
            ids = [entry.id for entry in entries_of(made.document.rows)]
            made.done = tuple(ids[place] for place in made.places)
        return WriteReport(done=made.done, refused=tuple(made.refused), revision=now)

    def _editable(self, playlist: PlaylistId) -> tuple[Loaded, Document]:
        loaded = self._loaded(playlist)
        head = self._head(loaded, playlist)
        if loaded.document is None or not head.writable:
            raise self._read_only(loaded.path, head.unwritable_reason)
        return loaded, loaded.document

    def _store(self, path: Path, old: Document, new: Document) -> Revision:
        """Write the file where it differs, and keep what was written as the last thing read."""
        data = new.to_bytes()
        if new is not old and data != old.to_bytes():
            store(path, data)
            self._model = None
        revision = revision_of(data)
        self._last = Loaded(path, revision, new)
        return revision

    def _rename(self, path: Path, title: str) -> None:
        others = [name.name for name in path.parent.iterdir() if name != path]
        renamed = path.with_name(clean_name(title, path.suffix, taken=others))
        if renamed != path:
            rename(path, renamed)
        self._path, self._last = renamed, None

    @staticmethod
    def _read_only(path: Path, reason: str) -> AccessDenied:
        return AccessDenied(
            f"The playlist cannot be changed: {reason}.",
            where=str(path),
            unchanged=_UNCHANGED,
            next="Choose a new file as the target.",
            code="read-only",
        )

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC)


class DocumentFile(FileWrites):
    """A file that describes tracks: CSV, XSPF, JSPF, JSON, plain text. It takes any track as it is."""

    traits: ClassVar[Traits] = Traits(
        accepts="any_track", revision="faithful", add_batch=_BATCH, remove_batch=_BATCH, requests_at_once=1
    )
    lenders: ClassVar[tuple[str, ...]] = ()


class PlaceFile(FileWrites):
    """A file that holds places of files: M3U, M3U8, PLS.

    It takes what a local library lends, and files that another list names.

    `for_players`: new lists are named from their own folder with `/`, whatever the way, as players want it.
    """

    traits: ClassVar[Traits] = Traits(
        accepts="own_tracks", revision="faithful", add_batch=_BATCH, remove_batch=_BATCH, requests_at_once=1
    )
    lenders: ClassVar[tuple[str, ...]] = ("local", "file")

    def __init__(self, path: Path, now: Now, loaded: Loaded | None = None, *, for_players: bool = False) -> None:
        # What was read by somebody else does not know how new entries are to be named.
        super().__init__(path, now, None if for_players else loaded)
        self._for_players = for_players

    def taken(self, ref: TrackRef) -> Track:
        """The track under its absolute path, with all that its library knows of it."""
        return at_its_place(ref.track)

    def _new(self, title: str) -> Document:
        return self._as_wanted(super()._new(title))

    def _understood(self, data: bytes, path: Path) -> Content:
        content = super()._understood(data, path)
        return self._as_wanted(content) if isinstance(content, Document) else content

    def _as_wanted(self, document: Document) -> Document:
        if self._for_players and isinstance(document, PlaceDocument):
            return replace(document, relative=True)
        return document
