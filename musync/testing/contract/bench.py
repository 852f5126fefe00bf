"""What the rules stand on: the hooks of a service's test class, and complete reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar, TypeVar

import pytest

from musync.domain import (
    Cursor,
    Entry,
    EntryId,
    Page,
    Playlist,
    PlaylistId,
    Revision,
    Track,
    TrackId,
    TrackRef,
    WriteReport,
)
from musync.services.api import (
    AddsEntries,
    CreatesPlaylists,
    MovesEntries,
    PlaylistService,
    RemovesEntries,
    ReplacesEntries,
)
from musync.testing.contract.needs import Needs, most, rules

T = TypeVar("T")
Write = Callable[[Revision | None], WriteReport]


class Bench:
    """One service under test.

    Attributes:
        service_type: the class under test; its roles and traits decide which rules are collected.
        describes: False where playlists hold no description.
    """

    service_type: ClassVar[type[PlaylistService]]
    describes: ClassVar[bool] = True
    _made = 0

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not hasattr(cls, "service_type"):
            return
        for name, rule in rules(cls):
            if name not in vars(cls) and hasattr(rule, "needs"):
                needed: Needs = rule.needs
                setattr(cls, name, rule if needed.met(cls, Bench) else None)

    # Hooks: the first two are always needed, the others where the docstring says so.

    def reconnect(self) -> PlaylistService:
        """Another service object on the account of the fixture `service`; sees what is stored there."""
        raise self._lacks("reconnect")

    def some_tracks(self, count: int) -> Sequence[Track]:
        """So many different tracks that the service takes, always the same ones, as its own catalogue describes them.

        At least 12; 150 where the service refuses duplicates. One of the first 12 has an ISRC where it finds by ISRC.
        """
        raise self._lacks("some_tracks")

    def strange_tracks(self) -> Sequence[Track]:
        """Tracks that the service takes with titles like `lists.STRANGE_TITLES`."""
        raise self._lacks("strange_tracks")

    def foreign_tracks(self, count: int) -> Sequence[TrackRef]:
        """So many different tracks of other services that one which takes foreign tracks takes."""
        raise self._lacks("foreign_tracks")

    def read_only_playlist(self) -> PlaylistId:
        """A playlist with entries that can be read and not written to."""
        raise self._lacks("read_only_playlist")

    def playlist_with_placeholder(self) -> PlaylistId:
        """A writable playlist with a placeholder, a different addressable track on each side of it, and little else."""
        raise self._lacks("playlist_with_placeholder")

    def requests_made(self) -> int:
        """How many requests the account has got so far."""
        raise self._lacks("requests_made")

    def unknown_playlist(self) -> PlaylistId:
        """An id, of the service's form, that no playlist has."""
        return PlaylistId("nowhere")

    def unknown_entry(self) -> EntryId:
        """An id, of the service's form, that no entry has."""
        return EntryId("nowhere")

    def unknown_track(self) -> Track:
        """A track that a service which takes only its own does not have."""
        return Track(id=TrackId("nowhere"), title="Nowhere to be found", artists=("Nobody",))

    def as_stored(self, text: str) -> str:
        """How a title reads back, where the format cannot hold every character (line breaks in M3U)."""
        return text

    def settle(self) -> None:
        """Let time pass until reads show the last write."""

    def blank(self, service: PlaylistService) -> PlaylistId:
        """An empty playlist that may be written to; override where the service neither creates nor empties one.

        Not asked for where `traits.empty_playlists` is False and the service creates.
        """
        if isinstance(service, CreatesPlaylists):
            self._made += 1
            return service.create_playlist(f"Contract {self._made}").id
        playlist = next(one.id for one in all_playlists(service) if one.writable)
        if isinstance(service, RemovesEntries):
            self.clear(service, playlist)
        return playlist

    # What rules are written with.

    def filled(self, service: PlaylistService, tracks: Sequence[Track]) -> PlaylistId:
        """A new list of these tracks: added to an empty one, or made with the first of them where there are none."""
        if service.traits.empty_playlists or not isinstance(service, CreatesPlaylists):
            playlist = self.blank(service)
            self.add(service, playlist, tracks)
            return playlist
        self._made += 1
        first = most(100, service.traits.add_batch)
        playlist = service.create_playlist(f"Contract {self._made}", tracks=tracks[:first]).id
        self.add(service, playlist, tracks[first:])
        return playlist

    def plain(self, service: PlaylistService) -> PlaylistId:
        """A new list that holds no more than it must."""
        least = self.least(service)
        return self.filled(service, least) if least else self.blank(service)

    def least(self, service: PlaylistService) -> Sequence[Track]:
        """What a new list must hold: nothing, or the twelfth of `some_tracks` where none can be empty."""
        return () if service.traits.empty_playlists else self.some_tracks(12)[11:]

    def add(self, service: PlaylistService, playlist: PlaylistId, tracks: Sequence[Track]) -> None:
        """Add the tracks at the end, in batches the service takes."""
        assert isinstance(service, AddsEntries)
        for batch in batches(tracks, service.traits.add_batch):
            service.add_entries(playlist, batch)
        self.settle()

    def clear(self, service: PlaylistService, playlist: PlaylistId) -> None:
        """Remove everything that can be, in batches the service takes."""
        assert isinstance(service, RemovesEntries)
        while left := [entry.id for entry in all_entries(service, playlist) if entry.addressable]:
            # Read anew for each batch: ids need not outlive an edit.
            report = service.remove_entries(playlist, left[: most(100, service.traits.remove_batch)])
            assert not report.refused
            self.settle()

    def stored(self, playlist: PlaylistId) -> tuple[Entry, ...]:
        """The list as another service object reads it."""
        with self.reconnect() as service:
            return all_entries(service, playlist)

    def check(self, service: PlaylistService, playlist: PlaylistId, wanted: Sequence[TrackId]) -> None:
        """Assert that the list holds exactly these tracks, in this order where there is one, for everybody."""
        self.settle()
        for got in (ids(all_entries(service, playlist)), ids(self.stored(playlist))):
            if service.traits.ordered:
                assert list(got) == list(wanted)
            else:
                assert sorted(got) == sorted(wanted)

    def writes(self, service: PlaylistService, playlist: PlaylistId) -> Iterator[tuple[str, Write]]:
        """One write of each kind the service can do, on a list that holds the first three of `some_tracks`."""
        spare = self.some_tracks(6)
        if isinstance(service, AddsEntries):
            yield "add", lambda revision: service.add_entries(playlist, [spare[4]], revision=revision)
        if isinstance(service, MovesEntries):
            last = all_entries(service, playlist)[-1].id
            yield "move", lambda revision: service.move_entries(playlist, [last], to=0, revision=revision)
        if isinstance(service, RemovesEntries):
            first = all_entries(service, playlist)[0].id
            yield "remove", lambda revision: service.remove_entries(playlist, [first], revision=revision)
        if isinstance(service, ReplacesEntries):
            yield "replace", lambda revision: service.replace_entries(playlist, [spare[5]], revision=revision)

    def _lacks(self, hook: str) -> BaseException:
        return pytest.fail.Exception(f"{type(self).__name__} has to say `{hook}`, see Bench.{hook}")


