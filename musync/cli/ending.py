"""How a command ends: its exit code, and what is said of an error."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable

from musync.cli.errors import bug, tell
from musync.cli.face import Face
from musync.domain.errors import Cancelled, MusyncError

BUG, STOPPED = 1, 130

log = logging.getLogger(__name__)


def to_the_end(face: Face, body: Callable[[Face], int | None]) -> int:
    """Run a command and give its exit code; whatever goes wrong is said, never shown as a traceback."""
    try:
        return body(face) or 0
    except MusyncError as error:
        return _failed(face, error)
    except KeyboardInterrupt:
        return _failed(face, Cancelled("Stopped.", unchanged="What was done before is kept."))
    except Exception:  # here the program ends
        log_file = face.start_log()
        log.exception("something went wrong inside musync")
        tell(bug(log_file), face.output)
        return BUG
    finally:
        face.close()


def _failed(face: Face, error: MusyncError) -> int:
    tell(error, face.output, face.usage)
    if isinstance(error, Cancelled):
        if face.left_running:
            _leave(STOPPED)
        return STOPPED
    from musync.app.exits import of_error

    return of_error(error)


def _leave(code: int) -> None:
    """End at once: the thread whose request nobody waits for would hold a regular end up."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os._exit(code)
