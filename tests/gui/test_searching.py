"""Page 3 while a service is searched: results stream in, nothing moves under the hand, and it can be stopped."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from musync.app.session import ReviewState, Verdict
from musync.domain import DecisionKind, Outcome, Track, TrackId
from musync.domain.errors import RateLimited, Unavailable
from musync.gui.pages.confirm import ConfirmPage
from musync.services.api import FindsIsrc, SearchesFields, Traits
from musync.services.memory import SEARCHED_ROLES, STREAMING, MemoryPlugin, memory_service, world_named
from musync.services.memory.world import forget_world
from musync.testing.lists import track
from tests.gui.conftest import Hand

_numbers = itertools.count()
TRAITS = Traits(occurrence_ids=True, page=50, add_batch=100, revision="faithful")
SONGS = [
    track(f"{word} {place}", f"{word}s", album=place, duration_ms=180_000 + 1_000 * number)
    for number, (word, place) in enumerate(itertools.product(["Amber", "Birch", "Cinder"], ["Road", "Window"]))
]
LANTERN = Track(id=TrackId("lantern"), title="Lantern Parade", artists=("Kit Marsh",))
FERRY = Track(id=TrackId("ferry"), title="Ferry Hall", artists=("Kit Marsh",))


class Searched:
    """A window with a list picked on either side; the right one's service can only be searched."""

    def __init__(self, hand: Hand, wanted: list[Track], there: list[Track]) -> None:
        number = next(_numbers)
        self.hand = hand
        self.here, self.there = (world_named(f"{name}-gui-{number}") for name in ("here", "there"))
        self.there.habits = STREAMING
        self.there.add_tracks(*there)
        self.gate: list[threading.Event] = []
        source = self.here.account("anna").make_playlist("Road", wanted)
        target = self.there.account("tom").make_playlist("Road")
        hand.pick.open_address(f"memory://{self.here.name}/anna/{source}")
        hand.idle()
        hand.pick.open_address(f"memory://{self.there.name}/tom/{target}", receiving=True)
        hand.idle()

    def hold_search(self, skip: int) -> threading.Event:
        """Let the search wait at its n-th request until the event is set."""
        gate = threading.Event()
        self.gate.append(gate)
        self.there.run_before("search", lambda: gate.wait(20), skip=skip)
        return gate

    def close(self) -> None:
        for gate in self.gate:
            gate.set()
        for world in (self.here, self.there):
            forget_world(world.name)

    @property
    def page(self) -> ConfirmPage:
        return self.hand.confirm

    def to_review(self) -> None:
        self.hand.next()

    def to_confirm(self) -> ConfirmPage:
        """On to page 3 without waiting for the search."""
        from musync.gui.wizard import Wizard

        self.hand.click(self.hand.wizard.footer(Wizard.WizardButton.NextButton))
        return self.page

    def shown(self) -> dict[str, list[str]]:
        """The titles in the queue by group."""
        model = self.page.model
        found: dict[str, list[str]] = {}
        for row in range(model.rowCount()):
            group = model.index(row, 0)
            places = (model.question(model.index(place, 0, group)) for place in range(model.rowCount(group)))
            found[model.key_of(row)] = [place.match.wanted.title for place in places if place is not None]
        return found


@pytest.fixture
def searched(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Searched]]:
    """Makes such windows; no thread waits at their end."""
    roles = [role for role in SEARCHED_ROLES if role not in (FindsIsrc, SearchesFields)]
    monkeypatch.setattr(MemoryPlugin, "service", memory_service(TRAITS, roles))
    made: list[Searched] = []

    class Made(Searched):
        def __init__(self, hand: Hand, wanted: list[Track], there: list[Track]) -> None:
            made.append(self)
            super().__init__(hand, wanted, there)

    yield Made
    for one in made:
        one.close()


