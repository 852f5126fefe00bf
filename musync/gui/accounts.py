"""What the window does with accounts beside showing them: making one of a folder of music, and the sample library."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from musync.app.sign_in import drive
from musync.domain.errors import UsageError
from musync.services.api import Form, OpenUrl

if TYPE_CHECKING:
    from musync.app.compose import Musync
    from musync.domain import Account, Control

_LOCAL = "local"


def add_music_folder(musync: Musync, folder: Path, control: Control) -> Account:
    """Job: sign in to a local library with this folder and store the account.

    Raises:
        UsageError: the folder cannot be used; the text says why.
    """

    def answer(form: Form) -> Mapping[str, str]:
        if form.error:
            raise UsageError(form.error, where=str(folder), unchanged="No account was added.", code="bad-folder")
        return {"folder": str(folder)}

    signed_in = drive(musync.accounts.sign_in(_LOCAL, control), answer, _nothing_to_show)
    return musync.accounts.add(_LOCAL, signed_in)


def _nothing_to_show(_step: OpenUrl) -> None:
    """A folder needs no browser."""