def pages(read: Callable[[Cursor | None], Page[T]]) -> list[Page[T]]:
    """Follow the cursors from the first page to the last."""
    seen: list[Page[T]] = [read(None)]
    cursors = set()
    while (cursor := seen[-1].next) is not None:
        assert cursor not in cursors, "the listing runs in a circle"
        cursors.add(cursor)
        seen.append(read(cursor))
    return seen


def items(read: Callable[[Cursor | None], Page[T]]) -> tuple[T, ...]:
    """Everything that a listing holds."""
    return tuple(item for page in pages(read) for item in page.items)


def all_playlists(service: PlaylistService) -> tuple[Playlist, ...]:
    """Every playlist of the account."""
    return items(service.list_playlists)


def all_entries(service: PlaylistService, playlist: PlaylistId) -> tuple[Entry, ...]:
    """The whole list."""
    return items(partial(service.read_entries, playlist))


def ids(things: Sequence[Entry | Track]) -> tuple[TrackId, ...]:
    """The tracks' ids in list order."""
    return tuple(thing.track.id if isinstance(thing, Entry) else thing.id for thing in things)


def batches(things: Sequence[T], size: int | None) -> Iterator[Sequence[T]]:
    """Cut into batches of at most `size` (100 where there is no limit)."""
    step = most(100, size)
    return (things[start : start + step] for start in range(0, len(things), step))
