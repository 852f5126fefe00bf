"""What a sync prefers: what it takes, what it remembers of it, and what it leaves alone when it prefers otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from musync.app.outcomes import run_rows
from musync.app.review import Review
from musync.domain import Match, Mode, Outcome, Policy, Preference, Track, TrackId
from musync.services.memory import SEARCHED_ROLES
from tests.app.conftest import TwoServices
from tests.app.searched import Make

SONG = Track(
    id=TrackId("song"), title="Two Spoons", artists=("Kit Marsh",), album="Kitchen", duration_ms=200_000, explicit=True
)
HITS = replace(SONG, id=TrackId("hits"), album="Hits of the Year")
LIVE = replace(SONG, id=TrackId("live"), title="Two Spoons (Live)", album="", duration_ms=241_000)
CLEAN = replace(SONG, id=TrackId("clean"), explicit=False)


def prefers(mode: Mode = Mode.ADD, **words: str) -> Policy:
    return Policy(mode=mode, removals="apply", preference=Preference(**words))  # type: ignore[arg-type]


def offer(two: TwoServices, *tracks: Track) -> None:
    """Let these be all that the target has of the song."""
    two.world("here").add_tracks(*(replace(one, id=TrackId(f"here-{one.id}")) for one in (SONG, LIVE)))
    two.world("there").add_tracks(*(replace(one, id=TrackId(f"there-{one.id}")) for one in tracks))


def match_of(review: Review, title: str = SONG.title) -> Match:
    return next(match for match in review.matches.values() if match.wanted.title == title)


def albums(two: TwoServices, title: str = "Road") -> list[str]:
    with two.musync.connections.open(two.accounts["there"], two.control) as service:
        playlist = next(one for one in service.list_playlists().items if one.title == title)
        return [entry.track.album for entry in service.read_entries(playlist.id).items]


@pytest.fixture
def lists(two: TwoServices) -> TwoServices:
    """The song here, nothing there."""
    offer(two)
    two.fill("here", "Road", [SONG])
    two.fill("there", "Road", ())
    return two


def test_another_release_waits_for_an_answer_where_the_very_one_is_wanted(lists: TwoServices) -> None:
    offer(lists, HITS)
    review = lists.compare(prefers(prefer="exact"))
    match = match_of(review)
    assert match.outcome is Outcome.AMBIGUOUS
    (row,) = run_rows(review, set(), {})
    assert [(reason.part, reason.text) for reason in row.reasons] == [
        ("preference", "another release: Hits of the Year")
    ]
    lists.sync(prefers())
    assert albums(lists) == ["Hits of the Year"]


def test_what_is_there_stays_when_only_the_very_release_is_wanted_from_now_on(lists: TwoServices) -> None:
    offer(lists, HITS)
    lists.sync(prefers(Mode.MIRROR))
    exact = lists.sync(prefers(Mode.MIRROR, prefer="exact"))
    assert exact.review.shown.counts.ambiguous == 1
    assert exact.review.shown.counts.to_remove == 0
    assert albums(lists) == ["Hits of the Year"]
    assert lists.sync(prefers(Mode.MIRROR)).plan.empty


def test_what_another_list_was_content_with_is_not_taken_for_the_very_release(two: TwoServices) -> None:
    offer(two, HITS)
    for title in ("Road", "Home"):
        two.fill("here", title, [SONG])
        two.fill("there", title, ())
    two.sync(prefers())
    offer(two, SONG)
    two.sync(prefers(prefer="exact"), "Home")
    assert (albums(two), albums(two, "Home")) == (["Hits of the Year"], ["Kitchen"])


def test_a_clean_copy_is_found_though_an_explicit_one_was_linked(two: TwoServices) -> None:
    offer(two, SONG)
    for title in ("Road", "Home"):
        two.fill("here", title, [SONG])
        two.fill("there", title, ())
    two.sync(prefers())
    offer(two, SONG, CLEAN)
    review = two.compare(prefers(explicit="clean"), "Home")
    settled = match_of(review).settled
    assert settled is not None
    assert settled.explicit is False


def test_an_answer_stands_above_what_is_preferred(lists: TwoServices) -> None:
    offer(lists, HITS)
    session = lists.musync.session()
    policy = prefers(prefer="exact")
    session.pick(source=lists.side("here", "Road"), target=lists.side("there", "Road"), policy=policy)
    session.compare(lists.control)
    session.to_confirm()
    session.accept(TrackId("here-song"), TrackId("there-hits"))
    assert match_of(lists.compare(policy)).outcome is Outcome.MATCHED


def test_another_version_is_added_once_and_said_to_be_one(lists: TwoServices) -> None:
    offer(lists, LIVE)
    best = prefers(prefer="best")
    written = lists.sync(best)
    assert lists.titles("there", "Road") == [LIVE.title]
    (row,) = written.rows
    assert [reason.text for reason in row.reasons if reason.part == "preference"] == [
        "best effort: live version, 41 s longer"
    ]
    again = lists.sync(best)
    assert again.plan.empty
    assert again.review.shown.counts.common == 1


def test_a_version_that_was_removed_there_is_not_added_again(lists: TwoServices, songs: tuple[Track, ...]) -> None:
    offer(lists, LIVE)
    lists.sync(prefers(prefer="best"))
    lists.fill("there", "Road", songs[:1])
    again = lists.sync(prefers(prefer="best"))
    assert [row.note for row in again.rows if row.source is not None] == ["removed-on-target"]
    assert lists.titles("there", "Road") == [songs[0].title]


def test_a_version_that_stood_in_is_not_removed_when_best_effort_is_over(lists: TwoServices) -> None:
    offer(lists, LIVE)
    lists.sync(prefers(Mode.MIRROR, prefer="best"))
    usual = lists.sync(prefers(Mode.MIRROR))
    assert match_of(usual.review).settled is None
    assert usual.review.shown.counts.to_remove == 0
    assert lists.titles("there", "Road") == [LIVE.title]


def test_what_stood_in_is_not_remembered_as_the_recording(two: TwoServices) -> None:
    offer(two, LIVE)
    for title, tracks in (("Road", [SONG]), ("Home", [SONG, LIVE])):
        two.fill("here", title, tracks)
        two.fill("there", title, ())
    two.sync(prefers(prefer="best"))
    offer(two, SONG)
    review = two.compare(prefers(), "Home")
    assert [match_of(review, title).settled for title in (SONG.title, LIVE.title)] == [
        replace(SONG, id=TrackId("there-song")),
        replace(LIVE, id=TrackId("there-live")),
    ]


def test_the_recording_itself_takes_the_place_of_what_stood_in(lists: TwoServices) -> None:
    offer(lists, LIVE)
    lists.sync(prefers(Mode.MIRROR, prefer="best"))
    offer(lists, SONG)
    lists.sync(prefers(Mode.MIRROR, prefer="best"))
    assert lists.titles("there", "Road") == [SONG.title]


def test_another_version_in_the_list_does_not_keep_the_recording_out(two: TwoServices) -> None:
    offer(two, SONG, LIVE)
    two.fill("here", "Road", [SONG])
    two.fill("there", "Road", [LIVE])
    two.sync(prefers(prefer="best"))
    assert two.titles("there", "Road") == [LIVE.title, SONG.title]


def test_a_pair_keeps_what_its_last_run_preferred(lists: TwoServices) -> None:
    offer(lists, LIVE)
    for words in ({"prefer": "best", "live": "live"}, {"explicit": "clean"}, {}):
        run = lists.sync(prefers(**words)).run
        assert run is not None
        assert lists.musync.history.preference(run).options == words


def test_a_search_goes_on_while_only_another_release_came_up(made: Make) -> None:
    asked = {}
    for word, outcome in (("same", Outcome.MATCHED), ("exact", Outcome.AMBIGUOUS)):
        two = made([HITS], roles=SEARCHED_ROLES)
        two.wish(SONG)
        assert two.outcomes(prefers(prefer=word)) == {"song": outcome}
        asked[word] = two.asked
    assert len(asked["exact"]) > len(asked["same"]) == 1


def test_another_version_stands_in_only_when_everything_was_asked(made: Make) -> None:
    asked = {}
    for word, outcome in (("same", Outcome.NOT_FOUND), ("best", Outcome.MATCHED)):
        two = made([LIVE], roles=SEARCHED_ROLES)
        two.wish(SONG)
        assert two.outcomes(prefers(prefer=word)) == {"song": outcome}
        asked[word] = two.asked
    assert asked["best"] == asked["same"]
    assert len(asked["best"]) > 1


def test_past_searches_serve_whatever_is_preferred(made: Make) -> None:
    two = made([LIVE], roles=SEARCHED_ROLES)
    two.wish(SONG)
    two.outcomes()
    before = list(two.asked)
    review = two.compare(prefers(prefer="best"))
    assert match_of(review).origin == "best"
    assert two.asked == before
