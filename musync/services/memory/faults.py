"""What a memory world can be told to do wrong, and ready-made changes of the pages it answers with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from musync.domain import Page, PlaylistId, Revision

Alteration = Callable[[Any], Any]


@dataclass(kw_only=True)
class Fault:
    """Something that happens to requests of one operation.

    Attributes:
        playlist: only requests about this playlist.
        skip: so many requests pass before it begins.
        times: so many requests are struck, None for all from then on.
        before: runs before the request is answered, an edit from outside for instance.
        error: raised instead of the answer; with `applied` after the request did what it should (its answer is lost).
        change: applied to the answer.
    """

    operation: str
    playlist: PlaylistId | None = None
    skip: int = 0
    times: int | None = 1
    before: Callable[[], object] | None = None
    error: Exception | None = None
    applied: bool = False
    change: Alteration | None = None

    def strikes(self, operation: str, playlist: object) -> bool:
        """Whether it happens to this request; counts."""
        if operation != self.operation or self.playlist not in (None, playlist) or self.times == 0:
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


def truncated(keep: int) -> Alteration:
    """End the listing after so many items of this page, while the declared total stays as it was."""
    return lambda page: replace(page, items=page.items[:keep], next=None)


def declaring(total: int | None) -> Alteration:
    """Declare another total."""
    return lambda page: replace(page, total=total)


def emptied(page: Page[Any]) -> Page[Any]:
    """Answer with an empty list as if it had always been empty."""
    return replace(page, items=(), next=None, total=0)


def repeated(page: Page[Any]) -> Page[Any]:
    """Answer with the first item twice, in place of the last."""
    return replace(page, items=(*page.items[:-1], page.items[0]))


def marked(revision: str | None) -> Alteration:
    """Answer with another revision, for pages and heads."""
    return lambda answer: replace(answer, revision=None if revision is None else Revision(revision))
