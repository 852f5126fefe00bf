"""Accounts: where playlists live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of one service.

    `name` is what the user calls it (unique over all services), `ext_id` is the service's own id of it and the only
    identity. `settings` hold nothing secret.
    """

    name: str
    service: str
    ext_id: str
    label: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
