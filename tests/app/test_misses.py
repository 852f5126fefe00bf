"""What a catalogue does not have is looked for once, and again as soon as anything may have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from musync.app import matching
from musync.app.misses import Misses
from musync.app.stored import keeping, rules
from musync.domain import Match, MatchState, Policy, Preference, Reason, Track, TrackId
from musync.services.memory import MemoryService
from musync.testing.lists import track
from tests.app.conftest import TwoServices, own

NOWHERE = track("Nowhere to Be Found", "Nobody Much", id="nowhere")
POLKA = track("Polka", "The Brass", id="polka", duration_ms=95_000)


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch, two: TwoServices, songs: tuple[Track, ...]) -> list[str]:
    """Two lists of which one holds what the other's catalogue has not, stored; the titles that are looked for there."""
    monkeypatch.setattr(keeping, "STORED_FROM", 1)
    looked: list[str] = []
    match_all = matching.match_all

    def noted(wanted: Sequence[Track], *rest: Any, **how: Any) -> list[Match]:
        looked.extend(one.title for one in wanted)
        return match_all(wanted, *rest, **how)

    monkeypatch.setattr(matching, "match_all", noted)
    two.world("here").add_tracks(own("here", NOWHERE), own("here", POLKA))
    two.fill("here", "Road", [songs[0], NOWHERE, POLKA])
    two.fill("there", "Road", ())
    return looked


def again(two: TwoServices, looked: list[str], policy: Policy | None = None) -> list[str]:
    """What a new comparison looks for in the catalogue."""
    looked.clear()
    two.compare(policy)
    return looked


def test_what_is_not_there_is_looked_for_once_and_stays_not_found(two: TwoServices, searched: list[str]) -> None:
    first = two.compare()
    assert {NOWHERE.title, POLKA.title} < set(searched)
    searched.clear()
    second = two.compare()
    assert searched == ["Amber Road"], "what is there is looked for until it is linked"
    assert second.matches == first.matches
    assert second.matches[TrackId("here-polka")].state is MatchState.UNMATCHED


def test_what_came_meanwhile_is_found(two: TwoServices, searched: list[str]) -> None:
    two.compare()
    two.world("there").add_tracks(own("there", POLKA))
    assert set(again(two, searched)) == {"Amber Road", POLKA.title, NOWHERE.title}
    assert two.compare().matches[TrackId("here-polka")].state is MatchState.AUTO


def test_a_track_described_anew_is_looked_for_anew(two: TwoServices, searched: list[str]) -> None:
    two.compare()
    two.world("here").account().put(
        two.fill("here", "Road", ()).id, [own("here", replace(POLKA, year=1931)), own("here", NOWHERE)]
    )
    assert again(two, searched) == [POLKA.title]


def test_another_engine_looks_for_everything(
    two: TwoServices, searched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    two.compare()
    for module in (keeping, rules):
        monkeypatch.setattr(module, "rules", lambda: "another engine")
    monkeypatch.setattr("musync.app.stored.folder.rules", lambda: "another engine")
    assert POLKA.title in again(two, searched)


def test_with_best_effort_other_versions_are_looked_for(two: TwoServices, searched: list[str]) -> None:
    two.compare()
    assert POLKA.title in again(two, searched, Policy(preference=Preference(prefer="best")))
    assert POLKA.title not in again(two, searched)


def test_after_a_rejected_counterpart_it_is_looked_for_each_time(two: TwoServices, searched: list[str]) -> None:
    two.world("there").add_tracks(own("there", POLKA))
    session = two.musync.session()
    session.pick(source=two.side("here", "Road"), target=two.side("there", "Road"))
    session.compare(two.control)
    session.to_confirm()
    session.reject(TrackId("here-polka"), TrackId("there-polka"))
    assert two.compare().matches[TrackId("here-polka")].state is MatchState.UNMATCHED
    assert POLKA.title in again(two, searched)
    session.take_back()
    assert two.compare().matches[TrackId("here-polka")].state is MatchState.AUTO


def test_a_catalogue_without_a_revision_is_looked_through_each_time(
    two: TwoServices, searched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = MemoryService.list_tracks

    def unmarked(self: MemoryService, *rest: Any, **how: Any) -> Any:
        return replace(listed(self, *rest, **how), revision=None)

    monkeypatch.setattr(MemoryService, "list_tracks", unmarked)
    two.compare()
    assert POLKA.title in again(two, searched)


@pytest.mark.parametrize("damaged", ["{", "[1]", '{"state": 1}', ""])
def test_a_damaged_file_costs_time_and_nothing_else(two: TwoServices, searched: list[str], damaged: str) -> None:
    first = two.compare()
    (kept,) = (two.musync.home.root / "cache").rglob("misses.json")
    kept.write_text(damaged)
    second = two.compare()
    assert second.matches == first.matches
    assert again(two, searched) == ["Amber Road"]


@pytest.mark.expects_log("what is not there cannot be kept")
def test_a_folder_that_cannot_be_written_to_is_no_reason_to_stop(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    missed = Match(
        wanted=POLKA,
        state=MatchState.UNMATCHED,
        reasons=(Reason(part="rule", value=None, text="nothing like it there"),),
    )
    Misses(folder, "a state").keep([missed])
    folder.mkdir()
    Misses(folder, "a state").keep([missed])
    assert Misses(folder, "a state").recall([POLKA]) == {POLKA.id: missed}
    assert Misses(folder, "another state").recall([POLKA]) == {}
    assert Misses(folder, "").recall([POLKA]) == {}
