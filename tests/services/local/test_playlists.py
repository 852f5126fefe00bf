"""Playlist files: found, read, written, and never anything outside their folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from musync.domain import PlaylistId, Track
from musync.domain.errors import AccessDenied, BadFile, DiskFull, NotFound, Refused, RevisionChanged, TracksRefused
from musync.services.local.service import LocalLibrary
from tests.disks import full_disk, small_disk
from tests.services.local.library import MusicFolder


@pytest.fixture
def service(music: MusicFolder) -> Iterator[LocalLibrary]:
    for name in "abc":
        music.add(f"{name}.mp3", title=f"Title {name}", artist="Ann")
    with music.connect() as service:
        yield service


def track(service: LocalLibrary, name: str) -> Track:
    found = service.catalogue.track(name)
    assert found is not None
    return found


def listed(service: LocalLibrary) -> dict[str, str]:
    return {playlist.id: playlist.title for playlist in service.list_playlists().items}


def test_playlist_files_are_found_anywhere_in_the_folder(music: MusicFolder, service: LocalLibrary) -> None:
    music.write_list("Road.m3u8", "#EXTM3U\n#PLAYLIST: On the road\na.mp3\n")
    music.write_list("deep/er/Old ones.M3U", "../../a.mp3\n")
    for path in (".trash/x.m3u8", "._Road.m3u8", "$RECYCLE.BIN/y.m3u", "notes.txt"):
        music.write_list(path, "a.mp3\n")
    (music.playlists / "folder.m3u8").mkdir()
    assert listed(service) == {"Road.m3u8": "On the road", "deep/er/Old ones.M3U": "Old ones"}


def test_a_head_says_count_address_and_revision(music: MusicFolder, service: LocalLibrary) -> None:
    file = music.write_list("My list.m3u8", "a.mp3\nmissing.mp3\n")
    head = service.read_playlist(PlaylistId("My list.m3u8"))
    assert (head.count, head.url, head.writable) == (2, file.as_uri(), True)
    assert len(head.revision or "") == 64


def test_listing_needs_no_look_at_the_music(music: MusicFolder, service: LocalLibrary) -> None:
    music.write_list("Road.m3u8", "a.mp3\n")
    assert listed(service)
    assert service.read_playlist(PlaylistId("Road.m3u8")).count == 1
    assert not music.cache.exists()


def test_lists_that_cannot_be_read_say_why_and_stop_nothing(music: MusicFolder, service: LocalLibrary) -> None:
    music.write_list("good.m3u8", "a.mp3\n")
    music.write_list("page.m3u8", "<!DOCTYPE html><html></html>")
    music.write_list("stream.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:10\na.ts\n")
    os.mkfifo(music.playlists / "pipe.m3u")
    (music.playlists / "nowhere.m3u").symlink_to("gone.m3u")
    os.truncate(music.write_list("big.m3u", ""), 65 << 20)
    (music.playlists / os.fsdecode(b"caf\xe9.m3u")).touch()
    heads = {head.id: head for head in service.list_playlists().items}
    assert [head.id for head in heads.values() if head.readable] == ["good.m3u8"]
    assert all(head.unreadable_reason and head.unwritable_reason for head in heads.values() if not head.readable)
    assert len(heads) == 7
    with pytest.raises(BadFile, match="web page"):
        service.read_entries(PlaylistId("page.m3u8"))
    with pytest.raises(AccessDenied):
        service.edit_details(PlaylistId("stream.m3u8"), title="Mine")


def test_an_added_track_is_a_relative_path_with_its_words_above(music: MusicFolder, service: LocalLibrary) -> None:
    music.add("Ann Ä/#1.mp3", title="One & only", artist="Ann Ä", album="Wet")
    made = service.create_playlist("Road")
    service.add_entries(made.id, [track(service, "Ann Ä/#1.mp3")])
    text = "#EXTM3U\n#PLAYLIST:Road\n#EXTINF:1,Ann Ä - One & only\nAnn Ä/#1.mp3\n"
    assert (music.playlists / "Road.m3u8").read_bytes().decode() == text


def test_a_list_in_a_subfolder_points_upwards(music: MusicFolder, service: LocalLibrary) -> None:
    file = music.write_list("lists/Road.m3u8", "#EXTM3U\n")
    music.add("#odd/-x.mp3", title="Odd")
    service.scan()
    service.add_entries(PlaylistId("lists/Road.m3u8"), [track(service, "a.mp3"), track(service, "#odd/-x.mp3")])
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#EXT")]
    assert lines == ["../a.mp3", "../#odd/-x.mp3"]
    assert [entry.track.id for entry in service.read_entries(PlaylistId("lists/Road.m3u8")).items] == [
        "a.mp3",
        "#odd/-x.mp3",
    ]


@pytest.mark.parametrize("name", ["#1.mp3", " blank .mp3", "100%25.mp3", "back\\slash.mp3", "http:x.mp3", "a:b.mp3"])
def test_odd_file_names_are_read_back(music: MusicFolder, service: LocalLibrary, name: str) -> None:
    music.add(name, title="Odd")
    made = service.create_playlist("Road")
    report = service.add_entries(made.id, [track(service, name)])
    assert not report.refused
    with music.connect() as other:
        assert [entry.track.id for entry in other.read_entries(made.id).items] == [name]


def test_a_name_that_no_list_can_hold_is_refused_and_the_others_go_in(
    music: MusicFolder, service: LocalLibrary
) -> None:
    music.add("line\nbreak.mp3", title="Odd")
    made = service.create_playlist("Road")
    report = service.add_entries(made.id, [track(service, "line\nbreak.mp3"), track(service, "a.mp3")])
    assert [(one.item, one.code) for one in report.refused] == [("line\nbreak.mp3", "not-writable")]
    assert [*report.done] == ["a.mp3"]


def test_a_track_whose_file_has_gone_since_is_refused(music: MusicFolder, service: LocalLibrary) -> None:
    made = service.create_playlist("Road")
    gone = track(service, "a.mp3")
    (music.folder / "a.mp3").unlink()
    assert [one.code for one in service.add_entries(made.id, [gone]).refused] == ["file-missing"]


FOREIGN = (
    b"\xef\xbb\xbf#EXTM3U\r\n# made by hand\r\n#PLAYLIST:Caf\xc3\xa9\r\n\r\n#KODIPROP:x=y\r\n"
    b'#EXTINF:300 logo="a,b",Ann - Title a\r\na.mp3\r\n# a remark\r\nb.mp3\r\n#LOCKED:1\r\n./gone/lost.mp3'
)


def test_files_of_others_keep_every_byte_that_is_not_edited(music: MusicFolder, service: LocalLibrary) -> None:
    file = music.write_list("x.m3u8", FOREIGN)
    name = PlaylistId("x.m3u8")
    service.add_entries(name, [track(service, "c.mp3")], at=1)
    assert b"# a remark\r\n#EXTINF:1,Ann - Title c\r\nc.mp3\r\nb.mp3" in file.read_bytes()
    added = service.read_entries(name).items[1]
    service.move_entries(name, [added.id], to=2)
    service.remove_entries(name, [added.id])
    assert file.read_bytes() == FOREIGN


def test_an_old_encoding_is_kept_and_what_it_cannot_hold_refused(music: MusicFolder, service: LocalLibrary) -> None:
    music.add("Café.mp3", title="Café")
    music.add("夜.mp3", title="夜")
    file = music.write_list("x.m3u", "#EXTM3U\nCafé.mp3\n".encode("cp1252"))
    entries = service.read_entries(PlaylistId("x.m3u")).items
    assert [entry.track.id for entry in entries] == ["Café.mp3"]
    report = service.add_entries(PlaylistId("x.m3u"), [track(service, "夜.mp3"), track(service, "a.mp3")])
    assert [one.code for one in report.refused] == ["not-writable"]
    assert file.read_bytes().startswith("#EXTM3U\nCafé.mp3\n".encode("cp1252"))


def test_an_edit_from_outside_is_noticed(music: MusicFolder, service: LocalLibrary) -> None:
    file = music.write_list("x.m3u8", "a.mp3\n")
    revision = service.read_entries(PlaylistId("x.m3u8")).revision
    file.write_text("a.mp3\nb.mp3\n")
    with pytest.raises(RevisionChanged):
        service.add_entries(PlaylistId("x.m3u8"), [track(service, "c.mp3")], revision=revision)
    assert file.read_text() == "a.mp3\nb.mp3\n"


@pytest.mark.parametrize(
    "name",
    ["../out.m3u8", "/etc/out.m3u8", "a/../../out.m3u8", "..", "", "a\0.m3u8", "a.mp3", "link/in.m3u8", "C:\\x.m3u8"],
)
def test_no_id_leads_out_of_the_folder(music: MusicFolder, service: LocalLibrary, name: str) -> None:
    outside = music.playlists.parent / "elsewhere"
    outside.mkdir()
    for place in (music.playlists.parent / "out.m3u8", outside / "in.m3u8"):
        place.write_text("a.mp3\n")
    (music.playlists / "link").symlink_to(outside)
    with pytest.raises(NotFound):
        service.read_playlist(PlaylistId(name))
    with pytest.raises(NotFound):
        service.delete_playlist(PlaylistId(name))
    assert (outside / "in.m3u8").exists()


def test_a_list_behind_a_link_is_read_and_never_written(music: MusicFolder, service: LocalLibrary) -> None:
    outside = music.playlists.parent / "out.m3u8"
    outside.write_text(f"{music.folder}/a.mp3\n")
    (music.playlists / "x.m3u8").symlink_to(outside)
    name = PlaylistId("x.m3u8")
    assert [entry.track.id for entry in service.read_entries(name).items] == ["a.mp3"]
    for write in (
        lambda: service.add_entries(name, [track(service, "b.mp3")]),
        lambda: service.edit_details(name, title="Mine"),
        lambda: service.delete_playlist(name),
    ):
        with pytest.raises(AccessDenied, match="symbolic link"):
            write()
    assert outside.read_text() == f"{music.folder}/a.mp3\n"


def test_a_link_put_there_between_reading_and_writing_is_refused(music: MusicFolder, service: LocalLibrary) -> None:
    outside = music.playlists.parent / "out.m3u8"
    outside.write_text("precious")
    file = music.write_list("x.m3u8", "a.mp3\n")
    read = service.playlists.read(PlaylistId("x.m3u8"))
    file.unlink()
    file.symlink_to(outside)
    with pytest.raises(AccessDenied):
        service.playlists.write(read, read.readable())
    assert outside.read_text() == "precious"


def test_names_of_new_lists_are_safe_and_never_taken(music: MusicFolder, service: LocalLibrary) -> None:
    titles = ["AC/DC: live?", "../../etc/passwd", "CON", "road", "Road", "", "\0", "x" * 500, "-rf", "\ud800"]
    made = [service.create_playlist(title) for title in titles]
    files = [path.name for path in music.playlists.iterdir() if path.suffix == ".m3u8"]
    assert sorted(files) == sorted(head.id for head in made)
    assert made[4].id == "Road (2).m3u8"
    assert [head.title for head in made[:5]] == titles[:5]
    assert all(len(name.encode()) <= 180 and "/" not in name for name in files)


def test_a_new_title_is_in_the_file_and_in_its_name(music: MusicFolder, service: LocalLibrary) -> None:
    music.write_list("deep/Old.m3u", "../a.mp3\n")
    edited = service.edit_details(PlaylistId("deep/Old.m3u"), title="New / name")
    assert (edited.id, edited.title) == ("deep/New _ name.m3u", "New / name")
    assert (music.playlists / edited.id).read_text() == "#PLAYLIST:New / name\n../a.mp3\n"
    assert not (music.playlists / "deep/Old.m3u").exists()


def test_a_new_title_in_other_letters_keeps_the_one_file(music: MusicFolder, service: LocalLibrary) -> None:
    made = service.create_playlist("road")
    assert service.edit_details(made.id, title="ROAD").id == "ROAD.m3u8"
    assert [path.name for path in music.playlists.glob("*.m3u8")] == ["ROAD.m3u8"]


def test_a_new_title_never_takes_the_name_of_another_list(music: MusicFolder, service: LocalLibrary) -> None:
    other = music.write_list("Road.m3u8", "b.mp3\n")
    made = service.create_playlist("Rain")
    assert service.edit_details(made.id, title="Road").id == "Road (2).m3u8"
    assert other.read_text() == "b.mp3\n"


def test_a_file_that_comes_between_is_not_overwritten(
    music: MusicFolder, service: LocalLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = music.write_list("Road.m3u8", "b.mp3\n")
    monkeypatch.setattr(os, "listdir", lambda folder: [])
    with pytest.raises(Refused):
        service.create_playlist("Road")
    assert other.read_text() == "b.mp3\n"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 64 kB."""
    with small_disk(tmp_path / "small disk") as folder:
        yield folder


