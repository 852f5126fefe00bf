from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from musync.domain import FreeControl, ScanReport
from musync.domain.errors import Cancelled, NotFound
from musync.services.local.index import Index, open_index
from musync.services.local.scan import scan
from musync.testing.audio import clone_library
from tests.services.local.library import MusicFolder


class Listener(FreeControl):
    """Remembers what it was told, and can stop at a checkpoint."""

    def __init__(self, stop_at: int = 0) -> None:
        super().__init__()
        self.told: list[tuple[int, int | None, str]] = []
        self._left = stop_at

    def progress(self, done: int, total: int | None, code: str) -> None:
        self.told.append((done, total, code))

    def checkpoint(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.cancel()
        super().checkpoint()


@pytest.fixture
def index(music: MusicFolder):
    index = open_index(music.cache, str(music.folder))
    yield index
    index.close()


def rescan(music: MusicFolder, index: Index) -> ScanReport:
    return scan(music.folder, index, FreeControl())


def counts(report: ScanReport) -> dict[str, int]:
    names = ("added", "changed", "removed", "moved", "unchanged")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def reasons(report: ScanReport) -> dict[str, str]:
    return {one.path: one.reason for one in report.unreadable}


def test_everything_is_found_and_nothing_opened_twice(music: MusicFolder, index: Index) -> None:
    made = clone_library(music.folder, 40, seed=1)
    assert counts(rescan(music, index)) == {"added": 40}
    for track in made:
        (music.folder / track.id).chmod(0)
        # Opening one now would show: the content is no longer music, its size and time are as before.
        status = (music.folder / track.id).stat()
        (music.folder / track.id).chmod(0o644)
        (music.folder / track.id).write_bytes(bytes(status.st_size))
        os.utime(music.folder / track.id, ns=(status.st_atime_ns, status.st_mtime_ns))
    again = rescan(music, index)
    assert counts(again) == {"unchanged": 40}
    assert not again.unreadable


def test_a_changed_file_is_read_again(music: MusicFolder, index: Index) -> None:
    music.add("a.mp3", title="Old title")
    music.add("b.mp3", title="Other")
    rescan(music, index)
    music.add("a.mp3", title="New")
    assert counts(rescan(music, index)) == {"changed": 1, "unchanged": 1}
    assert index.connection.execute("SELECT title FROM file WHERE path = 'a.mp3'").fetchall() == [("New",)]


def test_a_change_of_the_time_alone_is_noticed(music: MusicFolder, index: Index) -> None:
    file = music.add("a.mp3", title="Old")
    rescan(music, index)
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1))
    assert counts(rescan(music, index)) == {"changed": 1}


def test_a_removed_file_is_forgotten(music: MusicFolder, index: Index) -> None:
    music.add("a.mp3", title="A").unlink()
    music.add("b.mp3", title="B")
    music.add("c.mp3", title="C")
    rescan(music, index)
    (music.folder / "b.mp3").unlink()
    assert counts(rescan(music, index)) == {"removed": 1, "unchanged": 1}
    assert [*index.stamps()] == ["c.mp3"]


def test_a_moved_file_keeps_its_link(music: MusicFolder, index: Index) -> None:
    file = music.add("old/a.mp3", title="A", artist="Ann")
    music.add("b.mp3", title="B")
    rescan(music, index)
    (music.folder / "new").mkdir()
    file.rename(music.folder / "new/other name.mp3")
    assert counts(rescan(music, index)) == {"moved": 1, "unchanged": 1}
    assert index.moved() == {"old/a.mp3": "new/other name.mp3"}


def test_a_moved_file_without_tags_keeps_its_link(music: MusicFolder, index: Index) -> None:
    file = music.add("old.mp3")
    music.add("b.mp3", title="B")
    rescan(music, index)
    file.rename(music.folder / "new.mp3")
    assert counts(rescan(music, index)) == {"moved": 1, "unchanged": 1}


def test_a_file_moved_twice_and_back_again_is_followed(music: MusicFolder, index: Index) -> None:
    file = music.add("a.mp3", title="A")
    rescan(music, index)
    for name, known in (("b.mp3", {"a.mp3": "b.mp3"}), ("c.mp3", {"a.mp3": "c.mp3", "b.mp3": "c.mp3"})):
        file = file.rename(music.folder / name)
        rescan(music, index)
        assert index.moved() == known
    file.rename(music.folder / "a.mp3")
    rescan(music, index)
    assert index.moved() == {"b.mp3": "a.mp3", "c.mp3": "a.mp3"}


def test_a_file_that_was_moved_and_then_removed_leads_nowhere(music: MusicFolder, index: Index) -> None:
    file = music.add("a.mp3", title="A")
    rescan(music, index)
    file = file.rename(music.folder / "b.mp3")
    rescan(music, index)
    file = file.rename(music.folder.parent / "elsewhere.mp3")
    rescan(music, index)
    assert index.moved() == {}
    file.rename(music.folder / "b.mp3")
    rescan(music, index)
    assert index.moved() == {"a.mp3": "b.mp3"}


