"""Where the environment is there already, bootstrap.py compares a stamp and hands over."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.packaging.checkout import Checkout, made_checkout, told


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return made_checkout(tmp_path / "a checkout", "run", "test")


@pytest.fixture
def nowhere(tmp_path: Path) -> dict[str, str]:
    """A world in which no other program and no package can be found."""
    return {"PATH": str(tmp_path), "PIP_INDEX_URL": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}


def test_arguments_reach_musync_unchanged(checkout: Checkout) -> None:
    done = checkout.start("run", "--", "sync", "a b", "--json", "--", "é")
    assert told(done)["arguments"] == ["sync", "a b", "--json", "--", "é"]


def test_a_second_start_needs_no_other_program_and_no_network(checkout: Checkout, nowhere: dict[str, str]) -> None:
    done = checkout.start("run", "--", "--version", **nowhere)
    assert told(done)["program"] == "musync"
    assert done.stderr == ""


def test_a_second_start_of_the_tests_needs_neither(checkout: Checkout, nowhere: dict[str, str]) -> None:
    done = checkout.start("--without-system-packages", "test", "-k", "this", **nowhere)
    assert told(done)["program"] == "pytest"
    assert done.stderr == ""


def test_the_exit_status_is_the_programs(checkout: Checkout) -> None:
    assert checkout.start("run", "--", "x", END_WITH="7").returncode == 7
    assert checkout.start("--without-system-packages", "test", END_WITH="5").returncode == 5


def test_musync_keeps_the_folder_it_was_called_in(checkout: Checkout, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert told(checkout.start("run", "--", "x", cwd=elsewhere))["folder"] == str(elsewhere)


def test_a_module_in_the_current_folder_does_not_stand_in_for_musync(checkout: Checkout, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.mkdir()
    (trap / "musync.py").write_text("raise SystemExit('trapped')", "utf-8")
    (trap / "json.py").write_text("raise SystemExit('trapped')", "utf-8")
    assert told(checkout.start("run", "--", "x", cwd=trap))["program"] == "musync"


def test_the_tests_run_in_the_checkout(checkout: Checkout, tmp_path: Path) -> None:
    done = checkout.start("--without-system-packages", "test", "-q", "tests/engine", cwd=tmp_path)
    assert told(done) == {"program": "pytest", "arguments": ["-q", "tests/engine"], "folder": str(checkout.folder)}


def test_run_is_content_with_an_environment_made_for_tests(tmp_path: Path) -> None:
    # Its stamp names both locks, because the bigger one holds all of the smaller one.
    checkout = made_checkout(tmp_path / "checkout", "run", "test")
    assert checkout.start("run", "--", "x").stderr == ""


def test_line_ends_of_the_checkout_do_not_matter(checkout: Checkout) -> None:
    lock = checkout.folder / "packaging/requirements.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert checkout.start("run", "--", "x").stderr == ""


@pytest.mark.parametrize("arguments", [(), ("walk",), ("run", "--version"), ("--help",)])
def test_what_it_does_not_know_it_explains_on_standard_error(checkout: Checkout, arguments: tuple[str, ...]) -> None:
    done = checkout.start(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "bootstrap.py run" in done.stderr


def test_a_second_start_costs_little_more_than_python_itself(checkout: Checkout) -> None:
    def seconds(*command: str) -> float:
        begin = time.perf_counter()
        subprocess.run(command, env=checkout.environment, capture_output=True, check=False)
        return time.perf_counter() - begin

    twice = min(2 * seconds(sys.executable, "-c", "pass") for _ in range(5))
    start = min(seconds(sys.executable, str(checkout.script), "run", "--", "x") for _ in range(5))
    assert start - twice <= 0.3
