"""Rules of services that remove entries."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

import pytest

from musync.domain.errors import NotFound
from musync.services.api import AddsEntries, PlaylistService, RemovesEntries
from musync.testing.contract.bench import Bench, all_entries, ids
from musync.testing.contract.needs import (
    acknowledges,
    empty_lists,
    keeps_duplicates,
    lasting_ids,
    needs,
    removes_all_copies,
    removes_one,
    removes_several,
)


class RemovingRules(Bench):
    """What holds for removing."""

    @needs(RemovesEntries, AddsEntries)
    @pytest.mark.parametrize("place", [0, 2, 4])
    def test_exactly_the_named_entry_is_removed(self, service: PlaylistService, place: int) -> None:
        assert isinstance(service, RemovesEntries)
        some = list(self.some_tracks(5))
        playlist = self.filled(service, some)
        gone = next(entry for entry in all_entries(service, playlist) if entry.track.id == some[place].id)
        report = service.remove_entries(playlist, [gone.id])
        assert not report.refused
        del some[place]
        self.check(service, playlist, ids(some))

    @needs(RemovesEntries, AddsEntries, traits=(acknowledges, removes_several))
    def test_several_entries_go_at_once_and_are_reported_in_order(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        some = self.some_tracks(6)
        playlist = self.filled(service, some)
        found = {entry.track.id: entry.id for entry in all_entries(service, playlist)}
        gone = [found[some[4].id], found[some[0].id], found[some[3].id]]
        assert service.remove_entries(playlist, gone).done == tuple(gone)
        self.check(service, playlist, ids([some[1], some[2], some[5]]))

    @needs(RemovesEntries, AddsEntries, traits=(keeps_duplicates, removes_one))
    @pytest.mark.parametrize("copy", [0, 1, 2])
    def test_one_of_several_copies_can_go(self, service: PlaylistService, copy: int) -> None:
        assert isinstance(service, RemovesEntries)
        one, two, three = self.some_tracks(3)
        wanted = [one, two, one, three, one]
        playlist = self.filled(service, wanted)
        service.remove_entries(playlist, [all_entries(service, playlist)[copy * 2].id])
        del wanted[copy * 2]
        self.check(service, playlist, ids(wanted))

    @needs(RemovesEntries, AddsEntries, traits=(keeps_duplicates, removes_one, removes_several))
    def test_two_of_three_copies_can_go_at_once(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        one, two = self.some_tracks(2)
        playlist = self.filled(service, [one, two, one, one])
        stored = all_entries(service, playlist)
        service.remove_entries(playlist, [stored[0].id, stored[2].id])
        self.check(service, playlist, ids([two, one]))

    @needs(RemovesEntries, AddsEntries, traits=(keeps_duplicates, removes_all_copies))
    def test_a_removal_takes_every_copy_and_nothing_else(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        one, two = self.some_tracks(2)
        playlist = self.filled(service, [one, two, one])
        service.remove_entries(playlist, [all_entries(service, playlist)[0].id])
        self.check(service, playlist, ids([two]))

    @needs(RemovesEntries, AddsEntries, traits=(lasting_ids,))
    def test_entries_that_stay_keep_their_ids(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        playlist = self.filled(service, self.some_tracks(4))
        before = [entry.id for entry in all_entries(service, playlist)]
        service.remove_entries(playlist, [before[1]])
        self.settle()
        assert [entry.id for entry in all_entries(service, playlist)] == [before[0], *before[2:]]

    @needs(RemovesEntries, AddsEntries)
    def test_an_entry_that_is_not_there_is_refused_and_nothing_else_goes(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        some = self.some_tracks(3)
        playlist = self.filled(service, some)
        report = service.remove_entries(playlist, [self.unknown_entry()])
        assert [(one.item, one.code) for one in report.refused] == [(self.unknown_entry(), "not-found")]
        assert not report.done
        self.check(service, playlist, ids(some))

    @needs(RemovesEntries, AddsEntries, traits=(acknowledges, removes_several))
    def test_one_missing_entry_does_not_keep_the_others(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        some = self.some_tracks(3)
        playlist = self.filled(service, some)
        there = next(entry.id for entry in all_entries(service, playlist) if entry.track.id == some[1].id)
        report = service.remove_entries(playlist, [self.unknown_entry(), there])
        assert report.done == (there,)
        assert [refusal.code for refusal in report.refused] == ["not-found"]
        self.check(service, playlist, ids([some[0], some[2]]))

    @needs(RemovesEntries, AddsEntries, traits=(lasting_ids,))
    def test_an_entry_cannot_be_removed_twice(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        some = self.some_tracks(3)
        playlist = self.filled(service, some)
        gone = all_entries(service, playlist)[0].id
        service.remove_entries(playlist, [gone])
        self.settle()
        assert [one.code for one in service.remove_entries(playlist, [gone]).refused] == ["not-found"]
        self.check(service, playlist, ids(some[1:]))

    @needs(RemovesEntries, AddsEntries, traits=(empty_lists,))
    def test_everything_can_be_removed(self, service: PlaylistService) -> None:
        playlist = self.filled(service, self.some_tracks(3))
        self.clear(service, playlist)
        self.check(service, playlist, ())

    @needs(RemovesEntries, AddsEntries)
    def test_removing_nothing_writes_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        some = self.some_tracks(2)
        playlist = self.filled(service, some)
        before = service.read_playlist(playlist).revision
        assert not service.remove_entries(playlist, []).done
        assert service.read_playlist(playlist).revision == before
        self.check(service, playlist, ids(some))

    @needs(RemovesEntries)
    def test_removing_from_an_unknown_playlist_is_not_found(self, service: PlaylistService) -> None:
        assert isinstance(service, RemovesEntries)
        with pytest.raises(NotFound):
            service.remove_entries(self.unknown_playlist(), [self.unknown_entry()])
