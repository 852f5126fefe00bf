"""Sides, pairs, policy: what a sync is asked to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from musync.domain.ids import Canon, EntryId, PlaylistId
from musync.domain.playlist import folded_title
from musync.domain.preference import Preference


class Mode(StrEnum):
    """Which way changes go."""

    ADD = "add"
    MIRROR = "mirror"


_UNMADE = "/new/"
"""How the id of a playlist that is only meant begins; those of services, paths in a library among them, never do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SideKey:
    """What identifies one playlist on one account: the service, its own account id and its playlist id.

    A playlist that is yet to be made has no id: its title stands for it, so that what is said and done about it has
    something to belong to.
    """

    service: str
    account: str
    playlist: PlaylistId

    @classmethod
    def unmade(cls, service: str, account: str, title: str) -> SideKey:
        """The side that is meant while there is no playlist of this title."""
        return cls(service=service, account=account, playlist=PlaylistId(_UNMADE + folded_title(title)))

    @property
    def made(self) -> bool:
        """There is, or was, such a playlist."""
        return not self.playlist.startswith(_UNMADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything about a run that the user may set.

    Attributes:
        accept: probability from which a match is taken without asking.
        removals: what to do with planned removals: ask (unticked until approved), apply, never.
        removals_approved: the user said that the removals of this run may happen.
        foreign: mirror only: entries of the target that were never the source's stay or go.
        duplicates: keep copies, or never create a second copy on the target.
        top: add mode only: new entries go to the top instead of the end.
        order: mirror only: what becomes of the order where more moves would bring it over than are made unasked.
        preference: which of several versions of a track is taken.
        overrides: brakes lifted for this run ("B2", "B3", "B4", "B7").
        confirm_empty: the playlist whose emptiness the user confirmed, this run only.
    """

    mode: Mode = Mode.ADD
    accept: float = 0.9
    removals: Literal["ask", "apply", "never"] = "ask"
    removals_approved: bool = False
    foreign: Literal["keep", "remove"] = "keep"
    duplicates: Literal["keep", "collapse-new"] = "keep"
    top: bool = False
    order: Literal["ask", "bring", "leave"] = "ask"
    preference: Preference = field(default_factory=Preference)
    overrides: frozenset[str] = frozenset()
    confirm_empty: PlaylistId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseItem:
    """One place of the list last verified on both sides; the occurrence ids are None where that side has none."""

    canon: Canon
    source_entry: EntryId | None = None
    target_entry: EntryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sides kept together in one mode; `name` is None until the user saves it."""

    id: int
    source: SideKey
    target: SideKey
    mode: Mode
    name: str | None = None
    state: Literal["ok", "paused", "orphaned", "uncertain"] = "ok"
    options: dict[str, str] = field(default_factory=dict)
