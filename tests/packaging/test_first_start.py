"""bootstrap.py makes the environment from the lock: by real venv and real pip, from wheels in a folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.checkout import Checkout, made_checkout, new_checkout, told


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return new_checkout(tmp_path / "checkout")


def installed(checkout: Checkout) -> str:
    """What pip lists in the environment."""
    python = checkout.module().venv_python()
    command = [python, "-m", "pip", "list", "--format=freeze", "--exclude=pip", "--exclude=setuptools"]
    done = subprocess.run(command, env=checkout.environment, capture_output=True, text=True, check=True)
    return " ".join(sorted(line for line in done.stdout.split() if "musync" not in line))


def test_an_environment_is_made_anew_when_its_lock_changes(tmp_path: Path) -> None:
    checkout = made_checkout(tmp_path / "checkout", "run")
    left_over = checkout.folder / ".venv/left over"
    left_over.touch()
    checkout.lock("requirements.lock", "tiny-2.0-py3-none-any.whl")
    done = checkout.start("run", "--", "one")
    assert told(done)["arguments"] == ["one"]
    assert "making" in done.stderr
    assert "installing with pip" in done.stderr
    assert installed(checkout) == "tiny==2.0"
    assert not left_over.exists()

    again = checkout.start("run", "--", "two")
    assert (told(again)["arguments"], again.stderr) == (["two"], "")


def test_two_starts_at_once_make_one_environment_which_a_new_entry_point_does_not_undo(checkout: Checkout) -> None:
    command = [sys.executable, checkout.script, "run", "--", "x"]
    both = [
        subprocess.Popen(command, env=checkout.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    words = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], words
    assert sum("making" in each for each in words) == 1

    left_over = checkout.folder / ".venv/left over"
    left_over.touch()
    pyproject = checkout.folder / "pyproject.toml"
    pyproject.write_text(f"{pyproject.read_text('utf-8')}\n# changed", "utf-8")
    before = checkout.stamp.read_text("utf-8")
    assert told(checkout.start("run", "--", "x"))["program"] == "musync"
    assert checkout.stamp.read_text("utf-8") != before
    assert left_over.exists()


def test_a_file_that_is_not_the_locked_one_is_refused(checkout: Checkout) -> None:
    checkout.lock("requirements.lock", "tiny-1.0-py3-none-any.whl")
    wheel = checkout.folder / "wheels/tiny-1.0-py3-none-any.whl"
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    done = checkout.start("run", "--", "x")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "could not be installed" in done.stderr
    assert not checkout.stamp.exists()


def test_uv_is_told_what_pip_was_told(checkout: Checkout, tmp_path: Path) -> None:
    settings = tmp_path / "pip.conf"
    settings.write_text(
        "[global]\nindex-url = https://packages.example/simple\ncert = /bundle.pem\n"
        "[install]\nextra-index-url =\n  https://one.example/\n  https://two.example/\n",
        "utf-8",
    )
    module = checkout.module()
    # The pip of these tests' own environment reads the same settings as any other.
    module.VENV = sys.prefix
    env = checkout.environment | {"PIP_CONFIG_FILE": str(settings), "UV_FIND_LINKS": "mine"}
    told_to_uv = module.uv_environment(env)
    assert told_to_uv["UV_DEFAULT_INDEX"] == "https://packages.example/simple"
    assert told_to_uv["UV_INDEX"] == "https://one.example/ https://two.example/"
    assert told_to_uv["SSL_CERT_FILE"] == "/bundle.pem"
    assert told_to_uv["UV_NO_INDEX"] == "true"
    assert told_to_uv["UV_FIND_LINKS"] == "mine"
