"""Pages: the answer to one request of a listing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NewType, TypeVar

from musync.domain.ids import Revision

Cursor = NewType("Cursor", str)
"""Where the next page begins, opaque to everybody but the service that made it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page of a listing.

    `next` is None only when the service itself said that this was the last page. `total` is the number of items the
    service declares for the whole listing, `revision` the state of the whole list; None where it tells neither.
    """

    items: tuple[T, ...]
    next: Cursor | None = None
    total: int | None = None
    revision: Revision | None = None
