from __future__ import annotations

import codecs
import json
import time
import tracemalloc
from pathlib import Path

import pytest

from musync.domain.errors import BadFile
from musync.services.files.document import Document
from musync.services.files.recognise import read_content
from tests.services.files.samples import FOLDER, rows

XSPF = (
    '<?xml version="1.0"?>\n{doctype}<playlist version="1" xmlns="http://xspf.org/ns/0/">\n'
    "<trackList>{tracks}</trackList></playlist>"
)
HISTORY = "listening history"
SCROBBLES = (
    '"uts","utc_time","artist","artist_mbid","album","album_mbid","track","track_mbid"\n'
    '"1714557600","1 May 2024, 10:00","Ann","","Wet","","Rain",""\n'
)
PLIST = '<?xml version="1.0"?><!DOCTYPE plist{inside}><plist version="1.0">{body}</plist>'


def refused(content: str | bytes, name: str) -> BadFile:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(BadFile) as error:
        read_content(data, Path("/lists") / name)
    assert name in error.value.where
    return error.value


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("StreamingHistory0.json", '[{"endTime":"2024-01-01 10:00","artistName":"A","trackName":"R","msPlayed":5}]'),
        ("Streaming_History_Audio_2024.json", '[{"ts":"2024","ms_played":5,"master_metadata_track_name":"Rain"}]'),
        ("watch-history.json", '[{"header":"YouTube","title":"Rain","titleUrl":"https://x","time":"2024"}]'),
        ("scrobbles.csv", SCROBBLES),
        ("lastfmstats.csv", "Artist;Album;AlbumId;Track;Date#me\nAnn;Wet;1;Rain;1714557600000\n"),
        ("no-header.csv", 'Ann,Wet,Rain,"06 Sep 2026, 14:23"\nCy,Dry,Sun,"05 Sep 2026, 14:23"\n'),
        ("maloja.csv", "Artist,Track,Album,Time\nAnn,Rain,Wet,1714557600\n"),
        ("libre.csv", "+ACM- Data export from Libre.fm,,,\nArtist,Track,Album,Time\nAnn,Rain,Wet,1714557600\n"),
        ("libre.txt", "+ACM- Data export from Libre.fm,,,\nArtist,Track,Album,Time\nAnn,Rain,Wet,1714557600\n"),
        (".scrobbler.log", "#AUDIOSCROBBLER/1.1\n#TZ/UTC\nAnn\tWet\tRain\t1\t201\tL\t1714557600\t\n"),
        ("deezer.csv", "Song Title,Artist,Album Title,ISRC,Listening Time,Date\nRain,Ann,Wet,,5,2024\n"),
        ("Play History.csv", "Country,Date Played,Play Duration Milliseconds,Track Description\nX,1,2,R\n"),
    ],
)  # fmt: skip
def test_listening_history_is_refused_in_plain_words(name: str, content: str) -> None:
    error = refused(content, name)
    assert HISTORY in error.message
    assert error.case == "not-a-playlist"
    assert error.next


def test_a_list_of_loved_tracks_is_no_history() -> None:
    content = read_content(SCROBBLES.encode(), Path("/lists/loved.csv"))
    assert isinstance(content, Document)
    assert content.rows[0].track.title == "Rain"


