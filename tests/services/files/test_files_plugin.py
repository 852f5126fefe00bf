from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from musync.domain import Account, FreeControl, PlaylistId
from musync.domain.errors import BadFile, NotFound
from musync.services.api import Claim, Env, Form, SignedIn
from musync.services.files.plugin import CREATABLE, plugin
from musync.services.files.recognise import new_document
from musync.services.files.writing import DocumentFile, PlaceFile
from tests.services.files.samples import ALL, FOLDER


def env(tmp_path: Path) -> Env:
    def no_http() -> None:
        raise AssertionError("a file needs no network")

    return Env(control=FreeControl(), cache=tmp_path, secrets={}, http=no_http)  # type: ignore[arg-type]


def claimed(path: Path) -> Claim:
    claim = plugin.claims_path(path)
    assert claim is not None
    return claim


def account(claim: Claim) -> Account:
    assert claim.account is not None
    return claim.account


def test_an_existing_file_is_claimed_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "My list"
    path.write_text("Ann - Rain\n")
    claim = claimed(path)
    assert (claim.playlist, claim.creatable) == ("My list", None)
    found = account(claim)
    assert (found.name, found.service, found.ext_id, found.label) == (str(path), "file", str(path), "My list")
    assert found.settings == {"path": str(path)}


def test_a_relative_path_is_the_same_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = account(claimed(Path("sub/../Road.m3u8")))
    assert (found.name, found.ext_id) == ("sub/../Road.m3u8", str(tmp_path / "Road.m3u8"))


@pytest.mark.parametrize("suffix", CREATABLE)
def test_a_name_that_is_not_there_can_be_created(tmp_path: Path, suffix: str) -> None:
    claim = claimed(tmp_path / f"Road songs{suffix.upper()}")
    assert (claim.playlist, claim.creatable) == (None, "Road songs")
    service = plugin.connect(account(claim), env(tmp_path))
    assert isinstance(service, PlaceFile if suffix in (".m3u", ".m3u8", ".pls") else DocumentFile)
    service.create_playlist("Road songs")
    assert claimed(tmp_path / f"Road songs{suffix.upper()}").playlist == f"Road songs{suffix.upper()}"


def test_what_ends_in_no_playlist_and_is_not_there_is_not_ours(tmp_path: Path) -> None:
    assert plugin.claims_path(tmp_path) is None
    assert plugin.claims_path(tmp_path / "Road") is None
    assert plugin.claims_path(Path("plex:Road")) is None
    assert plugin.claims_path(Path("a\0b.m3u")) is None
    folder = tmp_path / "folder.m3u"
    folder.mkdir()
    assert plugin.claims_path(folder) is None


def test_a_library_that_is_not_there_cannot_be_created(tmp_path: Path) -> None:
    claim = claimed(tmp_path / "Library.xml")
    assert claim.creatable is None
    assert claim.playlist is not None
    with pytest.raises(NotFound):
        plugin.connect(account(claim), env(tmp_path)).read_playlist(claim.playlist)
    with pytest.raises(BadFile, match=r"cannot be written as '[.]xml'"):
        new_document("x", tmp_path / "x.xml")


@pytest.mark.parametrize("name", ALL)
def test_every_sample_is_claimed_and_can_be_read(tmp_path: Path, name: str) -> None:
    claim = claimed(FOLDER / name)
    with plugin.connect(account(claim), env(tmp_path)) as service:
        heads = service.list_playlists().items
        assert heads
        assert claim.playlist == (heads[0].id if len(heads) == 1 else None)
        for head in heads:
            assert service.read_playlist(head.id) == head
            assert len(service.read_entries(head.id).items) == head.count


def test_a_file_that_cannot_be_read_says_so_when_it_is(tmp_path: Path) -> None:
    path = tmp_path / "tv.m3u8"
    path.write_text("#EXTM3U\n#EXT-X-VERSION:3\n")
    claim = claimed(path)
    assert claim.playlist == "tv.m3u8"
    with plugin.connect(account(claim), env(tmp_path)) as service, pytest.raises(BadFile, match="stream"):
        service.read_playlist(PlaylistId("tv.m3u8"))


def test_an_address_is_no_path_because_its_dots_lead_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "list").write_text("Ann - Rain\n")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert plugin.claims_path(Path("../list")) is not None
    assert plugin.claims_path(Path("local:x/../../list")) is None


def test_a_file_url_is_claimed(tmp_path: Path) -> None:
    path = Path(copy(FOLDER / "own.csv", tmp_path / "Ü own #1.csv"))
    claim = plugin.claims_link(path.as_uri())
    assert claim is not None
    assert account(claim).ext_id == str(path)
    assert plugin.claims_link("https://open.spotify.com/playlist/1") is None
    assert plugin.claims_link("file://nas/music/x.csv") is None


def test_for_players_is_a_setting_of_the_account(tmp_path: Path) -> None:
    made = Account(name="x", service="file", ext_id=str(tmp_path / "x.m3u8"), settings={"for": "players"})
    service = plugin.connect(made, env(tmp_path))
    assert isinstance(service, PlaceFile)


def test_signing_in_asks_for_the_path(tmp_path: Path) -> None:
    flow = plugin.sign_in(env(tmp_path))
    assert isinstance(flow.begin(), Form)
    wrong = flow.answer({"path": str(tmp_path)})
    assert isinstance(wrong, Form)
    assert wrong.error_key == "path"
    done = flow.answer({"path": str(FOLDER / "own.csv")})
    assert isinstance(done, SignedIn)
    assert done.ext_id == str(FOLDER / "own.csv")


def test_the_door_is_light() -> None:
    code = (
        "import sys, musync.services.files.plugin\n"
        "print([name for name in ('plistlib', 'csv', 'json', 'xml.parsers.expat') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
