from __future__ import annotations

import pytest

from musync.domain import Account, DecisionKind
from musync.domain.errors import UsageError
from musync.store import Work
from tests.store.values import a_run, plex, said, spotify

ANNA = Account(name="spotify", service="spotify", ext_id="u-1", label="Anna", settings={"client_id": "abc"})


def test_an_account_comes_back_as_it_was_added(work: Work) -> None:
    work.accounts.add(ANNA)
    assert work.accounts.get("spotify") == ANNA
    assert work.accounts.by_identity("spotify", "u-1") == ANNA
    assert work.accounts.all() == (ANNA,)


def test_accounts_stand_in_the_order_they_were_added(work: Work) -> None:
    second = Account(name="attic", service="local", ext_id="lib")
    work.accounts.add(ANNA)
    work.accounts.add(second)
    assert work.accounts.all() == (ANNA, second)


def test_nobody_has_no_account(work: Work) -> None:
    assert work.accounts.get("nobody") is None
    assert work.accounts.by_identity("spotify", "nobody") is None


def test_a_name_is_unique_over_all_services_whatever_its_capitals(work: Work) -> None:
    work.accounts.add(ANNA)
    with pytest.raises(UsageError) as caught:
        work.accounts.add(Account(name="Spotify", service="plex", ext_id="p-1"))
    assert caught.value.case == "account-name-taken"
    assert work.accounts.get("SPOTIFY") == ANNA


def test_an_account_is_added_once(work: Work) -> None:
    work.accounts.add(ANNA)
    with pytest.raises(UsageError, match="added before, as “spotify”") as caught:
        work.accounts.add(Account(name="again", service="spotify", ext_id="u-1"))
    assert caught.value.case == "account-known"


def test_an_account_can_be_renamed_and_keeps_its_identity(work: Work) -> None:
    work.accounts.add(ANNA)
    renamed = Account(name="Anna's", service="spotify", ext_id="u-1", settings={"client_id": "new"})
    work.accounts.update(renamed)
    assert work.accounts.all() == (renamed,)


def test_only_the_capitals_of_a_name_can_change(work: Work) -> None:
    work.accounts.add(ANNA)
    work.accounts.update(Account(name="SPOTIFY", service="spotify", ext_id="u-1"))
    assert [account.name for account in work.accounts.all()] == ["SPOTIFY"]


def test_a_rename_does_not_take_another_accounts_name(work: Work) -> None:
    work.accounts.add(ANNA)
    work.accounts.add(Account(name="other", service="spotify", ext_id="u-2"))
    with pytest.raises(UsageError):
        work.accounts.update(Account(name="spotify", service="spotify", ext_id="u-2"))


def test_an_unknown_account_cannot_be_changed(work: Work) -> None:
    with pytest.raises(UsageError) as caught:
        work.accounts.update(ANNA)
    assert caught.value.case == "account-unknown"


def test_removing_an_account_leaves_decisions_and_history(work: Work) -> None:
    work.accounts.add(ANNA)
    work.decisions.remember(said(DecisionKind.CONFIRMED, spotify("s1"), plex("p1")))
    run = a_run(work)
    assert work.accounts.remove("Spotify")
    assert not work.accounts.remove("Spotify")
    assert work.accounts.all() == ()
    assert len(work.decisions.all()) == 1
    assert work.runs.get(run.id) == run
