"""What people call the versions a run prefers, and what each choice does in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from musync.gui.words import Ours, percent

if TYPE_CHECKING:
    from musync.domain import Candidate, Preference


class Choice(NamedTuple):
    """One word of a preference: what it is called, in short beside others, and what it does."""

    word: str
    name: str
    short: str
    does: str


def titles() -> dict[str, str]:
    """The parts of a preference by name, in the order in which they are shown."""
    return {
        "prefer": _tr("What is taken without asking"),
        "explicit": _tr("Clean or explicit"),
        "live": _tr("Studio or live"),
    }


def choices(part: str) -> tuple[Choice, ...]:
    """What there is to choose in a part of a preference."""
    return {"prefer": _nearness, "explicit": _ratings, "live": _stages}[part]()


def preferred(preference: Preference) -> list[str]:
    """What is preferred in a few words each; none where nothing in particular is."""
    options = preference.options
    return [choice.short for part in titles() for choice in choices(part) if options.get(part) == choice.word]


def preferred_line(preference: Preference) -> str:
    """The same as a sentence of its own, empty where nothing in particular is preferred."""
    words = preferred(preference)
    return _tr("Preferred: %1.").replace("%1", ", ".join(words)) if words else ""


def sureness(candidate: Candidate) -> tuple[float, str]:
    """How sure a counterpart is: the share its colour is chosen by, and the words; another version has no percent."""
    if candidate.stands_in:
        return 0.6, Ours(_tr("best effort"))
    return candidate.probability, percent(candidate.probability)


def _nearness() -> tuple[Choice, ...]:
    return (
        Choice(
            "exact",
            _tr("The very release"),
            _tr("the very release"),
            _tr("The recording on the same album, or with an equal code. On another album it is asked about."),
        ),
        Choice(
            "same",
            _tr("The same recording"),
            _tr("the same recording"),
            _tr("The recording, whatever album it is on. Another version is asked about."),
        ),
        Choice(
            "best",
            _tr("Best effort"),
            _tr("best effort"),
            _tr("Where the recording is not there, another version by the same artist. Never a cover or karaoke."),
        ),
    )


def _ratings() -> tuple[Choice, ...]:
    return (
        Choice("any", _tr("As it comes"), _tr("clean or explicit"), _tr("Whichever copy fits best otherwise.")),
        Choice(
            "clean",
            _tr("Clean"),
            _tr("clean"),
            _tr("The clean copy of several. One that is known to be explicit is asked about."),
        ),
        Choice("explicit", _tr("Explicit"), _tr("explicit"), _tr("The explicit copy of several.")),
    )


def _stages() -> tuple[Choice, ...]:
    return (
        Choice("any", _tr("As on the left"), _tr("studio or live"), _tr("What the track on the left says of itself.")),
        Choice(
            "studio",
            _tr("Studio"),
            _tr("studio"),
            _tr("None that title or album call live, unless the one on the left is. With best effort never first."),
        ),
        Choice(
            "live",
            _tr("Live"),
            _tr("live"),
            _tr("One that is called live, where several may be meant. With best effort of all versions."),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("versions", text)
