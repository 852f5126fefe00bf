"""The contract that every service passes.

A service's test file is its fixtures; rules it has no role for are not collected:

    class TestMemory(ServiceContract):
        service_type = MemoryService

        @pytest.fixture
        def service(self) -> Iterator[PlaylistService]:
            self.world = ...
            with self.reconnect() as service:
                yield service

        def reconnect(self) -> PlaylistService: ...
        def some_tracks(self, count: int) -> Sequence[Track]: ...

`ServiceContract.service` must be an account of its own for each test, with at least two playlists. The other methods of
`Bench` are hooks: overriding `read_only_playlist`, `playlist_with_placeholder`, `requests_made`, `foreign_tracks` or
`strange_tracks` brings the rules in that need them.
"""

from __future__ import annotations

import pytest

_MODULES = ("adding", "bench", "creating", "finding", "foreign", "keeping", "model", "moving", "reading", "removing")
pytest.register_assert_rewrite(*(f"{__name__}.{module}" for module in _MODULES))

from musync.testing.contract.adding import AddingRules  # noqa: E402 - after the line above, so that asserts explain
from musync.testing.contract.creating import CreatingRules  # noqa: E402
from musync.testing.contract.finding import FindingRules  # noqa: E402
from musync.testing.contract.foreign import ForeignRules  # noqa: E402
from musync.testing.contract.keeping import KeepingRules  # noqa: E402
from musync.testing.contract.model import ModelRules  # noqa: E402
from musync.testing.contract.moving import MovingRules  # noqa: E402
from musync.testing.contract.reading import ReadingRules  # noqa: E402
from musync.testing.contract.removing import RemovingRules  # noqa: E402


class ServiceContract(
    ReadingRules,
    FindingRules,
    CreatingRules,
    AddingRules,
    RemovingRules,
    MovingRules,
    KeepingRules,
    ForeignRules,
    ModelRules,
):
    """Every rule there is; a subclass keeps those that its `service_type` has the roles, traits and hooks for."""


__all__ = ["ServiceContract"]
