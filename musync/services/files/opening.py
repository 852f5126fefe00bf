"""Choosing the class for a file: by what stands in it, by its ending while nothing does."""

from __future__ import annotations

from pathlib import Path

from musync.domain import MusyncError
from musync.services.files.document import Collection
from musync.services.files.places import PlaceDocument
from musync.services.files.reading import FileReads, Loaded, Now, ReadOnlyFile
from musync.services.files.recognise import PLACES
from musync.services.files.writing import DocumentFile, PlaceFile


def open_file(path: Path, now: Now, *, for_players: bool = False) -> FileReads:
    """A service object for a file, which need not exist; errors wait until something is read."""
    try:
        loaded = FileReads(path, now).load()
    except MusyncError:
        loaded = None
    if loaded is not None and isinstance(loaded.content, Collection):
        return ReadOnlyFile(path, now, loaded)
    if _holds_places(path, loaded):
        return PlaceFile(path, now, loaded, for_players=for_players)
    return DocumentFile(path, now, loaded)


def _holds_places(path: Path, loaded: Loaded | None) -> bool:
    if loaded is None:
        return path.suffix.lower() in PLACES
    return isinstance(loaded.content, PlaceDocument)
