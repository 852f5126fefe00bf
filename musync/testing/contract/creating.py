"""Rules of services that create, describe and delete playlists."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

import pytest

from musync.domain import PlaylistId
from musync.domain.errors import NotFound, Refused
from musync.services.api import AddsEntries, CreatesPlaylists, DeletesPlaylists, EditsDetails, PlaylistService
from musync.testing.contract.bench import Bench, all_entries, all_playlists, ids
from musync.testing.contract.needs import needs
from musync.testing.lists import STRANGE_TITLES


class CreatingRules(Bench):
    """What holds for playlists as such."""

    @needs(CreatesPlaylists)
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

    @needs(CreatesPlaylists, AddsEntries)
    def test_a_second_playlist_of_the_same_title_overwrites_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        some = self.some_tracks(2)
        first = service.create_playlist("Twice")
        self.add(service, first.id, some)
        second = self._created_or_refused(service, "Twice")
        assert second != first.id
        self.check(service, first.id, ids(some))
        if second is not None:
            assert not all_entries(service, second)

    @needs(CreatesPlaylists)
    @pytest.mark.parametrize("title", STRANGE_TITLES)
    def test_strange_titles_of_new_playlists_survive(self, service: PlaylistService, title: str) -> None:
        assert isinstance(service, CreatesPlaylists)
        made = service.create_playlist(title)
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
        playlist = self.blank(service)
        before = len(all_playlists(service))
        service.edit_details(playlist, title="Another name")
        self.settle()
        assert len(all_playlists(service)) == before

    @needs(EditsDetails, CreatesPlaylists)
    @pytest.mark.parametrize("title", STRANGE_TITLES)
    def test_strange_new_titles_survive(self, service: PlaylistService, title: str) -> None:
        assert isinstance(service, EditsDetails)
        edited = service.edit_details(self.blank(service), title=title)
        self.settle()
        with self.reconnect() as other:
            assert other.read_playlist(edited.id).title == self.as_stored(title)

    @needs(EditsDetails, CreatesPlaylists)
    def test_title_and_description_are_edited_apart(self, service: PlaylistService) -> None:
        assert isinstance(service, EditsDetails)
        described = service.edit_details(self.blank(service), description="Songs & more <here>")
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
        playlist = self.blank(service)
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

    def _created_or_refused(self, service: CreatesPlaylists, title: str) -> PlaylistId | None:
        try:
            return service.create_playlist(title).id
        except Refused:
            return None
