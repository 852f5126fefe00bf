"""An order that takes many moves: asked about on page 2 and page 4, left until it is answered."""

from __future__ import annotations

from random import Random

import pytest

from musync.gui.pages.order_card import OrderCard
from musync.gui.wizard import Wizard
from tests.gui.conftest import Hand

SONGS = [f"Artist {number} - Song {number}" for number in range(260)]
SHUFFLED = Random(3).sample(SONGS, len(SONGS))


@pytest.fixture
def mirrored(hand: Hand) -> Hand:
    """On page 2: a list mirrored onto one with the same tracks in another order."""
    for name, songs in (("left", SHUFFLED), ("right", SONGS)):
        path = hand.place / f"{name}.txt"
        path.write_text("\n".join(songs), "utf-8")
        hand.pick.open_address(str(path), receiving=name == "right")
        hand.idle()
    columns = hand.pick.columns
    assert columns is not None
    columns.how.cards["mirror"].radio.click()
    hand.next()
    return hand


def right(hand: Hand) -> list[str]:
    return (hand.place / "right.txt").read_text("utf-8").splitlines()


def answers(card: OrderCard) -> tuple[bool, bool]:
    return card.bring.isChecked(), card.leave.isChecked()


def test_page_2_asks_and_ticks_the_moves_when_they_are_wanted(mirrored: Hand) -> None:
    review = mirrored.review
    assert review.order.waits
    assert answers(review.order) == (False, False)
    assert mirrored.wizard.focusWidget() is review.order.bring
    assert review.model.ticked() == 0
    mirrored.click(review.order.bring)
    moves = review.model.ticked("moved")
    assert moves > 200
    assert answers(review.order) == (True, False)
    assert f"{moves} tracks" in review.order.accessibleName()
    mirrored.next()
    mirrored.next()
    assert answers(mirrored.forecast.order) == (True, False)
    assert mirrored.forecast.standing.next_text == f"Write {moves} changes"
    mirrored.next()
    assert right(mirrored) == SHUFFLED
    assert "in the order of left" in mirrored.run.finished.accessibleName()


def test_page_4_asks_again_and_its_answer_holds_on_the_way_back(mirrored: Hand) -> None:
    mirrored.next()
    mirrored.next()
    page = mirrored.forecast
    assert page.order.waits
    assert not mirrored.wizard.footer(Wizard.WizardButton.CommitButton).isEnabled()
    assert mirrored.reason == "Nothing else to write: choose what becomes of the order"
    mirrored.click(page.order.leave)
    assert mirrored.reason == "Nothing to write"
    mirrored.click(page.order.bring)
    assert page.standing.ready
    mirrored.back()
    mirrored.back()
    assert answers(mirrored.review.order) == (True, False)
    assert mirrored.review.model.ticked("moved") > 200


def test_an_unanswered_order_stays_and_the_rest_is_written(mirrored: Hand) -> None:
    mirrored.back()
    (mirrored.place / "left.txt").write_text("\n".join([*SHUFFLED, "Zoe - New"]), "utf-8")
    for _ in range(4):
        mirrored.next()
    assert [line for line in right(mirrored) if line != "Zoe - New"] == SONGS
    assert "it waits for your answer" in mirrored.run.finished.accessibleDescription()


def test_ticks_of_other_rows_outlast_the_answer(mirrored: Hand) -> None:
    mirrored.back()
    (mirrored.place / "left.txt").write_text("\n".join([*SHUFFLED, "Zoe - New", "Yan - Newer"]), "utf-8")
    mirrored.next()
    review = mirrored.review
    new = next(at for at, row in enumerate(review.state.review.shown.rows) if row.wanted.track.title == "New")
    review.model.tick_wanted.emit([new], False)
    mirrored.click(review.order.bring)
    assert review.model.ticked("add") == 1
    mirrored.next()
    mirrored.next()
    mirrored.click(mirrored.forecast.order.leave)
    mirrored.back()
    mirrored.back()
    assert (review.model.ticked("add"), review.model.ticked("moved")) == (1, 0)


def test_a_new_comparison_asks_anew(mirrored: Hand) -> None:
    mirrored.click(mirrored.review.order.leave)
    mirrored.back()
    mirrored.next()
    assert mirrored.review.order.waits


def test_a_list_in_order_asks_nothing(hand: Hand) -> None:
    hand.choose_sample(mode="mirror")
    hand.next()
    assert not hand.review.order.isVisible()
    hand.next()
    hand.next()
    assert not hand.forecast.order.isVisible()
