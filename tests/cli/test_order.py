"""An order that takes many moves: asked about at a terminal, left and said where nobody can be asked."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from tests.cli.conftest import Cli

SONGS = [f"Artist {number} - Song {number}" for number in range(260)]
SHUFFLED = Random(3).sample(SONGS, len(SONGS))


@pytest.fixture
def mirror(tmp_path: Path) -> tuple[str, ...]:
    """A sync of a list onto one with the same tracks in another order, one missing."""
    (tmp_path / "left.txt").write_text("\n".join([*SHUFFLED, "Zoe - New"]), "utf-8")
    (tmp_path / "right.txt").write_text("\n".join(SONGS), "utf-8")
    return ("sync", str(tmp_path / "left.txt"), str(tmp_path / "right.txt"), "--mode", "mirror")


def right(tmp_path: Path) -> list[str]:
    return (tmp_path / "right.txt").read_text("utf-8").splitlines()


def test_where_nobody_is_asked_the_order_waits_and_the_rest_is_written(
    cli: Cli, mirror: tuple[str, ...], tmp_path: Path
) -> None:
    for arguments in (("diff", *mirror[1:]), (*mirror, "--dry-run"), (*mirror, "--yes")):
        ended = cli.json(*arguments)
        document = ended.document
        assert (ended.code, document["order"], document["planned"]["moved"]) == (3, "asks", 0)
        assert document["moves_waiting"] > 200
    assert (document["written"]["added"], document["written"]["moved"]) == (1, 0)
    assert [line for line in right(tmp_path) if line != "Zoe - New"] == SONGS
    said = cli(*mirror, "--yes")
    assert said.code == 3
    assert re.search(r"The order waits for you: \d+ tracks would move\.", said.out)
    assert "Already the same" not in said.out


def test_the_order_is_brought_over_when_the_answer_is_yes(
    cli: Cli, mirror: tuple[str, ...], tmp_path: Path, typed: list[str]
) -> None:
    typed += ["y", "y"]
    said = cli(*mirror)
    assert said.code == 0
    assert "Bring the order over too?" in said.err
    assert "Add 1, move " in said.err
    assert right(tmp_path) == [*SHUFFLED, "Zoe - New"]
    assert cli.done(*mirror, "--yes")["order"] == "kept"


def test_the_order_stays_when_the_answer_is_no(
    cli: Cli, mirror: tuple[str, ...], tmp_path: Path, typed: list[str]
) -> None:
    typed += ["n", "y"]
    said = cli(*mirror)
    assert said.code == 0, "nothing waits for the user: the answer was given"
    assert "The order stays, as you chose." in said.out
    assert [line for line in right(tmp_path) if line != "Zoe - New"] == SONGS


def test_nothing_is_written_when_the_last_question_is_declined(
    cli: Cli, mirror: tuple[str, ...], tmp_path: Path, typed: list[str]
) -> None:
    typed += ["y", "n"]
    assert cli(*mirror).code == 130
    assert right(tmp_path) == SONGS


def test_an_order_that_is_all_there_is_to_do_is_asked_about_too(
    cli: Cli, mirror: tuple[str, ...], tmp_path: Path, typed: list[str]
) -> None:
    (tmp_path / "left.txt").write_text("\n".join(SHUFFLED), "utf-8")
    typed += ["no"]
    assert cli(*mirror).code == 0
    assert right(tmp_path) == SONGS
    typed += ["y", "y"]
    assert cli(*mirror).code == 0
    assert right(tmp_path) == SHUFFLED
