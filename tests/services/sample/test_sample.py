"""A plugin of another distribution comes by its entry point and passes the contract."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import requests

from musync.domain import FreeControl, Track, TrackRef
from musync.domain.account import Account
from musync.services.api import CreatesPlaylists, Env, PlaylistService, SignedIn
from musync.services.shelf import Shelf
from musync.testing.contract import ServiceContract
from musync.testing.lists import STRANGE_TITLES, track, tracks
from tests.services.sample.plugin import JsonFolder, JsonPlugin


class TestSample(ServiceContract):
    service_type = JsonFolder

    @pytest.fixture
    def service(self, tmp_path: Path) -> Iterator[PlaylistService]:
        self.folder = tmp_path
        with self.reconnect() as service:
            assert isinstance(service, CreatesPlaylists)
            self.add(service, service.create_playlist("Road").id, self.some_tracks(5))
            service.create_playlist("Evening")
            yield service

    def reconnect(self) -> PlaylistService:
        return JsonFolder(self.folder)

    def some_tracks(self, count: int) -> Sequence[Track]:
        return tracks(count)

    def strange_tracks(self) -> Sequence[Track]:
        return [track(title, title, id=f"strange {number}") for number, title in enumerate(STRANGE_TITLES)]

    def foreign_tracks(self, count: int) -> Sequence[TrackRef]:
        return [TrackRef(service="elsewhere", scope="", track=one) for one in tracks(count)]


def test_it_is_used_once_it_is_switched_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "musync_json-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: musync-json\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[musync.services]\nsample = tests.services.sample.plugin:plugin\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert "musync-json/sample" in {item.key for item in Shelf().items()}

    plugin = Shelf(enabled=frozenset({"musync-json/sample"})).plugin("sample")
    assert isinstance(plugin, JsonPlugin)
    env = Env(control=FreeControl(), cache=tmp_path, secrets={}, http=requests.Session)
    done = plugin.sign_in(env).answer({"folder": str(tmp_path)})
    assert isinstance(done, SignedIn)
    account = Account(name="sample", service="sample", ext_id=done.ext_id, settings=done.settings)
    with plugin.connect(account, env) as service:
        assert not service.list_playlists().items
