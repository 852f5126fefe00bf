from __future__ import annotations

from collections.abc import Iterator

import pytest

from musync.domain import FreeControl, PlaylistId, Revision, TrackId
from musync.domain.errors import NotFound
from musync.services.local import catalogue
from musync.services.local.service import LocalLibrary
from musync.testing.audio import clone_library
from tests.services.local.library import MusicFolder


class Clock(FreeControl):
    """Time that passes only when it is told to, and a second with every look at a folder."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1_000_000.0
        self.step = 0.0

    def now(self) -> float:
        self.time += self.step
        return self.time


@pytest.fixture
def service(music: MusicFolder) -> Iterator[LocalLibrary]:
    with music.connect() as service:
        yield service


def all_ids(service: LocalLibrary, since: Revision | None = None) -> list[str]:
    page = service.list_tracks(since=since)
    ids = [track.id for track in page.items]
    while page.next is not None:
        page = service.list_tracks(page.next, since=since)
        ids += [track.id for track in page.items]
    assert page.total == len(ids)
    return sorted(ids)


def test_a_track_says_everything(music: MusicFolder, service: LocalLibrary) -> None:
    made = clone_library(music.folder, 60, seed=3)
    tracks = {track.id: track for track in service.list_tracks().items}
    for track in made:
        url = (music.folder / track.id).as_uri()
        assert tracks[track.id] == type(track)(
            **{name: getattr(track, name) for name in track.__slots__} | {"url": url}
        )


def test_the_catalogue_comes_in_pages(
    music: MusicFolder, service: LocalLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = clone_library(music.folder, 25, seed=1)
    monkeypatch.setattr(catalogue, "PAGE", 10)
    assert all_ids(service) == sorted(track.id for track in made)


def test_only_what_changed_since_is_listed_when_asked_for(music: MusicFolder, service: LocalLibrary) -> None:
    clone_library(music.folder, 20, seed=1)
    before = service.list_tracks().revision
    music.add("new.mp3", title="New")
    assert all_ids(service, before) == []
    service.scan()
    assert all_ids(service, before) == ["new.mp3"]
    assert len(all_ids(service)) == 21
    service.close()
    (music.cache / "library.sqlite3").unlink()
    with music.connect() as other:
        assert len(all_ids(other, before)) == 21, "a revision of an index that is no more excuses nothing"


def test_unreadable_files_are_no_tracks(music: MusicFolder, service: LocalLibrary) -> None:
    music.add("a.mp3", title="A")
    (music.folder / "b.mp3").touch()
    assert all_ids(service) == ["a.mp3"]
    assert [one.path for one in service.scan().unreadable] == ["b.mp3"]


def test_search_and_isrc_find_tracks(music: MusicFolder, service: LocalLibrary) -> None:
    music.add("a.mp3", title="Rain & Sun", artist="Ann Ä", album="Wet", isrc="qzaaa2100001")
    music.add("b.mp3", title="Snow", artist="Bo")
    assert [track.id for track in service.search("ann sun", 5)] == ["a.mp3"]
    assert [track.id for track in service.find_isrc("QZAAA2100001")] == ["a.mp3"]
    assert service.find_isrc("") == ()
    (music.folder / "a.mp3").unlink()
    service.scan()
    assert service.search("ann sun", 5) == ()


def test_a_job_looks_once_and_a_scan_always(music: MusicFolder, service: LocalLibrary) -> None:
    music.add("a.mp3", title="A")
    assert all_ids(service) == ["a.mp3"]
    music.add("b.mp3", title="B")
    assert all_ids(service) == ["a.mp3"]
    with music.connect() as next_job:
        assert all_ids(next_job) == ["a.mp3", "b.mp3"]
    assert service.scan().unchanged == 2
    assert all_ids(service) == ["a.mp3", "b.mp3"]


def test_the_service_objects_of_one_job_look_once(music: MusicFolder) -> None:
    music.add("a.mp3", title="A")
    job = music.env()
    with music.connect(job) as one:
        assert all_ids(one) == ["a.mp3"]
    music.add("b.mp3", title="B")
    with music.connect(job) as other:
        assert all_ids(other) == ["a.mp3"]
    with music.connect() as next_job:
        assert all_ids(next_job) == ["a.mp3", "b.mp3"]


def test_a_slow_folder_is_looked_at_only_now_and_then(music: MusicFolder) -> None:
    clock = Clock()
    music.control = clock
    music.add("a.mp3", title="A")
    clock.step = 1.0
    with music.connect() as service:
        assert all_ids(service) == ["a.mp3"]
    clock.step = 0.0
    music.add("b.mp3", title="B")
    for later, seen in ((50, ["a.mp3"]), (40, ["a.mp3"]), (20, ["a.mp3", "b.mp3"])):
        clock.time += later
        with music.connect() as service:
            assert all_ids(service) == seen


def test_a_clock_that_went_back_makes_nothing_fresh(music: MusicFolder) -> None:
    clock = Clock()
    music.control = clock
    clock.step = 1.0
    with music.connect() as service:
        assert all_ids(service) == []
    clock.time -= 86_400
    music.add("b.mp3", title="B")
    with music.connect() as service:
        assert all_ids(service) == ["b.mp3"]


def test_moved_files_are_told_under_both_names(music: MusicFolder) -> None:
    file = music.add("a.mp3", title="A")
    with music.connect() as service:
        assert service.relinked() == {}
    file.rename(music.folder / "b.mp3")
    with music.connect() as service:
        assert service.relinked() == {"a.mp3": "b.mp3"}


def test_covers_come_by_track(music: MusicFolder, service: LocalLibrary) -> None:
    music.add("Ann/a.mp3", title="A")
    (music.folder / "Ann/cover.png").write_bytes(b"\x89PNG\r\n\x1a\n...")
    music.add("b.mp3", title="B")
    assert service.read_cover(TrackId("Ann/a.mp3")) == b"\x89PNG\r\n\x1a\n..."
    assert service.read_cover(TrackId("b.mp3")) is None
    for stranger in ("../a.mp3", "Ann/cover.png", "gone.mp3"):
        with pytest.raises(NotFound):
            service.read_cover(TrackId(stranger))


def test_a_folder_that_is_gone_is_said_so_and_nothing_is_forgotten(music: MusicFolder) -> None:
    clone_library(music.folder, 20, seed=1)
    music.write_list("x.m3u8", "gone.mp3\n")
    with music.connect() as service:
        assert len(all_ids(service)) == 20
    music.folder.rename(music.folder.with_name("unplugged"))
    for ask in (
        lambda service: service.scan(),
        lambda service: service.search("x", 1),
        lambda service: service.list_tracks(),
        lambda service: service.list_playlists(),
        lambda service: service.read_entries(PlaylistId("x.m3u8")),
    ):
        with music.connect() as service, pytest.raises(NotFound) as caught:
            ask(service)
        assert str(music.folder) in caught.value.where
    music.folder.with_name("unplugged").rename(music.folder)
    with music.connect() as service:
        assert service.scan().unchanged == 20


def test_a_look_that_failed_is_made_again(music: MusicFolder, service: LocalLibrary) -> None:
    music.add("a.mp3", title="A")
    music.folder.rename(music.folder.with_name("unplugged"))
    for _ in range(2):
        with pytest.raises(NotFound):
            service.list_tracks()
    music.folder.with_name("unplugged").rename(music.folder)
    assert all_ids(service) == ["a.mp3"]


def test_a_closed_service_opens_again_when_asked(music: MusicFolder, service: LocalLibrary) -> None:
    music.add("a.mp3", title="A")
    assert all_ids(service) == ["a.mp3"]
    service.close()
    assert service.scan().unchanged == 1
