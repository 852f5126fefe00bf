"""The services there are."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from musync.cli.face import Face
from musync.cli.table import Column
from musync.domain.errors import UsageError
from musync.services.shelf import Abilities, ShelfItem

_WORDS = {
    "reads": "reads",
    "adds": "adds",
    "removes": "removes",
    "moves": "moves",
    "creates": "makes playlists",
    "takes_any": "takes any track",
    "searches": "searches",
    "scans": "scans",
}


def list_services(face: Face) -> int:
    """List every service that is offered to people, usable or not."""
    found = [(item, _abilities(face, item)) for item in face.musync.shelf.items() if not item.hidden]
    if face.output.json:
        face.output.document({"items": [_document(item, abilities) for item, abilities in found]})
        return 0
    columns = (Column("Service", fixed=True), Column("Name"), Column("Can do"), Column("Here"))
    face.output.table(columns, [_row(item, abilities) for item, abilities in found])
    if face.verbose:
        for item, _ in found:
            for limit in item.plugin.limits if item.plugin is not None else ():
                face.output.line(f"{item.id}: {limit}")
    return 0


def _abilities(face: Face, item: ShelfItem) -> Abilities | None:
    if item.plugin is None:
        return None
    try:
        return face.musync.shelf.abilities(item.id)
    except UsageError:
        return None


def _row(item: ShelfItem, abilities: Abilities | None) -> tuple[str, ...]:
    can = ", ".join(words for name, words in _WORDS.items() if abilities is not None and getattr(abilities, name))
    return (item.id, item.title, can, _usable(item, abilities))


def _usable(item: ShelfItem, abilities: Abilities | None) -> str:
    if item.problem:
        return f"not usable: {item.problem}"
    if not item.enabled:
        return "another program's, not switched on"
    return "usable" if abilities is not None else "not usable: its library is missing"


def _document(item: ShelfItem, abilities: Abilities | None) -> dict[str, Any]:
    plugin = item.plugin
    return {
        "id": item.id,
        "title": item.title,
        "usable": _usable(item, abilities) == "usable",
        "problem": item.problem or None,
        "foreign": item.foreign,
        "enabled": item.enabled,
        "needs_account": plugin.needs_account if plugin is not None else None,
        "abilities": asdict(abilities) if abilities is not None else dict.fromkeys(_NAMES),
        "limits": list(plugin.limits) if plugin is not None else [],
    }


_NAMES = tuple(field.name for field in fields(Abilities))
