"""The shelf: which services there are, each loaded when it is asked for.

Services come by the entry-point group `musync.services`, our own by the same door as foreign ones. An entry point names
a `ServicePlugin` object and has the plugin's id as its name. Our own distribution's are loaded one by one, on demand;
those of other distributions are listed and not imported until the user switches them on. A plugin that cannot be
loaded stays on the shelf with its reason, and the rest work.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from musync.domain.errors import UsageError
from musync.services.abilities import Abilities, abilities_of
from musync.services.api import Claim, ServicePlugin

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "musync.services"
OWN_DISTRIBUTION = "musync"

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfItem:
    """One service as the shelf knows it.

    Attributes:
        key: "distribution/entry name", what switches a foreign one on.
        plugin: None while it is not switched on or cannot be loaded.
        problem: why it cannot be used here, in words; empty when it can.
        foreign: it belongs to another distribution than musync.
        enabled: our own, or switched on.
    """

    id: str
    title: str
    key: str
    plugin: ServicePlugin | None
    problem: str = ""
    foreign: bool = False
    enabled: bool = True

    @property
    def hidden(self) -> bool:
        """It is not offered to people."""
        return self.plugin is not None and self.plugin.hidden


@dataclass
class _Slot:
    """A place on the shelf; `entry` is there until the plugin is loaded or has failed to."""

    id: str
    key: str
    entry: EntryPoint | None = None
    foreign: bool = False
    enabled: bool = True
    plugin: ServicePlugin | None = None
    problem: str = ""


class Shelf:
    """All services, found once and loaded on demand; safe to ask from several threads.

    Args:
        enabled: keys of foreign plugins that are switched on.
        extra: plugins that come by no entry point.
    """

    def __init__(self, enabled: frozenset[str] = frozenset(), extra: Iterable[ServicePlugin] = ()) -> None:
        self._enabled = enabled
        self._extra = tuple(extra)
        self._slots: list[_Slot] | None = None
        self._lock = threading.RLock()

    def items(self) -> tuple[ShelfItem, ...]:
        """Everything on the shelf: our own by id, then what was handed in, then foreign ones; loads what is enabled."""
        with self._lock:
            return tuple(self._item(slot) for slot in self._found())

    def plugin(self, id: str) -> ServicePlugin:
        """The plugin of this id; raises UsageError that lists the ids there are, or says why this one is of no use."""
        with self._lock:
            slots = [slot for slot in self._found() if slot.id == id]
            usable = next((slot.plugin for slot in slots if self._loaded(slot)), None)
            if usable is None:
                raise self._no_use(id, slots)
            return usable

    def abilities(self, id: str) -> Abilities:
        """What a service can do; raises UsageError where there is no such service or its client library is missing."""
        plugin = self.plugin(id)
        try:
            return abilities_of(plugin.service_class())
        except (Exception, SystemExit) as error:  # here a plugin ends
            log.warning("service %s cannot say what it can do", id, exc_info=True)
            raise UsageError(f"The service '{id}' cannot be used: {reason(error)}.") from error

    def claim_link(self, text: str) -> tuple[ServicePlugin, Claim] | None:
        """The first service that knows this URL or URI as its own, and what it means there."""
        return self._claim(lambda plugin: plugin.claims_link(text))

    def claim_path(self, path: Path) -> tuple[ServicePlugin, Claim] | None:
        """The first service that knows this path as its own, and what it means there."""
        return self._claim(lambda plugin: plugin.claims_path(path))

    def _claim(self, ask: Callable[[ServicePlugin], Claim | None]) -> tuple[ServicePlugin, Claim] | None:
        for plugin in self._plugins():
            claim = _asked(plugin, ask, None)
            if claim is not None:
                return plugin, claim
        return None

    def _plugins(self) -> Iterator[ServicePlugin]:
        with self._lock:
            loaded = [slot.plugin for slot in self._found() if self._loaded(slot)]
        return (plugin for plugin in loaded if plugin is not None)

    def _found(self) -> list[_Slot]:
        if self._slots is None:
            self._slots = [*_entry_slots(frozenset(), own=True), *map(_extra_slot, self._extra)]
            self._slots += _entry_slots(self._enabled, own=False)
            _name_taken(self._slots)
        return self._slots

    def _loaded(self, slot: _Slot) -> bool:
        """Load a plugin unless that was done or may not be; tells whether it is there."""
        if slot.entry is not None and slot.enabled and not slot.problem:
            slot.plugin, slot.problem = _load(slot.entry, slot.key)
            slot.entry = None
        return slot.plugin is not None

    def _item(self, slot: _Slot) -> ShelfItem:
        self._loaded(slot)
        plugin = slot.plugin
        problem = slot.problem if plugin is None else _asked(plugin, lambda it: it.problem(), "it does not say")
        return ShelfItem(
            id=slot.id,
            title=slot.id if plugin is None else plugin.title,
            key=slot.key,
            plugin=plugin,
            problem=problem,
            foreign=slot.foreign,
            enabled=slot.enabled,
        )

    def _no_use(self, id: str, slots: list[_Slot]) -> UsageError:
        if not slots:
            known = [plugin.id for plugin in self._plugins() if not plugin.hidden]
            return UsageError(f"There is no service '{id}'.", next=f"Services: {', '.join(known)}.")
        slot = slots[0]
        if not slot.enabled:
            return UsageError(
                f"The service '{id}' is another program's and not switched on.",
                where=slot.key,
                next="Switch it on only if you trust whoever made it: it can do whatever musync can.",
            )
        return UsageError(f"The service '{id}' cannot be used: {slot.problem}.", where=slot.key)


def reason(error: BaseException) -> str:
    """What to say of a plugin's error."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _entry_slots(enabled: frozenset[str], *, own: bool) -> Iterator[_Slot]:
    from importlib.metadata import entry_points

    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        distribution = _canonical(entry.dist.name) if entry.dist is not None else "unknown"
        key = f"{distribution}/{entry.name}"
        if (distribution == OWN_DISTRIBUTION) is own:
            yield _Slot(entry.name, key, entry, foreign=not own, enabled=own or key in enabled)


