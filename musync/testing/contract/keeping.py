"""Rules about what must not be touched: placeholders and read-only lists."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

import pytest

from musync.domain import Entry, PlaylistId, Track
from musync.domain.errors import AccessDenied, Refused
from musync.services.api import AddsEntries, MovesEntries, PlaylistService, RemovesEntries
from musync.testing.contract.bench import Bench, all_entries, ids
from musync.testing.contract.needs import needs, ordered

PLACEHOLDER = ("playlist_with_placeholder",)
READ_ONLY = ("read_only_playlist",)


class KeepingRules(Bench):
    """What holds around entries and lists that cannot be changed."""

    @needs(hooks=PLACEHOLDER)
    def test_placeholders_are_counted_and_say_why(self, service: PlaylistService) -> None:
        playlist = self.playlist_with_placeholder()
        stored = all_entries(service, playlist)
        assert [entry for entry in stored if not entry.addressable]
        assert all(entry.reason for entry in stored if not entry.addressable)
        assert service.read_playlist(playlist).count in (len(stored), None)

    @needs(AddsEntries, hooks=PLACEHOLDER, traits=(ordered,))
    def test_placeholders_are_kept_when_tracks_are_added_around_them(self, service: PlaylistService) -> None:
        assert isinstance(service, AddsEntries)
        playlist = self.playlist_with_placeholder()
        before = all_entries(service, playlist)
        new = self._tracks_not_in(before, 3)
        at = next(place for place, entry in enumerate(before) if not entry.addressable)
        service.add_entries(playlist, new[:1], at=at)
        service.add_entries(playlist, new[1:2], at=at + 2)
        service.add_entries(playlist, new[2:])
        self.check(service, playlist, ids([*before[:at], new[0], before[at], new[1], *before[at + 1 :], new[2]]))
        assert self._placeholders(playlist) == texts(before)

    @needs(RemovesEntries, hooks=PLACEHOLDER)
    def test_placeholders_are_kept_when_entries_around_them_go(self, service: PlaylistService) -> None:
        playlist = self.playlist_with_placeholder()
        before = all_entries(service, playlist)
        self.clear(service, playlist)
        self.check(service, playlist, ids([entry for entry in before if not entry.addressable]))
        assert self._placeholders(playlist) == texts(before)

    @needs(MovesEntries, hooks=PLACEHOLDER)
    def test_placeholders_are_kept_when_entries_move_over_them(self, service: PlaylistService) -> None:
        assert isinstance(service, MovesEntries)
        playlist = self.playlist_with_placeholder()
        before = all_entries(service, playlist)
        first = next(entry for entry in before if entry.addressable)
        rest = [entry for entry in before if entry is not first]
        service.move_entries(playlist, [first.id], to=len(rest))
        self.check(service, playlist, ids([*rest, first]))
        assert self._placeholders(playlist) == texts(before)

    @needs(hooks=READ_ONLY)
    def test_a_read_only_list_can_be_read_and_says_so(self, service: PlaylistService) -> None:
        head = service.read_playlist(self.read_only_playlist())
        assert not head.writable
        assert head.unwritable_reason
        assert all_entries(service, head.id)

    @needs(hooks=READ_ONLY)
    def test_a_read_only_list_refuses_every_write(self, service: PlaylistService) -> None:
        playlist = self.read_only_playlist()
        before = ids(all_entries(service, playlist))
        for _, write in self.writes(service, playlist):
            with pytest.raises((AccessDenied, Refused)):
                write(None)
        self.check(service, playlist, before)

    def _tracks_not_in(self, present: tuple[Entry, ...], count: int) -> list[Track]:
        new = [track for track in self.some_tracks(12) if track.id not in ids(present)]
        assert len(new) >= count, "playlist_with_placeholder holds too many of some_tracks"
        return new[:count]

    def _placeholders(self, playlist: PlaylistId) -> list[tuple[str, str]]:
        return texts(self.stored(playlist))


def texts(listed: tuple[Entry, ...]) -> list[tuple[str, str]]:
    """What the placeholders of a list say, in list order."""
    return [(entry.track.title, entry.track.kind.value) for entry in listed if not entry.addressable]
