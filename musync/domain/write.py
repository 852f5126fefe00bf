"""What a service says about a batch it was sent."""

from __future__ import annotations

from dataclasses import dataclass

from musync.domain.ids import EntryId, Revision, TrackId


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One item of a batch that the service would not take; `code` is kebab-case and stable, `text` is for people."""

    item: TrackId | EntryId
    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """What became of a batch: the entries done in the order sent, what was refused, and the revision after it.

    `repaired` counts lines of a playlist file that named a moved file by its old path and were put right by the way.
    """

    done: tuple[EntryId, ...] = ()
    refused: tuple[Refusal, ...] = ()
    revision: Revision | None = None
    repaired: int = 0
