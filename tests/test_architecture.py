"""The rows of the project hold, and so do its rules for lint, format and types."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# For each contract in pyproject.toml, by a word of its name: a module that breaks it, and what it would hold.
BREAKERS = {
    "one way": ("domain/breaks.py", "import musync.engine"),
    "shelf": ("app/breaks.py", "import musync.services.memory"),
    "standard library": ("domain/breaks_too.py", "import requests"),
    "engine decides": ("engine/breaks.py", "import sqlite3"),
    "Qt": ("app/breaks_qt.py", "from PySide6.QtCore import QObject"),
    "database": ("app/breaks_database.py", "import sqlalchemy.orm"),
    "keyring": ("services/memory/breaks.py", "def secret():\n    import keyring"),
    "Tags": ("services/files/breaks.py", "import mutagen.mp3"),
    "HTTP": ("app/breaks_http.py", "import requests"),
    "terminal": ("gui/breaks.py", "from rich import print"),
}


def tool(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a development tool of this environment."""
    name, *arguments = command
    program = Path(sysconfig.get_path("scripts"), name)
    return subprocess.run([program, *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def lint_imports(cwd: Path) -> subprocess.CompletedProcess[str]:
    return tool("lint-imports", "--no-cache", "--no-logo", cwd=cwd)


def contract_names() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project with our contracts whose packages hold nothing yet."""
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/import_contracts.py").write_bytes((ROOT / "tests/import_contracts.py").read_bytes())
    for package in ("domain", "engine", "services/memory", "services/files", "app", "gui"):
        (tmp_path / "musync" / package).mkdir(parents=True)
    for folder in [tmp_path / "musync", *(tmp_path / "musync").rglob("*")]:
        (folder / "__init__.py").touch()
    return tmp_path


def test_imports_point_one_way() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_project_of_empty_packages_keeps_every_contract(small_project: Path) -> None:
    done = lint_imports(small_project)
    assert f"{len(contract_names())} kept, 0 broken" in done.stdout, done.stdout + done.stderr


def test_every_contract_can_break(small_project: Path) -> None:
    (small_project / "musync/services/memory/plugin.py").touch()
    for path, text in BREAKERS.values():
        (small_project / "musync" / path).write_text(f"{text}\n", "utf-8")
    done = lint_imports(small_project)
    assert done.returncode == 1
    assert f"0 kept, {len(BREAKERS)} broken" in done.stdout, done.stdout + done.stderr


def test_each_contract_has_a_module_that_breaks_it() -> None:
    assert len(BREAKERS) == len(contract_names())
    for word in BREAKERS:
        assert [name for name in contract_names() if word in name], f"no contract is about {word}"


def test_a_package_that_no_row_names_is_noticed(small_project: Path) -> None:
    (small_project / "musync/utils.py").touch()
    done = lint_imports(small_project)
    assert "musync.utils" in done.stdout
    assert done.returncode == 1


def test_one_service_may_not_import_another(small_project: Path) -> None:
    (small_project / "musync/services/memory/plugin.py").write_text("import musync.services.files\n", "utf-8")
    (small_project / "musync/services/memory/reads.py").touch()
    (small_project / "musync/services/files/reads.py").touch()
    done = lint_imports(small_project)
    assert "musync.services.memory.plugin imports musync.services.files" in done.stdout


def test_modules_beside_the_services_are_for_all_of_them(small_project: Path) -> None:
    (small_project / "musync/services/m3u.py").touch()
    (small_project / "musync/services/memory/plugin.py").write_text("import musync.services.m3u\n", "utf-8")
    (small_project / "musync/services/files/reads.py").touch()
    done = lint_imports(small_project)
    assert done.returncode == 0, done.stdout


def test_lint_is_quiet() -> None:
    done = tool("ruff", "check", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr


def test_format_is_kept() -> None:
    done = tool("ruff", "format", "--check", "--quiet")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(600)
def test_types_are_strict() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--no-error-summary"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_package_map_names_every_package() -> None:
    import musync

    for child in (ROOT / "musync").iterdir():
        name = child.stem
        if name.startswith("_") or (child.is_dir() and not any(child.glob("*.py"))):
            continue
        assert name in (musync.__doc__ or ""), f"musync/__init__.py does not say what {name} is"
