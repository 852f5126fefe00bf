"""What the user set, kept in one readable file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

import tomlkit
from tomlkit.exceptions import TOMLKitError

from musync.domain.errors import StorageError, UsageError
from musync.domain.preference import PREFERENCES, Preference
from musync.safefile import write_file

VERSION = 1
THEMES = ("system", "light", "dark", "high-contrast")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default.

    Attributes:
        theme: system, light, dark or high-contrast.
        accept: probability from which a match is taken without asking, 0.8 to 1.
        search_again_days: days after which a service is searched again for what it did not have, 0 to 365.
        single_keys: one key per verdict on the confirm page.
        compact_rows: one line per row in the review.
        prefer, explicit, live: which versions are preferred where nothing else is said, see `Preference`.
        log_level: debug, info or warning.
    """

    theme: str = "system"
    accept: float = 0.9
    search_again_days: int = 14
    single_keys: bool = True
    compact_rows: bool = True
    prefer: str = "same"
    explicit: str = "any"
    live: str = "any"
    log_level: str = "info"

    @property
    def preference(self) -> Preference:
        """Which of several versions a run prefers, where nothing else is said."""
        return Preference.of({name: getattr(self, name) for name in PREFERENCES})


CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": THEMES,
    "log_level": ("debug", "info", "warning"),
    **PREFERENCES,
}


class SettingsFile:
    """Reads and writes the settings; comments and unknown keys in the file stay."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Settings:
        """The settings, defaults where the file has none.

        Raises:
            StorageError: the file is newer than this musync or cannot be read; it is left as it is.
        """
        document = self._document()
        values: dict[str, Any] = {}
        for field in fields(Settings):
            if field.name in document:
                try:
                    values[field.name] = _checked(field.name, document[field.name])
                except UsageError as error:
                    raise self._broken(error.message) from error
        return replace(Settings(), **values)

    def set(self, key: str, text: str) -> Settings:
        """Store one setting given as text.

        Raises:
            UsageError: there is no such setting, or it cannot have this value.
        """
        document = self._document()
        document[key] = _checked(key, _parsed(key, text))
        document.setdefault("version", VERSION)
        write_file(self._path, tomlkit.dumps(document).encode(), mode=0o600)
        return self.read()

    def _document(self) -> tomlkit.TOMLDocument:
        try:
            document = tomlkit.parse(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return tomlkit.document()
        except UnicodeDecodeError as error:
            raise self._broken("it is no UTF-8 text") from error
        except (OSError, TOMLKitError) as error:
            raise self._broken(str(error)) from error
        version = document.get("version", VERSION)
        if not isinstance(version, int) or version > VERSION:
            raise self._broken(f"it has version {version}, this musync knows {VERSION}")
        return document

    def _broken(self, why: str) -> StorageError:
        return StorageError(
            f"The settings cannot be read: {why.rstrip('.')}.",
            where=str(self._path),
            unchanged="The file is as it was.",
            next="Mend or remove the file, or update musync.",
            code="settings-unreadable",
        )


def as_mapping(settings: Settings) -> dict[str, Any]:
    """Every setting by name."""
    return asdict(settings)


def _kind(key: str) -> type:
    hints = get_type_hints(Settings)
    if key not in hints:
        raise UsageError(f"There is no setting “{key}”.", next=f"Settings are: {', '.join(hints)}.")
    kind = hints[key]
    return kind if isinstance(kind, type) else get_args(kind)[0]


def _parsed(key: str, text: str) -> object:
    kind = _kind(key)
    if kind is bool:
        words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
        if text.casefold() not in words:
            raise UsageError(f"{key} is on or off, not “{text}”.")
        return words[text.casefold()]
    if kind in (float, int):
        try:
            return kind(text)
        except ValueError:
            raise UsageError(f"{key} is a {'whole ' if kind is int else ''}number, not “{text}”.") from None
    return text


def _checked(key: str, value: object) -> object:
    kind = _kind(key)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise UsageError(f"{key} cannot be “{value}”.")
    if key in CHOICES and value not in CHOICES[key]:
        raise UsageError(f"{key} cannot be “{value}”.", next=f"It is one of {', '.join(CHOICES[key])}.")
    if key == "accept" and isinstance(value, float) and not 0.8 <= value <= 1:
        raise UsageError("accept lies between 0.8 and 1.")
    if key == "search_again_days" and isinstance(value, int) and not 0 <= value <= 365:
        raise UsageError("search_again_days lies between 0 and 365.")
    return value
