"""Writing a whole list to a file of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from musync.domain import TrackRef, WriteReport
from musync.domain.write import Refusal
from musync.services.files.disk import revision_of, store, store_new
from musync.services.files.document import Document, entries_of
from musync.services.files.ids import with_service
from musync.services.files.places import PlaceDocument, at_its_place
from musync.services.files.recognise import new_document


def export_playlist(
    path: Path,
    title: str,
    rows: Sequence[tuple[TrackRef, datetime | None]],
    *,
    description: str = "",
    for_players: bool = False,
    overwrite: bool = False,
) -> WriteReport:
    """Write the list in the format that the path's ending names; what the format cannot hold is refused row by row.

    Args:
        path: the file, `~` not expanded.
        title: kept where the format has a place for it.
        rows: the tracks and when each was added.
        description: as `title`.
        for_players: places are named from the file's own folder, with `/`, however far the way is.
        overwrite: replace a file that is there.

    Raises:
        Refused: the file is there and may not be overwritten.
        BadFile: no format has this ending.
        NotFound, AccessDenied, DiskFull, Unavailable: the folder is missing, or cannot be written to.
    """
    full = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    document = _blank(full, title, description, for_players=for_players)
    tracks = [at_its_place(ref.track) if isinstance(document, PlaceDocument) else with_service(ref) for ref, _ in rows]
    refusals = [document.refusal(track) for track in tracks]
    kept = [index for index, refusal in enumerate(refusals) if refusal is None]
    filled = document.insert(0, [tracks[index] for index in kept], added_at=[rows[index][1] for index in kept])
    data = filled.to_bytes()
    (store if overwrite else store_new)(full, data)
    refused = (
        Refusal(item=ref.track.id, code=refusal[0], text=refusal[1])
        for (ref, _), refusal in zip(rows, refusals, strict=True)
        if refusal
    )
    return WriteReport(
        done=tuple(entry.id for entry in entries_of(filled.rows)),
        refused=tuple(refused),
        revision=revision_of(data),
    )


def _blank(path: Path, title: str, description: str, *, for_players: bool) -> Document:
    document = new_document(title, path)
    if isinstance(document, PlaceDocument):
        return replace(document, relative=for_players)
    return document.with_details(None, description) if description and document.describes else document
