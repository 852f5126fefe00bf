"""The rules of every test hold: quiet log, scratch home, key store in memory."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import keyring
import pytest

pytest_plugins = ["pytester"]

LOUD = """
import logging
import pytest

def test_that_warns():
    logging.getLogger("musync.somewhere").warning("the tape is at its end")

@pytest.mark.expects_log("the tape")
def test_that_may_warn():
    logging.getLogger("musync.somewhere").warning("the tape is at its end")

@pytest.mark.expects_log("the tape")
def test_that_should_warn():
    logging.getLogger("musync.somewhere").info("the tape is fine")
"""


@pytest.mark.expects_log("the tape is at its end")  # said in this process too
def test_an_unexpected_warning_fails_a_test_and_so_does_a_missing_one(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("from tests.conftest import quiet_log\n")
    pytester.makeini("[pytest]\nmarkers =\n    expects_log(text): as in the real one\n")
    pytester.makepyfile(LOUD)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines(["*unexpected in the log: *the tape is at its end*"])
    result.stdout.fnmatch_lines(["*expected in the log and not there: *the tape*"])


@pytest.mark.expects_log("said aloud")
def test_an_expected_warning_may_be_said_aloud() -> None:
    logging.getLogger("musync").warning("said aloud")


def test_home_is_a_scratch_folder() -> None:
    assert "musync-tests-" in os.environ["MUSYNC_HOME"]
    assert Path.home() not in Path(os.environ["MUSYNC_HOME"]).parents


def test_secrets_stay_in_memory() -> None:
    keyring.set_password("musync-test", "quiet", "secret")
    assert keyring.get_password("musync-test", "quiet") == "secret"
    assert type(keyring.get_keyring()).__name__ == "MemoryKeyring"
    keyring.delete_password("musync-test", "quiet")
    assert keyring.get_password("musync-test", "quiet") is None
