from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musync.domain import Track, TrackId, TrackRef
from musync.services.files.document import Document
from musync.services.files.ids import with_service
from musync.services.files.places import PlaceDocument
from musync.services.files.recognise import new_document, read_content
from musync.testing.lists import any_track, catalogues, lists_of, track
from tests.services.files.samples import ALL, FOLDER, document, sample

WRITABLE = [name for name in ALL if isinstance(sample(name), Document)]
DESCRIBING = [".csv", ".xspf", ".jspf", ".json", ".txt"]
WITH_NOTES = {"bare.m3u", "numbered.txt", "scattered.pls", "strawberry.xspf"}
"""Samples with comments or blank lines between entries, which stay where they are while entries move over them."""
NOW = datetime(2026, 5, 1, 10, tzinfo=UTC)
NEW = Track(
    id=TrackId("spotify:" + "0" * 22),
    title='New & "old" <b> 夜',
    artists=("Ann, Bo", "Cy"),
    album="Ünder",
    album_artist="Ann",
    duration_ms=123_000,
    isrc="QZAAA2600001",
    mbid="00000000-0000-4000-8000-0000000000aa",
    track_number=3,
    disc_number=2,
    year=2026,
    explicit=True,
    url="https://open.spotify.com/track/" + "0" * 22,
)


def stored(made: Document, name: str) -> Document:
    """What a document's bytes are read as."""
    content = read_content(made.to_bytes(), FOLDER / name)
    assert isinstance(content, Document)
    return content


def a_new_one_for(made: Document) -> Track:
    """A track that this document takes."""
    if not isinstance(made, PlaceDocument):
        return NEW
    path = made.folder / "New" / "a b.mp3"
    return replace(NEW, id=TrackId(str(path)), url=path.as_uri(), title="New", artists=("Ann",))


def ids(made: Document) -> list[TrackId]:
    return [row.track.id for row in made.rows]


@pytest.mark.parametrize("name", WRITABLE)
def test_what_was_not_edited_is_written_back_byte_for_byte(name: str) -> None:
    assert document(name).to_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", sorted({*WRITABLE} - {"scattered.pls"}))  # its lines are gathered by number
def test_an_entry_added_and_removed_leaves_the_file_as_it_was(name: str) -> None:
    before = document(name)
    new = a_new_one_for(before)
    if before.refusal(new):
        return
    after = before.insert(1, [new], added_at=[NOW])
    wanted = [*ids(before)[:1], before.as_stored(new).id, *ids(before)[1:]]
    assert ids(after) == wanted
    assert ids(stored(after, name)) == wanted
    assert after.remove([1]).to_bytes() == before.to_bytes()


@pytest.mark.parametrize("name", sorted({*WRITABLE} - WITH_NOTES))
def test_moving_there_and_back_leaves_the_file_as_it_was(name: str) -> None:
    before = document(name)
    last = len(before.rows) - 1
    moved = before.move([last], 0)
    assert ids(moved) == [ids(before)[-1], *ids(before)[:-1]]
    assert moved.move([0], last).to_bytes() == before.to_bytes()


@pytest.mark.parametrize("name", WRITABLE)
def test_an_emptied_file_takes_entries_again(name: str) -> None:
    before = document(name)
    empty = before.remove(range(len(before.rows)))
    new = a_new_one_for(before)
    assert stored(empty, name).rows == ()
    if not empty.refusal(new):
        filled = stored(empty.insert(0, [new], added_at=[NOW]), name)
        assert ids(filled) == [empty.as_stored(new).id]


def test_unknown_columns_stay_with_their_rows() -> None:
    table = document("exportify-today.csv")
    line = table.to_bytes().splitlines()[2]
    moved = table.move([1], 0).to_bytes()
    assert moved.splitlines()[1] == line
    assert b'"https://img.example/1"' in moved


def test_a_row_of_exportify_is_filled_and_quoted_like_the_others() -> None:
    added = document("exportify-today.csv").insert(0, [NEW], added_at=[NOW]).to_bytes().decode().splitlines()[1]
    assert added == (
        f'"spotify:track:{"0" * 22}","New & ""old"" <b> 夜","","Ann\\, Bo, Cy","","Ünder","","Ann","2026","","2","3",'
        '"123000","","true","","QZAAA2600001","","2026-05-01T10:00:00Z"'
    )


def test_a_file_with_commas_between_artists_keeps_them() -> None:
    plain = replace(NEW, artists=("Dee", "Cy; D"))
    added = document("exportify-net-commas.csv").insert(1, [plain], added_at=[NOW])
    assert stored(added, "exportify-net-commas.csv").rows[0].track.artists == ("Ye", "Kanye")
    assert stored(added, "exportify-net-commas.csv").rows[1].track.artists == ("Dee", "Cy D")


def test_a_row_of_tunemymusic_names_the_playlist_of_the_others() -> None:
    single = document("tunemymusic-single.csv").insert(2, [NEW], added_at=[NOW])
    assert single.to_bytes().decode().splitlines()[-1].split(",")[-4:-1] == ['"Road"', '"Playlist"', '"QZAAA2600001"']
    assert single.with_details("Sea", None).title == "Sea"
    assert b'"Road"' not in single.with_details("Sea", None).to_bytes()


