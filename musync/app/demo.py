"""The sample library in a place where it may be changed: for a first try without any account."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from musync.app.compose import Musync, open_musync
from musync.app.jobs import ThreadControl
from musync.app.paths import Home, resource
from musync.app.sign_in import drive
from musync.domain import Account
from musync.domain.errors import StorageError, UsageError
from musync.services.api import Form, OpenUrl
from musync.services.shelf import Shelf

FOLDER = "sample"
SOURCE, TARGET = "Road trip.csv", "Road"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A copy of the sample library.

    `source` is the address of a playlist exported from a service, `target` that of the playlist in the library.
    """

    folder: Path
    music: Path
    account: Account
    source: str
    target: str


def prepare_demo(home: Home) -> Demo:
    """Copy the sample library into the home's folder and add it as an account; what is there already is kept.

    Raises:
        StorageError: the copy could not be made.
    """
    musync = open_musync(home)
    try:
        return add_sample(musync)
    finally:
        musync.close()


def add_sample(musync: Musync) -> Demo:
    """The same for a musync that is open."""
    folder = _copied(musync.home.root / FOLDER)
    music = folder / "music"
    account = _account(musync, music)
    return Demo(
        folder=folder,
        music=music,
        account=account,
        source=str(folder / SOURCE),
        target=f"{account.service}@{account.name}:{TARGET}",
    )


def _copied(folder: Path) -> Path:
    """The sample files there; a copy that was begun and not ended is made anew."""
    if folder.is_dir():
        return folder
    unfinished = folder.with_name(f"{folder.name}.musync-tmp")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(resource("sample"), unfinished)
        unfinished.rename(folder)
    except (OSError, shutil.Error) as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise _not_copied(folder, error) from error
    return folder


def _not_copied(folder: Path, error: Exception) -> StorageError:
    why = getattr(error, "strerror", None) or "not every file could be copied"
    return StorageError(
        f"The sample library could not be copied: {why}.",
        where=str(folder),
        unchanged="Nothing else was changed.",
        next="Free some room, or choose another folder with --home.",
        code="demo-not-copied",
    )


def _account(musync: Musync, music: Path) -> Account:
    """The account of the copy, made unless it is known."""
    service = _service_of_folders(musync.shelf)
    known = next((one for one in musync.accounts.of_service(service) if one.ext_id == str(music.resolve())), None)
    if known is not None:
        return known
    asked = 0

    def fill(form: Form) -> Mapping[str, str]:
        nonlocal asked
        asked += 1
        if asked > 1:
            raise UsageError(f"The sample library cannot be used: {form.error}", where=str(music))
        return {field.key: str(music) if field.required else "" for field in form.fields}

    signed_in = drive(musync.accounts.sign_in(service, ThreadControl()), fill, _no_browser)
    return musync.accounts.add(service, signed_in)


def _no_browser(step: OpenUrl) -> None:
    raise UsageError("A music folder needs no browser.", where=step.url)


def _service_of_folders(shelf: Shelf) -> str:
    """The service that looks after folders of music."""
    for item in shelf.items():
        if item.plugin is None or item.problem or item.hidden or item.foreign:
            continue
        if shelf.abilities(item.id).scans:
            return item.id
    raise UsageError("No service for music folders can be used here.", next="musync services says why.")
