"""Values out of decoded JSON, whatever was put there: a wrong type counts as nothing.

JSON can spell out halves of letters and zero bytes, which no other file and no database holds: they are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from musync.services.files.values import fit_text

Object = Mapping[str, object]


def text_at(item: Object, key: str) -> str:
    """A string, empty for anything else; numbers are written out."""
    value = item.get(key)
    if isinstance(value, str):
        return fit_text(value).strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def texts_at(item: Object, key: str) -> tuple[str, ...]:
    """A list of strings; a single one is a list of one."""
    value = item.get(key)
    listed = value if isinstance(value, list) else [value]
    return tuple(fit_text(text).strip() for text in listed if isinstance(text, str) and text.strip())


def number_at(item: Object, key: str) -> float | None:
    """A number above 0, also one written as text."""
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 < number < 1e12 else None


def whole_at(item: Object, key: str) -> int | None:
    """A whole number above 0."""
    number = number_at(item, key)
    return int(number) if number and number == int(number) else None


def truth_at(item: Object, key: str) -> bool | None:
    """True or false, None for anything else."""
    value = item.get(key)
    return value if isinstance(value, bool) else None


def object_at(item: Object, key: str) -> Object:
    """An object, an empty one for anything else."""
    value = item.get(key)
    return value if isinstance(value, dict) else {}


def objects_at(item: Object, key: str) -> Iterator[Object]:
    """The objects of a list."""
    value = item.get(key)
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())