def test_extensions_comments_and_encoding_of_xspf_stay() -> None:
    rdio = document("rdio.xspf").insert(1, [NEW], added_at=[NOW]).with_details("Tür 夜", "a & b")
    data = rdio.to_bytes()
    assert b'<r:thing a="1>0">kept</r:thing>' in data
    assert b"<r:key>t1</r:key>" in data
    assert "<x:title>Tür &#22812;</x:title>".encode("latin-1") in data
    again = stored(rdio, "rdio.xspf")
    assert (again.title, again.description) == ("Tür 夜", "a & b")
    assert again.rows[1].track.title == NEW.title
    assert b"<!-- side B -->" in document("strawberry.xspf").remove([0, 1]).to_bytes()


def test_extensions_and_numbers_of_jspf_stay_as_written() -> None:
    road = document("listenbrainz.jspf")
    changed = road.move([1], 0).with_details("Sea", None).to_bytes()
    assert b'"additional_metadata": {"caa_id": 1.50}' in changed
    assert b'"public": false' in changed
    assert changed.replace(b'"Sea"', b'"Road"') == road.move([1], 0).to_bytes()


def test_comments_numbers_and_headings_of_plain_lists_stay() -> None:
    numbered = document("numbered.txt").insert(3, [NEW], added_at=[NOW])
    assert numbered.to_bytes().decode().splitlines()[0] == "# my list"
    assert numbered.to_bytes().decode().splitlines()[-1] == '4. Ann, Bo, Cy - New & "old" <b> 夜'
    turned = document("turned.txt").insert(0, [NEW], added_at=[NOW])
    assert turned.to_bytes().decode().splitlines()[:2] == ["Title - Artist", 'New & "old" <b> 夜 - Ann, Bo, Cy']


def test_pls_numbers_follow_the_order() -> None:
    new = a_new_one_for(document("strawberry.pls"))
    lines = document("strawberry.pls").insert(1, [new], added_at=[NOW]).to_bytes().decode().splitlines()
    assert lines == [
        "[playlist]",
        "File1=Ann/Wet/01 Rain.flac",
        "Title1=Rain",
        "Length1=201",
        "File2=New/a b.mp3",
        "Title2=Ann - New",
        "Length2=123",
        "File3=http://radio.example/a=b;c",
        "Title3=News = now; always",
        "Length3=-1",
        "NumberOfEntries=3",
        "Version=2",
    ]


@pytest.mark.parametrize("suffix", [".xspf", ".jspf", ".json"])
def test_the_richer_formats_keep_everything_there_is(suffix: str) -> None:
    empty = new_document("Road", FOLDER / f"new{suffix}")
    (row,) = stored(empty.insert(0, [NEW], added_at=[NOW]), f"new{suffix}").rows
    assert row.track == NEW
    assert row.added_at == NOW


def test_our_table_keeps_what_its_columns_hold() -> None:
    empty = new_document("Road", FOLDER / "new.csv")
    (row,) = stored(empty.insert(0, [NEW], added_at=[NOW]), "new.csv").rows
    assert row.track == replace(NEW, album_artist="", track_number=None, disc_number=None, year=None, explicit=None)
    assert empty.to_bytes() == b"title,artists,album,duration_s,isrc,mbid,service,id,url,added_at\n"


def test_an_id_with_anything_in_it_survives_in_every_format_that_names_ids() -> None:
    ref = TrackRef(service="local", scope="x", track=track("Rain", id="Ünder/100% #1; a:b/01 Rain?.flac"))
    for suffix in (".csv", ".xspf", ".jspf", ".json"):
        held = new_document("x", FOLDER / f"new{suffix}").as_stored(with_service(ref))
        assert held.id == f"local:{ref.track.id}"


def any_place() -> st.SearchStrategy[Track]:
    def placed(one: Track, name: str) -> Track:
        path = Path("/music") / name.replace("/", "_") / "a.mp3"
        return replace(one, id=TrackId(str(path)), url=path.as_uri())

    names = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1, max_size=20)
    return st.builds(placed, any_track(), names.filter(lambda name: name not in (".", "..")))


@settings(max_examples=60)
@given(catalogues().flatmap(lists_of), st.sampled_from(DESCRIBING))
def test_any_tracks_read_back_as_foretold(wanted: Sequence[Track], suffix: str) -> None:
    path = FOLDER / f"new{suffix}"
    empty = new_document("Road", path)
    asked = [with_service(TrackRef(service="memory", scope="", track=one)) for one in wanted]
    taken = [empty.as_stored(one) for one in asked if not empty.refusal(one)]
    full = empty.insert(0, taken, added_at=[None] * len(taken))
    content = read_content(full.to_bytes(), path)
    assert isinstance(content, Document)
    assert [row.track for row in content.rows] == taken
    assert [row.track for row in full.rows] == taken
    assert [empty.as_stored(one) for one in taken] == taken


@settings(max_examples=60)
@given(st.lists(any_place(), max_size=8), st.sampled_from([".m3u8", ".pls"]))
def test_any_places_read_back_under_their_ids(wanted: list[Track], suffix: str) -> None:
    path = FOLDER / f"new{suffix}"
    empty = new_document("Road", path)
    taken = [empty.as_stored(one) for one in wanted if not empty.refusal(one)]
    full = empty.insert(0, taken, added_at=[None] * len(taken))
    content = read_content(full.to_bytes(), path)
    assert isinstance(content, Document)
    assert [(row.track.id, row.track.url) for row in content.rows] == [(one.id, one.url) for one in taken]
