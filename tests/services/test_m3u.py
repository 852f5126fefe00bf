from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musync.domain.errors import BadFile, Refused
from musync.services.m3u import M3uDocument, M3uEntry, new_m3u, parse_m3u

ROAD = (
    b"#EXTM3U\r\n#PLAYLIST: Road\r\n# made by hand\r\n#EXTINF:201,Ann - Rain\r\nAnn/Wet/01 Rain.flac\r\n"
    b"\r\n# side B\r\n#UUID:7\r\n#EXTINF:99,Bo - Sun - Live\r\n..\\Bo\\Sun.mp3\r\nlast.mp3"
)


def read(text: str | bytes, name: str = "road.m3u8") -> M3uDocument:
    return parse_m3u(text.encode() if isinstance(text, str) else text, name=name)


def written(document: M3uDocument) -> list[str]:
    return document.to_bytes().decode().splitlines()


def test_directives_tell_about_the_entry_below_them() -> None:
    road = read(ROAD)
    assert road.title == "Road"
    assert [(entry.artist, entry.title, entry.seconds, entry.line) for entry in road.entries] == [
        ("Ann", "Rain", 201, 5),
        ("Bo", "Sun - Live", 99, 10),
        ("", "last", None, 11),
    ]
    assert road.entries[1].attached == ("#UUID:7", "#EXTINF:99,Bo - Sun - Live")
    assert not road.problems


def test_the_last_line_without_end_stays_without_end_after_an_edit() -> None:
    moved = read(ROAD).move([2], 0).to_bytes()
    assert moved.startswith(b"#EXTM3U\r\n#PLAYLIST: Road\r\n# made by hand\r\nlast.mp3\r\n#EXTINF:201")
    assert moved.endswith(b"\r\n..\\Bo\\Sun.mp3")


def test_removing_an_entry_takes_its_directives_and_leaves_comments() -> None:
    assert written(read(ROAD).remove([0, 1])) == [
        "#EXTM3U", "#PLAYLIST: Road", "# made by hand", "", "# side B", "last.mp3",
    ]  # fmt: skip


def test_an_emptied_list_takes_entries_again() -> None:
    emptied = read("#EXTM3U\n#EXTINF:1,A - B\na.mp3\n# the end\n").remove([0])
    filled = emptied.insert(0, [M3uEntry("b.mp3", 2, "C", "D")])
    assert written(filled) == ["#EXTM3U", "# the end", "#EXTINF:2,D - C", "b.mp3"]


def test_moved_entries_stand_together_in_the_order_given() -> None:
    letters = read("a.mp3\nb.mp3\nc.mp3\nd.mp3\n")
    assert [entry.location for entry in letters.move([3, 0], 1).entries] == ["b.mp3", "d.mp3", "a.mp3", "c.mp3"]


def test_a_bare_list_of_files_stays_bare() -> None:
    assert read("a.mp3\n").insert(1, [M3uEntry("b.mp3", 2, "B", "Ann")]).to_bytes() == b"a.mp3\nb.mp3\n"


def test_a_new_list_is_utf8_with_line_feeds() -> None:
    new = new_m3u("Röad\ntrip", name="new.m3u8").insert(0, [M3uEntry("é/a.mp3", 12.4, "Rain", "Ann")])
    assert new.to_bytes() == "#EXTM3U\n#PLAYLIST:Röad trip\n#EXTINF:12,Ann - Rain\né/a.mp3\n".encode()
    assert new.title == "Röad trip"


def test_an_artist_with_a_dash_comes_back_whole() -> None:
    entry = M3uEntry("a.mp3", 10, "slowed", "joyful - chess")
    back = new_m3u("x", name="x").insert(0, [entry]).entries[0]
    assert (back.artist, back.title) == ("joyful - chess", "slowed")


@pytest.mark.parametrize(
    ("line", "seconds", "artist", "title"),
    [
        ("#EXTINF:123,Ann - Rain", 123, "Ann", "Rain"),
        ("#EXTINF: 123 , Ann - Rain", 123, "Ann", "Rain"),
        ("#EXTINF:-1,Song #1", None, "", "Song #1"),
        ("#EXTINF:0,Radio", None, "", "Radio"),
        ("#EXTINF:12.5,Ann - Rain - Live", 12.5, "Ann", "Rain - Live"),
        ("#EXTINF:44", 44, "Bo", "Sun"),
        ("#EXTINF:,", None, "Bo", "Sun"),
        ('#EXTINF:300 id="4" genres="Rock%3B%20Pop",Ann - Rain', 300, "Ann", "Rain"),
        ('#EXTINF:-1 tvg-name="A, B (C)" group-title="G, H",News', None, "", "News"),
        ("#extinf:7,ann - rain", 7, "ann", "rain"),
    ],
)
def test_forms_of_extinf(line: str, seconds: float | None, artist: str, title: str) -> None:
    entry = read(f"#EXTM3U\n{line}\n# a comment between\nMusic/02 - Bo - Sun.mp3\n").entries[0]
    assert (entry.seconds, entry.artist, entry.title) == (seconds, artist, title)


