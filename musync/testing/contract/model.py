"""The rule that any sequence of writes does what the same sequence does to a plain list."""

# ruff: noqa: D102 - the name of a rule is its sentence

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from musync.domain import EntryId, PlaylistId, Track, TrackId
from musync.services.api import AddsEntries, MovesEntries, PlaylistService, RemovesEntries
from musync.testing.contract.bench import Bench, all_entries, ids
from musync.testing.contract.needs import keeps_duplicates, most, needs, ordered, removes_one


@dataclass(frozen=True)
class Write:
    """One drawn write: what, three numbers that choose places, and how many entries."""

    kind: str
    place: int
    stride: int
    to: int
    size: int


@dataclass
class ListModel:
    """A plain list of track ids beside the real one."""

    service: PlaylistService
    playlist: PlaylistId
    tracks: list[Track]
    rows: list[TrackId]

    def apply(self, write: Write) -> None:
        """Do one write to both."""
        if write.kind == "add":
            self._add(write)
        elif self.rows and write.kind == "remove":
            self._remove(self._chosen(write, self.service.traits.remove_batch))
        elif self.rows and write.kind == "move":
            self._move(self._chosen(write, self.service.traits.move_batch), write.to)

    def _add(self, write: Write) -> None:
        assert isinstance(self.service, AddsEntries)
        size = most(write.size, self.service.traits.add_batch)
        new = [self.tracks[(write.place + step) % len(self.tracks)] for step in range(size)]
        at = write.to % (len(self.rows) + 1)
        self.service.add_entries(self.playlist, new, at=at)
        self.rows[at:at] = ids(new)

    def _remove(self, places: list[int]) -> None:
        assert isinstance(self.service, RemovesEntries)
        if not self.service.traits.empty_playlists:
            places = places[: len(self.rows) - 1]
        self.service.remove_entries(self.playlist, self._entries(places))
        self.rows = [row for place, row in enumerate(self.rows) if place not in places]

    def _move(self, places: list[int], to: int) -> None:
        assert isinstance(self.service, MovesEntries)
        rest = [row for place, row in enumerate(self.rows) if place not in places]
        at = to % (len(rest) + 1)
        self.service.move_entries(self.playlist, self._entries(places), to=at)
        self.rows = [*rest[:at], *(self.rows[place] for place in places), *rest[at:]]

    def _chosen(self, write: Write, batch: int | None) -> list[int]:
        """Different places, in no particular order."""
        size = most(write.size, batch)
        return list(dict.fromkeys((write.place + step * write.stride) % len(self.rows) for step in range(size)))

    def _entries(self, places: list[int]) -> list[EntryId]:
        stored = all_entries(self.service, self.playlist)
        return [stored[place].id for place in places]


def sequences(kinds: list[str]) -> st.SearchStrategy[list[Write]]:
    """Draw some writes of these kinds."""
    number = st.integers(0, 99)
    write = st.builds(Write, st.sampled_from(kinds), number, number, number, st.integers(1, 4))
    return st.lists(write, min_size=2, max_size=10)


class ModelRules(Bench):
    """What holds for any sequence of writes."""

    @needs(AddsEntries, RemovesEntries, traits=(ordered, keeps_duplicates, removes_one))
    def test_any_sequence_of_writes_agrees_with_a_plain_list(self, service: PlaylistService) -> None:
        kinds = ["add", "add", "remove", *(["move"] if isinstance(service, MovesEntries) else [])]

        @settings(
            max_examples=20,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(sequences(kinds))
        def agrees(writes: list[Write]) -> None:
            begun = list(ids(self.least(service)))
            model = ListModel(service, self.plain(service), list(self.some_tracks(4)), begun)
            for write in writes:
                model.apply(write)
                self.check(service, model.playlist, model.rows)

        agrees()
