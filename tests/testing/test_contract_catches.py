"""The contract suite fails on services that are wrong: one seeded fault at a time."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any, ClassVar

import pytest
from _pytest.outcomes import Failed

from musync.domain import (
    Cursor,
    Entry,
    EntryId,
    MusyncError,
    Page,
    Playlist,
    PlaylistId,
    Revision,
    Track,
    TrackId,
    TrackRef,
    WriteReport,
)
from musync.domain.errors import AccessDenied, NotFound, Refused, TracksRefused
from musync.services.api import PlaylistService
from musync.services.memory import MemoryService, memory_service
from musync.services.memory.catalogue_roles import MemoryTakes
from musync.services.memory.service import TRAITS
from musync.testing.lists import track
from tests.services.memory.bench import MemoryBench

pytest_plugins = ["pytester"]


class DropsDuplicates(MemoryService):
    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        present = {track.id for track in self.account.tracks(playlist)}
        new = {track.id: track for track in tracks if track.id not in present}
        return super().add_entries(playlist, list(new.values()), **rest)


class IgnoresPlace(MemoryService):
    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        return super().add_entries(playlist, tracks, **(rest | {"at": None}))


class AddsBackwards(MemoryService):
    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        return super().add_entries(playlist, tracks[::-1], **rest)


class LiesAboutDone(MemoryService):
    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        report = super().add_entries(playlist, tracks, **rest)
        return replace(report, done=tuple(EntryId(track.id) for track in tracks))


class SaysEverythingWasDone(MemoryService):
    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        return replace(super().add_entries(playlist, tracks, **rest), refused=())


class WritesEmptyBatches(MemoryService):
    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        self.account.change(playlist)
        return super().add_entries(playlist, tracks, **rest)


class EndsAtTheSecondPage(MemoryService):
    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        page = super().read_entries(playlist, cursor)
        return replace(page, next=None) if cursor else page


class CountsOnlyThePage(MemoryService):
    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        page = super().read_entries(playlist, cursor)
        return replace(page, total=len(page.items))


class DropsPlaceholders(MemoryService):
    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        page = super().read_entries(playlist, cursor)
        kept = tuple(entry for entry in page.items if entry.addressable)
        return replace(page, items=kept, total=(page.total or 0) - len(page.items) + len(kept))


class RunsInACircle(MemoryService):
    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        page = super().read_entries(playlist, cursor)
        return replace(page, next=page.next or Cursor("0"))


class SharesEntryIds(MemoryService):
    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        page = super().read_entries(playlist, cursor)
        return replace(page, items=tuple(replace(entry, id=EntryId(entry.track.id)) for entry in page.items))


class MovesOnWhenAskedAgain(MemoryService):
    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        page = super().read_entries(playlist, cursor)
        asked = self.world.count("read_entries")
        return replace(page, items=page.items[asked % 2 :])


class KnowsEveryPlaylist(MemoryService):
    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        try:
            return super().read_entries(playlist, cursor)
        except NotFound:
            return Page(items=(), total=0)


class ListsTwice(MemoryService):
    def list_playlists(self, cursor: Cursor | None = None) -> Page[Playlist]:
        page = super().list_playlists(cursor)
        return replace(page, items=page.items + page.items)


class HeadsDiffer(MemoryService):
    def read_playlist(self, playlist: PlaylistId) -> Playlist:
        return replace(super().read_playlist(playlist), count=0)


class RemovesEveryCopy(MemoryService):
    traits = replace(TRAITS, removes_by="track_all_copies")


class RemovesTheFirstCopy(MemoryService):
    def remove_entries(self, playlist: PlaylistId, entries: Sequence[EntryId], **rest: Any) -> WriteReport:
        rows = self.account.playlists[playlist].rows if playlist in self.account.playlists else ()
        track_of = {row.id: row.track.id for row in rows}
        first = {row.track.id: row.id for row in reversed(rows)}
        return super().remove_entries(
            playlist, [first.get(track_of.get(entry, TrackId("")), entry) for entry in entries], **rest
        )


class RemovesSomethingElse(MemoryService):
    def remove_entries(self, playlist: PlaylistId, entries: Sequence[EntryId], **rest: Any) -> WriteReport:
        report = super().remove_entries(playlist, entries, **rest)
        if report.refused:
            super().remove_entries(playlist, [self.account.playlists[playlist].rows[0].id])
        return report


class KeepsQuietAboutMissingEntries(MemoryService):
    def remove_entries(self, playlist: PlaylistId, entries: Sequence[EntryId], **rest: Any) -> WriteReport:
        return replace(super().remove_entries(playlist, entries, **rest), refused=())


class StopsAtMissingEntries(MemoryService):
    def remove_entries(self, playlist: PlaylistId, entries: Sequence[EntryId], **rest: Any) -> WriteReport:
        there = {row.id for row in self.account.playlists[playlist].rows}
        missing = next((place for place, entry in enumerate(entries) if entry not in there), None)
        return super().remove_entries(playlist, entries if missing is None else entries[: missing + 1], **rest)


class MovesOneTooFar(MemoryService):
    def move_entries(self, playlist: PlaylistId, entries: Sequence[EntryId], *, to: int, **rest: Any) -> WriteReport:
        last = len(self.account.playlists[playlist].rows) - len(entries)
        return super().move_entries(playlist, entries, to=min(to + 1, last), **rest)


class MovesInListOrder(MemoryService):
    def move_entries(self, playlist: PlaylistId, entries: Sequence[EntryId], *, to: int, **rest: Any) -> WriteReport:
        place = {row.id: place for place, row in enumerate(self.account.playlists[playlist].rows)}
        return super().move_entries(playlist, sorted(entries, key=lambda entry: place.get(entry, 0)), to=to, **rest)


class CountsPlacesWithTheMovedOnes(MemoryService):
    def move_entries(self, playlist: PlaylistId, entries: Sequence[EntryId], *, to: int, **rest: Any) -> WriteReport:
        place = {row.id: place for place, row in enumerate(self.account.playlists[playlist].rows)}
        before = sum(place.get(entry, to) < to for entry in entries)
        return super().move_entries(playlist, entries, to=to - before, **rest)


class KeepsItsRevision(MemoryService):
    def _revision(self, stored: object) -> Revision | None:
        return Revision("always")


class IgnoresRevisions(MemoryService):
    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        return super().add_entries(playlist, tracks, **(rest | {"revision": None}))


class WritesBeforeItLooks(MemoryService):
    def remove_entries(self, playlist: PlaylistId, entries: Sequence[EntryId], **rest: Any) -> WriteReport:
        super().remove_entries(playlist, entries)
        return super().remove_entries(playlist, entries, **rest)


class OverwritesEqualTitles(MemoryService):
    def create_playlist(self, title: str, **rest: Any) -> Playlist:
        for playlist, stored in list(self.account.playlists.items()):
            if stored.head.title == title:
                self.account.put(playlist, rest.get("tracks", ()))
                return self.read_playlist(playlist)
        return super().create_playlist(title, **rest)


class EscapesTitles(MemoryService):
    def create_playlist(self, title: str, **rest: Any) -> Playlist:
        return super().create_playlist(html.escape(title), **rest)


class MakesListsBackwards(MemoryService):
    def create_playlist(self, title: str, *, tracks: Sequence[Track] = (), **rest: Any) -> Playlist:
        return super().create_playlist(title, tracks=tracks[::-1], **rest)


class MakesListsWithoutCopies(MemoryService):
    def create_playlist(self, title: str, *, tracks: Sequence[Track] = (), **rest: Any) -> Playlist:
        return super().create_playlist(title, tracks=list({track.id: track for track in tracks}.values()), **rest)


class FillsListsAfterMakingThem(MemoryService):
    """As if there were two requests: for a moment the list is there and empty, and it stays when the second fails."""

    def create_playlist(self, title: str, *, tracks: Sequence[Track] = (), **rest: Any) -> Playlist:
        made = super().create_playlist(title, **rest)
        report = self.add_entries(made.id, tracks)
        if report.refused:
            raise TracksRefused(report.refused)
        return made


class LeavesOutWhatIsNotTaken(MemoryService):
    def create_playlist(self, title: str, *, tracks: Sequence[Track] = (), **rest: Any) -> Playlist:
        return super().create_playlist(title, tracks=[one for one in tracks if one.id in self.world.catalogue], **rest)


class RefusesTheWholeBatch(MemoryService):
    def create_playlist(self, title: str, *, tracks: Sequence[Track] = (), **rest: Any) -> Playlist:
        try:
            return super().create_playlist(title, tracks=tracks, **rest)
        except TracksRefused as error:
            raise TracksRefused([replace(error.refused[0], item=track.id) for track in tracks]) from error


class RefusesWithoutSayingWhich(MemoryService):
    def create_playlist(self, title: str, **rest: Any) -> Playlist:
        try:
            return super().create_playlist(title, **rest)
        except TracksRefused as error:
            raise Refused(error.message) from error


class MakesEmptyListsAllTheSame(MemoryService):
    traits = replace(TRAITS, empty_playlists=False)

    def create_playlist(self, title: str, *, tracks: Sequence[Track] = (), **rest: Any) -> Playlist:
        return self.read_playlist(self.account.make_playlist(title, tracks, **rest))


class EmptiesRenamedLists(MemoryService):
    def edit_details(self, playlist: PlaylistId, **details: Any) -> Playlist:
        edited = super().edit_details(playlist, **details)
        self.account.put(playlist, ())
        return edited


class ForgetsTheDescription(MemoryService):
    def edit_details(self, playlist: PlaylistId, **details: Any) -> Playlist:
        return super().edit_details(playlist, **({"description": ""} | details))


class DeletesNothing(MemoryService):
    def delete_playlist(self, playlist: PlaylistId) -> None:
        self.read_playlist(playlist)


class AppendsWhenReplacing(MemoryService):
    def replace_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        return self.add_entries(playlist, tracks, **rest)


class WritesToReadOnlyLists(MemoryService):
    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        try:
            return super().add_entries(playlist, tracks, **rest)
        except AccessDenied:
            self.account.put(playlist, tracks)
            raise


class AsksWhenConnected(MemoryService):
    def __init__(self, *lent: Any) -> None:
        super().__init__(*lent)
        self.list_playlists()


class ClosesOnce(MemoryService):
    closed = False

    def close(self) -> None:
        if self.closed:
            raise NotFound("already closed")
        self.closed = True


class RemembersForItself(MemoryService):
    """What it wrote last is seen by itself alone."""

    def add_entries(self, playlist: PlaylistId, tracks: Sequence[Track], **rest: Any) -> WriteReport:
        self.mine = tracks[-1:]
        return super().add_entries(playlist, tracks[:-1], **rest)

    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        page = super().read_entries(playlist, cursor)
        mine = tuple(self.account.new_row(track) for track in getattr(self, "mine", ()))
        return replace(page, items=page.items + mine, total=None)


class SearchesWithoutLimit(MemoryService):
    def search(self, text: str, limit: int) -> Sequence[Track]:
        return super().search(text, 1000)


class FindsSomethingForAnything(MemoryService):
    def search(self, text: str, limit: int) -> Sequence[Track]:
        return super().search(text, limit) or tuple(self.world.catalogue)[:limit]


class LooksAtTheTitleAlone(MemoryService):
    def search_fields(self, title: str, artist: str, limit: int) -> Sequence[Track]:
        return super().search_fields(title, "", 1000)


class CutsTheCatalogue(MemoryService):
    def list_tracks(self, cursor: Cursor | None = None, *, since: Revision | None = None) -> Page[Track]:
        return replace(super().list_tracks(cursor, since=since), next=None)


class ForgetsSince(MemoryService):
    def list_tracks(self, cursor: Cursor | None = None, *, since: Revision | None = None) -> Page[Track]:
        return super().list_tracks(cursor)


class TakesAtRandom(MemoryService, MemoryTakes):
    numbers: ClassVar[count[int]] = count()

    def taken(self, ref: TrackRef) -> Track:
        return replace(ref.track, id=TrackId(f"taken-{next(self.numbers)}"))


FAULTS: list[tuple[type[MemoryService], str, tuple[object, ...]]] = [
    (DropsDuplicates, "test_duplicates_are_kept", ()),
    (DropsDuplicates, "test_any_sequence_of_writes_agrees_with_a_plain_list", ()),
    (IgnoresPlace, "test_tracks_are_inserted_in_order_before_a_place", (1,)),
    (IgnoresPlace, "test_placeholders_are_kept_when_tracks_are_added_around_them", ()),
    (IgnoresPlace, "test_any_sequence_of_writes_agrees_with_a_plain_list", ()),
    (AddsBackwards, "test_added_tracks_stand_at_the_end", ()),
    (LiesAboutDone, "test_the_report_names_the_entries_that_were_made", (0,)),
    (LiesAboutDone, "test_the_report_tells_copies_apart", ()),
    (LiesAboutDone, "test_everything_reported_as_done_is_read_back", ()),
    (SaysEverythingWasDone, "test_an_unknown_track_is_refused_and_said_so", ()),
    (WritesEmptyBatches, "test_adding_nothing_writes_nothing", ()),
    (EndsAtTheSecondPage, "test_a_long_list_comes_whole_over_its_pages", ()),
    (CountsOnlyThePage, "test_every_list_holds_as_many_entries_as_it_declares", ()),
    (DropsPlaceholders, "test_placeholders_are_counted_and_say_why", ()),
    (RunsInACircle, "test_every_list_holds_as_many_entries_as_it_declares", ()),
    (SharesEntryIds, "test_entry_ids_are_unique_in_their_list", ()),
    (MovesOnWhenAskedAgain, "test_the_same_page_can_be_asked_for_again", ()),
    (KnowsEveryPlaylist, "test_the_entries_of_an_unknown_playlist_are_not_found", ()),
    (ListsTwice, "test_the_listing_has_at_least_two_playlists_with_ids_of_their_own", ()),
    (ListsTwice, "test_the_listing_declares_as_many_playlists_as_it_holds", ()),
    (HeadsDiffer, "test_heads_agree_with_the_listing", ()),
    (HeadsDiffer, "test_every_list_holds_as_many_entries_as_it_declares", ()),
    (RemovesTheFirstCopy, "test_one_of_several_copies_can_go", (1,)),
    (RemovesTheFirstCopy, "test_any_sequence_of_writes_agrees_with_a_plain_list", ()),
    (RemovesSomethingElse, "test_an_entry_that_is_not_there_is_refused_and_nothing_else_goes", ()),
    (KeepsQuietAboutMissingEntries, "test_an_entry_that_is_not_there_is_refused_and_nothing_else_goes", ()),
    (KeepsQuietAboutMissingEntries, "test_an_entry_cannot_be_removed_twice", ()),
    (StopsAtMissingEntries, "test_one_missing_entry_does_not_keep_the_others", ()),
    (MovesOneTooFar, "test_one_entry_moves_to_its_place", (3, 1)),
    (CountsPlacesWithTheMovedOnes, "test_placeholders_are_kept_when_entries_move_over_them", ()),
    (MovesInListOrder, "test_several_entries_move_together_in_the_order_given", (1,)),
    (CountsPlacesWithTheMovedOnes, "test_one_entry_moves_to_its_place", (1, 3)),
    (CountsPlacesWithTheMovedOnes, "test_any_sequence_of_writes_agrees_with_a_plain_list", ()),
    (KeepsItsRevision, "test_every_write_changes_the_revision_and_reports_the_new_one", ()),
    (IgnoresRevisions, "test_a_write_meant_for_an_older_state_is_refused_and_writes_nothing", ()),
    (WritesBeforeItLooks, "test_a_write_meant_for_an_older_state_is_refused_and_writes_nothing", ()),
    (OverwritesEqualTitles, "test_a_second_playlist_of_the_same_title_overwrites_nothing", ()),
    (MakesListsBackwards, "test_a_playlist_is_made_with_its_tracks_in_order", ()),
    (MakesListsWithoutCopies, "test_a_playlist_is_made_with_copies", ()),
    (FillsListsAfterMakingThem, "test_the_head_of_a_new_playlist_is_that_of_the_whole_list", ()),
    (FillsListsAfterMakingThem, "test_a_playlist_with_a_track_that_is_not_taken_is_not_made", ()),
    (LeavesOutWhatIsNotTaken, "test_a_playlist_with_a_track_that_is_not_taken_is_not_made", ()),
    (RefusesTheWholeBatch, "test_a_playlist_with_a_track_that_is_not_taken_is_not_made", ()),
    (RefusesWithoutSayingWhich, "test_a_playlist_with_a_track_that_is_not_taken_is_not_made", ()),
    (MakesEmptyListsAllTheSame, "test_a_playlist_without_tracks_is_refused", ()),
    (EscapesTitles, "test_strange_titles_of_new_playlists_survive", ("Rock & Roll",)),
    (EmptiesRenamedLists, "test_a_new_title_keeps_the_entries", ()),
    (ForgetsTheDescription, "test_title_and_description_are_edited_apart", ()),
    (DeletesNothing, "test_a_deleted_playlist_is_gone_and_the_others_stay", ()),
    (AppendsWhenReplacing, "test_a_replaced_list_holds_exactly_the_new_tracks", ()),
    (WritesToReadOnlyLists, "test_a_read_only_list_refuses_every_write", ()),
    (AsksWhenConnected, "test_connecting_makes_no_request", ()),
    (ClosesOnce, "test_closing_twice_is_harmless", ()),
    (RemembersForItself, "test_added_tracks_stand_at_the_end", ()),
    (SearchesWithoutLimit, "test_search_gives_no_more_than_was_asked_for", ()),
    (FindsSomethingForAnything, "test_words_that_nothing_has_find_nothing", ()),
    (LooksAtTheTitleAlone, "test_a_title_by_somebody_who_has_nothing_is_not_found", ()),
    (CutsTheCatalogue, "test_the_catalogue_comes_whole_over_its_pages", ()),
    (ForgetsSince, "test_nothing_changed_since_the_catalogue_was_listed", ()),
    (TakesAtRandom, "test_a_foreign_track_is_always_taken_alike", ()),
    (TakesAtRandom, "test_a_taken_track_reads_back_under_its_id", ()),
]


@pytest.mark.parametrize(("wrong", "rule", "chosen"), FAULTS)
def test_the_contract_catches_a_service_that(wrong: type[MemoryService], rule: str, chosen: tuple[object, ...]) -> None:
    class Bench(MemoryBench):
        service_type = wrong

        def foreign_tracks(self, count: int) -> Sequence[TrackRef]:
            return [TrackRef(service="else", scope="", track=track(f"Song {number}")) for number in range(count)]

    bench = Bench()
    with pytest.raises((AssertionError, Failed, MusyncError)):
        getattr(bench, rule)(bench.opened(), *chosen)


def test_the_removal_of_every_copy_is_no_fault_where_the_traits_say_so() -> None:
    class Bench(MemoryBench):
        service_type = RemovesEveryCopy

    assert Bench.test_one_of_several_copies_can_go is None
    bench = Bench()
    bench.test_a_removal_takes_every_copy_and_nothing_else(bench.opened())


AUTHORS_FILE = """
from musync.services.memory import MemoryService, memory_service
from tests.services.memory.bench import MemoryBench
from tests.testing.test_contract_catches import {wrong}

class TestAuthors(MemoryBench):
    service_type = {kind}
"""


def test_rules_without_their_role_are_not_collected(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(AUTHORS_FILE.format(wrong="PlaylistService", kind="memory_service(roles=[])"))
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-v")
    outcomes = result.parseoutcomes()
    assert set(outcomes) == {"passed"}
    assert outcomes["passed"] > 12
    assert not any("move" in line or "search" in line or "placeholders_are_kept" in line for line in result.outlines)


def test_a_wrong_service_turns_an_authors_test_run_red(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(AUTHORS_FILE.format(wrong="IgnoresPlace", kind="IgnoresPlace"))
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider", "-k", "inserted_in_order")
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(["E*assert*song-000*=*song-0*"])


def test_a_subclass_gets_the_rules_of_its_own_service() -> None:
    class Reader(MemoryBench):
        service_type: ClassVar[type[PlaylistService]] = memory_service(roles=[])  # type: ignore[assignment]

    class Writer(Reader):
        service_type = MemoryService

    assert Reader.test_duplicates_are_kept is None
    assert Writer.test_duplicates_are_kept is MemoryBench.test_duplicates_are_kept
