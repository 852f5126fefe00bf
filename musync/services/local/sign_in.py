"""Signing in to a folder: which one, and whether it can be used."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from musync.domain import Account
from musync.services.api import Field, Form, GaveUp, SignedIn, SignInFlow, SignInStep
from musync.services.local.reasons import reason_of


class _Unusable(Exception):
    """A folder that cannot be used; its text says why."""


class LocalSignIn(SignInFlow):
    """One form: the folder with the music, and the one with the playlists where that is another."""

    def __init__(self, account: Account | None) -> None:
        self._account = account
        self._values: Mapping[str, str] = dict(account.settings) if account else {}

    def begin(self) -> SignInStep:
        """Ask for the folders."""
        return self._form()

    def answer(self, values: Mapping[str, str]) -> SignInStep:
        """Check the folders; the library's id is where the music really is."""
        self._values = values
        key = "folder"
        try:
            folder = _usable(values.get(key, ""))
            key = "playlists"
            playlists = _usable(values[key]) if values.get(key, "").strip() else None
        except _Unusable as error:
            return self._form(str(error), key)
        library = str(folder.resolve())
        if self._account is not None and self._account.ext_id != library:
            text = f"This is {library}, the account belongs to {self._account.ext_id}. Add another account for it."
            return GaveUp(code="other-account", text=text)
        settings = {"folder": str(folder)} | ({"playlists": str(playlists)} if playlists else {})
        return SignedIn(ext_id=library, label=folder.name or str(folder), settings=settings, secrets={})

    def _form(self, error: str = "", key: str = "") -> Form:
        fields = (
            Field(
                key="folder",
                label="Music folder",
                kind="folder",
                help="The folder with your music; its subfolders are looked through too.",
                default=self._values.get("folder", ""),
            ),
            Field(
                key="playlists",
                label="Playlists folder",
                kind="folder",
                required=False,
                help="Where your M3U playlists are; the music folder unless you choose another.",
                default=self._values.get("playlists", ""),
            ),
        )
        return Form(fields=fields, error=error, error_key=key)


def _usable(text: str) -> Path:
    """The absolute path of a folder that is there and can be looked into."""
    if not text.strip():
        raise _Unusable("Choose a folder.")
    folder = Path(os.path.abspath(Path(text).expanduser()))  # noqa: PTH100 - links on the way are kept as they were given
    try:
        with os.scandir(folder):
            return folder
    except FileNotFoundError as error:
        raise _Unusable(f"There is no folder {folder}.") from error
    except NotADirectoryError as error:
        raise _Unusable(f"{folder} is a file, not a folder.") from error
    except PermissionError as error:
        raise _Unusable(f"There is no permission to look into {folder}.") from error
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "no path looks like this"
        raise _Unusable(f"{folder} cannot be used: {reason}.") from error
