"""The log as the activity drawer shows it: the last records, from whatever thread they came."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable

KEPT = 2_000


class LogFeed(logging.Handler):
    """Keeps the last records and tells one listener of new ones, in the thread that logs."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.kept: deque[logging.LogRecord] = deque(maxlen=KEPT)
        self.listener: Callable[[logging.LogRecord], object] | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it and pass it on."""
        self.kept.append(record)
        if self.listener is not None:
            self.listener(record)

    def attach(self) -> None:
        """Hear musync's log."""
        logging.getLogger("musync").addHandler(self)

    def detach(self) -> None:
        """Hear nothing more."""
        self.listener = None
        logging.getLogger("musync").removeHandler(self)
