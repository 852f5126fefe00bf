"""Rules of every service: listing, heads, entries, and letting go."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

from functools import partial

import pytest

from musync.domain import PlaylistId
from musync.domain.errors import NotFound
from musync.services.api import AddsEntries, PlaylistService
from musync.testing.contract.bench import Bench, all_entries, all_playlists, ids, pages
from musync.testing.contract.needs import faithful, keeps_duplicates, needs


class ReadingRules(Bench):
    """What holds for everything that is read."""

    @needs()
    def test_the_listing_has_at_least_two_playlists_with_ids_of_their_own(self, service: PlaylistService) -> None:
        listed = [playlist.id for playlist in all_playlists(service)]
        assert len(listed) >= 2
        assert len(set(listed)) == len(listed)

    @needs()
    def test_the_listing_declares_as_many_playlists_as_it_holds(self, service: PlaylistService) -> None:
        listing = pages(service.list_playlists)
        held = sum(len(page.items) for page in listing)
        assert {page.total for page in listing} <= {held, None}

    @needs()
    def test_heads_agree_with_the_listing(self, service: PlaylistService) -> None:
        for listed in all_playlists(service):
            head = service.read_playlist(listed.id)
            assert (head.id, head.title, head.kind) == (listed.id, listed.title, listed.kind)
            assert (head.readable, head.writable) == (listed.readable, listed.writable)
            assert None in (head.count, listed.count) or head.count == listed.count

    @needs()
    def test_a_list_that_cannot_serve_says_why(self, service: PlaylistService) -> None:
        for listed in all_playlists(service):
            assert listed.readable or listed.unreadable_reason
            assert listed.writable or listed.unwritable_reason

    @needs()
    def test_every_list_holds_as_many_entries_as_it_declares(self, service: PlaylistService) -> None:
        for head in readable(service):
            listing = pages(partial(service.read_entries, head))
            held = sum(len(page.items) for page in listing)
            assert {page.total for page in listing} <= {held, None}
            assert service.read_playlist(head).count in (held, None)

    @needs()
    def test_entry_ids_are_unique_in_their_list(self, service: PlaylistService) -> None:
        for playlist in readable(service):
            found = [entry.id for entry in all_entries(service, playlist)]
            assert len(set(found)) == len(found)

    @needs()
    def test_the_same_page_can_be_asked_for_again(self, service: PlaylistService) -> None:
        for playlist in readable(service):
            cursor = None
            while True:
                page = service.read_entries(playlist, cursor)
                assert service.read_entries(playlist, cursor) == page
                cursor = page.next
                if cursor is None:
                    break

    @needs()
    def test_another_connection_reads_the_same(self, service: PlaylistService) -> None:
        for playlist in readable(service):
            assert ids(self.stored(playlist)) == ids(all_entries(service, playlist))

    @needs(traits=(faithful,))
    def test_reading_does_not_change_the_revision(self, service: PlaylistService) -> None:
        for playlist in readable(service):
            before = service.read_playlist(playlist).revision
            assert before is not None
            assert {page.revision for page in pages(partial(service.read_entries, playlist))} <= {before, None}
            assert service.read_playlist(playlist).revision == before

    @needs()
    def test_the_head_of_an_unknown_playlist_is_not_found(self, service: PlaylistService) -> None:
        with pytest.raises(NotFound):
            service.read_playlist(self.unknown_playlist())

    @needs()
    def test_the_entries_of_an_unknown_playlist_are_not_found(self, service: PlaylistService) -> None:
        with pytest.raises(NotFound):
            service.read_entries(self.unknown_playlist())

    @needs(AddsEntries, traits=(keeps_duplicates,))
    def test_a_long_list_comes_whole_over_its_pages(self, service: PlaylistService) -> None:
        some = self.some_tracks(12)
        wanted = [some[number * 5 % 12] for number in range(150)]
        playlist = self.filled(service, wanted)
        self.check(service, playlist, ids(wanted))
        assert service.read_playlist(playlist).count in (150, None)

    @needs(AddsEntries)
    def test_a_long_list_of_different_tracks_comes_whole(self, service: PlaylistService) -> None:
        wanted = self.some_tracks(12 if service.traits.duplicates == "keeps" else 150)
        self.check(service, self.filled(service, wanted), ids(wanted))

    @needs()
    def test_closing_twice_is_harmless(self, service: PlaylistService) -> None:
        other = self.reconnect()
        other.close()
        other.close()
        assert all_playlists(service)

    @needs(hooks=("requests_made",))
    def test_connecting_makes_no_request(self, service: PlaylistService) -> None:
        before = self.requests_made()
        self.reconnect().close()
        assert self.requests_made() == before

    @needs(hooks=("requests_made",))
    def test_a_page_costs_one_request(self, service: PlaylistService) -> None:
        playlist = readable(service)[0]
        before = self.requests_made()
        service.read_entries(playlist)
        assert self.requests_made() == before + 1


def readable(service: PlaylistService) -> list[PlaylistId]:
    """The playlists that can be read."""
    return [playlist.id for playlist in all_playlists(service) if playlist.readable]
