"""The design tokens: every colour, measure and sign of the window, read from `resources/look/tokens.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtGui import QColor

THEMES = ("light", "dark", "high_contrast")


class StateColours(NamedTuple):
    """The two colours of a state: of its sign and text, and of the ground behind them."""

    fg: QColor
    bg: QColor


class TypeStep(NamedTuple):
    """One step of the type scale: factor of the system font's size, weight, line height for a 13 px system font."""

    factor: float
    weight: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The colours of one theme."""

    name: str
    roles: Mapping[str, QColor]
    states: Mapping[str, StateColours]
    services: Mapping[str, QColor]

    @property
    def high_contrast(self) -> bool:
        """Whether tints are off and lines carry everything."""
        return self.name == "high_contrast"

    @property
    def dark(self) -> bool:
        """Whether light stands on dark."""
        return self.name != "light"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """All tokens; measures are logical pixels, times milliseconds."""

    looks: Mapping[str, Look]
    size: Mapping[str, int]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    scale: Mapping[str, TypeStep]
    state_icon: Mapping[str, str]
    service_icon: Mapping[str, str]
    icons: Mapping[str, str]
    window_min: tuple[int, int]
    window_default: tuple[int, int]
    motion_ms: Mapping[str, int]


def load_tokens(path: Path) -> Tokens:
    """Read the tokens; a broken file is a broken installation, so errors pass through."""
    data = json.loads(path.read_text("utf-8"))
    size = data["size"]
    return Tokens(
        looks={name: _look(name, data) for name in THEMES},
        size={key: value for key, value in size.items() if isinstance(value, int)},
        space=data["space"],
        radius=data["radius"],
        scale={key: TypeStep(v["factor"], v["weight"], v["line"]) for key, v in data["type"]["scale"].items()},
        state_icon={key: _glyph(value["icon"]) for key, value in data["state_sign"].items()},
        service_icon={key: _glyph(v["icon"]) for key, v in data["service_accent"].items() if isinstance(v, dict)},
        icons={f"{group}.{key}": _glyph(value) for group, key, value in _icons(data["icons"])},
        window_min=tuple(size["window_min"]),
        window_default=tuple(size["window_default"]),
        motion_ms={"fast": data["motion"]["fast_ms"], "normal": data["motion"]["normal_ms"]},
    )


def colour(text: str) -> QColor:
    """A colour of the tokens; `#RRGGBBAA` has its alpha last, Qt wants it first."""
    return QColor(f"#{text[7:]}{text[1:7]}") if len(text) == 9 else QColor(text)


def _look(name: str, data: Mapping[str, Any]) -> Look:
    theme = data["theme"][name]
    side = "light" if name == "light" else "dark"
    return Look(
        name=name,
        roles={key: colour(value) for key, value in theme["role"].items()},
        states={key: StateColours(colour(v["fg"]), colour(v["bg"])) for key, v in theme["state"].items()},
        services={key: colour(v[side]) for key, v in data["service_accent"].items() if isinstance(v, dict)},
    )


def _glyph(name: str) -> str:
    return name.partition(".")[2]


def _icons(groups: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [
        (group, key, value)
        for group, members in groups.items()
        if isinstance(members, dict)
        for key, value in members.items()
        if key != "note"
    ]
