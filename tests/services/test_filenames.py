from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musync.services.filenames import LONGEST, clean_name

NAMES = [
    ("Road", "Road"),
    ("  Road  trip ", "Road trip"),
    ("AC/DC", "AC_DC"),
    ("a\\b", "a_b"),
    ("what: now?", "what_ now_"),
    ('say "hi"', "say _hi_"),
    ("<b>*|", "_b___"),
    ("../../etc/passwd", "_.._etc_passwd"),
    ("..", "playlist"),
    (".", "playlist"),
    ("", "playlist"),
    ("   ", "playlist"),
    ("...", "playlist"),
    ("---", "playlist"),
    (".hidden", "hidden"),
    ("-rf", "rf"),
    ("--yes", "yes"),
    ("- .a", "a"),
    ("ends.", "ends"),
    ("ends. . ", "ends"),
    ("ends-", "ends-"),
    ("C:\\Windows", "C__Windows"),
    ("\\\\server\\share", "__server_share"),
    ("/abs", "_abs"),
    ("con", "con_"),
    ("CON", "CON_"),
    ("Con.live", "Con_.live"),
    ("nul.tar.gz", "nul_.tar.gz"),
    ("aux ", "aux_"),
    ("PRN", "PRN_"),
    ("com1", "com1_"),
    ("LPT9.x", "LPT9_.x"),
    ("com¹", "com¹_"),
    ("CONIN$", "CONIN$_"),
    ("clock$", "clock$_"),
    ("com10", "com10"),
    ("console", "console"),
    ("auxiliary", "auxiliary"),
    ("a\tb\nc", "a b c"),
    ("a\r\nb", "a b"),
    ("nul\0byte", "nulbyte"),
    ("bell\x07", "bell"),
    ("esc\x1b[2J", "esc[2J"),
    ("del\x7f", "del"),
    ("next\x85line", "next line"),
    ("\u202eevil\u202c", "evil"),
    ("\u2066a\u2069b", "ab"),
    ("\u200flri", "lri"),
    ("\ufeffbom", "bom"),
    ("zero\u200bwidth", "zerowidth"),
    ("soft\u00adhyphen", "softhyphen"),
    ("line\u2028para\u2029graph", "line para graph"),
    ("\u200djoin\u200d", "join"),
    ("👩\u200d🎤 band", "👩\u200d🎤 band"),
    ("Cafe\u0301", "Café"),
    ("ｆｕｌｌ", "ｆｕｌｌ"),
    ("夜に駆ける", "夜に駆ける"),
    ("شارع النور", "شارع النور"),
    ("100 % & more #1", "100 % & more #1"),
    ("it's (live) [2020]", "it's (live) [2020]"),
    ("\ud800lone", "lone"),
    ("~tilde", "~tilde"),
    ("a" * 300, "a" * (LONGEST - 5)),
    ("ü" * 300, "ü" * ((LONGEST - 5) // 2)),
    ("夜" * 300, "夜" * ((LONGEST - 5) // 3)),
    ("a" * 173 + " . . . tail", "a" * 173),
]


@pytest.mark.parametrize(("title", "stem"), NAMES)
def test_names_made_from_titles(title: str, stem: str) -> None:
    assert clean_name(title, ".m3u8") == stem + ".m3u8"


def test_names_that_differ_in_case_alone_are_counted() -> None:
    taken = {"Road.m3u8", "SEA.M3U8", "sea (2).m3u8", "Stra\u00dfe.m3u8"}
    assert clean_name("road", ".m3u8", taken=taken) == "road (2).m3u8"
    assert clean_name("Sea", ".m3u8", taken=taken) == "Sea (3).m3u8"
    assert clean_name("STRASSE", ".m3u8", taken=taken) == "STRASSE (2).m3u8"
    assert clean_name("a" * 300, ".m3u8", taken={"a" * 175 + ".m3u8"}) == "a" * 171 + " (2).m3u8"


def test_a_cut_never_leaves_half_a_letter() -> None:
    name = clean_name("ab" * 86 + "q\u0323\u0307" + "tail", ".m3u8")
    assert name == "ab" * 86 + ".m3u8"


@given(st.text(max_size=400), st.sampled_from(["", ".m3u8", ".xspf"]))
def test_every_name_is_safe(title: str, suffix: str) -> None:
    name = clean_name(title, suffix)
    assert 0 < len(name.encode()) <= LONGEST
    assert name == unicodedata.normalize("NFC", name)
    assert not set(name) & set('/\\:*?"<>|')
    assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in name)
    assert not name.startswith((".", "-", " "))
    assert not name.endswith((" ", "."))
    assert clean_name(name.removesuffix(suffix), suffix) == name
