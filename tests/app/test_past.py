"""The sides of a past run are found again, or it is said why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from musync.app import exits
from musync.app.past import side_again
from musync.app.sides import Side
from musync.domain import SideLabel, Track
from musync.domain.errors import Braked, NotFound, UsageError
from tests.app.conftest import TwoServices


def again(two: TwoServices, label: SideLabel) -> Side:
    musync = two.musync
    return side_again(label, musync.accounts, musync.shelf, musync.connections, two.control)


def test_a_list_of_an_account_is_found_by_its_id(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    side = two.side("here", "Road")
    assert again(two, replace(side.label, title="Another name")).key == side.key


def test_a_file_is_found_by_its_path(two: TwoServices, tmp_path: Path) -> None:
    path = tmp_path / "a list.txt"
    path.write_text("The Ambers - Amber Road\n", "utf-8")
    side = two.musync.addresses.resolve(str(path), two.control)
    assert again(two, side.label).key == side.key


def test_an_account_that_is_gone_is_named(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    label = two.side("here", "Road").label
    two.musync.accounts.remove("here")
    with pytest.raises(UsageError, match="here") as error:
        again(two, replace(label, url=None))
    assert "musync accounts add here" in error.value.next


def test_a_list_that_is_gone_is_not_found(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    label = two.side("here", "Road").label
    key = replace(label.key, playlist="elsewhere")  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        again(two, replace(label, key=key))


def test_a_side_is_found_again_under_whatever_name_its_account_has(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    label = two.side("here", "Road").label
    with two.musync.database().begin() as work:
        work.accounts.update(replace(two.accounts["here"], name="anna"))
    assert again(two, label).title == "Road"


def test_another_account_of_the_same_name_is_a_stop(two: TwoServices, songs: tuple[Track, ...]) -> None:
    two.fill("here", "Road", songs[:2])
    label = two.side("here", "Road").label
    two.musync.accounts.remove("here")
    with two.musync.database().begin() as work:
        work.accounts.add(replace(two.accounts["here"], ext_id="somebody else"))
    with pytest.raises(Braked, match="another account now") as stop:
        again(two, label)
    assert (stop.value.brakes, exits.of_error(stop.value)) == (("B5",), exits.BRAKE)


def test_a_list_that_its_run_did_not_make_is_still_to_be_made(two: TwoServices, songs: tuple[Track, ...]) -> None:
    side = two.side("there", "Road")
    assert again(two, side.label) == side
    assert side.playlist is None
