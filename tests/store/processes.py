"""Other processes beside the test's own: another musync, and one that may do less."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from musync.domain.errors import MusyncError

_NOBODY = 65_534


def another(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Another Python that runs this script, with its standard streams at hand."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def error_of(action: Callable[[], object]) -> dict[str, str]:
    """The document of the error that the action ends with, as somebody who is not root; empty when it succeeds."""
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.SimpleQueue[dict[str, str]] = context.SimpleQueue()

    def child() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(_NOBODY)
            os.setuid(_NOBODY)
        try:
            action()
        except MusyncError as error:
            answer.put(error.document())
        else:
            answer.put({})

    process = context.Process(target=child)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forks while other threads run: the child starts none
        process.start()
    document = answer.get()
    process.join()
    return document


@contextmanager
def nobodys_folder() -> Iterator[Path]:
    """A folder that somebody who is not root owns and reaches."""
    folder = Path(tempfile.mkdtemp(prefix="musync-tests-"))
    try:
        if os.geteuid() == 0:
            os.chown(folder, _NOBODY, _NOBODY)
        yield folder
    finally:
        for inside in folder.rglob("*"):
            if inside.is_dir():
                inside.chmod(0o700)
        folder.chmod(0o700)
        shutil.rmtree(folder)
