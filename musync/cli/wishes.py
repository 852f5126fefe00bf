"""What the user asked a sync to do, and the policy that follows from it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from musync.domain.errors import UsageError
from musync.domain.ids import PlaylistId
from musync.domain.preference import Explicit, Live, Prefer, Preference
from musync.domain.sync import Mode, Policy

Removals = Literal["ask", "apply", "never"]
Foreign = Literal["keep", "remove"]
Duplicates = Literal["keep", "collapse-new"]

LIFTABLE = ("B2", "B3", "B4", "B7")
LEAST_ACCEPT = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The options of a preference as they were typed; None where nothing was."""

    prefer: Prefer | None = None
    explicit: Explicit | None = None
    live: Live | None = None

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by name."""
        return {name: word for name, word in asdict(self).items() if word is not None}

    def over(self, usual: Preference) -> Preference:
        """The preference, with the usual one where nothing was typed."""
        return Preference.of({**asdict(usual), **self.typed})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The options of `diff` and `sync` as they were typed; None and empty where nothing was."""

    mode: Mode = Mode.ADD
    accept: float | None = None
    removals: Removals = "ask"
    allow_removals: bool = False
    foreign: Foreign = "keep"
    duplicates: Duplicates = "keep"
    top: bool = False
    versions: Versions = field(default_factory=Versions)
    override: str = ""
    confirm_empty: str = ""

    def policy(self, accept: float, preference: Preference) -> Policy:
        """The policy for a run; `accept` and `preference` are the settings that hold where nothing was typed.

        Raises:
            UsageError: an option cannot have this value, or two do not go together.
        """
        self._check()
        return Policy(
            mode=self.mode,
            accept=self.accept if self.accept is not None else accept,
            removals=self.removals,
            removals_approved=self.allow_removals,
            foreign=self.foreign,
            duplicates=self.duplicates,
            top=self.top,
            preference=self.versions.over(preference),
            overrides=frozenset(_brakes(self.override)),
            confirm_empty=PlaylistId(self.confirm_empty) if self.confirm_empty else None,
        )

    def _check(self) -> None:
        if self.accept is not None and not LEAST_ACCEPT <= self.accept <= 1:
            raise _refused("--accept", "lies between 0.8 and 1", "Below that a match always waits for your answer.")
        if self.mode is Mode.ADD and self.allow_removals:
            raise _refused("--allow-removals", "goes with --mode mirror", "Add missing never removes.")
        if self.mode is Mode.ADD and self.foreign == "remove":
            raise _refused("--foreign remove", "goes with --mode mirror", "Add missing never removes.")
        if self.mode is Mode.MIRROR and self.top:
            raise _refused("--top", "goes with --mode add", "A mirror has the order of its source.")


def _brakes(text: str) -> list[str]:
    names = [name.strip().upper() for name in text.replace(";", ",").split(",") if name.strip()]
    for name in names:
        if name not in LIFTABLE:
            raise _refused("--override", f"does not lift {name}", f"It can lift {', '.join(LIFTABLE)}.")
    return names


def _refused(option: str, why: str, next: str) -> UsageError:
    return UsageError(f"{option} {why}.", where=option, unchanged="Nothing was changed.", next=next)
