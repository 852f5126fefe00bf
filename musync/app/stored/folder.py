"""Where stored catalogues lie: the newest file of an account's cache folder that can serve.

Each has a name of its own, because a file that is mapped into memory somewhere cannot be replaced on Windows.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from musync.app.stored.blocks import Damaged
from musync.app.stored.catalogue import Records, State, StoredCatalogue, read_catalogue, write_catalogue
from musync.app.stored.rules import rules
from musync.engine.index_arrays import IndexArrays
from musync.safefile import UNFINISHED

_log = logging.getLogger(__name__)
_NAME: Final = re.compile(r"catalogue-(\d{6,18})-[0-9a-f]{8}\.arrays")
_ABANDONED_S: Final = 3_600.0


def newest(folder: Path, scope: str) -> StoredCatalogue | None:
    """The catalogue of this library that was stored last, None when there is none that can serve."""
    for _, path in sorted(_stored(folder), reverse=True):
        try:
            found = read_catalogue(path)
        except (Damaged, OSError) as error:
            _log.info("a stored catalogue cannot be used and is made anew: %s", error)
            continue
        if found.state.scope == scope and found.state.rules == rules():
            return found
        _log.info("a stored catalogue is another library's or another version's and is made anew")
    return None


def store(folder: Path, state: State, records: Iterable[Records], index: IndexArrays) -> StoredCatalogue:
    """Store a catalogue in place of those that are there.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = _stored(folder)
    number = max((number for number, _ in before), default=0) + 1
    path = folder / f"catalogue-{number:06}-{secrets.token_hex(4)}.arrays"
    write_catalogue(path, state, records, index)
    for old in (*(path for _, path in before), *_abandoned(folder)):
        with suppress(OSError):  # Windows keeps what is in use; the next one stored takes it along.
            old.unlink()
    return read_catalogue(path)


def _stored(folder: Path) -> list[tuple[int, Path]]:
    """The files here by their numbers."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return []
    return [(int(found[1]), folder / name) for name in names if (found := _NAME.fullmatch(name))]


def _abandoned(folder: Path) -> list[Path]:
    """What a process left that ended while it wrote."""
    long_ago = time.time() - _ABANDONED_S
    found = []
    for path in folder.glob(f".*{UNFINISHED}"):
        with suppress(OSError):
            if path.stat().st_mtime < long_ago:
                found.append(path)
    return found
