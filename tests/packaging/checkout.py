"""Small checkouts to try bootstrap.py in: real environments, real pip, nothing fetched."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent.parent

# What the started program is here: it says what it was given and ends as it was told.
TELLING = """
import json, os, sys
print(json.dumps({"program": __package__, "arguments": sys.argv[1:], "folder": os.getcwd()}))
sys.exit(int(os.environ.get("END_WITH", "0")))
"""

BACKEND = """
import os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from wheels import write_wheel

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    return write_wheel(wheel_directory, "musync", "0", {"musync.pth": os.getcwd()})
"""

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""

WHEELS = '''
import base64, hashlib, os, zipfile

def write_wheel(folder, name, version, files):
    """Write a wheel with these files; return its name."""
    info = f"{name}-{version}.dist-info"
    files = dict(files)
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n"
    files[f"{info}/WHEEL"] = "Wheel-Version: 1.0\\nGenerator: hand\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    files[f"{info}/RECORD"] = "".join(f"{path},,\\n" for path in [*files, f"{info}/RECORD"])
    target = f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, target), "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return target
'''


@dataclass(frozen=True)
class Checkout:
    """A folder with bootstrap.py and what it reads."""

    folder: Path

    @property
    def script(self) -> Path:
        return self.folder / "packaging/bootstrap.py"

    @property
    def stamp(self) -> Path:
        return self.folder / ".venv/musync-stamp"

    @property
    def environment(self) -> dict[str, str]:
        """A world without network, display, and settings of whoever runs the tests."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT", "TMPDIR") if key in os.environ}
        offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.folder / "wheels"), "PIP_CONFIG_FILE": os.devnull}
        return kept | offline | {"PIP_NO_CACHE_DIR": "1"}

    def module(self) -> ModuleType:
        """This checkout's bootstrap.py as a module."""
        spec = importlib.util.spec_from_file_location("bootstrap", self.script)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def start(self, *arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run bootstrap.py as people do."""
        return subprocess.run(
            [sys.executable, self.script, *arguments],
            cwd=cwd or self.folder,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def lock(self, name: str, *wheels: str) -> None:
        """Write a lock that names these wheels."""
        lines = []
        for wheel in wheels:
            digest = hashlib.sha256((self.folder / "wheels" / wheel).read_bytes()).hexdigest()
            package, version, *_ = wheel.split("-")
            lines.append(f"{package}=={version} --hash=sha256:{digest}\n")
        (self.folder / "packaging" / name).write_text("".join(lines), "utf-8")

    def mark_as_made(self, *kinds: str) -> None:
        """Write the stamp that bootstrap.py would write after making the environment."""
        module = self.module()
        digests = {kind: module.digest(module.beside(module.LOCKS[kind])) for kind in kinds}
        project = module.digest(str(self.folder / "pyproject.toml"))
        module.write_stamp(digests | {"root": module.ROOT, "python": module.interpreter(), "project": project})


def told(done: subprocess.CompletedProcess[str]) -> dict[str, object]:
    """What the started program said on standard output, and nobody else did."""
    assert done.stdout, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def new_checkout(folder: Path) -> Checkout:
    """Make a checkout without an environment."""
    for each in ("packaging", "wheels", "musync"):
        (folder / each).mkdir(parents=True)
    for name in ("bootstrap.py", "debian-run.txt", "debian-test.txt"):
        shutil.copyfile(ROOT / "packaging" / name, folder / "packaging" / name)
    (folder / "pyproject.toml").write_text(PYPROJECT, "utf-8")
    (folder / "backend.py").write_text(BACKEND, "utf-8")
    (folder / "wheels.py").write_text(WHEELS, "utf-8")
    (folder / "musync/__main__.py").write_text(TELLING, "utf-8")
    (folder / "musync/__init__.py").touch()
    checkout = Checkout(folder)
    write_wheels(checkout)
    checkout.lock("requirements.lock", "tiny-1.0-py3-none-any.whl")
    checkout.lock("requirements-dev.lock", "tiny-1.0-py3-none-any.whl", "pytest-1.0-py3-none-any.whl")
    (folder / "packaging/uv.txt").write_text(f"uv==0 --hash=sha256:{'0' * 64}\n", "utf-8")
    return checkout


def write_wheels(checkout: Checkout) -> None:
    """Fill the only place packages come from."""
    spec = importlib.util.spec_from_file_location("wheels", checkout.folder / "wheels.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write_wheel(checkout.folder / "wheels", "tiny", "1.0", {"tiny.py": ""})
    module.write_wheel(checkout.folder / "wheels", "tiny", "2.0", {"tiny.py": ""})
    module.write_wheel(
        checkout.folder / "wheels", "pytest", "1.0", {"pytest/__init__.py": "", "pytest/__main__.py": TELLING}
    )


def made_checkout(folder: Path, *kinds: str) -> Checkout:
    """Make a checkout whose environment is there already; quick, without pip in it."""
    checkout = new_checkout(folder)
    venv.create(folder / ".venv", with_pip=False, symlinks=os.name != "nt")
    bare = {"base": str(folder / ".venv"), "platbase": str(folder / ".venv")}
    packages = Path(sysconfig.get_path("purelib", "venv", vars=bare))
    (packages / "musync.pth").write_text(str(folder), "utf-8")
    (packages / "pytest").mkdir()
    (packages / "pytest/__init__.py").touch()
    (packages / "pytest/__main__.py").write_text(TELLING, "utf-8")
    checkout.mark_as_made(*kinds)
    return checkout
