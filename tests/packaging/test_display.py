"""`run` alone opens the window where there is a display, and shows the sync in the terminal where there is none."""

from __future__ import annotations

import secrets
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.checkout import Checkout, made_checkout, told


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = made_checkout(tmp_path / "checkout", "run")
    # What a window needs of the system is there: none of these tests may install anything.
    (made.folder / "packaging/debian-run.txt").write_text("", "utf-8")
    return made


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Path]:
    """A socket somebody listens at."""
    path = tmp_path / "wayland-7"
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(path))
        end.listen()
        yield path


def test_without_a_display_it_says_so_and_shows_the_demo(checkout: Checkout) -> None:
    done = checkout.start("run")
    assert told(done)["arguments"] == ["demo"]
    assert "no display" in done.stderr
    assert "musync demo" in done.stderr


def test_a_display_nobody_answers_at_is_none(checkout: Checkout, tmp_path: Path) -> None:
    # Port 6000 + 59000 is nobody's: X servers count from 0.
    for dead in ({"DISPLAY": ":59173"}, {"DISPLAY": "127.0.0.1:59000"}, {"DISPLAY": "what"}):
        assert told(checkout.start("run", **dead))["arguments"] == ["demo"]
    gone = {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert told(checkout.start("run", **gone))["arguments"] == ["demo"]


def test_a_wayland_display_opens_the_window(checkout: Checkout, listener: Path) -> None:
    done = checkout.start("run", WAYLAND_DISPLAY=listener.name, XDG_RUNTIME_DIR=str(listener.parent))
    assert told(done)["arguments"] == ["gui"]
    assert done.stderr == ""


def test_an_x_display_opens_the_window(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1] - 6000
        assert told(checkout.start("run", DISPLAY=f"127.0.0.1:{number}.0"))["arguments"] == ["gui"]


def test_a_chosen_qt_platform_is_trusted(checkout: Checkout) -> None:
    assert told(checkout.start("run", QT_QPA_PLATFORM="offscreen"))["arguments"] == ["gui"]


def test_nothing_after_the_dashes_means_the_window_too(checkout: Checkout) -> None:
    assert told(checkout.start("run", "--"))["arguments"] == ["demo"]


def test_an_abstract_x_socket_counts(checkout: Checkout) -> None:
    module = checkout.module()
    name = f"\0musync-{secrets.token_hex(8)}"
    if sys.platform == "linux":
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(name)
            end.listen()
            assert module.connects(name)
    assert not module.connects(name)
