"""The log on the terminal, for `--verbose`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from musync.cli.output import write
from musync.cli.words import shown
from musync.redaction import Redactor, SecretFilter

_FORMAT = "%(levelname)s %(name)s %(message)s"


class _Terminal(logging.Handler):
    """Writes records to whatever stderr is at the moment."""

    def emit(self, record: logging.LogRecord) -> None:
        for line in self.format(record).splitlines():
            write(sys.stderr, shown(line) + "\n")


def log_to_terminal(redactor: Redactor) -> Callable[[], None]:
    """Show what musync logs on stderr too, secrets taken out, from the smallest detail on; gives the way to end it."""
    logger = logging.getLogger("musync")
    level = logger.level
    handler = _Terminal()
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.addFilter(SecretFilter(redactor))
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)

    def end() -> None:
        logger.removeHandler(handler)
        logger.setLevel(level)

    return end