def two_of(wanted: Track) -> list[Track]:
    """Two recordings, of which the source does not say which it means."""
    return [
        replace(wanted, id=TrackId(f"{wanted.id}-{album}"), album=album, duration_ms=length)
        for album, length in (("Morning", 190_000), ("Evening", 254_000))
    ]


def test_page_two_asks_nothing_and_says_that_the_search_comes(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, SONGS[:3], SONGS)
    made.to_review()
    assert made.there.count("search") == 0
    assert hand.review.standing.next_text == "Next: search for 3 tracks"
    state = hand.window.desk.session.state
    assert isinstance(state, ReviewState)
    assert state.review.shown.counts.not_asked == 3


def test_results_stream_in_and_next_waits_for_the_rest(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, [LANTERN, *SONGS[:3], FERRY], [*SONGS, *two_of(LANTERN), *two_of(FERRY)])
    gate = made.hold_search(4)
    made.to_review()
    page = made.to_confirm()
    hand.wait(lambda: hand.reason == "4 of 5 searched")
    assert not hand.next_is_on
    assert made.shown()["choose"] == ["Lantern Parade"]
    gate.set()
    hand.idle()
    assert made.shown() == {
        "choose": ["Lantern Parade", "Ferry Hall"],
        "certain": [song.title for song in SONGS[:3]],
    }
    assert hand.next_is_on
    assert page.pane.model.rowCount() == 2, "the first open question is selected"
    hand.next()
    assert hand.forecast.isVisible()


def test_a_choice_made_while_results_come_in_stays(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, [LANTERN, SONGS[0], FERRY, SONGS[1]], [*SONGS, *two_of(LANTERN), *two_of(FERRY)])
    gate = made.hold_search(2)
    made.to_review()
    page = made.to_confirm()
    hand.wait(lambda: made.shown().get("choose") == ["Lantern Parade"])
    hand.wait(lambda: page.pane.model.rowCount() == 2)
    chosen = page.pane.model.track(1).id
    hand.key(page.queue, Qt.Key.Key_2)
    gate.set()
    hand.idle()
    assert made.shown()["choose"] == ["Lantern Parade", "Ferry Hall"]
    match = page.state.review.matches[LANTERN.id]
    assert match.settled is not None
    assert match.settled.id == chosen
    assert page.state.questions[0].verdict is Verdict.ACCEPTED
    assert [decision.kind for decision in hand.window.desk.musync.decisions.all()] == [DecisionKind.CONFIRMED]


def test_what_is_looked_at_does_not_change_under_the_hand(hand: Hand, searched: type[Searched]) -> None:
    """What is found for the last track is one more candidate for the first, whose two are on the screen by then."""
    last = track("Lantern Parade", "K. Marsh", id="noon", album="Noon", duration_ms=221_000)
    made = searched(hand, [LANTERN, FERRY, replace(last, id=TrackId("last"))], [last, *two_of(LANTERN), *two_of(FERRY)])
    gate = made.hold_search(2)
    made.to_review()
    page = made.to_confirm()
    hand.wait(lambda: made.shown().get("choose") == ["Lantern Parade", "Ferry Hall"])
    gate.set()
    hand.idle()
    assert page.model.question(page.queue.currentIndex()).match.wanted == LANTERN  # type: ignore[union-attr]
    assert page.pane.model.rowCount() == 2
    hand.key(page.queue, Qt.Key.Key_Down)
    hand.key(page.queue, Qt.Key.Key_Up)
    assert page.model.question(page.queue.currentIndex()).match.wanted == LANTERN  # type: ignore[union-attr]
    assert page.pane.model.rowCount() == 3


