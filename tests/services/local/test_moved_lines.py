"""Lines that name a moved file by its old path are put right when the list is written anyway, and never else."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musync.domain import EntryId, PlaylistId, Track, WriteReport
from musync.services.local.service import LocalLibrary
from tests.services.local.library import MusicFolder

LIST = PlaylistId("lists/road.m3u8")
OLD, NEW = "Ann/01 Sun.mp3", "Bo & Co/déjà sunny.mp3"
Write = Callable[[LocalLibrary], WriteReport]


@pytest.fixture
def music(music: MusicFolder) -> MusicFolder:
    for name, title in ((OLD, "Sun"), ("Ann/02 Rain.mp3", "Rain"), ("Cy/Fog.mp3", "Fog")):
        music.add(name, title=title, artist="Ann")
    (music.folder / "lists").mkdir()
    with music.connect() as service:
        service.scan()
    (music.folder / "Bo & Co").mkdir()
    (music.folder / OLD).rename(music.folder / NEW)
    return music


@pytest.fixture
def service(music: MusicFolder) -> Iterator[LocalLibrary]:
    with music.connect() as service:
        yield service


def fog(service: LocalLibrary) -> Track:
    found = service.catalogue.track("Cy/Fog.mp3")
    assert found is not None
    return found


def add(service: LocalLibrary) -> WriteReport:
    return service.add_entries(LIST, [fog(service)])


def remove(service: LocalLibrary) -> WriteReport:
    return service.remove_entries(LIST, [EntryId("Ann/02 Rain.mp3")])


def move(service: LocalLibrary) -> WriteReport:
    return service.move_entries(LIST, [EntryId("Ann/02 Rain.mp3")], to=0)


@pytest.mark.parametrize("write", [add, remove, move])
def test_a_write_puts_the_line_of_a_moved_file_right(music: MusicFolder, service: LocalLibrary, write: Write) -> None:
    file = music.write_list(LIST, f"#EXTM3U\n# mine\n#EXTINF:1,Ann - Sun\n../{OLD}\n\n../Ann/02 Rain.mp3\n")
    before = [(entry.id, entry.track.id) for entry in service.read_entries(LIST).items]
    assert before[0] == (NEW, NEW), "the track is known under its present path already"
    report = write(service)
    assert report.repaired == 1
    assert f"#EXTINF:1,Ann - Sun\n../{NEW}\n" in file.read_text("utf-8")
    assert OLD not in file.read_text("utf-8")
    read = service.read_entries(LIST)
    assert read.revision == report.revision
    assert (NEW, NEW) in [(entry.id, entry.track.id) for entry in read.items], "it is still the same entry"
    assert add(service).repaired == 0, "once is enough"


@pytest.mark.parametrize("write", [add, move])
def test_two_lines_of_one_file_keep_their_entry_ids(music: MusicFolder, service: LocalLibrary, write: Write) -> None:
    music.write_list(LIST, f"../{OLD}\n../{NEW}\n../Ann/02 Rain.mp3\n../{OLD}\n")
    before = {entry.id for entry in service.read_entries(LIST).items}
    assert write(service).repaired == 2
    assert before <= {entry.id for entry in service.read_entries(LIST).items}


def test_looking_at_a_list_changes_nothing(music: MusicFolder, service: LocalLibrary) -> None:
    file = music.write_list(LIST, f"../{OLD}\n")
    before = file.read_bytes()
    service.scan()
    service.read_playlist(LIST)
    service.read_entries(LIST)
    service.relinked()
    assert service.remove_entries(LIST, [EntryId("no such")]).refused
    assert service.add_entries(LIST, []).repaired == 0
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"../{OLD}", f"../{NEW}"),
        ("..\\Ann\\01 Sun.mp3", "..\\Bo & Co\\déjà sunny.mp3"),
        ("../Ann/01%20Sun.mp3", "../Bo%20%26%20Co/d%C3%A9j%C3%A0%20sunny.mp3"),
        ("{folder}/Ann/01 Sun.mp3", "{folder}/Bo & Co/déjà sunny.mp3"),
        ("file://{folder}/Ann/01%20Sun.mp3", "file://{folder}/Bo%20%26%20Co/d%C3%A9j%C3%A0%20sunny.mp3"),
    ],
)
def test_the_new_path_is_written_as_the_old_one_was(
    music: MusicFolder, service: LocalLibrary, old: str, new: str
) -> None:
    folder = music.folder.as_posix()
    file = music.write_list(LIST, f"\t{old.format(folder=folder)} \r\n../Ann/02 Rain.mp3\r\n")
    assert add(service).repaired == 1
    assert file.read_bytes().startswith(f"\t{new.format(folder=folder)} \r\n../Ann/02 Rain.mp3\r\n".encode())
    assert [entry.track.id for entry in service.read_entries(LIST).items] == [NEW, "Ann/02 Rain.mp3", "Cy/Fog.mp3"]


def test_a_path_of_another_computer_is_left_as_it_is(music: MusicFolder, service: LocalLibrary) -> None:
    strange = f"D:\\Music\\Ann\\02 Rain.mp3\n#EXTINF:1,Ann - Sun\n/volume1/{NEW}\ngone.mp3\n../{OLD}\n"
    file = music.write_list(LIST, strange)
    assert add(service).repaired == 1
    assert file.read_text("utf-8").startswith(strange.replace(OLD, NEW))


def test_a_file_that_lies_at_its_old_path_again_is_left_there(music: MusicFolder, service: LocalLibrary) -> None:
    file = music.write_list(LIST, f"../{OLD}\n")
    assert service.read_entries(LIST).items[0].track.id == NEW
    shutil.copy(music.folder / NEW, music.folder / OLD)
    assert add(service).repaired == 0
    assert file.read_text("utf-8").startswith(f"../{OLD}\n")


def test_a_file_that_went_on_unseen_is_left_for_the_next_look(music: MusicFolder, service: LocalLibrary) -> None:
    music.write_list(LIST, f"../{OLD}\n../Ann/02 Rain.mp3\n")
    service.read_entries(LIST)
    (music.folder / NEW).rename(music.folder / "elsewhere.mp3")
    assert move(service).repaired == 0
    with music.connect() as later:
        later.scan()
        assert move(later).repaired == 1
    assert (music.folder / LIST).read_text("utf-8") == "../Ann/02 Rain.mp3\n../elsewhere.mp3\n"


def test_a_name_the_encoding_cannot_hold_leaves_the_line(music: MusicFolder, tmp_path: Path) -> None:
    (music.folder / NEW).rename(music.folder / "夜.mp3")
    latin = f"# é\n../{OLD}\n../Ann/02 Rain.mp3\n".encode("cp1252")
    file = music.write_list(LIST, latin)
    with music.connect() as service:
        service.scan()
        assert add(service).repaired == 0
    assert file.read_bytes().startswith(latin)