def test_a_renamed_folder_moves_every_file_in_it(music: MusicFolder, index: Index) -> None:
    made = clone_library(music.folder, 40, seed=1)
    rescan(music, index)
    folder = made[0].id.partition("/")[0]
    (music.folder / folder).rename(music.folder / "Renamed")
    assert counts(rescan(music, index)) == {"moved": 40}
    assert index.moved() == {track.id: "Renamed" + track.id[len(folder) :] for track in made}


def test_a_copy_is_new_and_moves_nothing(music: MusicFolder, index: Index) -> None:
    file = music.add("a.mp3", title="A")
    rescan(music, index)
    shutil.copy(file, music.folder / "copy.mp3")
    assert counts(rescan(music, index)) == {"added": 1, "unchanged": 1}
    file.unlink()
    assert counts(rescan(music, index)) == {"removed": 1, "unchanged": 1}
    assert index.moved() == {}


def test_a_move_is_noticed_after_a_scan_that_was_stopped(music: MusicFolder, index: Index) -> None:
    files = [music.add(f"old/{number}.mp3", title=f"T{number}") for number in range(40)]
    rescan(music, index)
    (music.folder / "new").mkdir()
    for file in files:
        file.rename(music.folder / "new" / file.name)
    with pytest.raises(Cancelled):
        scan(music.folder, index, Listener(stop_at=30))
    assert len(index.stamps()) > 40, "nothing was noted before the stop"
    assert len(index.moved()) == 0
    rescan(music, index)
    assert index.moved() == {f"old/{number}.mp3": f"new/{number}.mp3" for number in range(40)}


def test_progress_is_told_in_files(music: MusicFolder, index: Index) -> None:
    clone_library(music.folder, 40, seed=1)
    listener = Listener()
    scan(music.folder, index, listener)
    assert listener.told[-1] == (40, 40, "scan-files")
    assert [done for done, _, _ in listener.told] == sorted(done for done, _, _ in listener.told)


def test_a_stop_comes_through_between_two_files_and_keeps_what_was_read(music: MusicFolder, index: Index) -> None:
    clone_library(music.folder, 40, seed=1)
    with pytest.raises(Cancelled):
        scan(music.folder, index, Listener(stop_at=25))
    noted = len(index.stamps())
    assert 0 < noted < 25
    assert counts(rescan(music, index)) == {"added": 40 - noted, "unchanged": noted}


def test_hidden_files_and_bins_are_left_out(music: MusicFolder, index: Index) -> None:
    for path in (".hidden/a.mp3", "._a.mp3", "$RECYCLE.BIN/a.mp3", "a/@eaDir/a.mp3/x.mp3", "a/Seen.MP3"):
        file = music.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        music.add("seen.mp3", title="A").rename(file)
    (music.folder / "notes.txt").write_text("no music")
    assert counts(rescan(music, index)) == {"added": 1}
    assert [*index.stamps()] == ["a/Seen.MP3"]


def test_paths_may_be_strange_and_long(tmp_path: Path) -> None:
    deep = tmp_path / "my music & 'more' 🎵" / ("夜" * 60) / ("x" * 200) / ("y" * 100)
    music = MusicFolder(deep, cache=tmp_path / "cache")
    assert len(str(music.folder)) > 300
    for path in ("Ünï code/Ёлка 🔥.mp3", "a  b/#1 100% [x].mp3", "-rf.mp3", "line\nbreak.mp3", "tab\t.mp3"):
        music.add(path, title="A")
    index = open_index(music.cache, str(music.folder))
    report = rescan(music, index)
    assert counts(report) == {"added": 5}
    assert not report.unreadable
    assert counts(rescan(music, index)) == {"unchanged": 5}
    index.close()


def test_a_library_may_be_empty(music: MusicFolder, index: Index) -> None:
    assert counts(rescan(music, index)) == {}


def test_the_last_few_files_may_go(music: MusicFolder, index: Index) -> None:
    music.add("a.mp3", title="A")
    rescan(music, index)
    (music.folder / "a.mp3").unlink()
    assert counts(rescan(music, index)) == {"removed": 1}


def test_a_folder_that_is_gone_does_not_empty_the_index(music: MusicFolder, index: Index) -> None:
    clone_library(music.folder, 20, seed=1)
    rescan(music, index)
    music.folder.rename(music.folder.with_name("unplugged"))
    with pytest.raises(NotFound) as caught:
        rescan(music, index)
    assert caught.value.case == "folder-missing"
    assert "20 files is kept" in caught.value.unchanged
    assert len(index.stamps()) == 20


def test_an_empty_mount_point_does_not_empty_the_index(music: MusicFolder, index: Index) -> None:
    clone_library(music.folder, 20, seed=1)
    rescan(music, index)
    music.folder.rename(music.folder.with_name("unplugged"))
    music.folder.mkdir()
    with pytest.raises(NotFound) as caught:
        rescan(music, index)
    assert caught.value.case == "folder-empty"
    assert len(index.stamps()) == 20


def test_the_revision_rises_with_changes_alone(music: MusicFolder, index: Index) -> None:
    music.add("a.mp3", title="A")
    music.add("b.mp3", title="B")
    rescan(music, index)
    first = index.revision
    rescan(music, index)
    assert index.revision == first
    (music.folder / "a.mp3").unlink()
    rescan(music, index)
    assert index.revision == first + 1