@pytest.mark.parametrize(
    ("location", "artist", "title"),
    [
        ("Ann/Wet/01 Rain.flac", "", "Rain"),
        ("D:\\Music\\Ann\\03. Rain.mp3", "", "Rain"),
        ("99 Problems.mp3", "", "99 Problems"),
        ("7 - Ann - Rain.mp3", "Ann", "Rain"),
        ("1999.ogg", "", "1999"),
        ("Ann - Rain", "Ann", "Rain"),
        ("Mr. Smith", "", "Mr. Smith"),
        ("file:///C:/Users/ann/02%20Rain.mp3", "", "Rain"),
    ],
)
def test_without_directives_the_file_name_tells(location: str, artist: str, title: str) -> None:
    entry = read(location + "\n").entries[0]
    assert (entry.artist, entry.title) == (artist, title)


def test_an_album_named_once_above_one_folder_is_the_album_of_all() -> None:
    album = read("#EXTM3U\n#EXTALB:Wet (2009)\n#EXTART:Ann\n#EXTINF:1,Rain\nA/1.mp3\n#EXTINF:2,Sun\nA/2.mp3\n")
    assert [(entry.album, entry.year, entry.artist) for entry in album.entries] == [("Wet", 2009, "Ann")] * 2


def test_an_album_named_per_entry_does_not_leak_into_the_next() -> None:
    mixed = read("#EXTM3U\n#EXTALB:Wet\n#EXTINF:1,Rain\nA/1.mp3\n#EXTINF:2,Sun\nB/2.mp3\n#EXTALB:Dry\nC/3.mp3\n")
    assert [entry.album for entry in mixed.entries] == ["Wet", "", "Dry"]
    assert read("#EXTM3U\n#EXTALB:Wet\nA/1.mp3\nB/2.mp3\n").entries[1].album == ""


def test_an_image_on_its_own_line_is_no_track() -> None:
    images = read("#EXTM3U\n#EXTIMG: front cover\ncover.jpg\n#EXTIMG:http://x/y\na.mp3\n")
    assert [entry.location for entry in images.entries] == ["a.mp3"]


def test_nothing_is_read_behind_the_mark_of_binary_data() -> None:
    data = b"#EXTM3U\na.mp3\n#EXTBIN:\n\x00\xff\nb.mp3\n"
    binary = read(data)
    assert [entry.location for entry in binary.entries] == ["a.mp3"]
    assert binary.to_bytes() == data
    assert binary.insert(1, [M3uEntry("c.mp3")]).to_bytes() == b"#EXTM3U\na.mp3\nc.mp3\n#EXTBIN:\n\x00\xff\nb.mp3\n"


def test_bad_lines_are_named_and_good_ones_kept() -> None:
    data = b"a.mp3\nb\x00\x01.mp3\nc%0Ad.mp3\nother.m3u\n#EXTINF:1,Lost\n#EXTINF:2,Ann - Rain\nd.mp3\n"
    document = read(data)
    assert [entry.location for entry in document.entries if not entry.problem] == ["a.mp3", "d.mp3"]
    assert [(problem.line, problem.reason.split()[0]) for problem in document.problems] == [
        (2, "holds"), (3, "hides"), (4, "is"), (5, "#EXTINF"),
    ]  # fmt: skip
    assert document.to_bytes() == data


def test_a_stream_index_a_web_page_and_binary_junk_are_refused_with_the_place() -> None:
    with pytest.raises(BadFile) as stream:
        read("#EXTM3U\n#EXT-X-VERSION:3\n#EXTINF:9.0,\nsegment1.ts\n", "tv.m3u8")
    assert stream.value.where == "tv.m3u8, line 2"
    with pytest.raises(BadFile, match="web page"):
        read("<!DOCTYPE html><html></html>")
    with pytest.raises(BadFile, match="binary data") as junk:
        read(bytes(range(256)) * 50)
    assert "line" in junk.value.where
    assert junk.value.unchanged


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_every_encoding_is_read_and_kept(encoding: str) -> None:
    data = "#EXTM3U\r\n#EXTINF:1,Zoë - Übermut\r\nZoë/Übermut.mp3\r\nplain/second.mp3\r\n".encode(encoding)
    document = read(data)
    assert document.entries[0].title == "Übermut"
    assert document.to_bytes() == data
    edited = document.move([1], 0)
    assert edited.entries[1].location == "Zoë/Übermut.mp3"
    assert read(edited.to_bytes()).entries == edited.entries


def test_a_stray_byte_in_a_utf8_list_is_told_and_kept() -> None:
    data = "é/a.mp3\nö/b.mp3\n".encode() + b"caf\xe9.mp3\n"
    document = read(data)
    assert document.entries[2].location == "café.mp3"
    assert [problem.line for problem in document.problems] == [3]
    assert document.remove([0]).to_bytes() == "ö/b.mp3\n".encode() + b"caf\xe9.mp3\n"


def test_an_8_bit_list_refuses_names_it_has_no_letters_for() -> None:
    latin = read("é.mp3\n".encode("cp1252"), "old.m3u")
    new = M3uEntry("夜.mp3", 1, "夜", "Ann")
    assert "Windows-1252" in latin.refusal(new)
    with pytest.raises(Refused, match="M3U8"):
        latin.insert(0, [new])
    with pytest.raises(Refused, match="Windows-1252"):
        latin.with_title("夜")


