from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy, rmtree

import pytest

from musync.domain import EntryId, PlaylistId, Track, TrackId, TrackKind, TrackRef
from musync.domain.errors import (
    AccessDenied,
    BadFile,
    DiskFull,
    NotFound,
    Refused,
    RevisionChanged,
    TracksRefused,
)
from musync.services.api import PlaylistService, TakesForeign, roles_of
from musync.services.files.opening import open_file
from musync.services.files.plugin import CREATABLE
from musync.services.files.reading import ReadOnlyFile
from musync.services.files.writing import DocumentFile, FileWrites, PlaceFile
from musync.testing.lists import track
from tests.disks import full_disk, out_of_room
from tests.services.files.samples import FOLDER, RAIN, SUN

NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)


def opened(path: Path, *, for_players: bool = False) -> FileWrites:
    service = open_file(path, NOW.timestamp, for_players=for_players)
    assert isinstance(service, FileWrites)
    return service


def own_copy(tmp_path: Path, name: str) -> Path:
    return Path(copy(FOLDER / name, tmp_path / name))


def only(service: PlaylistService) -> PlaylistId:
    (playlist,) = service.list_playlists().items
    return playlist.id


def ids(service: PlaylistService) -> list[str]:
    return [entry.track.id for entry in service.read_entries(only(service)).items]


