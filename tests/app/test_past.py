"""Sides of past runs: found again by identity, never by name alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from musync.app import exits
from musync.app.past import side_again
from musync.domain import SideLabel, Track
from musync.domain.errors import Braked, UsageError
from tests.app.conftest import TwoServices


def again(two: TwoServices, label: SideLabel) -> str:
    parts = two.musync
    return side_again(label, parts.accounts, parts.shelf, parts.connections, two.control).title


@pytest.fixture
def label(two: TwoServices, songs: tuple[Track, ...]) -> SideLabel:
    """How the history of a run names its source."""
    two.fill("here", "Road", songs[:3])
    run = two.sync().run
    assert run is not None
    return run.source


def test_a_side_is_found_again_under_whatever_name_its_account_has(two: TwoServices, label: SideLabel) -> None:
    with two.musync.database().begin() as work:
        work.accounts.update(replace(two.accounts["here"], name="anna"))
    assert again(two, label) == "Road"


def test_another_account_of_the_same_name_is_a_stop(two: TwoServices, label: SideLabel) -> None:
    two.musync.accounts.remove("here")
    with two.musync.database().begin() as work:
        work.accounts.add(replace(two.accounts["here"], ext_id="somebody else"))
    with pytest.raises(Braked, match="another account now") as stop:
        again(two, label)
    assert (stop.value.brakes, exits.of_error(stop.value)) == (("B5",), exits.BRAKE)


def test_an_account_that_is_gone_is_named(two: TwoServices, label: SideLabel) -> None:
    two.musync.accounts.remove("here")
    with pytest.raises(UsageError, match="no longer there"):
        again(two, label)
