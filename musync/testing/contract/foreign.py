"""Rules of services that take tracks of other services."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

from collections.abc import Sequence

from musync.domain import Track, TrackRef
from musync.services.api import AddsEntries, PlaylistService, TakesForeign
from musync.testing.contract.bench import Bench, ids
from musync.testing.contract.needs import needs

FOREIGN = ("foreign_tracks",)


class ForeignRules(Bench):
    """What holds for tracks that come from elsewhere."""

    @needs(TakesForeign, hooks=FOREIGN)
    def test_a_foreign_track_is_always_taken_alike(self, service: PlaylistService) -> None:
        refs = self.foreign_tracks(3)
        first = taken(service, refs)
        assert taken(service, refs) == first
        with self.reconnect() as other:
            assert taken(other, refs) == first
        assert len(set(ids(first))) == 3

    @needs(TakesForeign, AddsEntries, hooks=FOREIGN)
    def test_a_taken_track_reads_back_under_its_id(self, service: PlaylistService) -> None:
        wanted = taken(service, self.foreign_tracks(3))
        self.check(service, self.filled(service, wanted), ids(wanted))

    @needs(TakesForeign, AddsEntries, hooks=FOREIGN)
    def test_a_taken_track_reads_back_with_title_and_artists(self, service: PlaylistService) -> None:
        wanted = taken(service, self.foreign_tracks(3))
        stored = {entry.track.id: entry.track for entry in self.stored(self.filled(service, wanted))}
        for track in wanted:
            assert (stored[track.id].title, stored[track.id].artists) == (track.title, track.artists)


def taken(service: PlaylistService, refs: Sequence[TrackRef]) -> list[Track]:
    """The tracks as they will stand in the service."""
    assert isinstance(service, TakesForeign)
    return [service.taken(ref) for ref in refs]
