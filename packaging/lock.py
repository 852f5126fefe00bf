#!/usr/bin/env python3
"""Make the lock files anew from pyproject.toml: `.venv/bin/python packaging/lock.py [--upgrade]`.

The locks hold versions and hashes for every system and Python, and no address: each machine fetches from wherever
it gets its packages. `tests/test_locks.py` tells when they no longer fit pyproject.toml.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

PACKAGING = Path(__file__).resolve().parent
PYPROJECT = PACKAGING.parent / "pyproject.toml"
LOCKS = {
    "requirements.lock": ("--extra", "gui", "--group", "build"),
    "requirements-dev.lock": ("--all-extras", "--group", "dev"),
}
MARK = "# pyproject.toml dependencies: sha256:"


def fingerprint(pyproject: dict[str, Any]) -> str:
    """Return the SHA-256 of everything in pyproject.toml that decides what the locks hold."""
    project = pyproject["project"]
    tables = (
        project["requires-python"],
        project["dependencies"],
        project["optional-dependencies"],
        pyproject["dependency-groups"],
        pyproject["build-system"]["requires"],
    )
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()


def compile_lock(name: str, choice: tuple[str, ...], extra: list[str]) -> None:
    """Resolve one lock; versions it holds already stay unless `--upgrade` is given."""
    uv = Path(sys.executable).with_name("uv.exe" if os.name == "nt" else "uv")
    target = PACKAGING / name
    fresh = target.with_suffix(".new")
    if target.exists():
        shutil.copyfile(target, fresh)
    options = ("--generate-hashes", "--no-header", "--universal", "--python-version", "3.11", "--quiet")
    subprocess.run(
        [uv if uv.exists() else "uv", "pip", "compile", "pyproject.toml", *choice, *options, *extra, "-o", fresh],
        cwd=PYPROJECT.parent,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    mark = MARK + fingerprint(tomllib.loads(PYPROJECT.read_text("utf-8")))
    fresh.write_text(f"{mark}\n{fresh.read_text('utf-8')}", "utf-8", newline="\n")
    fresh.replace(target)


def main(arguments: list[str]) -> None:
    """Make both locks."""
    for name, choice in LOCKS.items():
        compile_lock(name, choice, arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
