"""Where musync keeps its things, and where its resources lie."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

# Light on purpose: the window asks for its resources before its first paint, values and their errors come later.
if TYPE_CHECKING:
    from musync.domain import Account
    from musync.domain.errors import StorageError


@dataclass(frozen=True, slots=True)
class Home:
    """The one folder musync writes to, besides the playlists themselves."""

    root: Path

    @property
    def database(self) -> Path:
        """What cannot be rebuilt."""
        return self.root / "musync.sqlite3"

    @property
    def settings(self) -> Path:
        """What the user set."""
        return self.root / "settings.toml"

    @property
    def logs(self) -> Path:
        """What happened."""
        return self.root / "logs"

    def cache(self, account: Account) -> Path:
        """A folder for what the account's service can rebuild; made when missing, one for each account."""
        import hashlib

        name = re.sub(r"[^\w-]+", "-", account.name).strip("-")[:40] or "account"
        digest = hashlib.sha256(f"{account.service}\0{account.ext_id}".encode()).hexdigest()[:8]
        folder = self.root / "cache" / f"{name}-{digest}"
        _make_private(folder)
        return folder

    def prepare(self) -> None:
        """Make the folder, readable by its owner only.

        Raises:
            StorageError: it cannot be made or is not writable.
        """
        _make_private(self.root)
        if not os.access(self.root, os.W_OK | os.X_OK):
            raise _unusable(self.root, "is read-only")


def find_home(chosen: str | os.PathLike[str] | None = None) -> Home:
    """The home folder: as chosen, else `MUSYNC_HOME`, else the system's place for user data."""
    place = chosen or os.environ.get("MUSYNC_HOME")
    if not place:
        import platformdirs

        place = platformdirs.user_data_path("musync", appauthor=False)
    return Home(Path(place).expanduser().absolute())


def resource(*parts: str) -> Path:
    """A file that is shipped with musync, in a checkout as in an installed wheel."""
    package = Path(__file__).resolve().parent.parent
    for root in (package / "_resources", package.parent / "resources"):
        if root.is_dir():
            return root.joinpath(*parts)
    from musync.domain.errors import StorageError

    raise StorageError(
        "The files that belong to musync are missing.",
        where=str(package),
        unchanged="Nothing was changed.",
        next="Install musync again.",
        code="resources-missing",
    )


def _make_private(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, f"cannot be made ({error.strerror or error})") from error


def _unusable(folder: Path, why: str) -> StorageError:
    from musync.domain.errors import StorageError

    return StorageError(
        f"musync's own folder {why}.",
        where=str(folder),
        unchanged="Nothing was changed.",
        next="Make it writable, or choose another with --home or MUSYNC_HOME.",
        code="home-unusable",
    )
