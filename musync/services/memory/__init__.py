"""The memory service: real and complete, with its playlists in memory instead of behind a network.

Service objects of one process share a `MemoryWorld` (one service: a catalogue of tracks and its accounts). An account's
setting `world` names the world, `world_named` finds it or makes it. A world logs every request and can be told to go
wrong. `memory_service` makes services with other traits and roles, `memory_plugin` plugins for them.
"""

from __future__ import annotations

from musync.services.memory.account import MemoryAccount
from musync.services.memory.catalogue import STREAMING, Habits
from musync.services.memory.plugin import MemoryPlugin, memory_plugin
from musync.services.memory.service import SEARCHED_ROLES, MemoryService, memory_service
from musync.services.memory.world import WRITES, MemoryWorld, Request, forget_world, world_named

__all__ = [
    "SEARCHED_ROLES",
    "STREAMING",
    "WRITES",
    "Habits",
    "MemoryAccount",
    "MemoryPlugin",
    "MemoryService",
    "MemoryWorld",
    "Request",
    "forget_world",
    "memory_plugin",
    "memory_service",
    "world_named",
]
