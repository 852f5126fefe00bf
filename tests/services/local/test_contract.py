"""The local library under the contract of all services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from musync.domain import PlaylistId, Track, TrackId
from musync.services.api import PlaylistService
from musync.services.local.service import LocalLibrary
from musync.services.m3u_lines import one_line
from musync.testing.audio import clone_library
from musync.testing.contract import ServiceContract
from musync.testing.lists import STRANGE_TITLES
from tests.services.local.library import MusicFolder

UP = "../Music/"


class TestLocalLibrary(ServiceContract):
    service_type = LocalLibrary
    describes = False

    @pytest.fixture
    def service(self, tmp_path: Path) -> Iterator[PlaylistService]:
        self.music = MusicFolder(tmp_path, playlists="../Lists & more")
        self.tracks = clone_library(self.music.folder, 15, seed=1)
        for track in self.strange_tracks():
            self.music.add(track.id, title=track.title, artist="Nobody")
        self.music.write_list("One.m3u8", f"#EXTM3U\n{UP}{self.tracks[0].id}\n")
        self.music.write_list("deep/Two.m3u", f"{UP}../{self.tracks[1].id}\r\n")
        with self.reconnect() as service:
            yield service

    def reconnect(self) -> PlaylistService:
        return self.music.connect()

    def some_tracks(self, count: int) -> Sequence[Track]:
        return self.tracks[:count]

    def strange_tracks(self) -> Sequence[Track]:
        # Tags hold a line break that the title of an M3U list does not: see test_tags.py for that one.
        titles = [title for title in STRANGE_TITLES if title == one_line(title)]
        return [
            Track(id=TrackId(f"Strange/{number:02}.mp3"), title=title, artists=("Nobody",))
            for number, title in enumerate(titles)
        ]

    def read_only_playlist(self) -> PlaylistId:
        elsewhere = self.music.folder.parent / "elsewhere.m3u8"
        elsewhere.write_text(f"{self.music.folder}/{self.tracks[0].id}\n")
        (self.music.playlists / "Linked.m3u8").symlink_to(elsewhere)
        return PlaylistId("Linked.m3u8")

    def playlist_with_placeholder(self) -> PlaylistId:
        lines = (
            f"{UP}{self.tracks[0].id}",
            "#EXTINF:9,Gone - Lost",
            "gone/lost.mp3",
            f"{UP}{self.tracks[1].id}",
        )
        self.music.write_list("Holes.m3u8", "\n".join(lines))
        return PlaylistId("Holes.m3u8")

    def unknown_playlist(self) -> PlaylistId:
        return PlaylistId("nowhere.m3u8")

    def as_stored(self, text: str) -> str:
        return one_line(text)
