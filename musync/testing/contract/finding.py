"""Rules of services that search or list their catalogue."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

from musync.services.api import (
    FindsIsrc,
    ListsTracks,
    PlaylistService,
    RelinksTracks,
    Scans,
    Searches,
    SearchesFields,
)
from musync.testing.contract.bench import Bench, ids, items, pages
from musync.testing.contract.needs import needs, takes_own


class FindingRules(Bench):
    """What holds for searching and for the catalogue."""

    @needs(Searches)
    def test_search_finds_tracks_by_artist_and_title(self, service: PlaylistService) -> None:
        assert isinstance(service, Searches)
        for wanted in self.some_tracks(3):
            assert wanted.id in ids(service.search(f"{wanted.artist} {wanted.title}", 20))

    @needs(Searches)
    def test_search_gives_no_more_than_was_asked_for(self, service: PlaylistService) -> None:
        assert isinstance(service, Searches)
        words = " ".join(track.title for track in self.some_tracks(4))
        assert len(service.search(words, 1)) <= 1

    @needs(Searches)
    def test_words_that_nothing_has_find_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, Searches)
        assert not service.search("xqzzyqx vwqqkjz", 8)

    @needs(Searches, hooks=("strange_tracks",))
    def test_search_takes_strange_titles(self, service: PlaylistService) -> None:
        assert isinstance(service, Searches)
        for wanted in self.strange_tracks():
            assert wanted.id in ids(service.search(f"{wanted.artist} {wanted.title}", 20)), wanted.title

    @needs(SearchesFields)
    def test_tracks_are_found_by_title_and_artist_apart(self, service: PlaylistService) -> None:
        assert isinstance(service, SearchesFields)
        for wanted in self.some_tracks(3):
            assert wanted.id in ids(service.search_fields(wanted.title, wanted.artists[0], 20))

    @needs(SearchesFields)
    def test_a_search_by_fields_gives_no_more_than_was_asked_for(self, service: PlaylistService) -> None:
        assert isinstance(service, SearchesFields)
        (wanted,) = self.some_tracks(1)
        assert len(service.search_fields(wanted.title, wanted.artists[0], 1)) <= 1

    @needs(SearchesFields)
    def test_a_title_by_somebody_who_has_nothing_is_not_found(self, service: PlaylistService) -> None:
        assert isinstance(service, SearchesFields)
        (wanted,) = self.some_tracks(1)
        assert not service.search_fields(wanted.title, "xqzzyqx vwqqkjz", 8)

    @needs(FindsIsrc)
    def test_tracks_are_found_by_isrc(self, service: PlaylistService) -> None:
        assert isinstance(service, FindsIsrc)
        known = [track for track in self.some_tracks(12) if track.isrc]
        assert known
        for wanted in known:
            assert wanted.id in ids(service.find_isrc(wanted.isrc or ""))

    @needs(FindsIsrc)
    def test_an_unknown_isrc_finds_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, FindsIsrc)
        assert not service.find_isrc("XXZZZ9999999")

    @needs(ListsTracks)
    def test_the_catalogue_comes_whole_over_its_pages(self, service: PlaylistService) -> None:
        assert isinstance(service, ListsTracks)
        listing = pages(service.list_tracks)
        held = [track.id for page in listing for track in page.items]
        assert len(set(held)) == len(held)
        assert {page.total for page in listing} <= {len(held), None}

    @needs(ListsTracks, traits=(takes_own,))
    def test_the_catalogue_holds_what_can_be_added(self, service: PlaylistService) -> None:
        assert isinstance(service, ListsTracks)
        catalogue = {track.id for track in items(service.list_tracks)}
        assert catalogue >= set(ids(self.some_tracks(12)))

    @needs(ListsTracks)
    def test_nothing_changed_since_the_catalogue_was_listed(self, service: PlaylistService) -> None:
        assert isinstance(service, ListsTracks)
        revision = service.list_tracks().revision
        if revision is not None:
            assert not items(lambda cursor: service.list_tracks(cursor, since=revision))

    @needs(Scans, ListsTracks)
    def test_scanning_again_changes_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, Scans)
        assert isinstance(service, ListsTracks)
        service.scan()
        before = items(service.list_tracks)
        service.scan()
        assert items(service.list_tracks) == before

    @needs(RelinksTracks, ListsTracks)
    def test_relinked_ids_lead_from_what_is_gone_to_what_is_there(self, service: PlaylistService) -> None:
        assert isinstance(service, RelinksTracks)
        assert isinstance(service, ListsTracks)
        there = {track.id for track in items(service.list_tracks)}
        relinked = service.relinked()
        assert not set(relinked) & there
        assert set(relinked.values()) <= there
