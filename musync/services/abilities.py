"""What a service can do, read off its roles and traits; reached through the shelf."""

from __future__ import annotations

from dataclasses import dataclass

from musync.services.api import (
    AddsEntries,
    CreatesPlaylists,
    DeletesPlaylists,
    EditsDetails,
    FindsIsrc,
    HasCovers,
    ListsTracks,
    MovesEntries,
    PlaylistService,
    RelinksTracks,
    RemovesEntries,
    ReplacesEntries,
    Scans,
    Searches,
    TakesForeign,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """A service's abilities as data; faces turn the names into words.

    `takes_any` says that any track can be added as it is described, `removes_copies_apart` that one of two copies can
    go, `needs` which identifiers a track must have before it can be added, `capacity` how many entries a list can hold.
    """

    reads: bool = True
    creates: bool
    adds: bool
    removes: bool
    moves: bool
    replaces: bool
    edits_details: bool
    deletes: bool
    searches: bool
    finds_isrc: bool
    lists_tracks: bool
    scans: bool
    relinks: bool
    has_covers: bool
    takes_foreign: bool
    takes_any: bool
    keeps_order: bool
    keeps_duplicates: bool
    removes_copies_apart: bool
    previews: bool
    needs: tuple[str, ...]
    capacity: int | None


def abilities_of(service: type[PlaylistService]) -> Abilities:
    """Read off a service's class what it can do."""
    traits = service.traits
    return Abilities(
        creates=issubclass(service, CreatesPlaylists),
        adds=issubclass(service, AddsEntries),
        removes=issubclass(service, RemovesEntries),
        moves=issubclass(service, MovesEntries),
        replaces=issubclass(service, ReplacesEntries),
        edits_details=issubclass(service, EditsDetails),
        deletes=issubclass(service, DeletesPlaylists),
        searches=issubclass(service, Searches),
        finds_isrc=issubclass(service, FindsIsrc),
        lists_tracks=issubclass(service, ListsTracks),
        scans=issubclass(service, Scans),
        relinks=issubclass(service, RelinksTracks),
        has_covers=issubclass(service, HasCovers),
        takes_foreign=issubclass(service, TakesForeign),
        takes_any=traits.accepts == "any_track",
        keeps_order=traits.ordered,
        keeps_duplicates=traits.duplicates == "keeps",
        removes_copies_apart=issubclass(service, RemovesEntries) and traits.removes_by != "track_all_copies",
        previews=traits.previews,
        needs=tuple(sorted(traits.needs)),
        capacity=traits.capacity,
    )
