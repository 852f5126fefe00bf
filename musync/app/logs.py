"""The log: rotated files in the home, secrets taken out before anything is written."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from musync.app.paths import Home
from musync.redaction import Redactor, SecretFilter

_BYTES = 5 * 1024 * 1024
_FILES = 5
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING}


def start_logging(home: Home, level: str, redactor: Redactor) -> None:
    """Write musync's log into the home's folder; a second call for the same home changes the level only."""
    home.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home.logs / "musync.log"
    logger = logging.getLogger("musync")
    logger.setLevel(LEVELS[level])
    for handler in list(logger.handlers):
        if isinstance(handler, RotatingFileHandler):
            if handler.baseFilename == str(path):
                return
            logger.removeHandler(handler)
            handler.close()
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_FILES - 1, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.addFilter(SecretFilter(redactor))
    logger.addHandler(handler)
