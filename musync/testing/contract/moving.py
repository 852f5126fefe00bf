"""Rules of services that move entries."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

import pytest

from musync.domain.errors import NotFound
from musync.services.api import AddsEntries, MovesEntries, PlaylistService
from musync.testing.contract.bench import Bench, all_entries, ids
from musync.testing.contract.needs import acknowledges, keeps_duplicates, lasting_ids, most, moves_several, needs


class MovingRules(Bench):
    """What holds for moving."""

    @needs(MovesEntries, AddsEntries)
    @pytest.mark.parametrize(("place", "to"), [(0, 4), (4, 0), (1, 3), (3, 1), (2, 2), (0, 0), (4, 4)])
    def test_one_entry_moves_to_its_place(self, service: PlaylistService, place: int, to: int) -> None:
        assert isinstance(service, MovesEntries)
        wanted = list(self.some_tracks(5))
        playlist = self.filled(service, wanted)
        report = service.move_entries(playlist, [all_entries(service, playlist)[place].id], to=to)
        assert not report.refused
        wanted.insert(to, wanted.pop(place))
        self.check(service, playlist, ids(wanted))

    @needs(MovesEntries, AddsEntries, traits=(moves_several,))
    @pytest.mark.parametrize("to", [0, 1, 2, 3])
    def test_several_entries_move_together_in_the_order_given(self, service: PlaylistService, to: int) -> None:
        assert isinstance(service, MovesEntries)
        some = self.some_tracks(6)
        playlist = self.filled(service, some)
        stored = all_entries(service, playlist)
        service.move_entries(playlist, [stored[4].id, stored[1].id, stored[2].id], to=to)
        rest, moved = [some[0], some[3], some[5]], [some[4], some[1], some[2]]
        self.check(service, playlist, ids([*rest[:to], *moved, *rest[to:]]))

    @needs(MovesEntries, AddsEntries, traits=(keeps_duplicates,))
    def test_the_named_copy_moves_and_the_other_stays(self, service: PlaylistService) -> None:
        assert isinstance(service, MovesEntries)
        one, two, three = self.some_tracks(3)
        playlist = self.filled(service, [one, two, one, three])
        service.move_entries(playlist, [all_entries(service, playlist)[2].id], to=3)
        self.check(service, playlist, ids([one, two, three, one]))

    @needs(MovesEntries, AddsEntries, traits=(lasting_ids,))
    def test_entries_keep_their_ids_when_they_move(self, service: PlaylistService) -> None:
        assert isinstance(service, MovesEntries)
        playlist = self.filled(service, self.some_tracks(4))
        before = [entry.id for entry in all_entries(service, playlist)]
        service.move_entries(playlist, [before[3]], to=1)
        self.settle()
        assert [entry.id for entry in all_entries(service, playlist)] == [before[0], before[3], before[1], before[2]]

    @needs(MovesEntries, AddsEntries, traits=(acknowledges,))
    def test_the_report_names_the_moved_entries(self, service: PlaylistService) -> None:
        assert isinstance(service, MovesEntries)
        playlist = self.filled(service, self.some_tracks(4))
        moved = [entry.id for entry in all_entries(service, playlist)[2:]][: most(2, service.traits.move_batch)]
        assert service.move_entries(playlist, moved, to=0).done == tuple(moved)

    @needs(MovesEntries, AddsEntries)
    def test_moving_an_entry_that_is_not_there_is_refused_and_moves_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, MovesEntries)
        some = self.some_tracks(3)
        playlist = self.filled(service, some)
        report = service.move_entries(playlist, [self.unknown_entry()], to=0)
        assert [(one.item, one.code) for one in report.refused] == [(self.unknown_entry(), "not-found")]
        self.check(service, playlist, ids(some))

    @needs(MovesEntries, AddsEntries)
    def test_moving_nothing_writes_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, MovesEntries)
        some = self.some_tracks(3)
        playlist = self.filled(service, some)
        before = service.read_playlist(playlist).revision
        assert not service.move_entries(playlist, [], to=0).done
        assert service.read_playlist(playlist).revision == before
        self.check(service, playlist, ids(some))

    @needs(MovesEntries)
    def test_moving_in_an_unknown_playlist_is_not_found(self, service: PlaylistService) -> None:
        assert isinstance(service, MovesEntries)
        with pytest.raises(NotFound):
            service.move_entries(self.unknown_playlist(), [self.unknown_entry()], to=0)
