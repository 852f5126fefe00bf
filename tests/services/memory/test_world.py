"""What a memory world can be told to do wrong, what it logs, and edits from outside."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from musync.domain import PlaylistId, TrackId
from musync.domain.errors import AccessDenied, NotUnderstood, RateLimited, Refused, Unavailable
from musync.services.api import AddsEntries, RemovesEntries, TakesForeign, Traits
from musync.services.memory import Habits, MemoryService, MemoryWorld, forget_world, memory_service, world_named
from musync.services.memory.faults import declaring, emptied, marked, repeated, truncated
from musync.testing.contract.bench import all_entries, ids, pages
from musync.testing.lists import placeholder, track, tracks


@pytest.fixture
def world() -> MemoryWorld:
    world = MemoryWorld("test")
    world.add_tracks(*tracks(60))
    return world


@pytest.fixture
def road(world: MemoryWorld) -> PlaylistId:
    return world.account().make_playlist("Road", tracks(60))


@pytest.fixture
def service(world: MemoryWorld) -> MemoryService:
    return MemoryService(world.account())


def test_requests_are_logged_with_their_arguments(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    all_entries(service, road)
    service.add_entries(road, tracks(2), at=1)
    assert [request.operation for request in world.requests] == ["read_entries"] * 3 + ["add_entries"]
    assert world.requests[1].arguments == {"playlist": road, "cursor": "25"}
    assert world.writes[0].arguments["tracks"] == tracks(2)
    assert (world.count(), world.count("read_entries"), world.count("search")) == (4, 3, 0)
    world.forget_requests()
    assert world.count() == 0


def test_the_next_request_can_fail_once(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.fail_next("read_entries", Unavailable("out of order"))
    with pytest.raises(Unavailable):
        service.read_entries(road)
    assert service.read_entries(road).items
    assert world.count("read_entries") == 2


def test_a_later_page_of_one_playlist_can_fail(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    other = world.account().make_playlist("Other", tracks(30))
    world.fail_next("read_entries", RateLimited(retry_after=30), playlist=road, skip=1)
    assert len(all_entries(service, other)) == 30
    with pytest.raises(RateLimited):
        all_entries(service, road)
    assert len(all_entries(service, road)) == 60


def test_an_answer_can_be_lost_after_the_write(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.fail_next("add_entries", Unavailable("reset"), applied=True)
    with pytest.raises(Unavailable):
        service.add_entries(road, tracks(1))
    assert len(all_entries(service, road)) == 61


def test_a_failing_write_writes_nothing(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.fail_next("add_entries", Unavailable("not sent"))
    with pytest.raises(Unavailable):
        service.add_entries(road, tracks(1))
    assert len(all_entries(service, road)) == 60


def test_a_listing_can_be_cut_short(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.alter_next("read_entries", truncated(10), skip=1)
    listing = pages(partial(service.read_entries, road))
    assert [len(page.items) for page in listing] == [25, 10]
    assert listing[-1].total == 60


def test_a_total_can_be_wrong(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.alter_next("read_entries", declaring(61), skip=2)
    assert [page.total for page in pages(partial(service.read_entries, road))] == [60, 60, 61]


def test_a_list_can_seem_empty_until_it_is_mended(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.alter_next("read_entries", emptied, times=None)
    assert not all_entries(service, road)
    assert not all_entries(service, road)
    world.mend()
    assert len(all_entries(service, road)) == 60


def test_an_entry_can_come_twice(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.alter_next("read_entries", repeated)
    listed = all_entries(service, road)
    assert len(listed) == 60
    assert len({entry.id for entry in listed}) == 59


def test_a_revision_can_be_another(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.alter_next("read_playlist", marked("else"))
    assert service.read_playlist(road).revision == "else"
    assert service.read_playlist(road).revision != "else"


def test_a_list_can_be_edited_while_it_is_read(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    world.run_before("read_entries", lambda: world.account().put(road, tracks(60)[1:]), skip=1)
    listing = pages(partial(service.read_entries, road))
    assert [page.total for page in listing] == [60, 59, 59]
    assert listing[0].revision != listing[1].revision


def test_reads_can_be_stale(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    before = service.read_playlist(road)
    service.add_entries(road, tracks(1))
    world.read_stale(2)
    assert service.read_playlist(road) == before
    assert service.read_entries(road).total == 60
    assert service.read_entries(road).total == 61


def test_an_edit_from_outside_keeps_the_ids_of_what_stays(
    world: MemoryWorld, road: PlaylistId, service: MemoryService
) -> None:
    one, two, three = tracks(3)
    account = world.account()
    account.put(road, [one, two, one])
    first, second, third = (entry.id for entry in all_entries(service, road))
    account.put(road, [three, one, one])
    stored = all_entries(service, road)
    assert ids(stored) == (three.id, one.id, one.id)
    assert [entry.id for entry in stored[1:]] == [first, third]
    assert second not in {entry.id for entry in stored}


def test_accounts_share_the_catalogue_and_not_the_playlists(world: MemoryWorld, road: PlaylistId) -> None:
    anna = MemoryService(world.account("anna"))
    assert not anna.list_playlists().items
    assert anna.search("Song 007", 1)[0].id == "song-007"


def test_a_world_searches_as_its_habits_are(world: MemoryWorld) -> None:
    known = track("Lantern Parade", "Kit Marsh", id="known", album="All the Best of the Lanterns")
    plain = track("Lantern", "Kit Marsh", id="plain")
    world.add_tracks(known, plain)
    service = MemoryService(world.account())
    assert ids(service.search("kit marsh lantern unheard", 5)) == ("plain", "known")
    world.habits = Habits(rows=1, share=1.0, popular_first=True)
    assert ids(service.search("kit marsh lantern", 5)) == ("known",)
    assert ids(service.search_fields("lantern", "marsh", 5)) == ("known",)
    assert not service.search("kit marsh lantern unheard", 5)
    assert not service.search_fields("kit marsh", "lantern", 5)


def test_worlds_are_found_by_name() -> None:
    first = world_named("found by name")
    assert world_named("found by name") is first
    forget_world("found by name")
    assert world_named("found by name") is not first
    forget_world("found by name")


def test_a_delisted_track_is_refused_and_its_entries_stay(
    world: MemoryWorld, road: PlaylistId, service: MemoryService
) -> None:
    world.catalogue.drop(TrackId("song-003"))
    report = service.add_entries(road, tracks(5)[2:])
    assert [(refusal.item, refusal.code) for refusal in report.refused] == [("song-003", "not-in-catalogue")]
    assert len(report.done) == 2
    assert len(all_entries(service, road)) == 62


def test_only_what_changed_in_the_catalogue_is_listed(world: MemoryWorld, service: MemoryService) -> None:
    seen = service.list_tracks().revision
    world.add_tracks(track("New one", id="new"), tracks(60)[4], track("Renamed", id="song-005"))
    assert ids(service.list_tracks(since=seen).items) == ("song-005", "new")


def test_placeholders_cannot_be_moved_or_removed(world: MemoryWorld, service: MemoryService) -> None:
    holes = world.account().make_playlist("Holes", [*tracks(2), placeholder("Gone")])
    gone = all_entries(service, holes)[2].id
    assert service.remove_entries(holes, [gone]).refused[0].code == "not-addressable"
    assert service.move_entries(holes, [gone], to=0).refused[0].code == "not-addressable"
    assert world.account().titles(holes) == ["Song 000", "Song 001", "Gone"]


def test_an_unreadable_list_is_listed_and_denied(world: MemoryWorld, service: MemoryService) -> None:
    followed = world.account().make_playlist(
        "Followed", tracks(2), readable=False, unreadable_reason="another user's list"
    )
    assert service.list_playlists().items[0].unreadable_reason == "another user's list"
    with pytest.raises(AccessDenied, match="another user's list"):
        service.read_entries(followed)


def test_covers_are_kept(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    service.edit_details(road, cover=b"picture")
    service.edit_details(road, title="Else")
    assert world.account().playlists[road].cover == b"picture"


def test_too_much_at_once_is_refused_as_a_whole(world: MemoryWorld, road: PlaylistId, service: MemoryService) -> None:
    with pytest.raises(Refused, match="101 tracks"):
        service.add_entries(road, tracks(1) * 101)
    with pytest.raises(Refused, match="101 tracks"):
        service.replace_entries(road, tracks(1) * 101)
    with pytest.raises(Refused, match="101 tracks"):
        service.create_playlist("Long", tracks=tracks(1) * 101)
    assert len(world.account().playlists) == 1
    with pytest.raises(Refused, match="no place 61"):
        service.add_entries(road, tracks(1), at=61)
    with pytest.raises(Refused, match="no place 60"):
        service.move_entries(road, [service.read_entries(road).items[0].id], to=60)
    assert len(all_entries(service, road)) == 60


def test_no_read_however_stale_sees_a_new_list_without_its_tracks(world: MemoryWorld, service: MemoryService) -> None:
    made = service.create_playlist("New", tracks=tracks(3))
    world.read_stale(9)
    assert [entry.track.id for entry in all_entries(service, made.id)] == [one.id for one in tracks(3)]
    assert service.read_playlist(made.id).count == 3


def test_a_foreign_cursor_is_not_understood(road: PlaylistId, service: MemoryService) -> None:
    cursor = service.read_entries(road).next
    assert cursor is not None
    with pytest.raises(NotUnderstood):
        service.read_entries(road, type(cursor)("?page=2"))


def test_capacity_and_needs_are_refused_item_by_item(world: MemoryWorld) -> None:
    kind = memory_service(Traits(accepts="any_track", capacity=3, needs=frozenset({"isrc"})), [AddsEntries])
    small = kind(world.account())
    assert isinstance(small, AddsEntries)
    playlist = world.account().make_playlist("Small")
    report = small.add_entries(playlist, [track("No ISRC", id="x"), *tracks(5)])
    assert [refusal.code for refusal in report.refused] == ["needs-isrc", "full", "full"]
    assert len(report.done) == 3


def test_a_hint_may_stay_the_same_over_a_change(world: MemoryWorld, road: PlaylistId) -> None:
    kind = memory_service(Traits(revision="hint"))
    hinting = kind(world.account())
    before = hinting.read_playlist(road).revision
    world.account().put(road, tracks(60)[::-1])
    assert hinting.read_playlist(road).revision == before


def test_variants_have_exactly_the_roles_asked_for() -> None:
    kind = memory_service(roles=[RemovesEntries, TakesForeign])
    assert issubclass(kind, RemovesEntries)
    assert issubclass(kind, TakesForeign)
    assert not issubclass(kind, AddsEntries)


def test_many_threads_lose_nothing(world: MemoryWorld) -> None:
    playlist = world.account().make_playlist("Busy")

    def add(start: int) -> None:
        with MemoryService(world.account()) as service:
            for one in tracks(60)[start : start + 10]:
                service.add_entries(playlist, [one])

    threads = [threading.Thread(target=add, args=(start,)) for start in range(0, 60, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(world.account().titles(playlist)) == [one.title for one in tracks(60)]
    assert world.count("add_entries") == 60
