"""Brakes in words: side, numbers, likely cause, the exact way on, and that nothing was changed."""

from __future__ import annotations

from collections.abc import Sequence

from musync.domain import BrakeHit, PlaylistId
from musync.domain.errors import Braked


def braked(hits: Sequence[BrakeHit], source: str, target: str, ids: tuple[PlaylistId, PlaylistId]) -> Braked:
    """One error for all brakes that tripped; the first one's message leads."""
    names = {"source": source, "target": target}
    first = hits[0]
    return Braked(
        " ".join(what_happened(hit, names[hit.side]) for hit in hits),
        brakes=tuple(hit.id for hit in hits),
        hits=tuple(hits),
        where=f"{names[first.side]} ({first.side})",
        unchanged="Nothing was changed on either side.",
        next=" ".join(way_on(hit, ids[0] if hit.side == "source" else ids[1]) for hit in hits),
        code=f"brake-{first.id.lower()}",
    )


def what_happened(hit: BrakeHit, title: str) -> str:
    """The brake's finding and its likely cause, in two sentences."""
    before, after = f"{hit.before:,}", f"{hit.after:,}"
    match hit.id:
        case "B1":
            return f"“{title}” is empty; {before} of its tracks were there after the last run. Perhaps it did not load."
        case "B2":
            return f"“{title}” lost most of its tracks since the last run: {before} → {after}."
        case "B3":
            return f"{hit.before - hit.after:,} of {before} tracks of “{title}” would be removed."
        case "B4":
            return f"“{title}” has none of the {before} tracks of the last run. Perhaps it is another playlist."
        case "B7" if hit.limit:
            return (
                f"“{title}” can hold {hit.limit:,} tracks and would have {after}: {hit.after - hit.limit:,} too many."
            )
        case "B7":
            return f"“{title}” would grow from {before} to {after} tracks."
        case _:
            return f"“{title}” belongs to another account or playlist than at the last run."


def way_on(hit: BrakeHit, playlist: PlaylistId) -> str:
    """The exact words that lift the brake, where anything does."""
    if hit.id == "B1":
        return f"Look at the list, then read again; if it is meant to be empty: --confirm-empty {playlist!r}."
    if hit.liftable:
        return f"Look at the difference; if it is meant: --override {hit.id}."
    if hit.id == "B7":
        return "Choose fewer tracks or another target."
    return "Pick the two sides again."
