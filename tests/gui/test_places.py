"""The places beside the four pages: each opens over the sync and leads back to it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from musync.gui import dialogs
from musync.gui.footer import SECOND_EXTRA
from musync.gui.page import Page
from musync.gui.places.accounts import AccountsPlace
from musync.gui.places.decisions import DecisionsPlace
from musync.gui.places.doctor import DoctorPlace
from musync.gui.places.history import HistoryPlace
from musync.gui.places.settings import SettingsPlace
from tests.gui.conftest import Hand, P
from tests.gui.test_accessible import nameless


def opened(hand: Hand, key: str, kind: type[P]) -> P:
    hand.click(f"rail.{key}")
    hand.idle()
    place = hand.wizard.findChild(kind, f"page.{key}")
    assert place is not None
    assert place.isVisible()
    return place


def test_every_place_opens_over_the_page_and_leads_back(hand: Hand) -> None:
    hand.choose_sample()
    hand.next()
    for key in ("history", "decisions", "accounts", "doctor", "settings"):
        place = opened(hand, key, Page)
        assert nameless(hand.wizard) == [], key
        assert place
        hand.click(hand.wizard.footer(SECOND_EXTRA))
        hand.idle()
        assert hand.review.isVisible()
        assert hand.review.isEnabled()
    assert hand.next_is_on


def test_history_tells_what_a_run_did(hand: Hand) -> None:
    hand.choose_sample()
    for _ in range(4):
        hand.next()
    added = hand.run.finished.accessibleDescription().split()[0]
    place = opened(hand, "history", HistoryPlace)
    assert place.model.row(0).title.startswith("Road trip")
    assert f"{added} added" in place.model.row(0).second
    assert place.rows.tally()["add"] == int(added)


def test_history_without_runs_says_so(hand: Hand) -> None:
    place = opened(hand, "history", HistoryPlace)
    assert place.model.rowCount() == 0
    assert place._nothing.title == "No runs yet"


def test_a_decision_can_be_taken_back_and_is_asked_again(hand: Hand) -> None:
    hand.choose_sample()
    hand.next()
    hand.next()
    track = hand.confirm.model.question(hand.confirm.queue.currentIndex())
    hand.key(hand.confirm.queue, Qt.Key.Key_N)
    hand.idle()
    place = opened(hand, "decisions", DecisionsPlace)
    assert place.model.row(0).word == "Never"
    place.list.setCurrentIndex(place.model.index(0))
    hand.click("decisions.forget")
    hand.idle()
    assert place.model.rowCount() == 0
    assert "asked about again" in place.said
    assert track is not None


def test_decisions_travel_as_a_file(hand: Hand) -> None:
    hand.choose_sample()
    hand.next()
    hand.next()
    hand.key(hand.confirm.queue, Qt.Key.Key_Return)
    hand.idle()
    place = opened(hand, "decisions", DecisionsPlace)
    file = hand.place / "decisions.json"
    place.export_to(file)
    hand.idle()
    assert "1 decision saved" in place.said
    place.list.setCurrentIndex(place.model.index(0))
    hand.click("decisions.forget")
    hand.idle()
    place.import_from(file)
    hand.idle()
    assert place.model.rowCount() == 1
    file.write_text("{}", "utf-8")
    place.import_from(file)
    hand.idle()
    assert "no file of decisions" in place.said


def test_an_account_is_tested_and_removed_and_page_1_follows(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs.ConfirmDialog, "exec", lambda _self: 1)
    hand.choose_sample()
    place = opened(hand, "accounts", AccountsPlace)
    place.list.setCurrentIndex(place.model.index(0))
    hand.click("accounts.test")
    hand.idle()
    assert "1 playlist" in place.said
    hand.click("accounts.remove")
    hand.idle()
    assert place.model.rowCount() == 0
    assert "history are kept" in place.said
    assert not hand.window.desk.musync.accounts.all()
    assert not hand.pick.library.accounts


def test_doctor_looks_at_everything_and_names_what_to_mend(hand: Hand) -> None:
    place = opened(hand, "doctor", DoctorPlace)
    names = [place.model.row(at).title for at in range(place.model.rowCount())]
    assert {"Folder of musync", "Disk", "Settings", "Database", "Key store"} <= set(names)
    assert place.said in ("Nothing wants mending.", "1 thing wants mending.")
    hand.click("doctor.again")
    hand.idle()
    assert place.model.rowCount() == len(names)


def test_settings_are_stored_at_once_and_followed(hand: Hand) -> None:
    opened(hand, "settings", SettingsPlace)
    hand.click("settings.theme.dark")
    hand.idle()
    assert hand.window.theme.look.name == "dark"
    hand.click("settings.accept.0.95")
    hand.click("settings.search_again_days.30")
    hand.click("settings.keys")
    hand.click("settings.compact")
    hand.idle()
    stored = hand.window.desk.settings
    assert (stored.theme, stored.accept, stored.single_keys, stored.compact_rows) == ("dark", 0.95, False, False)
    assert stored.search_again_days == 30
    assert hand.window.desk.session.states[0].policy.accept == 0.95  # type: ignore[union-attr]
    hand.click(hand.wizard.footer(SECOND_EXTRA))
    hand.choose_sample()
    hand.next()
    assert hand.review.tools.tall.isChecked()
    hand.next()
    assert not hand.confirm.queue.letters


def test_the_keys_for_settings_and_activity_work_everywhere(hand: Hand) -> None:
    hand.key(hand.pick, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    hand.idle()
    settings = hand.wizard.findChild(SettingsPlace)
    assert settings is not None
    assert settings.isVisible()
    hand.key(hand.wizard, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert not settings.isVisible()
    hand.key(hand.wizard, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert hand.wizard.drawer.isVisible()
    hand.key(hand.wizard, Qt.Key.Key_Escape)
    assert not hand.wizard.drawer.isVisible()
    assert hand.wizard.isVisible()
