"""Page 3: one key per verdict, stored at once, never asked again, taken back when it was a slip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from musync.app.session import Question, Verdict
from musync.domain import DecisionKind
from musync.gui.footer import SECOND_EXTRA
from musync.gui.pages.confirm import ConfirmPage
from tests.gui.conftest import Hand


def opened(hand: Hand) -> ConfirmPage:
    """The exported list against a new playlist of the library, so that much is asked."""
    hand.choose_sample()
    hand.next()
    hand.next()
    return hand.confirm


def current(page: ConfirmPage) -> Question:
    question = page.model.question(page.queue.currentIndex())
    assert question is not None
    return question


def decided(hand: Hand) -> set[DecisionKind]:
    hand.idle()
    return {decision.kind for decision in hand.window.desk.musync.decisions.all()}


def press(hand: Hand, target: QWidget, key: Qt.Key) -> None:
    hand.key(target, key)
    hand.idle()


def test_the_first_open_question_is_selected(hand: Hand) -> None:
    page = opened(hand)
    assert current(page).group in ("choose", "look")
    assert page.pane.model.rowCount() > 0


def test_enter_accepts_stores_and_is_not_asked_again(hand: Hand) -> None:
    page = opened(hand)
    track, waiting = current(page).match.wanted.id, page.state.open
    press(hand, page.queue, Qt.Key.Key_Return)
    assert page.state.open == waiting - 1
    assert DecisionKind.CONFIRMED in decided(hand)
    hand.back()
    hand.back()
    hand.next()
    hand.next()
    page = hand.confirm
    assert track not in {question.match.wanted.id for question in page.state.questions}


def test_never_said_of_a_playlist_that_is_yet_to_be_made_belongs_to_that_pair(hand: Hand) -> None:
    hand.choose_sample()
    assert hand.pick.columns is not None
    hand.pick.columns.make_playlist("Then")
    hand.idle()
    hand.next()
    hand.next()
    page = hand.confirm
    track = current(page).match.wanted.id
    press(hand, page.queue, Qt.Key.Key_N)
    assert decided(hand) == {DecisionKind.SKIP}
    hand.next()
    hand.next()
    ((said, pair),) = hand.window.desk.musync.decisions.export()
    assert said.a.track.id == track
    assert pair is not None
    assert pair.target.playlist == "Then.m3u8"
    hand.click(hand.wizard.footer(SECOND_EXTRA))
    hand.idle()
    page = opened(hand)
    assert track in {question.match.wanted.id for question in page.state.questions}, "Road asks about it"


def test_a_digit_chooses_that_candidate(hand: Hand) -> None:
    page = opened(hand)
    track = current(page).match.wanted.id
    wanted = page.pane.model.track(0).id
    press(hand, page.pane.list, Qt.Key.Key_1)
    match = hand.window.desk.session.state.review.matches[track]  # type: ignore[union-attr]
    assert match.settled is not None
    assert match.settled.id == wanted


def test_a_digit_without_a_candidate_does_nothing(hand: Hand) -> None:
    page = opened(hand)
    waiting = page.state.open
    press(hand, page.queue, Qt.Key.Key_9)
    assert page.state.open == waiting


def test_skip_is_for_this_time_and_never_is_for_good(hand: Hand) -> None:
    page = opened(hand)
    press(hand, page.queue, Qt.Key.Key_S)
    assert decided(hand) == set()
    press(hand, page.queue, Qt.Key.Key_N)
    assert decided(hand) == {DecisionKind.SKIP}


def test_an_answered_row_stays_where_it_is_and_shows_the_verdict(hand: Hand) -> None:
    page = opened(hand)
    track = current(page).match.wanted.id
    before = page.model.index_of(track)
    press(hand, page.queue, Qt.Key.Key_N)
    after = page.model.index_of(track)
    assert (after.row(), after.parent().row()) == (before.row(), before.parent().row())
    question = page.model.question(after)
    assert question is not None
    assert question.verdict is Verdict.NEVER
    assert page.model.verdict_text(question) == ("cannot_add", "Never")


def test_ctrl_z_takes_the_last_answer_back_also_from_the_store(hand: Hand) -> None:
    page = opened(hand)
    track, waiting = current(page).match.wanted.id, page.state.open
    press(hand, page.queue, Qt.Key.Key_N)
    hand.key(page.queue, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert decided(hand) == set()
    assert page.state.open == waiting
    assert current(page).match.wanted.id == track


def test_not_this_one_takes_the_candidate_away(hand: Hand) -> None:
    page = opened(hand)
    track, gone = current(page).match.wanted.id, page.pane.model.track(0).id
    press(hand, page.pane.list, Qt.Key.Key_X)
    assert DecisionKind.REJECTED in decided(hand)
    match = hand.window.desk.session.state.review.matches[track]  # type: ignore[union-attr]
    assert gone not in {one.track.id for one in match.candidates}


def test_the_user_s_own_search_finds_and_chooses(hand: Hand) -> None:
    page = opened(hand)
    missing = next(question for question in page.state.questions if question.group == "missing")
    page.queue.setCurrentIndex(page.model.index_of(missing.match.wanted.id))
    assert page.pane.none.isVisible()
    press(hand, page.queue, Qt.Key.Key_Slash)
    assert hand.wizard.focusWidget() is page.pane.search
    hand.bot.keyClicks(page.pane.search, "seven sisters road")
    press(hand, page.pane.search, Qt.Key.Key_Return)
    assert page.pane.model.searched
    rows = [page.pane.model.track(row) for row in range(page.pane.model.rowCount())]
    at, found = next((at, track) for at, track in enumerate(rows) if track.title.startswith("Seven Sisters Road"))
    page.pane.list.setCurrentIndex(page.pane.model.index(at))
    press(hand, page.pane.list, Qt.Key.Key_Return)
    match = hand.window.desk.session.state.review.matches[missing.match.wanted.id]  # type: ignore[union-attr]
    assert match.settled is not None
    assert match.settled.id == found.id


def test_a_search_without_a_result_says_so_and_leads_back(hand: Hand) -> None:
    page = opened(hand)
    page.pane.search.setText("zzzzqqqq")
    press(hand, page.pane.search, Qt.Key.Key_Return)
    assert page.pane.none.title == "Nothing found for “zzzzqqqq”"
    hand.click("confirm.back")
    assert page.pane.model.rowCount() == len(current(page).match.candidates)


def test_w_says_why_and_escape_gives_the_focus_back(hand: Hand) -> None:
    page = opened(hand)
    press(hand, page.pane.list, Qt.Key.Key_W)
    assert page.pane.why.isVisible()
    assert page.pane.why.accessibleName().startswith("Why ")
    hand.key(page.pane.why, Qt.Key.Key_Escape)
    assert not page.pane.why.isVisible()
    assert hand.wizard.focusWidget() is page.pane.list


def test_all_that_is_likely_is_accepted_at_once_with_the_number_said_before(hand: Hand) -> None:
    page = opened(hand)
    waiting, likely = page.state.open, page._likely(0.6)
    assert likely > 0
    page.accept_likely(0.6)
    hand.idle()
    assert page.state.open == waiting - likely


def test_single_letters_can_be_switched_off(hand: Hand) -> None:
    page = opened(hand)
    page.queue.letters = False
    waiting = page.state.open
    press(hand, page.queue, Qt.Key.Key_S)
    assert page.state.open == waiting


def test_open_questions_are_announced_as_not_written(hand: Hand) -> None:
    page = opened(hand)
    assert str(page.state.open) in page.standing.note
    while page.state.open:
        press(hand, page.queue, Qt.Key.Key_S)
    assert page.standing.note == ""
    assert page.second_line() == "Nothing open"


def test_nothing_to_confirm_says_so_and_next_leads_on(hand: Hand) -> None:
    (hand.place / "one.txt").write_text("Harbour Lights Choir - Salt on the Windscreen\n", "utf-8")
    hand.pick.open_address(str(hand.place / "one.txt"))
    hand.idle()
    hand.pick.open_address(str(hand.place / "two.xspf"), receiving=True)
    hand.idle()
    hand.next()
    hand.next()
    assert hand.confirm.message.title == "Nothing to confirm"
    hand.next()
    assert hand.forecast.standing.next_text == "Write 1 change"
