"""Rules of services that add entries."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

from collections.abc import Sequence

import pytest

from musync.domain import PlaylistId, Track
from musync.domain.errors import NotFound, Refused, RevisionChanged
from musync.services.api import AddsEntries, PlaylistService, ReplacesEntries
from musync.testing.contract.bench import Bench, all_entries, ids
from musync.testing.contract.needs import (
    acknowledges,
    faithful,
    keeps_duplicates,
    most,
    needs,
    ordered,
    refuses_duplicates,
    takes_own,
)


class AddingRules(Bench):
    """What holds for adding, for whole replacement, and for revisions over all writes."""

    @needs(AddsEntries)
    def test_added_tracks_stand_at_the_end(self, service: PlaylistService) -> None:
        assert isinstance(service, AddsEntries)
        some = self.some_tracks(3 + most(2, service.traits.add_batch))
        playlist = self.filled(service, some[:3])
        service.add_entries(playlist, some[3:])
        self.check(service, playlist, ids(some))

    @needs(AddsEntries, traits=(ordered,))
    @pytest.mark.parametrize("at", [0, 1, 2, 3])
    def test_tracks_are_inserted_in_order_before_a_place(self, service: PlaylistService, at: int) -> None:
        assert isinstance(service, AddsEntries)
        some = self.some_tracks(3 + most(3, service.traits.add_batch))
        old, new = some[:3], some[3:]
        playlist = self.filled(service, old)
        service.add_entries(playlist, new, at=at)
        self.check(service, playlist, ids([*old[:at], *new, *old[at:]]))

    @needs(AddsEntries, traits=(ordered, acknowledges))
    @pytest.mark.parametrize("at", [0, 2, None])
    def test_the_report_names_the_entries_that_were_made(self, service: PlaylistService, at: int | None) -> None:
        assert isinstance(service, AddsEntries)
        some = self.some_tracks(4 + most(2, service.traits.add_batch))
        playlist = self.filled(service, some[:4])
        report = service.add_entries(playlist, some[4:], at=at)
        self.settle()
        start = 4 if at is None else at
        made = self.stored(playlist)[start : start + len(some) - 4]
        assert report.done == tuple(entry.id for entry in made)
        assert ids(made) == ids(some[4:])
        assert not report.refused

    @needs(AddsEntries, traits=(ordered, acknowledges, keeps_duplicates))
    def test_the_report_tells_copies_apart(self, service: PlaylistService) -> None:
        assert isinstance(service, AddsEntries)
        one, two = self.some_tracks(2)
        playlist = self.filled(service, [one, two])
        copies = [one] * most(2, service.traits.add_batch)
        report = service.add_entries(playlist, copies, at=0)
        self.settle()
        assert report.done == tuple(entry.id for entry in self.stored(playlist)[: len(copies)])
        self.check(service, playlist, ids([*copies, one, two]))

    @needs(AddsEntries, traits=(acknowledges,))
    def test_everything_reported_as_done_is_read_back(self, service: PlaylistService) -> None:
        assert isinstance(service, AddsEntries)
        some = self.some_tracks(most(4, service.traits.add_batch))
        playlist = self.plain(service)
        report = service.add_entries(playlist, some)
        self.settle()
        back = {entry.id: entry.track.id for entry in all_entries(service, playlist)}
        assert [back.get(entry) for entry in report.done] == list(ids(some))

    @needs(AddsEntries, traits=(keeps_duplicates,))
    def test_duplicates_are_kept(self, service: PlaylistService) -> None:
        one, two = self.some_tracks(2)
        wanted = [one, two, one, one, two]
        playlist = self.filled(service, wanted)
        self.check(service, playlist, ids(wanted))
        assert len({entry.id for entry in self.stored(playlist)}) == 5

    @needs(AddsEntries, traits=(refuses_duplicates,))
    def test_a_second_copy_changes_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, AddsEntries)
        some = self.some_tracks(2)
        playlist = self.filled(service, some)
        service.add_entries(playlist, some[:1])
        self.check(service, playlist, ids(some))

    @needs(AddsEntries)
    def test_adding_nothing_writes_nothing(self, service: PlaylistService) -> None:
        assert isinstance(service, AddsEntries)
        some = self.some_tracks(2)
        playlist = self.filled(service, some)
        before = service.read_playlist(playlist).revision
        report = service.add_entries(playlist, [])
        assert not report.done
        assert not report.refused
        assert service.read_playlist(playlist).revision == before
        self.check(service, playlist, ids(some))

    @needs(AddsEntries)
    def test_adding_to_an_unknown_playlist_is_not_found(self, service: PlaylistService) -> None:
        assert isinstance(service, AddsEntries)
        with pytest.raises(NotFound):
            service.add_entries(self.unknown_playlist(), self.some_tracks(1))

    @needs(AddsEntries, traits=(takes_own, acknowledges))
    def test_an_unknown_track_is_refused_and_said_so(self, service: PlaylistService) -> None:
        some = self.some_tracks(3 if most(3, service.traits.add_batch) == 3 else 1)
        playlist = self.filled(service, some[:1])
        stands = self._refused_among(service, playlist, some[1:])
        self.check(service, playlist, ids([some[0], *stands]))

    @needs(AddsEntries, hooks=("strange_tracks",))
    def test_strange_titles_of_tracks_survive(self, service: PlaylistService) -> None:
        strange = self.strange_tracks()
        playlist = self.filled(service, strange)
        self.check(service, playlist, ids(strange))
        titles = {entry.track.id: entry.track.title for entry in self.stored(playlist)}
        assert titles == {track.id: self.as_stored(track.title) for track in strange}

    @needs(ReplacesEntries, AddsEntries)
    def test_a_replaced_list_holds_exactly_the_new_tracks(self, service: PlaylistService) -> None:
        assert isinstance(service, ReplacesEntries)
        some = self.some_tracks(6)
        playlist = self.filled(service, some[:4])
        report = service.replace_entries(playlist, some[2:])
        self.check(service, playlist, ids(some[2:]))
        assert not report.refused

    @needs(ReplacesEntries)
    def test_replacing_an_unknown_playlist_is_not_found(self, service: PlaylistService) -> None:
        assert isinstance(service, ReplacesEntries)
        with pytest.raises(NotFound):
            service.replace_entries(self.unknown_playlist(), self.some_tracks(1))

    @needs(AddsEntries, traits=(faithful,))
    def test_every_write_changes_the_revision_and_reports_the_new_one(self, service: PlaylistService) -> None:
        playlist = self.filled(service, self.some_tracks(3))
        before = service.read_playlist(playlist).revision
        for name, write in self.writes(service, playlist):
            report = write(before)
            self.settle()
            now = service.read_playlist(playlist).revision
            # A hash of the content comes back with the content, so only neighbours have to differ.
            assert now != before, f"{name} left the revision as it was"
            assert report.revision in (now, None), f"{name} reported another revision"
            before = now

    @needs(AddsEntries, traits=(faithful,))
    def test_a_write_meant_for_an_older_state_is_refused_and_writes_nothing(self, service: PlaylistService) -> None:
        some = self.some_tracks(3)
        playlist = self.filled(service, some[:2])
        old = service.read_playlist(playlist).revision
        self.add(service, playlist, some[2:])
        for _, write in self.writes(service, playlist):
            with pytest.raises(RevisionChanged):
                write(old)
            self.check(service, playlist, ids(some))

    def _refused_among(self, service: PlaylistService, playlist: PlaylistId, good: Sequence[Track]) -> Sequence[Track]:
        """Add an unknown track between good ones and return which of the good ones have to stand now."""
        assert isinstance(service, AddsEntries)
        bad = self.unknown_track()
        try:
            report = service.add_entries(playlist, [*good[:1], bad, *good[1:]])
        except Refused:
            return []
        assert [refusal.item for refusal in report.refused] == [bad.id]
        assert all(refusal.code and refusal.text for refusal in report.refused)
        assert len(report.done) == len(good)
        return good
