from __future__ import annotations

import pytest

from musync.domain import MatchState
from musync.engine.artists import names_in
from musync.engine.candidates import CatalogueIndex
from musync.engine.lexicon import Kind
from musync.engine.likeness import sounds_alike
from musync.engine.matching import match_all
from musync.engine.normalise import parse_title
from musync.engine.text import fold, romanised, words
from musync.testing.lists import track


@pytest.mark.parametrize(
    ("title", "core", "kinds"),
    [
        ("Hey - Live at Wembley 1985", "hey", {Kind.LIVE}),
        ("Live and Let Die", "live and let die", set()),
        ("Live", "live", set()),
        ("Song (Four Tet Remix)", "song", {Kind.REMIX}),
        ("Song (Original Mix)", "song", set()),
        ("Song (Club Mix)", "song", {Kind.REMIX}),
        ("Song (2009 Mono Mix)", "song", {Kind.MONO}),
        ("Song (Radio Edit)", "song", {Kind.EDIT}),
        ("Song (Kygo Edit)", "song", {Kind.REMIX}),
        ("Song - 2019 Remaster", "song", {Kind.REMASTER}),
        ("Song (Sped Up)", "song", {Kind.SPED}),
        ("Song (Spanish Version)", "song", {Kind.LANGUAGE}),
        ("Song (Taylor's Version)", "song", {Kind.RERECORDED}),
        ("Song (From The Vault)", "song", set()),
        ("Song (Album Version)", "song", set()),
        ("Song (Karaoke Version) [In the Style of Oasis]", "song", {Kind.KARAOKE, Kind.TRIBUTE}),
        ("Song (Official Video)", "song", set()),
        ("Song Official Music Video", "song", set()),
        ("Song [Explicit]", "song", {Kind.EXPLICIT}),
        ("Song (1977)", "song", set()),
        ("雨のあと（ライブ）", "雨のあと", {Kind.LIVE}),
        ("001-Song", "song", set()),
        ("18_-_KVSH_-_Hit_My_Heart.mp3", "kvsh", set()),
        ("Interlude", "interlude", set()),
        ("99 Luftballons", "99 luftballons", set()),
    ],
)
def test_titles_are_taken_apart(title: str, core: str, kinds: set[Kind]) -> None:
    parsed = parse_title(title)
    assert " ".join(parsed.main[0]) == core
    assert parsed.version.kinds == kinds


def test_versions_keep_their_details() -> None:
    assert parse_title("Song (Four Tet Remix)").version.remixer == "four tet"
    live = parse_title("Song - Live at the Royal Albert Hall, 2003").version
    assert (live.place, live.year) == ("royal albert hall", 2003)
    assert parse_title('Apologize ("Shock Value" Version)').version.name == "shock value"
    assert parse_title("All Too Well (10 Minute Version)").version.name == "10 minute"


@pytest.mark.parametrize(
    "title", ["Song (feat. Anna & Bert)", "Song feat. Anna & Bert", "Song [ft. Anna, Bert]", "Song (with Anna & Bert)"]
)
def test_guests_are_taken_out_of_titles(title: str) -> None:
    parsed = parse_title(title)
    assert parsed.main == (("song",),)
    assert parsed.featured == ("anna", "bert")


@pytest.mark.parametrize("title", ["Song, Pt. 2", "Song Part II", "Song (Part Two)", "Song - Pt 2", "Song, part 02"])
def test_numbers_are_written_one_way(title: str) -> None:
    parsed = parse_title(title)
    assert [word for piece in parsed.main + parsed.extra for word in piece] == ["song", "part", "2"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Earth, Wind & Fire", ("earth", "wind", "fire")),
        ("A x B vs. C; D feat. E", ("a", "b", "c", "d", "e")),
        ("Verve, The", ("verve",)),
        ("The The", ("the the",)),
        ("kansasVEVO", ("kansas",)),
        ("Kool Savas - Topic", ("kool savas",)),
        ("Various Artists", ()),
        ("Florence + The Machine", ("florence", "machine")),
    ],
)
def test_artists_are_a_set_of_names(line: str, names: tuple[str, ...]) -> None:
    assert names_in(line) == names


def test_every_script_and_digit_is_kept() -> None:
    assert words(fold("हिन्दी गाना")) == ["हिन्दी", "गाना"]
    assert words(fold("ガラス")) == ["ガラス"]
    assert words(fold("שִׁיר")) == ["שיר"]
    assert words(fold("1999")) == ["1999"]
    assert words(fold("???")) == ["???"]
    assert words(fold("Ｆｕｌｌ　Ｗｉｄｔｈ “Don’t”")) == ["full", "width", "dont"]
    assert words(fold("R.E.M. A$AP P!nk")) == ["rem", "asap", "pink"]


def test_sounds_meet_across_scripts() -> None:
    assert romanised("виктор") == romanised("viktor")
    for native, latin in (
        ("サヨナラの意味", "sayonaranoimi"),
        ("走れbicycle", "hashirebicycle"),
        ("設定温度", "setteiondo"),
        ("乃木坂46", "nogizaka46"),
        ("晴天", "qingtian"),
        ("виктор цой", "viktor tsoi"),
        ("서울", "seoul"),
    ):
        assert sounds_alike(native, latin) > 0.85, native
    for native, latin in (("きっかけ", "hitoriyogari"), ("設定温度", "nogizaka"), ("晴天", "yeye")):
        assert sounds_alike(native, latin) < 0.5, native


def test_long_and_odd_texts_take_no_time() -> None:
    for odd in ("e" + "\u0301" * 100_000, "(" * 100_000, " - " * 50_000, "feat. " * 50_000, "夜に" * 50_000):
        assert len(fold(odd)) <= 400
        parse_title(odd)


def test_a_movements_roman_number_is_a_number() -> None:
    assert parse_title("Requiem, Op. 12: II. Andante").main == parse_title("Requiem, Op. 12: 2. Andante").main
    assert parse_title("V. for Vendetta").main == (("v", "for", "vendetta"),)


def test_a_work_does_not_settle_on_one_of_its_movements() -> None:
    movements = ("I. Dial Tone", "II. Andante for Paper", "III. Error 41")
    index = CatalogueIndex([track(f"Requiem, Op. 12: {name}", "Ensemble Nord", duration_ms=1200) for name in movements])
    (match,) = match_all([track("Requiem, Op. 12", "Ensemble Nord", duration_ms=1200)], index)
    assert match.state is MatchState.AMBIGUOUS
    assert len(match.candidates) == 3
