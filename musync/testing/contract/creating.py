"""Rules of services that create, describe and delete playlists."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

import pytest

from musync.domain import PlaylistId, Track
from musync.domain.errors import NotFound, Refused, TracksRefused
from musync.services.api import AddsEntries, CreatesPlaylists, DeletesPlaylists, EditsDetails, PlaylistService
from musync.testing.contract.bench import Bench, all_entries, all_playlists, ids
from musync.testing.contract.needs import (
    acknowledges,
    empty_lists,
    faithful,
    keeps_duplicates,
    most,
    needs,
    never_empty,
    takes_own,
)
from musync.testing.lists import STRANGE_TITLES


class CreatingRules(Bench):
    """What holds for playlists as such."""

    @needs(CreatesPlaylists, traits=(empty_lists,))
    def test_a_new_playlist_is_empty_listed_and_writable(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        made = service.create_playlist("Road songs", description="for the road")
        self.settle()
        assert made.title == "Road songs"
        assert made.writable
        assert made.count in (0, None)
        assert not all_entries(service, made.id)
        listed = {playlist.id: playlist.title for playlist in all_playlists(service)}
        assert listed[made.id] == "Road songs"
        if self.describes:
            assert service.read_playlist(made.id).description == "for the road"

    @needs(CreatesPlaylists)
    def test_a_playlist_is_made_with_its_tracks_in_order(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        some = self.some_tracks(most(3, service.traits.add_batch))[::-1]
        made = service.create_playlist("Road songs", description="for the road", tracks=some)
        self.check(service, made.id, ids(some))
        assert made.writable
        assert {playlist.id: playlist.title for playlist in all_playlists(service)}[made.id] == made.title
        if self.describes:
            assert service.read_playlist(made.id).description == "for the road"

    @needs(CreatesPlaylists, traits=(keeps_duplicates,))
    def test_a_playlist_is_made_with_copies(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        one, two = self.some_tracks(2)
        wanted = [one, one, two, one][: most(4, service.traits.add_batch)]
        self.check(service, service.create_playlist("Again", tracks=wanted).id, ids(wanted))

    @needs(CreatesPlaylists, traits=(faithful,))
    def test_the_head_of_a_new_playlist_is_that_of_the_whole_list(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        some = self.some_tracks(most(3, service.traits.add_batch))
        made = service.create_playlist("Road songs", tracks=some)
        assert made.count in (len(some), None)
        assert made.revision == service.read_playlist(made.id).revision, "it was written to after it was made"

    @needs(CreatesPlaylists, traits=(takes_own, acknowledges))
    def test_a_playlist_with_a_track_that_is_not_taken_is_not_made(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        bad, good = self.unknown_track(), self.some_tracks(most(3, service.traits.add_batch) - 1)
        before = {playlist.id for playlist in all_playlists(service)}
        with pytest.raises(TracksRefused) as refused:
            service.create_playlist("Half", tracks=[*good[:1], bad, *good[1:]])
        self.settle()
        assert {playlist.id for playlist in all_playlists(service)} == before
        assert [refusal.item for refusal in refused.value.refused] == [bad.id]
        assert all(refusal.code and refusal.text for refusal in refused.value.refused)
        if good:
            self.check(service, service.create_playlist("Half", tracks=good).id, ids(good))

    @needs(CreatesPlaylists, traits=(never_empty,))
    def test_a_playlist_without_tracks_is_refused(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        before = {playlist.id for playlist in all_playlists(service)}
        with pytest.raises(Refused):
            service.create_playlist("Nothing")
        self.settle()
        assert {playlist.id for playlist in all_playlists(service)} == before

    @needs(CreatesPlaylists)
    def test_a_second_playlist_of_the_same_title_overwrites_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        one, two = self.some_tracks(2)
        first = service.create_playlist("Twice", tracks=[one])
        second = self._created_or_refused(service, "Twice", two)
        assert second != first.id
        self.check(service, first.id, [one.id])
        if second is not None:
            self.check(service, second, [two.id])

    @needs(CreatesPlaylists)
    @pytest.mark.parametrize("title", STRANGE_TITLES)
    def test_strange_titles_of_new_playlists_survive(self, service: PlaylistService, title: str) -> None:
        assert isinstance(service, CreatesPlaylists)
        made = service.create_playlist(title, tracks=self.least(service))
        self.settle()
        assert made.title == self.as_stored(title)
        with self.reconnect() as other:
            assert other.read_playlist(made.id).title == self.as_stored(title)
            assert self.as_stored(title) in {playlist.title for playlist in all_playlists(other)}

    @needs(EditsDetails, CreatesPlaylists, AddsEntries)
    def test_a_new_title_keeps_the_entries(self, service: PlaylistService) -> None:
        assert isinstance(service, EditsDetails)
        some = self.some_tracks(3)
        edited = service.edit_details(self.filled(service, some), title="Another name")
        self.settle()
        assert edited.title == "Another name"
        assert service.read_playlist(edited.id).title == "Another name"
        self.check(service, edited.id, ids(some))

    @needs(EditsDetails, CreatesPlaylists)
    def test_a_new_title_leaves_one_playlist(self, service: PlaylistService) -> None:
        assert isinstance(service, EditsDetails)
        playlist = self.plain(service)
        before = len(all_playlists(service))
        service.edit_details(playlist, title="Another name")
        self.settle()
        assert len(all_playlists(service)) == before

    @needs(EditsDetails, CreatesPlaylists)
    @pytest.mark.parametrize("title", STRANGE_TITLES)
    def test_strange_new_titles_survive(self, service: PlaylistService, title: str) -> None:
        assert isinstance(service, EditsDetails)
        edited = service.edit_details(self.plain(service), title=title)
        self.settle()
        with self.reconnect() as other:
            assert other.read_playlist(edited.id).title == self.as_stored(title)

    @needs(EditsDetails, CreatesPlaylists)
    def test_title_and_description_are_edited_apart(self, service: PlaylistService) -> None:
        assert isinstance(service, EditsDetails)
        described = service.edit_details(self.plain(service), description="Songs & more <here>")
        renamed = service.edit_details(described.id, title="Renamed")
        self.settle()
        head = service.read_playlist(renamed.id)
        assert head.title == "Renamed"
        assert not self.describes or head.description == "Songs & more <here>"

    @needs(EditsDetails)
    def test_details_of_an_unknown_playlist_are_not_found(self, service: PlaylistService) -> None:
        assert isinstance(service, EditsDetails)
        with pytest.raises(NotFound):
            service.edit_details(self.unknown_playlist(), title="Nothing")

    @needs(DeletesPlaylists, CreatesPlaylists)
    def test_a_deleted_playlist_is_gone_and_the_others_stay(self, service: PlaylistService) -> None:
        assert isinstance(service, DeletesPlaylists)
        before = {playlist.id for playlist in all_playlists(service)}
        playlist = self.plain(service)
        service.delete_playlist(playlist)
        self.settle()
        assert {listed.id for listed in all_playlists(service)} == before
        with pytest.raises(NotFound):
            service.read_playlist(playlist)

    @needs(DeletesPlaylists)
    def test_deleting_an_unknown_playlist_is_not_found(self, service: PlaylistService) -> None:
        assert isinstance(service, DeletesPlaylists)
        with pytest.raises(NotFound):
            service.delete_playlist(self.unknown_playlist())

    def _created_or_refused(self, service: CreatesPlaylists, title: str, track: Track) -> PlaylistId | None:
        try:
            return service.create_playlist(title, tracks=[track]).id
        except Refused:
            return None
