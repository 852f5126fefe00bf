"""What services were asked about a wanted track, and what came up."""

from __future__ import annotations

from dataclasses import dataclass

from musync.domain.track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSearch:
    """The questions about one track that were answered, and everything that came up.

    `asked` are the questions' own keys; one that failed is not among them. `at` and `expires` are seconds since the
    epoch: when the last was answered, and from when on all count as never asked.
    """

    asked: frozenset[str]
    found: tuple[Track, ...]
    at: float
    expires: float
