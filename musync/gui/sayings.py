"""What a job is doing, in words, from the code it tells."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def saying(code: str) -> str:
    """The words for a code of progress; empty for one that has none."""
    return {
        "list-playlists": _tr("Reading the list of playlists"),
        "list-tracks": _tr("Reading the music there is"),
        "read-entries": _tr("Reading both lists"),
        "scan-files": _tr("Reading tags"),
        "match": _tr("Looking for counterparts"),
        "search": _tr("Searching"),
        "plan": _tr("Making the plan"),
    }.get(code, "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("sayings", text)
