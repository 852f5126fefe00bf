"""What a rule needs before it is collected: roles, traits, and hooks that the test class provides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from musync.services.api import PlaylistService, Traits

Rule = TypeVar("Rule", bound=Callable[..., None])
Trait = Callable[[Traits], bool]


@dataclass(frozen=True, slots=True)
class Needs:
    """The conditions of one rule."""

    roles: tuple[type, ...] = ()
    traits: tuple[Trait, ...] = ()
    hooks: tuple[str, ...] = ()

    def met(self, test: type, base: type) -> bool:
        """Whether this test class has everything; a hook counts when it is not the one of `base`."""
        service: type[PlaylistService] = test.service_type  # type: ignore[attr-defined]
        return (
            all(issubclass(service, role) for role in self.roles)
            and all(trait(service.traits) for trait in self.traits)
            and all(getattr(test, hook) is not getattr(base, hook) for hook in self.hooks)
        )


def needs(*roles: type, traits: tuple[Trait, ...] = (), hooks: tuple[str, ...] = ()) -> Callable[[Rule], Rule]:
    """Mark a rule with what it needs."""

    def mark(rule: Rule) -> Rule:
        rule.__dict__["needs"] = Needs(roles, traits, hooks)
        return rule

    return mark


def rules(test: type) -> Iterator[tuple[str, Any]]:
    """Every rule that the test class inherits or defines, with its name, whether or not its needs are met."""
    for name in dir(test):
        if not name.startswith("test_"):
            continue
        stored = [vars(kind)[name] for kind in test.__mro__ if name in vars(kind)]
        rule = next((one for one in stored if one is not None), None)
        if rule is not None:
            yield name, rule


def ordered(traits: Traits) -> bool:
    """The lists have an order."""
    return traits.ordered


def keeps_duplicates(traits: Traits) -> bool:
    """The same track may stand twice."""
    return traits.duplicates == "keeps"


def refuses_duplicates(traits: Traits) -> bool:
    """The same track cannot stand twice."""
    return traits.duplicates == "refuses"


def removes_one(traits: Traits) -> bool:
    """One of two copies can be removed."""
    return traits.removes_by != "track_all_copies"


def removes_all_copies(traits: Traits) -> bool:
    """A removal takes every copy of the track."""
    return traits.removes_by == "track_all_copies"


def removes_several(traits: Traits) -> bool:
    """One request can remove several entries."""
    return most(3, traits.remove_batch) == 3


def moves_several(traits: Traits) -> bool:
    """One request can move several entries."""
    return most(3, traits.move_batch) == 3


def most(wanted: int, batch: int | None) -> int:
    """So many as wanted, or as many as one request takes."""
    return wanted if batch is None else min(wanted, batch)


def lasting_ids(traits: Traits) -> bool:
    """Entry ids survive edits of the list."""
    return traits.occurrence_ids


def faithful(traits: Traits) -> bool:
    """Equal revisions mean equal lists."""
    return traits.revision == "faithful"


def empty_lists(traits: Traits) -> bool:
    """A list can be without entries."""
    return traits.empty_playlists


def never_empty(traits: Traits) -> bool:
    """A list is made with its first tracks."""
    return not traits.empty_playlists


def acknowledges(traits: Traits) -> bool:
    """What a write report says is so."""
    return traits.acknowledges_faithfully


def takes_own(traits: Traits) -> bool:
    """Only tracks of its own catalogue are taken."""
    return traits.accepts == "own_tracks"
