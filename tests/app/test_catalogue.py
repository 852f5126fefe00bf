from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest

from musync.app.catalogue import Catalogue
from musync.app.stored import keeping
from musync.app.stored.holding import Holding, joined
from musync.app.stored.lazy import LentTracks
from musync.domain import Track, TrackId, TrackRef
from musync.engine.candidates import CatalogueIndex
from musync.services.api import TakesForeign
from musync.testing.lists import track
from tests.app.conftest import TwoServices


def file(path: str, title: str = "Song", **fields: object) -> Track:
    return track(title, "Kit Marsh", id=path.lstrip("/"), url=f"file://{path}", **fields)


class Places(TakesForeign):
    """Holds files by their paths, as a playlist file does."""

    lenders: ClassVar[tuple[str, ...]] = ("local",)

    def taken(self, ref: TrackRef) -> Track:
        path = (ref.track.url or "").removeprefix("file://")
        return track(ref.track.title, ref.track.artists, id=path, url=ref.track.url)


def lent(tracks: Sequence[Track]) -> LentTracks:
    return LentTracks(tracks, Places(), "local", "music")


def test_a_track_is_found_by_its_id() -> None:
    catalogue = Catalogue([track("One", id="a"), track("Two", id="b")])
    assert catalogue.track(TrackId("b")) == catalogue.tracks[1]
    assert catalogue.track(TrackId("c")) is None
    assert Catalogue([]).track(TrackId("a")) is None


def test_a_lent_file_is_found_by_the_id_it_has_where_it_is_taken() -> None:
    library = [file("/music/a/01.mp3"), file("/music/b/01.mp3"), track("No file", id="none")]
    catalogue = Catalogue(lent(library), CatalogueIndex(library).arrays)
    found = catalogue.track(TrackId("/music/b/01.mp3"))
    assert found == catalogue.tracks[1]
    assert found is not None
    assert found.id == "/music/b/01.mp3"
    assert catalogue.track(TrackId("music/b/01.mp3")) is None


def test_files_of_one_name_are_told_apart_by_their_folders() -> None:
    library = [file(f"/music/{number}/01.mp3", f"Song {number}") for number in range(300)]
    catalogue = Catalogue(library)
    wanted = file("/Volumes/old/7/01.MP3", "Song 7")
    assert catalogue.by_tail(wanted) == library[7]
    assert catalogue.by_tail(file("/elsewhere/01.mp3")) is None
    assert catalogue.by_tail(file("/Volumes/old/7/01.mp3", "Song 7", duration_ms=1_000)) is None
    assert catalogue.by_tail(track("Song 7")) is None


def test_several_libraries_are_one_catalogue() -> None:
    one, other = [file("/a/x.mp3", "Glass")], [file("/b/y.mp3", "Tide"), file("/b/z.mp3", "Lantern")]
    whole = [*one, *other]
    holdings = [Holding(one, CatalogueIndex(one).arrays), Holding(other, None)]
    catalogue = Catalogue(*joined(holdings))
    assert list(catalogue.tracks) == whole
    assert [catalogue.by_tail(song) for song in whole] == whole
    assert [catalogue.track(song.id) for song in whole] == whole
    assert [catalogue.search(song.title, 1) for song in whole] == [[song] for song in whole]
    assert list(joined([]).tracks) == []
    assert joined([Holding(one, None), Holding(other, None)]).arrays is None


def test_a_catalogue_that_was_stored_is_not_listed_again(
    two: TwoServices, songs: tuple[Track, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "STORED_FROM", 1)
    two.fill("here", "Road", songs[:9])
    two.fill("there", "Road", ())
    first = two.compare()
    listed = two.world("there").count("list_tracks")
    again = two.compare()
    assert again.matches == first.matches
    assert len(first.matches) == 9
    assert two.world("there").count("list_tracks") == listed + 1


def test_removing_an_account_removes_its_stored_catalogue(
    two: TwoServices, songs: tuple[Track, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(keeping, "STORED_FROM", 1)
    two.fill("here", "Road", songs[:1])
    two.fill("there", "Road", ())
    two.compare()
    assert list(tmp_path.rglob("*.arrays"))
    two.musync.accounts.remove("there")
    assert not list(tmp_path.rglob("*.arrays"))


def test_a_search_by_words_does_not_look_at_all_of_a_large_library(monkeypatch: pytest.MonkeyPatch) -> None:
    library = [track(f"Song {number}", f"Artist {number % 9}", id=f"t{number}", album="Odds") for number in range(90)]
    wanted = track("Low Tide Arithmetic", "The Ensemble & Nord", id="w", album="Nine Rooms")
    catalogue = Catalogue([*library, wanted])
    texts = (
        "low tide arithmetic",
        "ensemble nord low tide",
        "Nord - Arithmetic",
        "nine rooms",
        "tide",
        "Low Tyde Aritmetic",
    )
    slowly = [catalogue.search(text, 1) for text in texts]
    assert slowly == [[wanted]] * len(texts)
    monkeypatch.setattr("musync.app.catalogue._FEW", 10)
    assert [catalogue.search(text, 1) for text in texts] == slowly
    assert len(catalogue.search("artist 3", 20)) == 10
