"""An error as a page shows it: what was wrong in one line, what stays unchanged and what next, and a small code."""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from musync.domain.errors import (
    BadFile,
    Busy,
    DiskFull,
    IncompleteRead,
    MusyncError,
    PlanStale,
    RateLimited,
    SignInRequired,
    StorageError,
    Unavailable,
)
from musync.gui.words import shown


class Told(NamedTuple):
    """An error in the words and signs of a page."""

    icon: str
    role: str
    title: str
    text: str
    code: str


def told(error: object) -> Told:
    """The error for people; one that nobody expected says so and where its details are."""
    if not isinstance(error, MusyncError):
        return Told(
            "message.error",
            "state.failed",
            _tr("Something went wrong inside musync"),
            _tr("Nothing more was done. What was written so far is kept. The details are in the log, under Activity."),
            "bug",
        )
    where = "" if error.where in error.message else error.where
    parts = (where, error.unchanged, _way_on(error))
    text = "\n".join(shown(part) for part in parts if part)
    icon = next((icon for kind, icon in _ICONS if isinstance(error, kind)), "message.error")
    role = "state.ambiguous" if icon in ("message.wait", "message.sign_in") else "state.failed"
    return Told(icon, role, shown(error.message) or _tr("It did not work"), text, error.case)


def _way_on(error: MusyncError) -> str:
    """What to do next, without the words that are meant for the command line."""
    own = {
        "no-such-file": _tr("Check the path."),
        "no-account": _tr("Add an account first."),
        "bad-address": _tr("Name a playlist file, a link, or SERVICE:NAME."),
        "several-playlists": _tr("Add # and the name of one of them."),
    }
    if error.case in own:
        return own[error.case]
    sentences = re.split(r"(?<=[.;]) ", error.next)
    return " ".join(sentence for sentence in sentences if "--" not in sentence and "musync " not in sentence)


_ICONS: tuple[tuple[type[MusyncError], str], ...] = (
    (SignInRequired, "message.sign_in"),
    (RateLimited, "message.wait"),
    (Busy, "message.wait"),
    (PlanStale, "message.warn"),
    (Unavailable, "lan-disconnect"),
    (IncompleteRead, "message.error"),
    (BadFile, "file-music-outline"),
    (DiskFull, "message.error"),
    (StorageError, "message.error"),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)