def test_a_title_the_encoding_cannot_hold_does_not_keep_the_file_out() -> None:
    latin = read("#EXTM3U\né.mp3\n".encode("cp1252"))
    assert latin.insert(1, [M3uEntry("yoru.mp3", 1, "夜")]).to_bytes() == "#EXTM3U\né.mp3\nyoru.mp3\n".encode("cp1252")


def test_old_mac_line_ends_are_kept() -> None:
    document = read(b"#EXTM3U\ra.mp3\rb.mp3\r")
    assert [entry.location for entry in document.entries] == ["a.mp3", "b.mp3"]
    assert document.insert(1, [M3uEntry("c.mp3")]).to_bytes() == b"#EXTM3U\ra.mp3\rc.mp3\rb.mp3\r"


def test_the_title_line_is_changed_or_added() -> None:
    assert written(read(ROAD).with_title("Sea"))[1] == "#PLAYLIST: Sea"
    assert written(read("#EXTM3U\n#EXTENC:UTF-8\na.mp3\n").with_title("Sea")) == [
        "#EXTM3U", "#EXTENC:UTF-8", "#PLAYLIST:Sea", "a.mp3",
    ]  # fmt: skip
    assert written(read("a.mp3\n").with_title("Sea")) == ["#PLAYLIST:Sea", "a.mp3"]


def test_a_location_with_a_hidden_line_break_is_never_written() -> None:
    with pytest.raises(Refused, match="line break"):
        new_m3u("x", name="x").insert(0, [M3uEntry("a\nb.mp3")])


LINES = st.sampled_from(
    ["#EXTM3U", "#PLAYLIST:x", "", "# note", "#EXTINF:1,A - B", "#EXTALB:W", "#FOO:1", "a.mp3", "b/ü.flac", "http://x/y",
     "c\x00d", "#EXTIMG: front", "e.jpg", "  f.mp3  ", "#EXTENC: UTF-8", "D:\\g.mp3", "夜.mp3"]
)  # fmt: skip


@given(
    st.lists(LINES, max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_was_not_edited_is_written_back_byte_for_byte(
    lines: list[str], end: str, final: bool, encoding: str
) -> None:
    data = (end.join(["ok.mp3", *lines]) + (end if final else "")).encode(encoding)
    document = read(data)
    assert document.to_bytes() == data
    count = len(document.entries)
    once = document.insert(count, [M3uEntry("new.mp3", 5, "New", "Ann")])
    assert [entry.location for entry in once.entries] == [*(entry.location for entry in document.entries), "new.mp3"]
    assert once.remove([count]).to_bytes() == data
    order = list(range(count))[::-1]
    turned = document.move(order, 0)
    assert [entry.location for entry in turned.entries] == [document.entries[index].location for index in order]
    assert sorted(turned.text.split(end)) == sorted(document.text.split(end))


@given(
    st.lists(LINES, max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "stray"]),
    st.data(),
)
def test_other_locations_change_their_own_lines_and_no_other_byte(
    lines: list[str], end: str, final: bool, encoding: str, data: st.DataObject
) -> None:
    rows = ["ok.mp3", *lines, "# é"]
    whole = (end.join(rows) + (end if final else "")).encode("utf-8" if encoding == "stray" else encoding)
    document = read(whole.replace("# é".encode(), b"# \xe9") if encoding == "stray" else whole)
    usable = [index for index, entry in enumerate(document.entries) if not entry.problem]
    places = st.sampled_from(["new.mp3", "Ö/夜 n.mp3", "../a b.mp3", "/r/x.mp3"])
    changes = data.draw(st.dictionaries(st.sampled_from(usable), places))
    changed = document.relocate(changes)
    was, now = document.text.split(end), changed.text.split(end)
    for index, location in changes.items():
        entry = document.entries[index]
        assert was[entry.line - 1].strip() == entry.location
        was[entry.line - 1] = was[entry.line - 1].replace(entry.location, location)
    assert now == was
    assert changed.to_bytes() == document.charset.encode(end.join(was))
    expected = [changes.get(index, entry.location) for index, entry in enumerate(document.entries)]
    assert [entry.location for entry in changed.entries] == expected


@given(st.binary(max_size=400))
def test_any_bytes_are_either_kept_or_refused(data: bytes) -> None:
    try:
        document = parse_m3u(data, name="x")
    except BadFile:
        return
    assert document.to_bytes() == data


def test_a_million_lines_take_one_pass() -> None:
    # The whole million was tried by hand; a quadratic step would already show in a tenth of it.
    data = b"".join(b"Music/Artist %d/%d Title.mp3\n" % (number % 900, number) for number in range(100_000))
    document = read(data)
    assert len(document.insert(50_000, [M3uEntry("a.mp3")] * 1_000).remove(range(1_000)).entries) == 100_000


def test_names_in_messages_are_the_files_alone(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as error:
        read("#EXT-X-VERSION:3\n", "tv.m3u8")
    assert str(tmp_path) not in error.value.where
