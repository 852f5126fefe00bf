"""Files and folders that cannot be used are listed with the reason, and the others are found all the same."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from musync.domain import FreeControl, ScanReport
from musync.services.local.index import Index, open_index
from musync.services.local.reasons import reason_of
from musync.services.local.scan import scan
from tests.services.local.library import MusicFolder
from tests.services.local.tagging import put

NOBODY = 65_534


@pytest.fixture
def index(music: MusicFolder) -> Iterator[Index]:
    music.add("good.mp3", title="Good")
    index = open_index(music.cache, str(music.folder))
    yield index
    index.close()


def rescan(music: MusicFolder, index: Index) -> ScanReport:
    return scan(music.folder, index, FreeControl())


def reasons(report: ScanReport) -> dict[str, str]:
    return {one.path: one.reason for one in report.unreadable}


def test_damaged_files_are_listed_each_time_and_opened_once(music: MusicFolder, index: Index) -> None:
    (music.folder / "empty.mp3").touch()
    (music.folder / "page.flac").write_text("<html>")
    (music.folder / "cut.mp3").write_bytes(put(music.folder / "cut.mp3", "mp3").read_bytes()[:60])
    music.add("flac.flac", title="Flac").rename(music.folder / "really flac.mp3")
    report = rescan(music, index)
    assert report.added == 2
    assert reasons(report) == {
        "empty.mp3": "empty (0 bytes)",
        "page.flac": "not a music file, whatever its name says",
        "cut.mp3": "damaged or cut off, no sound found (mp3)",
    }
    again = rescan(music, index)
    assert (again.unchanged, again.added, again.changed) == (2, 0, 0)
    assert reasons(again) == reasons(report)


def test_a_mended_file_is_a_track_again(music: MusicFolder, index: Index) -> None:
    (music.folder / "a.mp3").touch()
    rescan(music, index)
    music.add("a.mp3", title="A")
    report = rescan(music, index)
    assert (report.changed, report.unreadable) == (1, ())


def test_links_in_a_circle_are_listed(music: MusicFolder, index: Index) -> None:
    (music.folder / "loop").symlink_to(music.folder / "loop")
    (music.folder / "a.mp3").symlink_to("a.mp3")
    (music.folder / "up").mkdir()
    (music.folder / "up/again").symlink_to("..")
    report = rescan(music, index)
    assert report.added == 1
    said = reasons(report)
    assert said.keys() == {"loop", "a.mp3", "up/again/"}
    assert "circle" in said["loop"]
    assert "circle" in said["a.mp3"]
    assert "back into the music folder" in said["up/again/"]


def test_a_link_that_leads_nowhere_is_listed_when_it_should_be_music(music: MusicFolder, index: Index) -> None:
    (music.folder / "a.mp3").symlink_to("gone.mp3")
    (music.folder / "notes.txt").symlink_to("gone.txt")
    assert reasons(rescan(music, index)) == {"a.mp3": "it leads to nothing, or has just gone"}


def test_links_to_music_elsewhere_are_followed_once(music: MusicFolder, index: Index, tmp_path: Path) -> None:
    other = tmp_path / "other disk"
    (other / "deep").mkdir(parents=True)
    music.add("good.mp3", title="B").rename(other / "deep/b.mp3")
    music.add("good.mp3", title="Good")
    (other / "home").symlink_to(music.folder)
    for name in ("second", "first"):
        (music.folder / name).symlink_to(other)
    (music.folder / "c.mp3").symlink_to(other / "deep/b.mp3")
    report = rescan(music, index)
    assert set(index.stamps()) == {"good.mp3", "c.mp3", "first/deep/b.mp3"}
    assert reasons(report).keys() == {"second/", "first/home/"}
    assert rescan(music, index).unchanged == 3


def test_names_that_are_no_text_are_listed(music: MusicFolder, index: Index) -> None:
    (music.folder / os.fsdecode(b"f\xfclder")).mkdir()
    for name in (b"caf\xe9.mp3", b"f\xfclder/a.mp3"):
        (music.folder / os.fsdecode(name)).hardlink_to(music.folder / "good.mp3")
    report = rescan(music, index)
    assert report.added == 1
    assert {path: "not valid UTF-8" in reason for path, reason in reasons(report).items()} == {
        "caf\\xe9.mp3": True,
        "f\\xfclder": True,
    }


def test_what_is_not_a_file_is_listed_and_not_waited_for(music: MusicFolder, index: Index) -> None:
    os.mkfifo(music.folder / "pipe.mp3")
    assert reasons(rescan(music, index)) == {"pipe.mp3": "it is not a file"}


def test_a_folder_called_like_a_song_is_a_folder(music: MusicFolder, index: Index) -> None:
    music.add("Rain.mp3/Snow.mp3", title="Snow")
    assert rescan(music, index).added == 2


def test_a_file_that_becomes_a_folder_is_gone(music: MusicFolder, index: Index) -> None:
    rescan(music, index)
    (music.folder / "good.mp3").unlink()
    music.add("good.mp3/inside.mp3", title="Inside")
    report = rescan(music, index)
    assert (report.added, report.removed) == (1, 1)
    assert [*index.stamps()] == ["good.mp3/inside.mp3"]


@pytest.mark.parametrize(
    ("number", "length", "reason"),
    [
        (32, 20, "another program is using it"),
        (206, 300, "the path is too long for this system"),
        (3, 300, "the path is too long for this system"),
        (3, 20, "it leads to nothing, or has just gone"),
    ],
)
def test_windows_has_reasons_of_its_own(number: int, length: int, reason: str) -> None:
    error = FileNotFoundError(errno.ENOENT, "No such file", "C:\\" + "x" * length)
    error.winerror = number
    assert reason_of(error) == reason


WITHOUT_RIGHTS = """
import os
from pathlib import Path
from musync.domain import FreeControl
from musync.services.local.index import open_index
from musync.services.local.scan import scan
import musync.services.local.workers
# Root may read everything, so it becomes somebody who may not; not before all is imported, which may be root's too.
if os.getuid() == 0:
    os.setgid({nobody})
    os.setuid({nobody})