def test_a_full_disk_leaves_the_old_list_and_nothing_else(music: MusicFolder, disk: Path) -> None:
    music.add("a.mp3", title="A" * 400, artist="B" * 400)
    before = b"#EXTM3U\n" + b"x/" * 14_000 + b"gone.mp3\n"
    (disk / "Road.m3u8").write_bytes(before)
    (disk / "filler").write_bytes(bytes(25_000))
    music.playlists = disk
    with music.connect() as service:
        one = track(service, "a.mp3")
        with pytest.raises(DiskFull):
            service.add_entries(PlaylistId("Road.m3u8"), [one] * 40)
        assert (disk / "Road.m3u8").read_bytes() == before
        assert {path.name for path in disk.iterdir()} == {"Road.m3u8", "filler"}


def test_a_new_list_that_finds_no_room_leaves_no_file(music: MusicFolder, tmp_path: Path) -> None:
    music.add("a.mp3", title="Title a")
    with full_disk(tmp_path / "full disk") as disk:
        music.playlists = disk
        with music.connect() as service:
            with pytest.raises(DiskFull) as error:
                service.create_playlist("Road", tracks=[track(service, "a.mp3")] * 2)
            assert error.value.unchanged == "No file was made."
            assert [path.name for path in disk.iterdir()] == ["filler"]
            assert not service.list_playlists().items


