"""What a preference changes: the ranking, what is taken unasked, and what is said about it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musync.domain import PREFERENCES, Match, MatchState, Outcome, Preference, Track, TrackId
from musync.engine.assigning import TWO_TRACKS
from musync.engine.candidates import CatalogueIndex
from musync.engine.matching import match_all
from musync.engine.preferring import objection_to
from tests.engine.test_matching import song

EXACT = Preference(prefer="exact")
BEST = Preference(prefer="best")
CLEAN = Preference(explicit="clean")
EXPLICIT = Preference(explicit="explicit")
STUDIO = Preference(live="studio")
LIVE = Preference(live="live")


def spoons(title: str = "Two Spoons", *, artist: str = "Kit Marsh", **more: object) -> Track:
    more.setdefault("id", f"{artist}/{title}/{more.get('album', '')}")
    return song(title, artist, **more)  # type: ignore[arg-type]


def found(preference: Preference, wanted: Track, *there: Track, **rules: object) -> Match:
    return match_all([wanted], CatalogueIndex(there), preference=preference, **rules)[0]  # type: ignore[arg-type]


def said(match: Match) -> list[str]:
    """What the chosen candidate says of the preference."""
    assert match.chosen is not None
    return [reason.text for reason in match.chosen.reasons if reason.part == "preference"]


# How near


def test_of_two_releases_the_wanted_one_is_taken() -> None:
    hits, kitchen = spoons(album="Hits"), spoons(album="Kitchen")
    match = found(EXACT, spoons(id="w", album="Kitchen"), hits, kitchen, preferred=frozenset([hits.id]))
    assert match.settled == kitchen
    assert match.candidates[0].track == kitchen
    assert said(match) == ["the same release"]


def test_another_release_alone_is_left_to_the_user() -> None:
    match = found(EXACT, spoons(id="w", album="Kitchen"), spoons(album="Hits of the Year"))
    assert match.state is MatchState.AMBIGUOUS
    assert [(reason.part, reason.text) for reason in match.reasons] == [
        ("preference", "another release: Hits of the Year")
    ]
    assert said(match) == ["another release: Hits of the Year"]
    assert found(Preference(), spoons(id="w", album="Kitchen"), spoons(album="Hits of the Year")).settled is not None


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        ("Kitchen", "Kitchen (Deluxe Edition)"),
        ("The Long Kitchen", "The Long Kichen"),
        ("Kitchen", "KITCHEN - Remastered"),
        ("", "Hits"),
        ("", ""),
    ],
)
def test_an_edition_is_the_release_and_where_no_album_is_wanted_any_is(wanted: str, there: str) -> None:
    assert found(EXACT, spoons(id="w", album=wanted), spoons(album=there)).state is MatchState.AUTO


@pytest.mark.parametrize(
    ("wanted", "there", "why"),
    [
        ("Now 100", "Now 101", "another release: Now 101"),
        ("Kitchen", "Kitchen Hits", "another release: Kitchen Hits"),
        ("Kitchen", "", "release not known: it names no album"),
    ],
)
def test_another_volume_or_no_album_is_not_known_to_be_the_release(wanted: str, there: str, why: str) -> None:
    match = found(EXACT, spoons(id="w", album=wanted), spoons(album=there))
    assert (match.state, said(match)) == (MatchState.AMBIGUOUS, [why])


def test_an_equal_code_or_the_same_file_is_exact_on_any_album() -> None:
    code = {"isrc": "GBAYE0601477"}
    assert found(EXACT, spoons(id="w", album="Kitchen", **code), spoons(album="Hits", **code)).state is MatchState.AUTO
    file = {"url": "file:///spoons.mp3"}
    assert found(EXACT, spoons(id="w", album="Kitchen", **file), spoons(album="Hits", **file)).state is MatchState.AUTO


def test_a_close_second_on_another_release_is_none() -> None:
    there = [spoons(id="a", album="Kitchen", seconds=202), spoons(id="b", album="Hits", seconds=199)]
    wanted = spoons(id="w", album="Kitchen", seconds=200)
    assert found(EXACT, wanted, *there).settled == there[0]
    assert found(Preference(), wanted, *there).state is MatchState.AMBIGUOUS


def test_an_unlikely_track_of_the_right_album_is_not_taken_for_it() -> None:
    there = [spoons(album="Hits"), spoons("Three Forks", album="Kitchen")]
    match = found(EXACT, spoons(id="w", album="Kitchen"), *there)
    assert (match.state, match.chosen and match.chosen.track) == (MatchState.AMBIGUOUS, there[0])


# Clean or explicit


@pytest.mark.parametrize(("preference", "taken"), [(CLEAN, 1), (EXPLICIT, 0)])
def test_of_two_copies_the_one_with_the_right_words_is_taken(preference: Preference, taken: int) -> None:
    there = [spoons(id="a", explicit=True, album="Kitchen", year=2001), spoons(id="b", explicit=False)]
    match = found(preference, spoons(id="w", album="Kitchen"), *there)
    assert match.settled == there[taken]
    assert said(match) == [f"{preference.explicit}, as asked for"]


def test_the_title_tells_too_what_words_are_in_it() -> None:
    there = [spoons("Two Spoons (Explicit)", id="a"), spoons("Two Spoons (Clean)", id="b")]
    assert found(CLEAN, spoons(id="w"), *there).settled == there[1]
    assert found(EXPLICIT, spoons(id="w"), *there).settled == there[0]


def test_a_radio_edit_of_the_same_length_counts_as_clean() -> None:
    there = [spoons(id="a"), spoons("Two Spoons (Radio Edit)", id="b")]
    match = found(Preference(prefer="best", explicit="clean"), spoons(id="w", explicit=True), there[1])
    assert match.settled == there[1]


def test_an_explicit_one_alone_is_left_to_the_user_where_a_clean_one_is_asked_for() -> None:
    match = found(CLEAN, spoons(id="w", explicit=True), spoons(explicit=True))
    assert (match.state, said(match)) == (MatchState.AMBIGUOUS, ["explicit, a clean one is asked for"])


def test_nobody_said_is_neither() -> None:
    for preference in (CLEAN, EXPLICIT):
        match = found(preference, spoons(id="w"), spoons())
        assert (match.state, said(match)) == (MatchState.AUTO, [])


def test_a_clean_copy_in_the_list_comes_before_an_explicit_one_there() -> None:
    there = [spoons(id="a", explicit=True), spoons(id="b", explicit=None)]
    listed = frozenset([there[0].id])
    assert found(Preference(), spoons(id="w"), *there, preferred=listed).settled == there[0]
    assert found(CLEAN, spoons(id="w"), *there, preferred=listed).settled == there[1]


# Studio or live


def test_a_live_album_is_avoided_or_sought() -> None:
    there = [spoons(id="a", album="Live at the Hall", seconds=201), spoons(id="b", album="Kitchen", seconds=202)]
    wanted = spoons(id="w", seconds=201)
    assert found(STUDIO, wanted, *there).settled == there[1]
    sought = found(LIVE, wanted, *there)
    assert (sought.settled, said(sought)) == (there[0], ["live, as asked for"])


def test_a_live_album_alone_is_left_to_the_user_where_studio_is_asked_for() -> None:
    match = found(STUDIO, spoons(id="w", seconds=201), spoons(album="Live at the Hall", seconds=201))
    assert (match.state, said(match)) == (MatchState.AMBIGUOUS, ["live, a studio recording is asked for"])


def test_what_the_wanted_track_says_of_itself_stands() -> None:
    live, studio = spoons("Two Spoons (Live)"), spoons()
    for preference in (STUDIO, LIVE, Preference()):
        assert found(preference, spoons("Two Spoons (Live)", id="w"), live, studio).settled == live
        assert found(preference, spoons(id="w"), live, studio).settled == studio


# Best effort

STANDS_IN = {
    "Two Spoons (Live)": "live version",
    "Two Spoons - Live at the Hall, 1999": "live version",
    "Two Spoons - Acoustic": "acoustic version",
    "Two Spoons (Radio Edit)": "edit",
    "Two Spoons (Demo)": "demo",
    "Two Spoons (Kit's Version)": "re-recorded version",
    "Two Spoons (Zed Remix)": "remix",
    "Two Spoons [Live] (feat. Anna)": "live version",
}
NEVER = (
    spoons("Two Spoons (Karaoke Version)"),
    spoons("Two Spoons (Tribute to Kit Marsh)"),
    spoons("Two Spoons (Cover)"),
    spoons("Two Spoons (Live)", artist="Anna"),
    spoons("Two Spoons (Live)", artist="Kit Marsh Tribute Band"),
    spoons("Two Spoons (Live)", artist="The Kit Marsh Revival"),
    spoons("Two Spoons (Live)", artist=""),
    spoons("Two Spoons (Live) [feat. Juno]", artist="Anna"),
    spoons("Two Spoons, Pt. 2 (Live)"),
    spoons("Two Spoons - Live 1999, Part 2"),
    spoons("Two Spoons 2 (Live)"),
    spoons("Two Spoons (Instrumental)"),
    spoons("Two Spoons (Sped Up)"),
    spoons("Two Spoons (Reaction)"),
    spoons("Two Spoons Reprise"),
    spoons("Two Spoon (Live)"),
    spoons("Two Spoons / Three Forks (Live)"),
    spoons("Two Spoons (Live)", album="Karaoke Hits"),
    spoons("Two Spoons (10 hours)", seconds=36_000),
    spoons("Two Spoons", seconds=300),
)


@pytest.mark.parametrize("title", STANDS_IN)
def test_another_version_stands_in_and_says_which(title: str) -> None:
    there = spoons(title, seconds=241)
    match = found(BEST, spoons(id="w", seconds=200), there)
    assert (match.settled, match.outcome, match.origin) == (there, Outcome.MATCHED, "best")
    text = f"best effort: {STANDS_IN[title]}, 41 s longer"
    assert [(reason.part, reason.text) for reason in match.reasons] == [("preference", text)]
    assert said(match) == [text]
    assert found(Preference(), spoons(id="w", seconds=200), there).settled is None


@pytest.mark.parametrize("there", NEVER, ids=lambda track: f"{track.title}, {track.artist}, {track.album}")
def test_what_may_be_another_song_or_somebody_elses_never_stands_in(there: Track) -> None:
    assert found(BEST, spoons(id="w", seconds=200), there).settled is None


def test_another_soloist_never_stands_in() -> None:
    wanted = replace(spoons("Spring: I. Allegro", id="w"), artists=("Antonio Vivaldi", "Anna"))
    there = replace(spoons("Spring: I. Allegro", id="t", seconds=230), artists=("Antonio Vivaldi", "Juno"))
    assert found(BEST, wanted, there).settled is None
    assert found(BEST, wanted, replace(there, artists=("Antonio Vivaldi", "Anna"))).settled is not None


@pytest.mark.parametrize("title", ["Intro", "Track 1", "Untitled"])
def test_a_title_that_is_no_name_never_stands_in(title: str) -> None:
    match = found(BEST, spoons(title, id="w", album="One"), spoons(f"{title} (Live)", album="Two", seconds=260))
    assert match.settled is None


def test_what_makes_it_another_recording_is_told_before_the_edition() -> None:
    match = found(BEST, spoons("Two Spoons (Live)", id="w", seconds=241), spoons("Two Spoons - Remastered 2009"))
    assert said(match) == ["best effort: studio version, 41 s shorter"]
    match = found(BEST, spoons("Two Spoons - Remastered 2009", id="w"), spoons("Two Spoons (Live) [Remastered]"))
    assert said(match) == ["best effort: live version"]


def test_the_recording_itself_is_taken_where_it_is_there() -> None:
    there = [spoons("Two Spoons (Live)"), spoons(), spoons("Two Spoons - Acoustic")]
    match = found(BEST, spoons(id="w"), *there)
    assert (match.settled, match.origin) == (there[1], "text")


def test_the_nearest_version_stands_in() -> None:
    there = [
        spoons("Two Spoons (Zed Remix)"),
        spoons("Two Spoons (Live)"),
        spoons("Two Spoons (Radio Edit)", seconds=170),
    ]
    assert found(BEST, spoons(id="w"), *there).settled == there[2]
    assert found(BEST, spoons(id="w"), *there[:2]).settled == there[1]
    assert found(BEST, spoons("Two Spoons (Live)", id="w"), there[0], spoons()).settled == spoons()


def test_with_best_effort_studio_or_live_is_chosen_among_all_versions() -> None:
    studio, live = spoons(), spoons("Two Spoons (Live)", seconds=241)
    sought = found(Preference(prefer="best", live="live"), spoons(id="w"), studio, live)
    assert (sought.settled, said(sought)) == (live, ["best effort: live version, 41 s longer"])
    avoided = found(Preference(prefer="best", live="studio"), spoons("Two Spoons (Live)", id="w"), studio, live)
    assert (avoided.settled, said(avoided)) == (studio, ["best effort: studio version"])
    assert found(Preference(prefer="best", live="studio"), spoons(id="w"), live).settled == live


def test_the_recording_itself_is_taken_where_no_version_as_asked_for_is_there() -> None:
    studio, live = spoons(), spoons("Two Spoons (Live)", seconds=241)
    for stage, own in (("live", studio), ("studio", live)):
        preference = Preference(prefer="best", live=stage)  # type: ignore[arg-type]
        match = found(preference, replace(own, id=TrackId("w")), own)
        assert (match.settled, match.origin) == (own, "text")
        assert match.reasons[0].text == f"best effort: no {stage} recording of it is there"


def test_best_effort_never_takes_an_explicit_one_for_a_clean_one() -> None:
    preference = Preference(prefer="best", explicit="clean")
    explicit, edit = spoons(explicit=True), spoons("Two Spoons (Radio Edit)", explicit=False, seconds=180)
    assert found(preference, spoons(id="w"), explicit).state is MatchState.AMBIGUOUS
    assert found(preference, spoons(id="w"), explicit, edit).settled == edit


def test_of_several_that_fit_alike_one_is_taken() -> None:
    there = [spoons(id="a", seconds=200), spoons(id="b", seconds=230)]
    wanted = spoons(id="w", seconds=None)
    assert found(Preference(), wanted, *there).state is MatchState.AMBIGUOUS
    match = found(BEST, wanted, *there)
    assert (match.settled, said(match)) == (there[0], ["best effort: the likeliest of what is there"])


def test_two_tracks_do_not_share_what_stands_in() -> None:
    wanted = [spoons(id="v"), spoons("Two Spoons (Acoustic)", id="w")]
    live, demo = spoons("Two Spoons (Live)", seconds=241), spoons("Two Spoons (Demo)", seconds=180)
    one = match_all(wanted, CatalogueIndex([live]), preference=BEST)
    assert sorted(match.state for match in one) == [MatchState.AUTO, MatchState.UNMATCHED]
    both = match_all(wanted, CatalogueIndex([live, demo]), preference=BEST)
    assert {match.settled for match in both} == {live, demo}
    twice = match_all([wanted[0], spoons(id="again")], CatalogueIndex([live]), preference=BEST)
    assert [match.settled for match in twice] == [live, live]


def test_what_is_a_wanted_tracks_own_does_not_stand_in_for_another() -> None:
    live = spoons("Two Spoons (Live)", seconds=241)
    wanted = [spoons(id="a"), spoons("Two Spoons (Live)", id="b", seconds=241)]
    first, second = match_all(wanted, CatalogueIndex([live]), preference=BEST)
    assert (first.outcome, second.settled) == (Outcome.NOT_FOUND, live)
    held = match_all(wanted[:1], CatalogueIndex([live]), preference=BEST, taken={live.id: wanted[1]})[0]
    assert held.settled is None


def test_best_effort_does_not_settle_what_two_tracks_claim() -> None:
    wanted = [spoons(id="v", seconds=199), spoons("Two Spoons - Remastered 2009", id="w")]
    matches = match_all(wanted, CatalogueIndex([spoons()]), preference=BEST)
    assert [match.reasons[0].text for match in matches] == [TWO_TRACKS, TWO_TRACKS]


def test_what_was_refused_does_not_stand_in() -> None:
    live, wanted = spoons("Two Spoons (Live)"), spoons(id="w")
    assert found(BEST, wanted, live, rejected={wanted.id: frozenset([live.id])}).settled is None


# As a whole

_TITLES = ("Two Spoons", "Two Spoons (Live)", "Two Spoons (Demo)", "Two Spoons (Clean)", "Two Spoons (Radio Edit)")
_PREFERENCES = st.builds(Preference, **{name: st.sampled_from(words) for name, words in PREFERENCES.items()})


@st.composite
def versions(draw: st.DrawFn, side: str) -> list[Track]:
    told = st.tuples(
        st.sampled_from(_TITLES),
        st.sampled_from(("", "Kitchen", "Hits", "Live at the Hall")),
        st.sampled_from((None, True, False)),
        st.sampled_from((None, 200, 241)),
    )
    made = draw(st.lists(told, min_size=1, max_size=5))
    return [
        spoons(title, id=f"{side}{place}", album=album, explicit=explicit, seconds=seconds)
        for place, (title, album, explicit, seconds) in enumerate(made)
    ]


@given(versions("w"), versions("t"), _PREFERENCES, st.randoms(use_true_random=False))
def test_nothing_that_is_objected_to_is_taken_and_order_changes_nothing(
    wanted: list[Track], there: list[Track], preference: Preference, chance: random.Random
) -> None:
    usual = _by_id(match_all(wanted, CatalogueIndex(there), preference=preference))
    chance.shuffle(wanted)
    chance.shuffle(there)
    assert _by_id(match_all(wanted, CatalogueIndex(there), preference=preference)) == usual
    # With best effort the recording itself is taken in the end, where none is live or not as asked for.
    binding = replace(preference, live="any") if preference.prefer == "best" else preference
    for match in usual.values():
        if match.settled is not None and match.origin != "best":
            assert objection_to(match.wanted, match.settled, binding) == ""


@given(versions("w"), versions("t"))
def test_whoever_prefers_nothing_gets_what_they_always_got(wanted: list[Track], there: list[Track]) -> None:
    index = CatalogueIndex(there)
    assert match_all(wanted, index, preference=Preference()) == match_all(wanted, index)


@given(versions("w"), versions("t"))
def test_best_effort_only_adds_matches(wanted: list[Track], there: list[Track]) -> None:
    index = CatalogueIndex(there)
    before = _by_id(match_all(wanted, index))
    for key, match in _by_id(match_all(wanted, index, preference=BEST)).items():
        if before[key].settled is not None:
            assert match.settled == before[key].settled


def _by_id(matches: Sequence[Match]) -> dict[TrackId, Match]:
    return {match.wanted.id: match for match in matches}


@given(_PREFERENCES)
def test_a_pair_keeps_what_is_not_usual(preference: Preference) -> None:
    assert Preference.of({**preference.options, "name": "Road"}) == preference
    assert bool(preference.options) is not preference.usual


def test_words_that_are_none_are_passed_over() -> None:
    assert Preference.of({"prefer": "nearest", "live": "live"}) == LIVE
