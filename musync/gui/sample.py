"""The sample library in a scratch place: a musync of its own, so that nothing of the user's is touched."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from musync.app.compose import Musync, open_musync
from musync.app.paths import Home, resource
from musync.gui.accounts import add_music_folder

if TYPE_CHECKING:
    from musync.app.sides import Side
    from musync.domain import Control

_LIST, _PLAYLIST = "Road trip.csv", "Road"


class Sample(NamedTuple):
    """An opened scratch musync, the two sides to try, and the folder that goes with it."""

    musync: Musync
    source: Side
    target: Side
    folder: Path


def open_sample(control: Control) -> Sample:
    """Job: copy the sample library to a scratch place and open it there."""
    folder = Path(tempfile.mkdtemp(prefix="musync-sample-"))
    try:
        shutil.copytree(resource("sample"), folder / "sample")
        musync = open_musync(Home(folder / "home"), log_to_file=False)
        account = add_music_folder(musync, folder / "sample" / "music", control)
        source = musync.addresses.resolve(str(folder / "sample" / _LIST), control)
        target = musync.addresses.find(account, _PLAYLIST, control)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Sample(musync, source, target, folder)
