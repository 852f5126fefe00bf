"""Every writable format under the contract of all services.

An account is one file: it lists one playlist, and creates one only while there is none. Rules that create begin without
the file, and rules about several playlists are told of the one there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from musync.domain import PlaylistId, Track, TrackId, TrackRef
from musync.domain.errors import NotFound
from musync.services.api import CreatesPlaylists, PlaylistService
from musync.services.filenames import clean_name
from musync.services.files.opening import open_file
from musync.services.files.writing import DocumentFile, FileWrites, PlaceFile
from musync.services.m3u_lines import one_line
from musync.testing.contract import ServiceContract
from musync.testing.contract.bench import all_playlists
from musync.testing.contract.creating import CreatingRules
from musync.testing.lists import STRANGE_TITLES, track, tracks

NOW = datetime(2026, 5, 1, tzinfo=UTC).timestamp()


class FileContract(ServiceContract):
    suffix: ClassVar[str]

    @pytest.fixture
    def service(self, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[PlaylistService]:
        self.path = tmp_path / f"Contract list{self.suffix}"
        with self.reconnect() as service:
            if not hasattr(CreatingRules, getattr(request.node, "originalname", request.node.name)):
                assert isinstance(service, FileWrites)
                service.add_entries(self.blank(service), self.some_tracks(3))
            yield service

    def reconnect(self) -> PlaylistService:
        return open_file(self.path, lambda: NOW)

    def blank(self, service: PlaylistService) -> PlaylistId:
        assert isinstance(service, CreatesPlaylists)
        self.path.unlink(missing_ok=True)
        return service.create_playlist("Contract list").id

    def test_the_listing_has_at_least_two_playlists_with_ids_of_their_own(self, service: PlaylistService) -> None:
        assert [playlist.id for playlist in all_playlists(service)] == [self.path.name]

    def test_a_file_that_went_away_is_not_found(self, service: PlaylistService) -> None:
        self.path.unlink()
        with pytest.raises(NotFound):
            service.read_entries(PlaylistId(self.path.name))

    def read_only_playlist(self) -> PlaylistId:
        self.path.chmod(0o444)
        return PlaylistId(self.path.name)

    def test_every_write_changes_the_revision_and_reports_the_new_one(self, service: PlaylistService) -> None:
        # The revision is the hash of the bytes: a list brought back to an earlier state has that state's revision.
        assert isinstance(service, FileWrites)
        some = self.some_tracks(4)
        playlist = self.filled(service, some[:3])
        before = service.read_playlist(playlist).revision
        added = service.add_entries(playlist, some[3:], revision=before)
        assert added.revision == service.read_playlist(playlist).revision != before
        assert service.remove_entries(playlist, added.done, revision=added.revision).revision == before


class TitledByName:
    """Formats without a place for title and description: the file's name is the title."""

    describes = False

    def test_a_new_playlist_is_empty_listed_and_writable(self, service: PlaylistService) -> None:
        assert isinstance(service, CreatesPlaylists)
        made = service.create_playlist("Road songs", description="for the road")
        assert (made.title, made.count, made.writable) == ("Contract list", 0, True)

    @pytest.mark.parametrize("title", STRANGE_TITLES)
    def test_strange_titles_of_new_playlists_survive(self, service: PlaylistService, title: str) -> None:
        assert isinstance(service, CreatesPlaylists)
        assert service.create_playlist(title).title == "Contract list"

    @pytest.mark.parametrize("title", STRANGE_TITLES)
    def test_strange_new_titles_survive(self, service: PlaylistService, title: str) -> None:
        assert isinstance(service, FileWrites)
        assert isinstance(self, FileContract)
        edited = service.edit_details(self.blank(service), title=title)
        assert edited.title == clean_name(title)
        assert self.path.with_name(edited.id).exists()
        assert not self.path.exists()


class DocumentContract(FileContract):
    service_type = DocumentFile

    def some_tracks(self, count: int) -> Sequence[Track]:
        return self._as_held(tracks(count))

    def strange_tracks(self) -> Sequence[Track]:
        return self._as_held(track(title, id=f"strange-{number}") for number, title in enumerate(STRANGE_TITLES))

    def foreign_tracks(self, count: int) -> Sequence[TrackRef]:
        return [TrackRef(service="elsewhere", scope="", track=one) for one in tracks(count)]

    def _as_held(self, some: object) -> Sequence[Track]:
        # A file of its own: what a track reads back as depends on the format alone.
        service = open_file(self.path.with_name(f"other{self.suffix}"), lambda: NOW)
        assert isinstance(service, DocumentFile)
        return [service.taken(TrackRef(service="memory", scope="", track=one)) for one in some]


class Spoilt(FileContract):
    """Formats in which somebody can make a row useless: by taking its id and its title, or by a zero byte."""

    spoils: ClassVar[tuple[tuple[str, str], ...]]

    def playlist_with_placeholder(self) -> PlaylistId:
        with self.reconnect() as service:
            playlist = self.filled(service, self.some_tracks(3))
        text = self.path.read_text()
        for good, bad in self.spoils:
            assert good in text
            text = text.replace(good, bad)
        self.path.write_text(text)
        return playlist


class TestCsv(Spoilt, TitledByName, DocumentContract):
    suffix = ".csv"
    spoils = (("Song 001,", ","), ("memory,song-001,", ",,"))


class TestXspf(Spoilt, DocumentContract):
    suffix = ".xspf"
    spoils = (("<title>Song 001</title>", ""), ("<identifier>musync:memory:song-001</identifier>", ""))


class TestJspf(Spoilt, DocumentContract):
    suffix = ".jspf"
    spoils = (('"Song 001"', '""'), ('"musync:memory:song-001",', ""))


class TestJson(Spoilt, DocumentContract):
    suffix = ".json"
    spoils = (('"Song 001"', '""'), ('"song-001"', '""'))


class TestText(TitledByName, DocumentContract):
    suffix = ".txt"

    def as_stored(self, text: str) -> str:
        return one_line(text)


class PlaceContract(FileContract):
    service_type = PlaceFile
    describes = False

    def some_tracks(self, count: int) -> Sequence[Track]:
        return [self._place(one) for one in tracks(count)]

    def foreign_tracks(self, count: int) -> Sequence[TrackRef]:
        return [TrackRef(service="local", scope="x", track=self._place(one)) for one in tracks(count)]

    def _place(self, one: Track) -> Track:
        path = self.path.parent / "Müsic #1" / f"{one.title} 100%.mp3"
        return Track(
            id=TrackId(str(path)), title=one.title, artists=one.artists, duration_ms=one.duration_ms, url=path.as_uri()
        )


class TestM3u8(Spoilt, PlaceContract):
    suffix = ".m3u8"
    spoils = (("Song 001 100", "Song\0 001 100"),)

    def as_stored(self, text: str) -> str:
        return one_line(text)


class TestPls(Spoilt, TitledByName, PlaceContract):
    suffix = ".pls"
    spoils = (("File2=", "File2=\0"),)
