"""What holds for every test: no display, no real home, no real key store, no surprise in the log."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

SCRATCH = pytest.StashKey[Path]()

settings.register_profile("musync", derandomize=True, database=None, deadline=None)
settings.load_profile("musync")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "expects_log(text, ...): these texts come up in the log as warnings or worse, and nothing else does"
    )
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    config.stash[SCRATCH] = scratch = Path(tempfile.mkdtemp(prefix="musync-tests-"))
    os.environ["MUSYNC_HOME"] = str(scratch / "home")
    os.environ["PYTHON_KEYRING_BACKEND"] = "tests.memory_keyring.MemoryKeyring"


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[SCRATCH], ignore_errors=True)


class LoudRecords(logging.Handler):
    """Keeps what is logged as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on an unexpected warning in the log, and on an expected one that stays away."""
    expected = [text for marker in request.node.iter_markers("expects_log") for text in marker.args]
    loud = LoudRecords()
    logging.getLogger().addHandler(loud)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(loud)
    said = [record.getMessage() for record in loud.records]
    surprises = [text for text in said if not any(known in text for known in expected)]
    missing = [known for known in expected if not any(known in text for text in said)]
    assert not surprises, f"unexpected in the log: {surprises}"
    assert not missing, f"expected in the log and not there: {missing}"
