"""A music folder with playlists in a scratch folder, for the tests of the local library."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import requests

from musync.domain import Account, Control, FreeControl
from musync.services.api import Env
from musync.services.local.plugin import plugin
from musync.services.local.service import LocalLibrary
from musync.testing.audio.containers import WRITERS

DATA = Path(__file__).parents[2] / "data/audio"


class MusicFolder:
    """A folder of music, one of playlists, and the cache beside them."""

    def __init__(self, root: Path, *, playlists: str = "", cache: Path | None = None) -> None:
        self.folder = root / "Music"
        self.cache = cache or root / "cache"
        self.playlists = self.folder / playlists if playlists else self.folder
        self.playlists.mkdir(parents=True)
        self.control: Control = FreeControl()

    def env(self) -> Env:
        return Env(control=self.control, cache=self.cache, secrets={}, http=requests.Session)

    def connect(self, env: Env | None = None) -> LocalLibrary:
        """A service object of its own, as each job has one; with an `env` another one of the job that has it."""
        settings = {"folder": str(self.folder), "playlists": str(self.playlists)}
        account = Account(name="local", service="local", ext_id=str(self.folder), settings=settings)
        service = plugin.connect(account, env or self.env())
        assert isinstance(service, LocalLibrary)
        return service

    def add(self, path: str, **facts: str) -> Path:
        """Put a music file there, by its suffix, with these tags."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        suffix = file.suffix[1:]
        file.write_bytes(WRITERS[suffix](sound(suffix), facts))
        return file

    def write_list(self, name: str, text: str | bytes) -> Path:
        """Put a playlist file there."""
        file = self.playlists / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    def leftovers(self) -> Sequence[Path]:
        """Temporary files that should be gone."""
        return [path for path in self.folder.parent.rglob("*") if path.name.endswith("-tmp")]


def sound(suffix: str) -> bytes:
    """The untagged tiny file of this suffix."""
    shipped = Path(str(files("musync.testing.audio") / f"tone.{suffix}"))
    return (shipped if shipped.is_file() else DATA / f"tone.{suffix}").read_bytes()
