"""Finding a file by the end of its path, for lists that were written on another machine."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

_Key = tuple[str, ...]


class TailIndex:
    """Known paths, found again by the longest tail that a foreign path shares with them.

    Tails are compared component by component from the file name backwards, whatever the case, the composition of
    accents and the kind of slash. Building it costs one look at each file name; the rest of a path is read only when
    its file name is asked for, so that a million paths cost little more than their list.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_name: dict[str, list[str]] = {}
        for path in paths:
            if name := file_name(path):
                self._by_name.setdefault(name, []).append(path)
        self._sorted: dict[str, list[tuple[_Key, str]]] = {}

    def find(self, location: str) -> str | None:
        """Return the one path with the longest tail in common, as it was given.

        None when no path has this file name, or when several share equally much of the location. A path that is the
        whole location is never in doubt. Percent signs are taken as they stand; the caller decodes URIs.
        """
        key = _key(location)
        if not key or key[0] not in self._by_name:
            return None
        known = self._paths_named(key[0])
        place = bisect_left(known, (key, ""))
        around = known[max(place - 1, 0) : place + 1]
        length = max(_shared(key, other) for other, _ in around)
        return _only(self._sharing(known, key[:length]), key, location)

    def _paths_named(self, name: str) -> list[tuple[_Key, str]]:
        """Return all paths with this file name, sorted by their components from the end."""
        if name not in self._sorted:
            self._sorted[name] = sorted({(_key(path), path) for path in self._by_name[name]})
        return self._sorted[name]

    @staticmethod
    def _sharing(known: list[tuple[_Key, str]], tail: _Key) -> list[tuple[_Key, str]]:
        """Return the neighbours that end in this tail: all that are the tail itself, which come first, or two."""
        start = end = bisect_left(known, (tail, ""))
        while end < len(known) and (known[end][0] == tail or (end < start + 2 and known[end][0][: len(tail)] == tail)):
            end += 1
        return known[start:end]


def _only(best: list[tuple[_Key, str]], key: _Key, location: str) -> str | None:
    """Return the path meant among those that share equally much, None when that cannot be told."""
    if len(best) > 1:
        whole = [item for item in best if item[0] == key]
        # Only a file system that tells cases apart holds both: then the spelling decides.
        best = [item for item in whole if item[1] == location] or whole
    return best[0][1] if len(best) == 1 else None


def _shared(one: _Key, other: _Key) -> int:
    """Count the components two keys have in common from the file name on."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def file_name(path: str) -> str:
    """Return the folded name of the file at the end of a path, equal for all spellings that a tail has."""
    return _fold(path.replace("\\", "/").rstrip("/").rpartition("/")[2])


def file_name_in(url: str) -> str:
    """Return the folded name of the file that a `file://` URI means; several times faster than by way of its path."""
    if "?" in url or "#" in url:
        return file_name(path_in(url))
    return file_name(unquote(url.rpartition("/")[2]))


def path_in(url: str) -> str:
    """Return the path in a `file://` URI, empty for everything else."""
    if not url.startswith("file:"):
        return ""
    parts = urlsplit(url)
    return unquote(f"//{parts.netloc}{parts.path}" if parts.netloc else parts.path)


def _key(path: str) -> _Key:
    """Return the folded components of a path, the file name first."""
    return tuple(_fold(part) for part in reversed(path.replace("\\", "/").split("/")) if part not in ("", "."))


def _fold(text: str) -> str:
    """Make spellings of one name equal: case, and accents as one character or two."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
