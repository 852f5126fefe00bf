"""What looking through a music folder found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file or folder that could not be used; `path` is relative to the folder scanned, `reason` is for people."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanReport:
    """What a scan found, in numbers of files; every music file that is or was there counts once.

    `unchanged` files were not opened. `moved` ones keep their links under the new path, they are neither `added` nor
    `removed`. `seconds` is how long the scan took.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    moved: int = 0
    unchanged: int = 0
    unreadable: tuple[Unreadable, ...] = ()
    seconds: float = 0.0
