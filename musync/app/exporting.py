"""A playlist written into a new file, by the way every sync goes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from musync.app.sides import Side
from musync.domain.errors import UsageError
from musync.services.shelf import Shelf


def new_file(shelf: Shelf, path: Path, title: str, *, for_players: bool) -> Side:
    """The side of a playlist file that is not there yet.

    Args:
        shelf: knows the formats.
        path: the file; its ending names the format.
        title: what the playlist is called inside, where the format has a place for it.
        for_players: places of files are written as players want them.

    Raises:
        UsageError: the file is there already, or no format has its ending.
    """
    full = path.expanduser().absolute()
    claimed = shelf.claim_path(full)
    claim = claimed[1] if claimed is not None else None
    if full.exists() or full.is_symlink():
        raise UsageError(
            f"“{path}” is there already.",
            where=str(full),
            unchanged="The file is as it was.",
            next=f"Choose another name, or bring it up to date: musync sync ADDRESS {str(path)!r}",
            code="file-exists",
        )
    if claim is None or claim.account is None or claim.creatable is None:
        raise UsageError(
            f"“{path.suffix or path.name}” is no format that can be written.",
            where=str(full),
            unchanged="No file was made.",
            next="Name it .m3u8, .m3u, .pls, .xspf, .jspf, .csv, .json or .txt.",
            code="file-format",
        )
    account = claim.account
    if for_players:
        account = replace(account, settings={**account.settings, "for": "players"})
    return Side(account=account, playlist=None, title=title)
