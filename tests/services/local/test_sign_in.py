from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from musync.domain import Account
from musync.services.api import Form, GaveUp, SignedIn
from musync.services.local.plugin import plugin
from tests.services.local.library import MusicFolder


def answered(music: MusicFolder, account: Account | None = None, **values: str) -> Form | SignedIn | GaveUp:
    flow = plugin.sign_in(music.env(), account)
    assert isinstance(flow.begin(), Form)
    step = flow.answer(values)
    assert isinstance(step, Form | SignedIn | GaveUp)
    return step


def test_the_form_asks_for_two_folders_and_needs_one(music: MusicFolder) -> None:
    form = plugin.sign_in(music.env()).begin()
    assert isinstance(form, Form)
    assert [(field.key, field.kind, field.required) for field in form.fields] == [
        ("folder", "folder", True),
        ("playlists", "folder", False),
    ]


def test_a_folder_makes_an_account(music: MusicFolder) -> None:
    step = answered(music, folder=f"{music.folder}/../Music/")
    assert step == SignedIn(ext_id=str(music.folder), label="Music", settings={"folder": str(music.folder)}, secrets={})


def test_the_id_is_where_the_music_really_is(music: MusicFolder) -> None:
    link = music.folder.parent / "link"
    link.symlink_to(music.folder)
    step = answered(music, folder=str(link), playlists=str(link))
    assert isinstance(step, SignedIn)
    assert step.ext_id == str(music.folder)
    assert step.settings == {"folder": str(link), "playlists": str(link)}


def test_home_and_here_are_understood(music: MusicFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(music.folder.parent))
    monkeypatch.setenv("USERPROFILE", str(music.folder.parent))
    monkeypatch.chdir(music.folder.parent)
    for text in ("~/Music", "Music", "./Music/"):
        step = answered(music, folder=text)
        assert isinstance(step, SignedIn)
        assert step.settings["folder"] == str(music.folder)


@pytest.mark.parametrize(
    ("values", "key", "message"),
    [
        ({}, "folder", "Choose a folder."),
        ({"folder": "  "}, "folder", "Choose a folder."),
        ({"folder": "{root}/nowhere"}, "folder", "There is no folder {root}/nowhere."),
        ({"folder": "{root}/file"}, "folder", "{root}/file is a file, not a folder."),
        ({"folder": "{root}/file/below"}, "folder", "{root}/file/below is a file, not a folder."),
        ({"folder": "{root}/\0"}, "folder", "{root}/\0 cannot be used: no path looks like this."),
        (
            {"folder": "{root}/" + "x" * 300},
            "folder",
            "{root}/" + "x" * 300 + " cannot be used: the path is too long for this system.",
        ),
        ({"folder": "{root}/Music", "playlists": "{root}/nowhere"}, "playlists", "There is no folder {root}/nowhere."),
    ],
)
def test_a_folder_that_cannot_be_used_is_asked_for_again(
    music: MusicFolder, values: dict[str, str], key: str, message: str
) -> None:
    root = music.folder.parent
    (root / "file").touch()
    given = {name: text.replace("{root}", str(root)) for name, text in values.items()}
    form = answered(music, **given)
    assert isinstance(form, Form)
    assert (form.error_key, form.error) == (key, message.replace("{root}", str(root)))
    defaults = {field.key: field.default for field in form.fields}
    assert defaults == {"folder": given.get("folder", ""), "playlists": given.get("playlists", "")}


def test_a_folder_without_permission_is_said_to_be_one(music: MusicFolder) -> None:
    closed = music.folder.parent / "closed"
    closed.mkdir(mode=0)
    # Root may look into everything, so somebody else asks.
    code = (
        "import os, sys\n"
        "from musync.services.local.sign_in import LocalSignIn\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "print(LocalSignIn(None).answer({'folder': sys.argv[1]}).error)\n"
    )
    reachable = [folder for folder in closed.parents if not folder.stat().st_mode & 0o001]
    for folder in reachable:
        folder.chmod(folder.stat().st_mode | 0o001)
    done = subprocess.run([sys.executable, "-c", code, str(closed)], capture_output=True, text=True, cwd=Path.cwd())
    for folder in reachable:
        folder.chmod(folder.stat().st_mode & ~0o001)
    assert done.stdout == f"There is no permission to look into {closed}.\n", done.stderr


def test_signing_in_anew_refuses_another_folder(music: MusicFolder) -> None:
    settings = {"folder": str(music.folder)}
    account = Account(name="local", service="local", ext_id=str(music.folder), settings=settings)
    form = plugin.sign_in(music.env(), account).begin()
    assert isinstance(form, Form)
    assert form.fields[0].default == str(music.folder)
    assert isinstance(answered(music, account, folder=str(music.folder)), SignedIn)
    other = answered(music, account, folder=str(music.folder.parent))
    assert isinstance(other, GaveUp)
    assert other.code == "other-account"


def test_the_plugin_is_light_until_a_folder_is_scanned() -> None:
    code = (
        "import sys\n"
        "from musync.services.local.plugin import plugin\n"
        "heavy = [name for name in ('mutagen', 'sqlite3', 'multiprocessing') if name in sys.modules]\n"
        "plugin.service_class()\n"
        "print(heavy, 'mutagen' in sys.modules)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stdout == "[] False\n", done.stderr
