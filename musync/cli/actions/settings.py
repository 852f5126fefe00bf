"""Settings: listed, read, changed."""

from __future__ import annotations

from typing import Any

from musync.app.settings import Settings, as_mapping
from musync.cli.face import Face
from musync.cli.table import Column
from musync.domain.errors import UsageError


def list_settings(face: Face) -> int:
    """List every setting."""
    items = as_mapping(face.musync.settings.read())
    usual = as_mapping(Settings())
    if face.output.json:
        face.output.document({"items": [_document(key, value) for key, value in items.items()]})
        return 0
    columns = (Column("Setting", fixed=True), Column("Value"), Column("Usual"))
    face.output.table(columns, [(key, _text(value), _text(usual[key])) for key, value in items.items()])
    return 0


def get_setting(face: Face, key: str) -> int:
    """Say what one setting is."""
    items = as_mapping(face.musync.settings.read())
    if key not in items:
        raise UsageError(
            f"There is no setting “{key}”.", next=f"Settings are: {', '.join(items)}.", code="unknown-setting"
        )
    return _said(face, key, items[key])


def set_setting(face: Face, key: str, text: str) -> int:
    """Change one setting and say what it is now."""
    value = as_mapping(face.musync.settings.set(key, text))[key]
    if face.output.json or not face.output.quiet:
        return _said(face, key, value)
    return 0


def _said(face: Face, key: str, value: Any) -> int:
    if face.output.json:
        face.output.document(_document(key, value))
    face.output.line(_text(value))
    return 0


def _document(key: str, value: Any) -> dict[str, Any]:
    return {"key": key, "value": value}


def _text(value: Any) -> str:
    return ("on" if value else "off") if isinstance(value, bool) else str(value)
