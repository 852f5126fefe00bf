from __future__ import annotations

from musync.domain import Account, Playlist, PlaylistId, PlaylistKind, Revision, SideKey, SideLabel
from musync.store import Work
from tests.store.values import SOURCE, TARGET

ROAD = Playlist(id=PlaylistId("road"), title="Road", owner="Anna", count=12, url="https://example.com/road")
ALBUM = Playlist(
    id=PlaylistId("a1"),
    title="Wings",
    kind=PlaylistKind.ALBUM,
    revision=Revision("r7"),
    writable=False,
    unwritable_reason="Albums cannot be changed.",
)


def test_an_unseen_side_is_called_by_its_ids(work: Work) -> None:
    assert work.playlists.label(SOURCE) == SideLabel(key=SOURCE, title="road", account="anna")


def test_a_side_is_called_what_it_was_called_last(work: Work) -> None:
    work.accounts.add(Account(name="Anna's", service="spotify", ext_id="anna"))
    work.playlists.remember("spotify", "anna", Playlist(id=PlaylistId("road"), title="Rood"), at=1.0)
    work.playlists.remember("spotify", "anna", ROAD, at=2.0)
    assert work.playlists.label(SOURCE) == SideLabel(key=SOURCE, title="Road", account="Anna's", url=ROAD.url)


def test_what_was_seen_of_an_account_comes_back_whole(work: Work) -> None:
    work.playlists.remember("spotify", "anna", ROAD, ALBUM, at=1.0)
    work.playlists.remember("spotify", "ben", ROAD, at=1.0)
    assert work.playlists.seen("spotify", "anna") == (ROAD, ALBUM)
    assert work.playlists.seen("plex", "anna") == ()


def test_a_side_that_was_only_spoken_of_was_not_seen(work: Work) -> None:
    work.fingerprints.remember(TARGET, "f", at=1.0)
    assert work.playlists.seen("plex", "home") == ()
    assert work.playlists.label(TARGET).title == "17"


def test_remembering_nothing_is_nothing(work: Work) -> None:
    work.playlists.remember("spotify", "anna", at=1.0)
    assert work.playlists.seen("spotify", "anna") == ()


def test_the_same_playlist_id_on_two_accounts_is_two_sides(work: Work) -> None:
    work.playlists.remember("spotify", "ben", ROAD, at=1.0)
    ben = SideKey(service="spotify", account="ben", playlist=PlaylistId("road"))
    assert work.playlists.label(ben).title == "Road"
    assert work.playlists.label(SOURCE).title == "road"
