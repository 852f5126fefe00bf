"""One side read whole, or not at all (sync-spec 3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from musync.app.paging import Listing, again, read_all
from musync.domain import Control, Entry, Playlist, TrackKind
from musync.domain.errors import IncompleteRead, ServiceError
from musync.engine.fingerprint import fingerprint
from musync.services.api import PlaylistService

READS = 4
_UNKNOWN_SHARE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRead:
    """A complete list as it stood at one moment."""

    playlist: Playlist
    entries: tuple[Entry, ...]
    fingerprint: str
    requests: int


def side_fingerprint(entries: tuple[Entry, ...]) -> str:
    """The list's content: ordered service ids, placeholders by kind and text."""
    return fingerprint(
        entry.track.id if entry.addressable else f"{entry.track.kind}\0{entry.track.title}" for entry in entries
    )


def read_side(service: PlaylistService, playlist: Playlist, control: Control) -> SideRead:
    """Read the list until one read is complete, at most four times.

    Raises:
        IncompleteRead: no read was; the message says what did not agree.
        ServiceError: the service refused or could not be reached.
    """
    reasons: tuple[str, ...] = ()
    previous: SideRead | None = None
    for attempt in range(READS):
        if attempt:
            control.sleep(min(0.5 * 2**attempt, 4.0) if service.traits.settle_s else 0.0)
        head, listing = _read_once(service, playlist, control)
        read = SideRead(
            playlist=head,
            entries=listing.items,
            fingerprint=side_fingerprint(listing.items),
            requests=listing.requests + 1,
        )
        reasons = tuple(_doubts(head, listing, previous, read))
        if not reasons:
            return read
        previous = read
    raise IncompleteRead(
        f"The list came incomplete: {'; '.join(reasons)}.",
        where=playlist.title,
        unchanged="Nothing was changed.",
        next="Try again in some minutes.",
    )


def _read_once(service: PlaylistService, playlist: Playlist, control: Control) -> tuple[Playlist, Listing[Entry]]:
    head = again(lambda: service.read_playlist(playlist.id), control)
    listing = read_all(
        lambda cursor: service.read_entries(playlist.id, cursor), control, "read-entries", total=head.count
    )
    return head, listing


def _doubts(head: Playlist, listing: Listing[Entry], previous: SideRead | None, read: SideRead) -> Iterator[str]:
    """Why the read is not complete; C1 is the end signal that `read_all` waited for."""
    got = len(listing.items)
    for declared in (listing.last_total, head.count):
        if declared is not None and declared != got:
            yield f"{declared:,} announced, {got:,} sent"  # C2
            break
    if listing.first_total != listing.last_total:
        yield "the number of tracks changed while reading"  # C3
    if not _is_steady(head, listing) and (previous is None or previous.fingerprint != read.fingerprint):
        yield "the list changed while it was read"  # C4
    if len({entry.id for entry in listing.items}) != got:
        yield "an entry came twice"  # C5
    unknown = sum(entry.track.kind is TrackKind.UNKNOWN for entry in listing.items)
    if got and (unknown == got or (unknown > 1 and unknown > got * _UNKNOWN_SHARE)):
        raise ServiceError(
            f"{unknown:,} of {got:,} rows have a shape that is not known.",
            where=head.title,
            unchanged="Nothing was changed.",
            next="Update musync.",
            code="schema-changed",
        )  # C6


def _is_steady(head: Playlist, listing: Listing[Entry]) -> bool:
    """The revision is the same before and after paging, or the whole list came in one answer."""
    if listing.last_revision is not None and head.revision is not None:
        return head.revision == listing.first_revision == listing.last_revision
    return listing.requests == 1
