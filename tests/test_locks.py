"""The locks hold what pyproject.toml asks for, in the same versions, with hashes and without addresses."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PACKAGING = ROOT / "packaging"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
EVERY_LOCK = (*LOCKS, "uv.txt")

# Versions and systems musync runs on: the locks must serve each of them.
PLATFORMS = [
    {"sys_platform": platform, "python_version": python, "python_full_version": f"{python}.0"}
    for platform in ("linux", "darwin", "win32")
    for python in ("3.11", "3.12", "3.13")
]


def lock_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lock", PACKAGING / "lock.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(name: str) -> list[Requirement]:
    """The pinned requirements of a lock, hashes left out."""
    text = (PACKAGING / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line.split("#")[0].split("--hash")[0].strip() for line in text.splitlines()]
    return [Requirement(line) for line in lines if line]


def pinned(name: str, environment: dict[str, str]) -> dict[str, str]:
    """The version of each package that a lock gives to one kind of system."""
    full = {**default_environment(), **environment}
    return {
        canonicalize_name(pin.name): str(pin.specifier).removeprefix("==")
        for pin in pins(name)
        if pin.marker is None or pin.marker.evaluate(full)
    }


def group(name: str) -> Iterator[str]:
    """The requirements of a dependency group, groups in it included."""
    for item in PYPROJECT["dependency-groups"][name]:
        if isinstance(item, dict):
            yield from group(item["include-group"])
        else:
            yield item


def asked_for(name: str) -> list[Requirement]:
    """What pyproject.toml wants a lock to hold."""
    project: dict[str, Any] = PYPROJECT["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *PYPROJECT["build-system"]["requires"]]
    if name == "requirements.lock":
        wanted += [*extras["gui"], *group("build")]
    else:
        wanted += [*(line for extra in extras.values() for line in extra), *group("dev")]
    return [Requirement(line) for line in wanted]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_satisfies_what_pyproject_asks_for(name: str) -> None:
    for environment in PLATFORMS:
        versions = pinned(name, environment)
        for wanted in asked_for(name):
            if wanted.marker is None or wanted.marker.evaluate({**default_environment(), **environment}):
                version = versions.get(canonicalize_name(wanted.name), "nothing")
                assert version != "nothing", f"{name} lacks {wanted} on {environment}"
                assert wanted.specifier.contains(version, prereleases=True), f"{name} has {version}, wanted: {wanted}"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_was_made_from_this_pyproject(name: str) -> None:
    script = lock_script()
    first = (PACKAGING / name).read_text("utf-8").splitlines()[0]
    assert first == script.MARK + script.fingerprint(PYPROJECT), "dependencies changed: run packaging/lock.py"


def test_any_change_of_the_dependencies_is_noticed() -> None:
    script = lock_script()
    before = script.fingerprint(PYPROJECT)
    changed = {**PYPROJECT, "dependency-groups": {**PYPROJECT["dependency-groups"], "build": ["hatchling>=1.28"]}}
    assert script.fingerprint(changed) != before
    assert script.fingerprint({**PYPROJECT, "tool": {}}) == before


@pytest.mark.parametrize("name", EVERY_LOCK)
def test_a_lock_carries_no_address(name: str) -> None:
    text = (PACKAGING / name).read_text("utf-8")
    assert not re.search(
        r"://|^\s*-|\bfile:|@ ", re.sub(r"^\s+--hash=sha256:[0-9a-f]{64}( \\)?$", "", text, flags=re.MULTILINE)
    )


@pytest.mark.parametrize("name", EVERY_LOCK)
def test_every_pin_is_exact_and_hashed(name: str) -> None:
    text = (PACKAGING / name).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+\])?==[^ ]+( ; .+?)?(\s+--hash=sha256:[0-9a-f]{64})+", line), line[
            :80
        ]


def test_the_lock_for_tests_holds_the_other_one_in_the_same_versions() -> None:
    for environment in PLATFORMS:
        run, dev = (pinned(name, environment) for name in LOCKS)
        assert run.items() <= dev.items()


def test_the_locks_serve_windows() -> None:
    windows = pinned("requirements.lock", {"sys_platform": "win32", "python_version": "3.11"})
    assert {"colorama", "pywin32-ctypes"} <= windows.keys()


def test_no_package_of_the_window_is_a_base_dependency() -> None:
    base = {canonicalize_name(Requirement(line).name) for line in PYPROJECT["project"]["dependencies"]}
    assert not base & {"pyside6-essentials", "qtawesome"}


def test_qt_stays_below_the_release_that_loses_references() -> None:
    (qt,) = [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"]["gui"] if "PySide6" in line]
    assert "6.12.0" not in qt.specifier
    assert SpecifierSet(">=6.11.3").contains(pinned("requirements.lock", PLATFORMS[0])["pyside6-essentials"])


def test_no_lock_with_addresses_is_kept() -> None:
    assert not (ROOT / "uv.lock").exists()
