"""Which of several versions of a track a run prefers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args, get_type_hints

Prefer = Literal["exact", "same", "best"]
Explicit = Literal["any", "clean", "explicit"]
Live = Literal["any", "studio", "live"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """What is taken where the other side has a track in several versions, or not in the very same one.

    It speaks after the probability: it ranks what may well be the wanted recording, and decides what of it is taken
    without asking, each time with its reason. Answers, the same file, and tracks that a target takes as they are stand
    above it. An entry that stands in the target's list comes before what would have to be added, unless this objects.

    Attributes:
        prefer: how near a counterpart must come to be taken without asking.

            - exact: the same recording on the same release: its album is called alike, or ISRC or MBID are equal. The
              recording on another album is left to the user, and so is one that names no album where the wanted track
              does. A wanted track without an album asks for no release, so for it any is exact.
            - same: the same recording, whatever the release.
            - best: where the same recording is not there, another version of the song by the same artist, if title and
              artist agree beyond doubt: live, acoustic, an edit, a remix, a demo. Never karaoke, a tribute, a cover, an
              instrumental, another part or number. It is matched and marked as best effort, and is remembered for this
              pair only, not as the same recording.
        explicit: which of several copies of a recording.

            - clean: one that is marked clean, or a radio edit. One marked explicit is left to the user.
            - explicit: one that is marked explicit.
        live: which of several recordings of the song that may be meant; "any" follows the wanted track's own version.

            - studio: none that is said to be live, by its title or its album. A live one is left to the user, unless
              the wanted track is live itself.
            - live: one that is said to be live. What the wanted track says of itself stands, but with best effort this
              and "studio" choose among all versions of the song.

    What nobody says is unknown: it is neither explicit nor clean, neither another release nor live.
    """

    prefer: Prefer = "same"
    explicit: Explicit = "any"
    live: Live = "any"

    @property
    def usual(self) -> bool:
        """Whether nothing in particular is preferred."""
        return self == _USUAL

    @property
    def without_effort(self) -> Preference:
        """The same for as long as not everything was looked at: until then no other version stands in."""
        return replace(self, prefer="same") if self.prefer == "best" else self

    @property
    def options(self) -> dict[str, str]:
        """What differs from the usual by name, as a pair keeps it."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name)) != field.default}

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Preference:
        """The preference that a pair's options name; other options, and words that are none, are passed over."""
        return cls(**{name: options[name] for name, words in PREFERENCES.items() if options.get(name) in words})


_USUAL = Preference()

PREFERENCES: Mapping[str, tuple[str, ...]] = {
    name: get_args(words) for name, words in get_type_hints(Preference).items() if get_args(words)
}
"""The words of each part of a preference, by its name."""
