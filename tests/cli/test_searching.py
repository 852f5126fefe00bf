"""`diff`, `sync` and `review` towards a service that can only be searched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from musync.domain import Track, TrackId
from musync.domain.errors import AccessDenied, RateLimited
from musync.services.api import FindsIsrc, SearchesFields, Traits
from musync.services.memory import SEARCHED_ROLES, STREAMING, MemoryPlugin, memory_service
from tests.cli.conftest import HERE, THERE, Cli, Place

SYNC = ("sync", HERE, THERE, "--yes")
DIFF = ("diff", HERE, THERE)
TRAITS = Traits(occurrence_ids=True, page=50, add_batch=100, revision="faithful", requests_at_once=3)


@pytest.fixture(autouse=True)
def only_searched(monkeypatch: pytest.MonkeyPatch, there: Place) -> None:
    """Let the memory service list no catalogue, and find by words alone."""
    roles = [role for role in SEARCHED_ROLES if role not in (FindsIsrc, SearchesFields)]
    monkeypatch.setattr(MemoryPlugin, "service", memory_service(TRAITS, roles))
    there.world.habits = STREAMING


def test_a_diff_asks_nothing_and_says_what_does(both: Cli, here: Place, there: Place, songs: tuple[Track, ...]) -> None:
    here.make("Road", songs[:4])
    there.make("Road", songs[:1])
    ended = both(*DIFF)
    assert ended.code == 3
    assert "Not asked yet (3)" in ended.out
    assert "3 tracks not asked about yet: musync sync searches for them." in ended.err
    assert there.world.count("search") == 0
    assert both.done(*DIFF)["counts"]["not_asked"] == 3


def test_a_sync_searches_in_one_go_and_the_next_one_asks_nothing(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:4])
    there.make("Road", songs[:1])
    ended = both.json(*SYNC)
    assert ended.code == 0
    assert ended.document["written"]["added"] == 3
    assert there.world.count("search") == 3
    there.world.forget_requests()
    ended = both.json(*SYNC)
    assert (ended.code, ended.document["planned"]["added"]) == (0, 0)
    assert there.world.count("search") == 0
    assert there.world.writes == ()


def test_a_dry_run_searches_too_and_the_run_after_it_need_not(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:4])
    there.make("Road", ())
    assert both.done("sync", HERE, THERE, "--dry-run")["planned"]["added"] == 4
    assert there.world.count("search") == 4
    assert both.done(*SYNC)["written"]["added"] == 4
    assert there.world.count("search") == 4


def test_what_is_not_found_is_searched_for_again_when_asked(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    new = Track(id=TrackId("new"), title="Nowhere", artists=("Kit Marsh",))
    here.make("Road", [songs[0], new])
    there.make("Road", ())
    assert both.done(*SYNC)["counts"]["not_found"] == 1
    there.world.add_tracks(there.own(new))
    ended = both(*SYNC)
    assert "Not found (1)" in ended.out
    assert "searched on" in ended.out
    assert both.done(*SYNC, "--search-again")["written"]["added"] == 1
    assert there.titles("Road") == [songs[0].title, "Nowhere"]


def test_a_service_that_asks_to_wait_long_stops_the_sync_and_the_next_one_goes_on(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:6])
    there.make("Road", ())
    there.world.fail_next("search", RateLimited("Come back tomorrow.", retry_after=9_000.0), skip=3, times=None)
    ended = both.json(*SYNC)
    assert (ended.code, ended.error["code"]) == (6, "rate-limited")
    assert ended.error["unchanged"] == "Nothing was written. What was found is kept for the next run."
    assert there.world.writes == ()
    there.world.mend()
    there.world.forget_requests()
    assert both.done(*SYNC)["written"]["added"] == 6
    assert there.world.count("search") == 3


def test_a_refused_question_waits_for_the_next_run_and_the_rest_is_written(
    both: Cli, here: Place, there: Place, songs: tuple[Track, ...]
) -> None:
    here.make("Road", songs[:4])
    there.make("Road", ())
    there.world.fail_next("search", AccessDenied("not in your country"))
    ended = both(*SYNC)
    assert ended.code == 3
    assert "the search failed: not in your country" in ended.out
    assert len(there.titles("Road")) == 3


def test_a_review_shows_the_alternatives_without_asking_for_them(
    both: Cli, here: Place, there: Place, typed: list[str]
) -> None:
    wanted = Track(id=TrackId("Lantern"), title="Lantern Parade", artists=("Kit Marsh",))
    for album, length in (("Morning", 190_000), ("Evening", 254_000)):
        there.world.add_tracks(there.own(replace(wanted, id=TrackId(album), album=album, duration_ms=length)))
    here.make("Road", [wanted])
    there.make("Road", ())
    run = both.done(*SYNC)["run"]
    there.world.forget_requests()
    typed.extend(["/lantern", "1"])
    document = both.done("review", str(run))
    assert [answer["verdict"] for answer in document["answers"]] == ["accepted"]
    assert [request.arguments["text"] for request in there.world.requests if request.operation == "search"] == [
        "lantern"
    ]
    assert both.done(*SYNC)["written"]["added"] == 1