def test_the_search_can_be_stopped_and_gone_on_with(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, [LANTERN, *SONGS], [*SONGS, *two_of(LANTERN)])
    gate = made.hold_search(3)
    made.to_review()
    page = made.to_confirm()
    hand.wait(lambda: page.asking.done == 3)
    assert page.ask.text() == "Stop searching"
    hand.click("confirm.ask")
    assert (page.ask.text(), page.ask.isEnabled()) == ("Stopping", False)
    gate.set()
    hand.idle()
    assert page.ask.text() == "Search on for 3"
    assert hand.next_is_on
    assert "3 tracks were not asked about" in page.accessibleDescription()
    asked = made.there.count("search")
    hand.click("confirm.ask")
    hand.idle()
    assert made.there.count("search") == asked + 3
    assert not page.state.review.unasked
    assert not page.ask.isVisible()


def test_a_long_wait_is_said_and_the_search_goes_on_by_itself(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, SONGS, SONGS)
    made.there.fail_next("search", RateLimited("Slower.", retry_after=3_600.0), skip=2)
    made.to_review()
    page = made.to_confirm()
    hand.idle()
    assert page.mood == "wrong"
    assert "Memory (for trying out) asks to wait until" in page.message.accessibleName()
    assert hand.next_is_on
    page.asking.resumed.emit()
    hand.idle()
    assert page.message.accessibleName() == "Nothing to confirm"
    assert made.there.count("search") == len(SONGS) + 1


def test_a_service_out_of_reach_is_named_and_can_be_asked_again(
    hand: Hand, searched: type[Searched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musync.app.paging._jittered", lambda _state: 0.0)
    made = searched(hand, SONGS[:2], SONGS)
    made.there.fail_next("search", Unavailable("The service cannot be reached."), times=None)
    made.to_review()
    page = made.to_confirm()
    hand.idle()
    assert page.message.accessibleName() == "2 tracks were not asked about: The service cannot be reached"
    made.there.mend()
    hand.click("confirm.ask_on")
    hand.idle()
    assert page.message.accessibleName() == "Nothing to confirm"


def test_back_stops_the_search_and_what_was_found_is_kept(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, SONGS, SONGS)
    gate = made.hold_search(3)
    made.to_review()
    page = made.to_confirm()
    hand.wait(lambda: page.asking.done == 3)
    hand.bot.mouseClick(hand.wizard.footer(hand.wizard.WizardButton.BackButton), Qt.MouseButton.LeftButton)
    gate.set()
    hand.idle()
    state = hand.window.desk.session.state
    assert isinstance(state, ReviewState)
    found = [match for match in state.review.matches.values() if match.outcome is Outcome.MATCHED]
    assert len(found) == 3
    made.there.forget_requests()
    hand.next()
    assert made.there.count("search") == 2, "the request under way was answered and its answer is known"


def test_what_was_not_found_is_asked_about_again_on_demand(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, [LANTERN, SONGS[0]], SONGS)
    made.to_review()
    page = made.to_confirm()
    hand.idle()
    assert made.shown() == {"missing": ["Lantern Parade"], "certain": [SONGS[0].title]}
    assert page.ask.text() == "Search again for 1"
    made.there.add_tracks(*two_of(LANTERN))
    hand.click("confirm.ask")
    hand.idle()
    assert made.shown() == {"choose": ["Lantern Parade"], "certain": [SONGS[0].title]}


def test_the_own_search_asks_the_service(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, [LANTERN], SONGS)
    made.to_review()
    page = made.to_confirm()
    hand.idle()
    page.queue.setCurrentIndex(page.model.index_of(LANTERN.id))
    page.pane.search.setText("amber road")
    hand.key(page.pane.search, Qt.Key.Key_Return)
    hand.idle()
    assert page.pane.model.track(0).title == "Amber Road"


def test_closing_the_window_stops_the_search(hand: Hand, searched: type[Searched]) -> None:
    made = searched(hand, SONGS, SONGS)
    gate = made.hold_search(2)
    made.to_review()
    page = made.to_confirm()
    hand.wait(lambda: page.asking.done == 2)
    hand.wizard.close()
    gate.set()
    hand.wait(lambda: not hand.window.runner.jobs)
