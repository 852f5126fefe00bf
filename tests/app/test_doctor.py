"""The doctor: each fault found is named and gets one line that mends it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from musync.app import doctor as examined
from musync.app.compose import Musync, open_musync
from musync.app.display import display_answers, window_problem
from musync.app.doctor import Check, Doctor
from musync.app.paths import Home
from musync.domain import Account, FreeControl
from musync.services.memory.plugin import MemoryPlugin, memory_plugin
from musync.services.memory.service import MemoryService


class BrokenPlugin(MemoryPlugin):
    """A service that cannot be used on this computer."""

    id = "broken"
    title = "Broken"
    hidden = False

    def problem(self) -> str:
        """Always the same."""
        return "its library is too old"


class SecretPlugin(MemoryPlugin):
    """A service whose accounts keep a secret."""

    id = "safe"
    title = "Safe"
    has_secrets = True


@pytest.fixture
def musync(tmp_path: Path) -> Iterator[Musync]:
    extra = [BrokenPlugin(), SecretPlugin(), memory_plugin("here", MemoryService)]
    made = open_musync(Home(tmp_path / "home"), extra=extra, log_to_file=False)
    yield made
    made.close()


def examine(musync: Musync, service: str = "") -> Mapping[str, Check]:
    doctor = Doctor(musync.home, musync.settings, musync.database, musync.shelf, musync.accounts)
    return {check.name: check for check in doctor.examine(FreeControl(), service)}


def add(musync: Musync, service: str) -> None:
    with musync.database().begin() as work:
        work.accounts.add(Account(name=service, service=service, ext_id="me", settings={"world": "doctor"}))


def test_a_good_home_has_no_fault_but_the_broken_service(musync: Musync) -> None:
    checks = examine(musync)
    assert [check.name for check in checks.values() if not check.ok] == ["broken"]
    assert "too old" in checks["broken"].text
    assert all(check.fix and "\n" not in check.fix for check in checks.values() if check.level != "ok")


def test_settings_that_cannot_be_read_are_a_fault(musync: Musync) -> None:
    musync.home.settings.write_text("theme = [", "utf-8")
    found = examine(musync)["settings"]
    assert (found.level, str(musync.home.settings) in found.text, bool(found.fix)) == ("fault", True, True)


def test_a_damaged_database_is_a_fault_and_the_rest_is_still_looked_at(musync: Musync) -> None:
    musync.home.database.write_bytes(b"this is no database" * 1000)
    checks = examine(musync)
    assert checks["database"].level == "fault"
    assert checks["database"].fix
    assert checks["local"].ok


def test_a_nearly_full_disk_is_a_fault(musync: Musync, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(total=1, used=1, free=1000))
    found = examine(musync)["disk"]
    assert (found.level, "Free some room" in found.fix) == ("fault", True)


def test_a_folder_that_takes_no_file_is_a_fault(musync: Musync, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "touch", refuse)
    found = examine(musync)["folder"]
    assert (found.level, "Read-only file system" in found.text, "--home" in found.fix) == ("fault", True, True)
    assert not list(musync.home.root.glob("*musync-tmp"))


def test_a_keyring_is_a_fault_only_when_an_account_needs_it(musync: Musync, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backends.fail import Keyring

    assert examine(musync)["keyring"].level == "ok"
    monkeypatch.setattr(keyring, "get_keyring", Keyring)
    found = examine(musync)["keyring"]
    assert (found.level, "MUSYNC_SECRET_" in found.fix) == ("note", True)
    add(musync, "safe")
    assert examine(musync)["keyring"].level == "fault"


def test_each_account_is_tried(musync: Musync) -> None:
    from musync.domain.errors import SignInRequired
    from musync.services.memory.world import world_named

    add(musync, "here")
    assert examine(musync, "here")["here@here"].ok
    world_named("doctor").fail_next("list_playlists", SignInRequired("It is over.", next="Sign in again."))
    found = examine(musync, "here")["here@here"]
    assert (found.level, found.text, found.fix) == ("fault", "It is over.", "Sign in again.")


def test_missing_tools_are_notes(musync: Musync, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(examined, "window_problem", lambda: ("No display.", "Start one."))
    checks = examine(musync)
    assert (checks["ffmpeg"].level, checks["window"].level) == ("note", "note")
    assert (checks["window"].text, checks["window"].fix) == ("No display.", "Start one.")


def test_a_window_needs_its_library_and_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    assert window_problem({"QT_QPA_PLATFORM": "offscreen"}) is None
    problem = window_problem({})
    assert problem is not None
    assert "no display" in problem[0]
    monkeypatch.setattr("musync.app.display.find_spec", lambda name: None)
    missing = window_problem({"QT_QPA_PLATFORM": "offscreen"})
    assert missing is not None
    assert "musync[gui]" in missing[1]


@pytest.mark.parametrize(
    "environ",
    [
        {"DISPLAY": ":4711"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": "localhost:65000"},
        {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_a_display_that_does_not_answer_is_none(environ: dict[str, str]) -> None:
    assert not display_answers(environ | {"XDG_RUNTIME_DIR": environ.get("XDG_RUNTIME_DIR", "/nowhere")})


def test_a_display_that_answers_is_one(tmp_path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        assert display_answers({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})