def test_a_new_list_has_its_tracks_from_the_first_moment(
    music: MusicFolder, service: LocalLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    name_it = os.link

    def link(source: Path, final: Path) -> None:
        seen.append([playlist.title for playlist in service.list_playlists().items])
        name_it(source, final)
        seen.append([entry.track.id for entry in service.read_entries(PlaylistId("Road.m3u8")).items])

    wanted = [track(service, "b.mp3"), track(service, "a.mp3"), track(service, "b.mp3")]
    monkeypatch.setattr(os, "link", link)
    service.create_playlist("Road", tracks=wanted)
    assert seen == [[], ["b.mp3", "a.mp3", "b.mp3"]]


def test_a_list_is_not_made_with_a_track_whose_file_has_gone(music: MusicFolder, service: LocalLibrary) -> None:
    wanted = [track(service, "a.mp3"), track(service, "b.mp3")]
    (music.folder / "b.mp3").unlink()
    with pytest.raises(TracksRefused, match="the file is no longer there") as error:
        service.create_playlist("Road", tracks=wanted)
    assert [(one.item, one.code) for one in error.value.refused] == [("b.mp3", "file-missing")]
    assert error.value.unchanged == "No playlist was made."
    assert not service.list_playlists().items


def test_nothing_is_left_over(music: MusicFolder, service: LocalLibrary) -> None:
    made = service.create_playlist("Road")
    service.add_entries(made.id, [track(service, "a.mp3")])
    service.edit_details(made.id, title="Rain")
    assert not music.leftovers()
    service.delete_playlist(PlaylistId("Rain.m3u8"))
    assert sorted(path.name for path in music.folder.iterdir()) == ["a.mp3", "b.mp3", "c.mp3"]


def test_a_playlists_folder_that_is_gone_is_said_so(music: MusicFolder) -> None:
    music.playlists = music.folder / "gone"
    with music.connect() as service:
        with pytest.raises(NotFound):
            service.list_playlists()
        with pytest.raises(NotFound):
            service.create_playlist("Road")
