"""The sample library in a scratch place: a musync of its own, so that nothing of the user's is touched."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from musync.app.compose import Musync, open_musync
from musync.app.demo import add_sample
from musync.app.paths import Home

if TYPE_CHECKING:
    from musync.app.sides import Side
    from musync.domain import Control


class Sample(NamedTuple):
    """An opened scratch musync, the two sides to try, and the folder that goes with it."""

    musync: Musync
    source: Side
    target: Side
    folder: Path


def open_sample(control: Control) -> Sample:
    """Job: copy the sample library to a scratch place and open it there."""
    folder = Path(tempfile.mkdtemp(prefix="musync-sample-"))
    musync: Musync | None = None
    try:
        musync = open_musync(Home(folder), log_to_file=False)
        demo = add_sample(musync)
        source = musync.addresses.resolve(demo.source, control)
        target = musync.addresses.resolve(demo.target, control)
    except BaseException:
        if musync is not None:
            musync.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Sample(musync, source, target, folder)