@pytest.mark.parametrize(
    ("name", "content", "words", "where"),
    [
        ("tv.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\nseg.ts\n", "stream", "line 2"),
        ("page.m3u", "<!DOCTYPE html>\n<html><body>Log in</body></html>", "web page", ""),
        ("page.csv", "<html><body>Log in</body></html>", "web page", ""),
        ("x.m3u", bytes(range(256)) * 20, "binary data", "line"),
        ("x.bin", bytes(range(256)) * 20, "binary data", ""),
        ("library.xml", "<?xml version='1.0'?><DJ_PLAYLISTS></DJ_PLAYLISTS>", "rekordbox", ""),
        ("x.xml", "<other/>", "<other>", "line 1"),
        ("x.zip", b"PK\x03\x04 something", "packed archive", ""),
        ("deezer-data_1.xlsx", b"PK\x03\x04 xl/workbook.xml", "spreadsheet", ""),
        ("x.m3u8.gz", b"\x1f\x8b\x08", "packed archive", ""),
        ("table.csv", "colour,taste\nred,sour\n", "header line names no tracks", "line 1"),
        ("cut.csv", 'title,artist\nRain,Ann\nSun,"Cy\nMoon,Dee', "cut off", "line 3"),
        ("short.csv", "title,artist,album\nRain,Ann,Wet\nSun,C", "2 of 3 columns", "line 3"),
        ("wide.csv", "title,artist\nRain," + "A" * 200_000 + "\n", "no readable table", "line 2"),
        ("cut.json", '{"playlist": {"title": "Road", "track": [{"ti', "cut off", "line 1, column"),
        ("bad.json", '{"items": [1,, 2]}', "not readable JSON", "line 1, column 14"),
        ("deep.json", '{"items": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply", ""),
        ("other.json", '{"colour": "red"}', "no program known", ""),
        ("list.jspf", '{"playlist": {"track": 5}}', "no list of tracks", ""),
        ("apple.json", '[{"Container Type": "Playlist", "Playlist Item Identifiers": [1]}]', "numbers only", ""),
        ("playlists.csv", "Playlist ID,Playlist Title (Original)\nPL1,Road\n", "list of your playlists", ""),
        ("Liked videos.csv", "Total Liked Videos\n512\n", "names none", ""),
        ("empty.tsv", "", "is empty", ""),
        ("null.json", "null", "no JSON", ""),
        ("plist.xml", PLIST.format(inside="", body="<array/>"), "no music library", ""),
        ("entity.xml", PLIST.format(inside=' [<!ENTITY a "b">]', body="<dict/>"), "declares entities", ""),
        ("cut.xml", '<?xml version="1.0"?><plist version="1.0"><dict><key>Tracks</key>', "cannot be read", "line 1"),
    ],
)  # fmt: skip
def test_what_is_no_playlist_is_refused_with_reason_and_place(
    name: str, content: str | bytes, words: str, where: str
) -> None:
    error = refused(content, name)
    assert words in error.message
    assert where in error.where


BOMB = "<!DOCTYPE playlist [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (XSPF.format(doctype=BOMB + "]>\n", tracks="<track><title>&j;</title></track>"), "document type"),
        (XSPF.format(doctype="<!DOCTYPE playlist SYSTEM 'http://127.0.0.1:1/x.dtd'>\n", tracks=""), "document type"),
        (XSPF.format(doctype="<!DOCTYPE p [<!ENTITY x SYSTEM 'file:///etc/hosts'>]>", tracks="&x;"), "document type"),
        (XSPF.format(doctype="", tracks="<track><title>&x;</title></track>"), "undefined entity"),
        (XSPF.format(doctype="", tracks="<a>" * 100_000 + "</a>" * 100_000), "nested too deeply"),
        (XSPF.format(doctype="", tracks="<track/>" * 300_000), "too many elements"),
        (XSPF.format(doctype="", tracks=f"<track><title>{'x' * 50_000_000}</title></track>"), "too large"),
        (XSPF.format(doctype="", tracks="").replace("ns/0/", "ns/1/"), "namespace"),
        ("<playlist><trackList/></playlist>", "namespace"),
        (XSPF.format(doctype="", tracks="<track><title>Rain</ti").partition("</trackList>")[0], "cut off"),
        (XSPF.format(doctype="", tracks="<track><title>Rain</track>"), "mismatched tag"),
        (XSPF.format(doctype="", tracks="").replace("?>", ' encoding="klingon"?>', 1), "klingon"),
    ],
)  # fmt: skip
def test_xml_that_could_harm_is_refused_fast_and_small(content: str, words: str) -> None:
    data = content.encode()
    begun = time.process_time()
    with pytest.raises(BadFile) as error:
        read_content(data, Path("/lists/x.xspf"))
    assert time.process_time() - begun < 1
    tracemalloc.start()
    try:
        with pytest.raises(BadFile):
            read_content(data, Path("/lists/x.xspf"))
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()
    assert words in error.value.message
    assert "too large" in words or "line" in error.value.where


def test_a_line_break_in_a_location_of_xspf_makes_a_placeholder_with_its_line() -> None:
    tracks = (
        "<track><location>file:///a%0Ab.mp3</location><title>Rain</title></track>\n<track><title>Sun</title></track>"
    )
    content = read_content(XSPF.format(doctype="", tracks=tracks).encode(), Path("/lists/x.xspf"))
    assert isinstance(content, Document)
    bad, good = content.rows
    assert bad.reason.startswith("line 3: a line break")
    assert good.track.title == "Sun"


