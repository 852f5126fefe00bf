"""Tracks, sides and decisions that the tests of the store speak of."""

from __future__ import annotations

from musync.domain import (
    Decision,
    DecisionKind,
    Entry,
    EntryId,
    Mode,
    PlaylistId,
    Run,
    SideKey,
    SideLabel,
    Track,
    TrackId,
    TrackRef,
)
from musync.store import Work

SOURCE = SideKey(service="spotify", account="anna", playlist=PlaylistId("road"))
TARGET = SideKey(service="plex", account="home", playlist=PlaylistId("17"))


def a_track(id: str, title: str = "Blue Bird") -> Track:
    return Track(id=TrackId(id), title=title, artists=("Mira Vale", "Ono"), album="Wings", duration_ms=215_000)


def spotify(id: str, title: str = "Blue Bird") -> TrackRef:
    return TrackRef(service="spotify", scope="", track=a_track(id, title))


def plex(id: str, title: str = "Blue Bird") -> TrackRef:
    return TrackRef(service="plex", scope="server-1", track=a_track(id, title))


def local(id: str, title: str = "Blue Bird") -> TrackRef:
    return TrackRef(service="local", scope="library-1", track=a_track(id, title))


def an_entry(id: str) -> Entry:
    return Entry(id=EntryId(id), track=a_track(id))


def said(
    kind: DecisionKind, a: TrackRef, b: TrackRef | None = None, *, pair: int | None = None, at: float = 1.0
) -> Decision:
    return Decision(kind=kind, a=a, b=b, pair=pair, at=at)


def a_pair(work: Work, playlist: str = "road") -> int:
    source = SideKey(service="spotify", account="anna", playlist=PlaylistId(playlist))
    return work.pairs.ensure(source, TARGET, Mode.ADD).id


def a_run(work: Work, *, pair: int | None = None, at: float = 100.0, mode: Mode = Mode.ADD) -> Run:
    source = SideLabel(key=SOURCE, title="Road", account="anna", url="https://example.com/road")
    target = SideLabel(key=TARGET, title="Road too", account="home")
    return work.runs.begin(pair=pair, mode=mode, source=source, target=target, at=at)