index = open_index(Path({cache!r}), {folder!r})
report = scan(Path({folder!r}), index, FreeControl())
print(report.added, report.changed, report.removed, report.unchanged)
for one in report.unreadable:
    print(one.path, one.reason, sep=": ")
"""


def scan_without_rights(folder: Path, cache: Path) -> list[str]:
    """What a scan by a user who owns nothing here says."""
    code = WITHOUT_RIGHTS.format(nobody=NOBODY, cache=str(cache), folder=str(folder))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path.cwd(), check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def open_to_all(tmp_path: Path) -> Iterator[MusicFolder]:
    """A music folder that somebody else can reach and keep an index of."""
    music = MusicFolder(tmp_path)
    music.cache.mkdir(mode=0o777)
    music.cache.chmod(0o777)
    closed = [folder for folder in tmp_path.parents if not folder.stat().st_mode & 0o001]
    modes = {folder: folder.stat().st_mode for folder in [tmp_path, *closed]}
    for folder, mode in modes.items():
        folder.chmod(mode | 0o001)
    yield music
    for folder, mode in modes.items():
        folder.chmod(mode)


def test_files_and_folders_without_permission_are_listed_and_kept(open_to_all: MusicFolder) -> None:
    music = open_to_all
    for path in ("a.mp3", "closed/b.mp3", "secret.mp3"):
        music.add(path, title=path)
    assert scan_without_rights(music.folder, music.cache)[0] == "3 0 0 0"
    (music.folder / "closed").chmod(0)
    (music.folder / "secret.mp3").write_bytes(b"changed")
    (music.folder / "secret.mp3").chmod(0)
    said = scan_without_rights(music.folder, music.cache)
    (music.folder / "closed").chmod(0o755)
    assert said == ["0 0 0 1", "closed/: no permission to read it", "secret.mp3: no permission to read it"]
    music.add("secret.mp3", title="open again").chmod(0o644)
    assert scan_without_rights(music.folder, music.cache) == ["0 1 0 2"]