@pytest.mark.parametrize(
    ("content", "bad"),
    [
        ("a.mp3\nb\x00.mp3\nc.mp3\n", "line 2: holds binary data"),
        ("a.mp3\nb%0D%0A.mp3\nc.mp3\n", "line 2: hides a line break or a zero byte"),
        ("a.mp3\nother.m3u\nc.mp3\n", "line 2: is another playlist, which is not opened from here"),
        ("a.mp3\n" + "b" * 40_000 + "\nc.mp3\n", "line 2: is too long for a location"),
    ],
)
def test_bad_lines_of_m3u_stand_as_placeholders_between_the_good_ones(content: str, bad: str) -> None:
    read = read_content(content.encode(), Path("/lists/x.m3u"))
    assert isinstance(read, Document)
    assert [row.reason for row in read.rows] == ["", bad, ""]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", ["x.m3u", "x.csv", "x.txt", "x.pls"])
def test_every_text_format_in_every_encoding(name: str, encoding: str) -> None:
    written = {
        "x.m3u": "#EXTM3U\r\n#EXTINF:1,Zoë - Über\r\na.mp3\r\n",
        "x.csv": "title,artists\r\nÜber,Zoë\r\n",
        "x.txt": "Zoë - Über\r\n",
        "x.pls": "[playlist]\r\nFile1=a.mp3\r\nTitle1=Zoë - Über\r\n",
    }[name]
    read = read_content(written.encode(encoding), Path("/lists") / name)
    assert isinstance(read, Document)
    assert (read.rows[0].track.title, read.rows[0].track.artists) == ("Über", ("Zoë",))
    assert read.to_bytes() == written.encode(encoding)


def test_strange_titles_are_kept_as_they_are() -> None:
    strange = ["\u202eevil", "<img src=x>", "x" * 5_000, "e\u0301\u0301\u0301", "👩\u200d🎤", "\x1b[2J", "a\tb"]
    items = [{"title": title, "artists": ["Ann"], "duration_s": 36_000} for title in strange]
    read = read_content(json.dumps({"items": [*items, {"title": "", "duration_s": 0}]}).encode(), Path("/lists/x.json"))
    assert isinstance(read, Document)
    assert [row.track.title for row in read.rows[:-1]] == strange
    assert read.rows[0].track.duration_ms == 36_000_000
    assert read.rows[-1].reason


def test_ten_equal_rows_stay_ten() -> None:
    read = read_content(b"title,artists\n" + b"Rain,Ann\n" * 10, Path("/lists/x.csv"))
    assert isinstance(read, Document)
    assert len(read.rows) == 10


@pytest.mark.parametrize(
    "name", ["exportify-today.csv", "strawberry.xspf", "listenbrainz.jspf", "own.json", "numbered.txt"]
)
def test_files_cut_anywhere_are_refused_or_read_never_more(name: str) -> None:
    data = (FOLDER / name).read_bytes()
    whole = len(rows(name))
    for end in range(0, len(data), 7):
        try:
            read = read_content(data[:end], FOLDER / name)
        except BadFile:
            continue
        assert isinstance(read, Document)
        assert len(read.rows) <= whole


@pytest.mark.parametrize("wrong", [[], {}, 5, "x", None, True, [[]], {"title": []}])
def test_wrong_types_in_json_are_placeholders_or_nothing(wrong: object) -> None:
    for made in ({"items": [wrong]}, {"playlist": {"title": wrong, "track": [wrong]}}):
        read = read_content(json.dumps(made).encode(), Path("/lists/x.json"))
        assert isinstance(read, Document)
        assert read.rows[0].reason
    for made in ({"playlists": [{"name": wrong, "items": [wrong]}]}, {"tracks": [wrong], "bannedTracks": []}):
        read_content(json.dumps(made).encode(), Path("/lists/x.json"))


def test_a_byte_order_mark_alone_is_an_empty_list() -> None:
    read = read_content(codecs.BOM_UTF8, Path("/lists/x.m3u8"))
    assert isinstance(read, Document)
    assert read.rows == ()