def _extra_slot(plugin: ServicePlugin) -> _Slot:
    return _Slot(plugin.id, f"extra/{plugin.id}", plugin=plugin)


def _name_taken(slots: Iterable[_Slot]) -> None:
    """Say of every plugin whose id an enabled one before it has that it cannot be used."""
    owners: dict[str, str] = {}
    for slot in slots:
        if slot.id in owners:
            slot.plugin, slot.problem = None, f"the id '{slot.id}' is already taken by {owners[slot.id]}"
        elif slot.enabled:
            owners[slot.id] = slot.key


def _load(entry: EntryPoint, key: str) -> tuple[ServicePlugin | None, str]:
    """Load a plugin, or tell why it cannot be."""
    try:
        loaded = entry.load()
    except (Exception, SystemExit) as error:  # here a plugin ends
        log.warning("plugin %s could not be loaded", key, exc_info=True)
        return None, f"it could not be loaded: {reason(error)}"
    problem = _misfit(loaded, entry.name)
    if problem:
        log.warning("plugin %s is of no use: %s", key, problem)
        return None, problem
    return loaded, ""


def _misfit(loaded: object, id: str) -> str:
    if not isinstance(loaded, ServicePlugin):
        return f"{type(loaded).__name__} is no service plugin"
    named = getattr(loaded, "id", None)
    if named != id:
        return f"it calls itself '{named}' and is registered as '{id}'"
    return "" if getattr(loaded, "title", "") else "it has no title"


def _asked(plugin: ServicePlugin, ask: Callable[[ServicePlugin], T], otherwise: T) -> T:
    """Ask a plugin something that is no request; one that goes wrong is as good as silent."""
    try:
        return ask(plugin)
    except Exception:  # here a plugin ends
        log.warning("service %s went wrong where it was asked a simple question", plugin.id, exc_info=True)
        return otherwise


def _canonical(name: str) -> str:
    """A distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


__all__ = ["GROUP", "Abilities", "Shelf", "ShelfItem", "abilities_of"]
