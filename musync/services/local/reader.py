"""Opening one music file for the index: whatever it holds, there is an answer."""

from __future__ import annotations

from pathlib import Path

from musync.services.local.facts import NotAudio, Tags
from musync.services.local.index import IndexedFile
from musync.services.local.names import guessed
from musync.services.local.reasons import reason_of
from musync.services.local.tags import read_tags
from musync.services.local.walk import FoundFile


def read_file(folder: Path, found: FoundFile) -> IndexedFile:
    """What this file of the folder says, or why it says nothing."""
    path, (size, mtime_ns) = found
    try:
        tags = read_tags(folder / path)
    except NotAudio as error:
        return IndexedFile(path=path, size=size, mtime_ns=mtime_ns, tags=Tags(), problem=str(error))
    except OSError as error:
        return unread(found, reason_of(error))
    return IndexedFile(path=path, size=size, mtime_ns=mtime_ns, tags=guessed(tags, path), mark=tags.mark())


def unread(found: FoundFile, reason: str) -> IndexedFile:
    """A file that could not be opened: what stood in the way may go without a trace in it, so it is tried again."""
    return IndexedFile(path=found[0], size=-1, mtime_ns=0, tags=Tags(), problem=reason)
