"""Brakes in words: side, numbers, likely cause, the exact way on, and that nothing was changed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

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
        next=" ".join(_ways_on(hits, ids)),
        code=f"brake-{first.id.lower()}",
    )


def _ways_on(hits: Sequence[BrakeHit], ids: tuple[PlaylistId, PlaylistId]) -> Iterator[str]:
    """Each way once; brakes that one option lifts are named together, so that it can be typed as it stands."""
    together = dict.fromkeys(hit.id for hit in hits if hit.liftable)
    for hit in hits:
        if not hit.liftable:
            yield way_on(hit, ids[0] if hit.side == "source" else ids[1])
    if together:
        yield f"Look at the difference; if it is meant: --override {','.join(together)}"


def what_happened(hit: BrakeHit, title: str) -> str:
    """The brake's finding and its likely cause, in two sentences."""
    before, after = f"{hit.before:,}", f"{hit.after:,}"
    match hit.id:
        case "B1":
            known = f"{before} of its tracks were there after the last run" if hit.before else "tracks would be removed"
            return f"“{title}” is empty; {known}. Perhaps it did not load."
        case "B2":
            lost = f"{hit.before - hit.after:,} of the {before} tracks of the last run"
            return f"“{title}” lost {lost}: {before} → {after}. Perhaps it did not load."
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
    """The exact words for a brake that --override does not lift."""
    if hit.id == "B1":
        typed = shlex.quote(playlist)
        return f"Look at the list, then read again; if it is meant to be empty: --confirm-empty {typed}"
    if hit.id == "B7":
        return "Choose fewer tracks or another target."
    return "Pick the two sides again."