def a_file(path: Path, title: str = "Rain") -> Track:
    return Track(id=TrackId(str(path)), title=title, artists=("Ann",), duration_ms=1_000, url=path.as_uri())


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder for all, used without the rights of the administrator."""
    folder = Path(tempfile.mkdtemp(prefix="musync-nobody-"))
    folder.chmod(0o755)
    root = os.geteuid() == 0
    try:
        if root:
            os.chown(folder, 65_534, 65_534)
            os.seteuid(65_534)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        rmtree(folder)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("own.csv", DocumentFile),
        ("rdio.xspf", DocumentFile),
        ("numbered.txt", DocumentFile),
        ("beets.m3u8", PlaceFile),
        ("strawberry.pls", PlaceFile),
        ("spotify-2026.json", ReadOnlyFile),
        ("Library.xml", ReadOnlyFile),
        ("Road-videos.csv", ReadOnlyFile),
        ("tunemymusic-spotify.csv", ReadOnlyFile),
        ("tunemymusic-bom.txt", DocumentFile),
    ],
)
def test_the_class_follows_from_what_stands_in_the_file(name: str, kind: type) -> None:
    service = open_file(FOLDER / name, NOW.timestamp)
    assert type(service) is kind
    assert bool(roles_of(service)) is (kind is not ReadOnlyFile)


def test_what_each_class_takes() -> None:
    assert (DocumentFile.traits.accepts, DocumentFile.lenders) == ("any_track", ())
    assert (PlaceFile.traits.accepts, PlaceFile.lenders) == ("own_tracks", ("local", "file"))
    assert issubclass(PlaceFile, TakesForeign)


def test_every_playlist_of_an_export_is_listed_and_none_can_be_written_to() -> None:
    service = open_file(FOLDER / "spotify-2026.json", NOW.timestamp)
    heads = service.list_playlists().items
    assert [(head.id, head.title, head.count) for head in heads] == [("Road", "Road", 4), ("Road (2)", "Road", 0)]
    assert all(not head.writable and "only reads" in head.unwritable_reason for head in heads)
    listed = service.read_entries(PlaylistId("Road")).items
    assert [entry.addressable for entry in listed] == [True, True, False, True]
    with pytest.raises(NotFound, match="no such playlist"):
        service.read_entries(PlaylistId("Sea"))


def test_ids_of_videos_are_entries_that_wait_for_words() -> None:
    service = open_file(FOLDER / "Road-videos.csv", NOW.timestamp)
    (entry,) = service.read_entries(only(service)).items
    assert entry.addressable
    assert (entry.track.id, entry.track.title, entry.track.kind) == ("a" * 11, "", TrackKind.VIDEO)


def test_a_missing_file_has_no_playlist_and_is_made_by_its_name(tmp_path: Path) -> None:
    service = opened(tmp_path / "Road.csv")
    assert service.list_playlists().items == ()
    made = service.create_playlist("Whatever the source is called")
    assert (made.id, made.title, made.count, made.writable) == ("Road.csv", "Road", 0, True)
    with pytest.raises(Refused, match="already there"):
        opened(tmp_path / "Road.csv").create_playlist("Road")


def test_a_new_m3u_is_what_every_player_reads(tmp_path: Path) -> None:
    service = opened(tmp_path / "Lists" / "Road.m3u8")
    with pytest.raises(NotFound, match="no such folder"):
        service.create_playlist("Road songs")
    (tmp_path / "Lists").mkdir()
    made = service.create_playlist("Road songs")
    service.add_entries(made.id, [a_file(tmp_path / "Music" / "Ännchen #1" / "01 Rain.mp3")])
    assert (tmp_path / "Lists" / "Road.m3u8").read_bytes() == (
        "#EXTM3U\n#PLAYLIST:Road songs\n#EXTINF:1,Ann - Rain\n../Music/Ännchen #1/01 Rain.mp3\n".encode()
    )


def test_for_players_every_path_is_relative(tmp_path: Path) -> None:
    far = a_file(Path("/elsewhere/a.mp3"))
    for for_players, line in ((False, "/elsewhere/a.mp3"), (True, os.path.relpath("/elsewhere/a.mp3", tmp_path))):
        path = tmp_path / f"{for_players}.m3u8"
        service = opened(path, for_players=for_players)
        service.add_entries(service.create_playlist("x").id, [far])
        assert path.read_text().splitlines()[-1] == line


def test_a_list_keeps_its_way_of_naming_files(tmp_path: Path) -> None:
    rooted = tmp_path / "rooted.m3u"
    rooted.write_text(f"{tmp_path}/a.mp3\n")
    opened(rooted).add_entries(PlaylistId("rooted.m3u"), [a_file(tmp_path / "b.mp3")])
    assert rooted.read_text() == f"{tmp_path}/a.mp3\n{tmp_path}/b.mp3\n"
    windows = tmp_path / "windows.m3u"
    windows.write_bytes(b"Ann\\a.mp3\r\n")
    opened(windows).add_entries(PlaylistId("windows.m3u"), [a_file(tmp_path / "Cy" / "b.mp3")])
    assert windows.read_bytes() == b"Ann\\a.mp3\r\nCy\\b.mp3\r\n"


def test_a_place_file_takes_only_what_is_a_place(tmp_path: Path) -> None:
    service = opened(tmp_path / "x.m3u8")
    playlist = service.create_playlist("x").id
    stream = Track(id=TrackId("http://radio.example/a"), title="News", url="http://radio.example/a")
    streamed = Track(id=TrackId("9"), title="Sun", url="https://open.spotify.com/track/9")
    report = service.add_entries(playlist, [track("Rain"), a_file(tmp_path / "a.mp3"), stream, streamed])
    assert [(refusal.item, refusal.code) for refusal in report.refused] == [
        ("nobody-rain", "no-file"),
        ("9", "no-file"),
    ]
    assert ids(service) == [str(tmp_path / "a.mp3"), "http://radio.example/a"]


def test_a_lent_track_is_taken_under_its_absolute_path(tmp_path: Path) -> None:
    service = opened(tmp_path / "x.m3u8")
    lent = Track(id=TrackId("Ann/Ü 1.mp3"), title="Rain", artists=("Ann", "Bo"), isrc="QZAAA2600001")
    path = tmp_path / "Music" / "Ann" / "Ü 1.mp3"
    ref = TrackRef(
        service="local", scope="lib", track=Track(id=lent.id, title="Rain", artists=("Ann", "Bo"), url=path.as_uri())
    )
    taken = service.taken(ref)
    assert (taken.id, taken.url, taken.artists) == (str(path), path.as_uri(), ("Ann", "Bo"))
    service.add_entries(service.create_playlist("x").id, [taken])
    assert ids(service) == [taken.id]


def test_an_old_list_keeps_its_encoding_and_says_what_it_cannot_hold(tmp_path: Path) -> None:
    path = own_copy(tmp_path, "latin.m3u")
    service = opened(path)
    report = service.add_entries(only(service), [a_file(tmp_path / "夜.mp3"), a_file(tmp_path / "Café.mp3", "夜")])
    assert [refusal.code for refusal in report.refused] == ["not-writable-here"]
    assert "Windows-1252" in report.refused[0].text
    assert path.read_bytes() == (FOLDER / "latin.m3u").read_bytes() + "Café.mp3\r\n".encode("cp1252")


def test_a_taken_track_keeps_the_id_of_its_service(tmp_path: Path) -> None:
    service = opened(tmp_path / "x.csv")
    taken = service.taken(TrackRef(service="plex", scope="s", track=track("Rain", id="77")))
    assert taken.id == "plex:77"
    service.add_entries(service.create_playlist("x").id, [taken])
    assert (tmp_path / "x.csv").read_text().splitlines()[1] == "Rain,Nobody,,200,,,plex,77,,2026-05-01T10:00:00Z"
    again = opened(tmp_path / "y.xspf").taken(TrackRef(service="file", scope="", track=taken))
    assert again.id == "plex:77"


def test_an_outside_edit_is_noticed_and_nothing_is_written(tmp_path: Path) -> None:
    path = own_copy(tmp_path, "own.csv")
    service = opened(path)
    before = service.read_playlist(only(service)).revision
    path.write_bytes(path.read_bytes() + b"Moon,Dee\n")
    changed = path.read_bytes()
    with pytest.raises(RevisionChanged) as error:
        service.remove_entries(PlaylistId("own.csv"), [EntryId(RAIN)], revision=before)
    assert error.value.unchanged
    assert path.read_bytes() == changed
    assert len(ids(service)) == 3


def test_replacing_keeps_what_rows_that_stay_say_beside(tmp_path: Path) -> None:
    path = own_copy(tmp_path, "exportify-today.csv")
    service = opened(path)
    rain, sun = (entry.track for entry in service.read_entries(only(service)).items[:2])
    report = service.replace_entries(only(service), [sun, track("Moon"), rain])
    assert report.done[0] == SUN
    assert ids(service)[::2] == [SUN, RAIN]
    assert path.read_text().count("https://img.example/1") == 1


def test_placeholders_are_never_removed_moved_or_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.m3u"
    path.write_bytes(b"#EXTM3U\na.mp3\nb\0.mp3\nc.mp3\n")
    service = opened(path)
    playlist = only(service)
    first, bad, last = service.read_entries(playlist).items
    assert (bad.addressable, bad.reason) == (False, "line 3: holds binary data")
    assert [one.code for one in service.remove_entries(playlist, [bad.id]).refused] == ["placeholder"]
    assert [one.code for one in service.move_entries(playlist, [bad.id], to=0).refused] == ["placeholder"]
    with pytest.raises(Refused, match="never removed"):
        service.replace_entries(playlist, [last.track])
    service.remove_entries(playlist, [first.id, last.id])
    assert path.read_bytes() == b"#EXTM3U\nb\0.mp3\n"
    assert not service.read_entries(playlist).items[0].addressable


def test_a_new_title_renames_the_file_and_overwrites_none(tmp_path: Path) -> None:
    path = own_copy(tmp_path, "beets.m3u8")
    (tmp_path / "sea.m3u8").write_bytes(b"")
    service = opened(path)
    renamed = service.edit_details(PlaylistId("beets.m3u8"), title="Sea")
    assert (renamed.id, renamed.title) == ("Sea (2).m3u8", "Sea")
    assert not path.exists()
    assert (tmp_path / "sea.m3u8").read_bytes() == b""
    # The account still carries the old path, and the id leads on from there.
    later = opened(path)
    assert later.read_playlist(renamed.id).title == "Sea"
    assert later.edit_details(renamed.id, description="left out").id == renamed.id
    assert service.edit_details(renamed.id, title="Sea").id == renamed.id


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real" / "own.csv"
    real.parent.mkdir()
    copy(FOLDER / "own.csv", real)
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    service = opened(link)
    service.remove_entries(only(service), [EntryId(RAIN)])
    assert link.is_symlink()
    assert RAIN not in real.read_text()
    service.edit_details(only(service), title="Other")
    assert (tmp_path / "Other.csv").is_symlink()


@pytest.mark.parametrize("suffix", [".csv", ".xspf", ".jspf", ".json", ".txt", ".m3u8", ".pls"])
def test_halves_of_letters_and_zero_bytes_are_left_out(tmp_path: Path, suffix: str) -> None:
    service = opened(tmp_path / f"x{suffix}")
    playlist = service.create_playlist("a\ud800\0b").id
    odd = Track(id=TrackId("\udce9"), title="R\ud800ai\0n", artists=("A\udce9",), url="http://x/\udce9")
    taken = service.taken(TrackRef(service="elsewhere", scope="", track=odd))
    report = service.add_entries(playlist, [taken, odd])
    assert len(report.done) + len(report.refused) == 2
    assert all(entry.track.title == "Rain" for entry in service.read_entries(playlist).items)
    assert service.edit_details(playlist, title="S\ud800ea").title == "Sea"


def test_what_json_spells_out_and_nothing_else_holds_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "x.jspf").write_text(
        r'{"playlist": {"title": "R\ud800oad", "track": [{"title": "R\ud800ai\u0000n", "location": ["a\ud800.mp3"]}]}}'
    )
    service = opened(tmp_path / "x.jspf")
    assert service.list_playlists().items[0].title == "Road"
    (entry,) = service.read_entries(PlaylistId("x.jspf")).items
    assert (entry.track.title, entry.track.url) == ("Rain", (tmp_path / "a.mp3").as_uri())


def test_a_stray_byte_in_a_table_is_read_as_the_letter_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("title,artists\nÜber,Zoë\nÄ,Ö\n".encode() + b"Caf\xe9,Ann\n")
    service = opened(path)
    assert [entry.track.title for entry in service.read_entries(only(service)).items] == ["Über", "Ä", "Café"]
    service.move_entries(only(service), [service.read_entries(only(service)).items[2].id], to=0)
    assert path.read_bytes().splitlines()[1] == b"Caf\xe9,Ann"


def test_no_picture_can_be_put_into_a_file(tmp_path: Path) -> None:
    service = opened(own_copy(tmp_path, "own.json"))
    with pytest.raises(Refused, match="no picture"):
        service.edit_details(PlaylistId("own.json"), cover=b"\x89PNG")


def test_write_protected_files_say_so(tmp_path: Path) -> None:
    path = own_copy(tmp_path, "own.csv")
    path.chmod(0o444)
    service = opened(path)
    head = service.read_playlist(PlaylistId("own.csv"))
    assert (head.writable, head.unwritable_reason) == (False, "the file is write-protected")
    with pytest.raises(AccessDenied, match="write-protected"):
        service.add_entries(head.id, [track("Moon")])


def test_what_may_not_be_read_or_written_is_told_apart() -> None:
    with nobody() as folder:
        path = Path(copy(FOLDER / "own.csv", folder / "own.csv"))
        service = opened(path)
        folder.chmod(0o555)
        assert service.read_playlist(PlaylistId("own.csv")).unwritable_reason == "its folder is write-protected"
        with pytest.raises(AccessDenied):
            opened(folder / "new.csv").create_playlist("new")
        folder.chmod(0o755)
        path.chmod(0o000)
        with pytest.raises(AccessDenied, match="permissions"):
            service.read_entries(PlaylistId("own.csv"))
        assert sorted(one.name for one in folder.iterdir()) == ["own.csv"]


def test_a_full_disk_leaves_the_old_file_and_no_scraps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = own_copy(tmp_path, "own.csv")
    service = opened(path)
    monkeypatch.setattr(os, "fsync", out_of_room)
    with pytest.raises(DiskFull) as error:
        service.remove_entries(PlaylistId("own.csv"), [EntryId(RAIN)])
    assert error.value.unchanged
    assert path.read_bytes() == (FOLDER / "own.csv").read_bytes()
    assert [one.name for one in tmp_path.iterdir()] == ["own.csv"]


def test_a_full_disk_takes_no_new_file_of_any_format(tmp_path: Path) -> None:
    with full_disk(tmp_path / "disk") as disk:
        for suffix in CREATABLE:
            song = replace(track("Moon"), url=(tmp_path / "moon.mp3").as_uri())
            with pytest.raises(DiskFull) as error:
                opened(disk / f"new{suffix}").create_playlist("new", tracks=[song])
            assert error.value.unchanged == "No file was made."
        assert [one.name for one in disk.iterdir()] == ["filler"]


def test_a_new_file_is_whole_from_the_first_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    name_it = os.link

    def link(source: Path, final: Path) -> None:
        assert not final.exists()
        name_it(source, final)
        seen.extend(entry.track.title for entry in opened(final).read_entries(PlaylistId(final.name)).items)

    monkeypatch.setattr(os, "link", link)
    for suffix in CREATABLE:
        song = replace(track("Moon"), url=(tmp_path / "moon.mp3").as_uri())
        opened(tmp_path / f"new{suffix}").create_playlist("new", tracks=[song, song])
    assert seen == ["Moon"] * 2 * len(CREATABLE)


def test_a_file_is_not_made_with_what_its_format_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(TracksRefused, match="places of files") as error:
        opened(tmp_path / "new.m3u8").create_playlist("new", tracks=[track("Moon")])
    assert [(one.item, one.code) for one in error.value.refused] == [(track("Moon").id, "no-file")]
    assert error.value.unchanged == "No file was made."
    assert not [*tmp_path.iterdir()]


def test_what_is_no_file_is_refused_not_read_for_ever(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.m3u"
    os.mkfifo(pipe)
    (tmp_path / "folder.m3u").mkdir()
    (tmp_path / "loop.m3u").symlink_to(tmp_path / "loop.m3u")
    for name, words in (("pipe.m3u", "not a file of its own"), ("folder.m3u", "folder"), ("loop.m3u", "circle")):
        with pytest.raises(BadFile, match=words) as error:
            open_file(tmp_path / name, NOW.timestamp).read_entries(PlaylistId(name))
        assert name in error.value.where
    with pytest.raises(BadFile, match="too long"):
        open_file(tmp_path / f"{'x' * 300}.m3u", NOW.timestamp).read_entries(PlaylistId("x.m3u"))
    with pytest.raises(NotFound, match="no file of this name"):
        open_file(tmp_path / "gone.m3u", NOW.timestamp).read_entries(PlaylistId("gone.m3u"))


def test_a_file_far_too_large_is_not_even_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.m3u"
    with huge.open("wb") as stream:
        stream.truncate(300 << 20)
    with pytest.raises(BadFile, match="too large: 300 of at most 256 MiB"):
        open_file(huge, NOW.timestamp).read_entries(PlaylistId("huge.m3u"))
