"""System packages are installed where that is allowed, else there is one line to type.

The apt-get of these tests only writes down how it was called.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.checkout import Checkout, made_checkout

# bootstrap.py as another user, on a system whose sign of Debian is a file of ours.
AS_USER = """
import importlib.util, os, sys
script, user, debian, *arguments = sys.argv[1:]
spec = importlib.util.spec_from_file_location("bootstrap", script)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
os.geteuid = lambda: int(user)
module.DEBIAN = debian
module.can_make_venv = lambda: True
sys.exit(module.main(arguments))
"""


class Debian:
    """A system with apt-get, dpkg-query and, maybe, a sudo that asks nothing."""

    def __init__(self, folder: Path, checkout: Checkout) -> None:
        self.folder = folder
        self.checkout = checkout
        folder.mkdir()
        self.calls = folder / "calls"
        self.calls.touch()
        (folder / "debian_version").write_text("12.11\n", "utf-8")
        self.program("apt-get", f'echo "$DEBIAN_FRONTEND $*" >> "{self.calls}"')
        self.program("env", 'exec /usr/bin/env "$@"')
        self.has(*checkout.module().listed_packages(("debian-run.txt", "debian-test.txt")))

    def program(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    def has(self, *packages: str) -> None:
        lines = "".join(f"installed|{name}, \n" for name in packages)
        (self.folder / "list").write_text(lines, "utf-8")
        self.program("dpkg-query", f'cat "{self.folder}/list"')

    def lacks(self, *packages: str) -> None:
        there = self.checkout.module().listed_packages(("debian-run.txt", "debian-test.txt"))
        self.has(*(set(there) - set(packages)))

    def start(self, *arguments: str, user: int = 1000) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-c",
                AS_USER,
                self.checkout.script,
                str(user),
                self.folder / "debian_version",
                *arguments,
            ],
            env=self.checkout.environment | {"PATH": f"{self.folder}:/bin", "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def debian(tmp_path: Path) -> Debian:
    made = Debian(tmp_path / "system", made_checkout(tmp_path / "checkout", "run", "test"))
    # Whatever the machine has: here sudo asks for a password.
    made.program("sudo", "exit 1")
    return made


def test_without_rights_one_line_says_what_to_type(debian: Debian) -> None:
    debian.lacks("libegl1", "libxcb-cursor0")
    done = debian.start("run")
    assert done.returncode == 1
    lines = [line.strip() for line in done.stderr.splitlines()]
    typed = "apt-get install -y --no-install-recommends libegl1 libxcb-cursor0"
    assert f"sudo sh -c 'apt-get update && {typed}'" in lines
    assert done.stdout == ""
    assert debian.calls.read_text("utf-8") == ""


def test_root_updates_the_lists_and_installs_without_questions(debian: Debian) -> None:
    debian.lacks("libegl1", "xvfb", "mpd")
    done = debian.start("test", user=0)
    assert done.returncode == 0, done.stderr
    update, install = debian.calls.read_text("utf-8").splitlines()
    assert update.startswith("noninteractive")
    assert update.endswith("update")
    assert install.startswith("noninteractive")
    assert install.endswith("install -y --no-install-recommends libegl1 mpd xvfb")


def test_sudo_without_a_password_serves_as_well(debian: Debian) -> None:
    debian.program("sudo", 'test "$1" = -n && shift && exec "$@"')
    debian.lacks("libegl1")
    assert debian.start("run").returncode == 0
    assert "install -y --no-install-recommends libegl1" in debian.calls.read_text("utf-8")


def test_a_complete_system_is_looked_at_once(debian: Debian) -> None:
    assert debian.start("run").returncode == 0
    debian.program("dpkg-query", f'echo looked >> "{debian.calls}"')
    assert debian.start("run").returncode == 0
    assert debian.calls.read_text("utf-8") == ""


def test_a_package_under_a_newer_name_counts(debian: Debian) -> None:
    debian.lacks("libglib2.0-0")
    with (debian.folder / "list").open("a", encoding="utf-8") as file:
        file.write("installed|libglib2.0-0t64, libglib2.0-0 (= 2.80.0-6)\n")
    assert debian.start("run").returncode == 0


def test_a_removed_package_does_not_count(debian: Debian) -> None:
    debian.lacks("libegl1")
    with (debian.folder / "list").open("a", encoding="utf-8") as file:
        file.write("config-files|libegl1, \n")
    assert debian.start("run").returncode == 1


def test_missing_fonts_alone_do_not_stop_the_window(debian: Debian) -> None:
    debian.lacks("fonts-wqy-microhei")
    done = debian.start("run")
    assert done.returncode == 0
    assert "apt-get install -y --no-install-recommends fonts-wqy-microhei" in done.stderr
    assert debian.start("run").stderr == ""


def test_arguments_for_the_command_line_need_no_system_package(debian: Debian) -> None:
    debian.has()
    done = debian.start("run", "--", "--version")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_failing_apt_get_is_quoted(debian: Debian) -> None:
    debian.lacks("libegl1")
    debian.program("apt-get", "echo E: Unable to locate package >&2; exit 100")
    done = debian.start("run", user=0)
    assert done.returncode == 1
    assert "E: Unable to locate package" in done.stderr
    assert "--without-system-packages" in done.stderr


def test_system_packages_can_be_left_alone(debian: Debian) -> None:
    debian.has()
    assert debian.start("--without-system-packages", "run").returncode == 0
    assert debian.calls.read_text("utf-8") == ""
