"""What every memory service does: list, head, read; and how its requests and writes are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar, TypeVar

from musync.domain import (
    Control,
    Cursor,
    Entry,
    EntryId,
    FreeControl,
    Page,
    Playlist,
    PlaylistId,
    Revision,
    WriteReport,
    occurrence_ids,
)
from musync.domain.errors import AccessDenied, NotFound, NotUnderstood, Refused, RevisionChanged
from musync.services.api import PlaylistService, Traits
from musync.services.memory.account import MemoryAccount
from musync.services.memory.stored import Rows, Stored
from musync.services.memory.world import Request

T = TypeVar("T")
Change = Callable[[Stored], tuple[Rows, WriteReport]]


class MemoryReads(PlaylistService):
    """One account of a memory world, seen through the traits of a service."""

    traits: ClassVar[Traits]

    def __init__(self, account: MemoryAccount, control: Control | None = None) -> None:
        self.account = account
        self.world = account.world
        self.control = control or FreeControl()

    @property
    def scope(self) -> str:
        """The world's name: another world may use the same ids for other tracks."""
        return self.world.name

    def list_playlists(self, cursor: Cursor | None = None) -> Page[Playlist]:
        """One page of the account's playlists, in the order they were made."""
        return self._ask("list_playlists", lambda: self._page(self._heads(), cursor), cursor=cursor)

    def read_playlist(self, playlist: PlaylistId) -> Playlist:
        """One playlist's head; raises NotFound."""
        return self._ask("read_playlist", lambda: self._head(self._seen(playlist)), playlist=playlist)

    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        """One page of a playlist's entries; raises NotFound, and AccessDenied where they cannot be read."""
        return self._ask("read_entries", lambda: self._entries(playlist, cursor), playlist=playlist, cursor=cursor)

    def close(self) -> None:
        """Nothing is held open."""

    def _ask(self, operation: str, answer: Callable[[], T], **arguments: object) -> T:
        return self.world.serve(Request(operation, arguments), answer)

    def _entries(self, playlist: PlaylistId, cursor: Cursor | None) -> Page[Entry]:
        stored = self._seen(playlist)
        if not stored.head.readable:
            raise AccessDenied(stored.head.unreadable_reason or "this list cannot be read", where=stored.head.title)
        named = zip(self.ids(stored.rows), stored.rows, strict=True)
        rows = [row if row.id == name else replace(row, id=name) for name, row in named]
        return self._page(rows, cursor, self._revision(stored))

    def _page(self, items: Sequence[T], cursor: Cursor | None, revision: Revision | None = None) -> Page[T]:
        if cursor is not None and not cursor.isdecimal():
            raise NotUnderstood("this is no cursor of the memory service", where=cursor)
        start = int(cursor or 0)
        end = start + (self.traits.page or max(len(items), 1))
        following = Cursor(str(end)) if end < len(items) else None
        return Page(items=tuple(items[start:end]), next=following, total=len(items), revision=revision)

    def _heads(self) -> list[Playlist]:
        return [self._head(stored) for stored in self.account.playlists.values()]

    def _head(self, stored: Stored) -> Playlist:
        return replace(stored.head, count=len(stored.rows), revision=self._revision(stored))

    def _revision(self, stored: Stored) -> Revision | None:
        if self.traits.revision == "none":
            return None
        # A move leaves the hint as it is; that is what makes it no more than one.
        return Revision(f"r{stored.mark}" if self.traits.revision == "faithful" else f"h{len(stored.rows)}")

    def _stored(self, playlist: PlaylistId) -> Stored:
        if playlist not in self.account.playlists:
            raise NotFound("no playlist has this id, or it is not shared with this account", where=playlist)
        return self.account.playlists[playlist]

    def _seen(self, playlist: PlaylistId) -> Stored:
        """The state that a read sees, which need not be the newest."""
        stored = self._stored(playlist)
        return stored.before if stored.before is not None and self.world.takes_stale_read() else stored

    # For the roles.

    def ids(self, rows: Rows) -> tuple[EntryId, ...]:
        """The entry ids as this service gives them: its own, or by occurrence."""
        if self.traits.occurrence_ids:
            return tuple(row.id for row in rows)
        return occurrence_ids(row.track.id for row in rows)

    def write(
        self, operation: str, playlist: PlaylistId, revision: Revision | None, change: Change, **arguments: object
    ) -> WriteReport:
        """Make one write request: check what every write needs, change the rows, tell the revision after it."""
        return self._ask(
            operation,
            lambda: self._changed(playlist, revision, change),
            playlist=playlist,
            revision=revision,
            **arguments,
        )

    def writable(self, playlist: PlaylistId) -> Stored:
        """The stored list when it may be written to; raises NotFound and AccessDenied."""
        stored = self._stored(playlist)
        if not stored.head.writable:
            raise AccessDenied(stored.head.unwritable_reason or "this list is read-only", where=stored.head.title)
        return stored

    def _changed(self, playlist: PlaylistId, revision: Revision | None, change: Change) -> WriteReport:
        stored = self.writable(playlist)
        if self.traits.revision == "faithful" and revision not in (None, self._revision(stored)):
            raise RevisionChanged(
                "the list was changed since", where=stored.head.title, unchanged="nothing was written"
            )
        rows, report = change(stored)
        if rows != stored.rows:
            stored = self.account.change(playlist, rows=rows)
        return replace(report, revision=self._revision(stored))


def within(limit: int | None, count: int, what: str) -> None:
    """Raise Refused when a request holds more than the service takes."""
    if limit is not None and count > limit:
        raise Refused(f"{count} {what} in one request, at most {limit} are taken", unchanged="nothing was written")
