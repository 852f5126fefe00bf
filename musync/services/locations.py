r"""What a location in a playlist file means: a path here, a path on another system, or an address on the network.

Forms met: `Ann/Wet/01 Rain.flac`, `..\Ann\01.mp3`, `/abs`, `D:\abs`, `\\server\share`, `file://…` with and without
percent signs, `http(s)://…`. Nothing is opened here; whether a path exists is asked only where its spelling is in
doubt, and never of a network share, which would be contacted by the question alone.
"""

from __future__ import annotations

import ntpath
import os
import posixpath
import re
import unicodedata
from pathlib import Path, PureWindowsPath
from typing import NamedTuple
from urllib.parse import quote, quote_from_bytes, unquote

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|spotify:")
_FILE = re.compile(r"file:(//|(?=/))", re.IGNORECASE)
_WRAPPED_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*%3A(//|%2F%2F)", re.IGNORECASE)
_BREAKS = re.compile(r"[\r\n\x00]|%0[0aAdD]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_WRITTEN_AS_URI = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/%\\]+")
_POSIX = os.name != "nt"


class Place(NamedTuple):
    """Where a location points.

    Attributes:
        id: the absolute path in the notation of its own system, or the address as written.
        url: the same as a URI; `file://server/share` for network shares.
        here: it is a path on this computer, whether or not something is there.
    """

    id: str
    url: str
    here: bool = False

    @property
    def path(self) -> Path | None:
        """The path on this computer; None for addresses and other systems' paths."""
        return Path(self.id) if self.here else None


def place_of(location: str, folder: Path, *, encoded: bool = False) -> Place:
    """Where this location of a playlist in `folder` (absolute) points.

    `encoded`: the format says that percent signs are escapes, also in paths; otherwise the likelier reading is taken.
    """
    text = unquote(location) if _WRAPPED_SCHEME.match(location) else location
    if found := _FILE.match(text):
        return _place_of_path(_path_in_uri(text[found.end() :], bool(found[1])), folder)
    if _SCHEME.match(text) and not _DRIVE.match(text):
        return Place(text, text)
    return _place_of_path(_settled(text, folder, encoded=encoded), folder)


def place_of_id(place: str) -> Place:
    """The place that has this id, as `place_of` gives it."""
    if _SCHEME.match(place) and not _DRIVE.match(place):
        return Place(place, place)
    return _place_of_path(place, Path(os.sep))


def location_of(place: str, folder: Path, *, absolute: bool | None = None, backslashes: bool = False) -> str:
    """How a playlist in `folder` names the place with this id, so that `place_of` finds just that again.

    Relative where that is shorter than the way from the root, unless `absolute` says True (never) or False (always);
    with `/` unless `backslashes`.
    """
    target = place_of_id(place)
    if not target.here:
        return target.id
    written = _relative(target.id, folder, absolute)
    written = written.replace("/", "\\") if backslashes else written.replace("\\", "/") if not _POSIX else written
    return written if place_of(written, folder).id == target.id and written == written.strip() else target.url


def location_like(written: str, place: str, folder: Path) -> str:
    """How a playlist in `folder` that says `written` names the place with this id: in the same way.

    A URI stays a URI, a path from the root one from the root, and a percent-encoded path is encoded.
    """
    target = place_of_id(place)
    if _FILE.match(written) or _WRAPPED_SCHEME.match(written):
        return target.url
    rooted = written.startswith(("/", "\\")) or of_windows(written)
    plain = location_of(place, folder, absolute=rooted, backslashes="\\" in written and "/" not in written)
    encoded = quote(plain) if _reads_as_uri(written) else plain
    return encoded if place_of(encoded, folder).id == target.id else plain


def broken(location: str) -> bool:
    """Whether a line break or a zero byte hides in the location, plainly or percent-encoded: such are refused."""
    return bool(_BREAKS.search(location))


def is_address(location: str) -> bool:
    """Whether it is an address on the network (`http://…`), not a path."""
    return bool(_SCHEME.match(location)) and not _DRIVE.match(location) and not _FILE.match(location)


def of_windows(location: str) -> bool:
    """Whether it is an absolute path of Windows: with a drive, or on a share."""
    return bool(_DRIVE.match(location)) or _is_share(location)


def _relative(path: str, folder: Path, absolute: bool | None) -> str:
    if absolute:
        return path
    try:
        written = os.path.relpath(path, folder)
        shared = os.path.commonpath([path, folder])
    except ValueError:  # another drive
        return path
    if absolute is None and shared == Path(shared).anchor:
        return path
    # A line that begins with # would be a comment.
    return f".{os.sep}{written}" if written.startswith("#") else written


def _place_of_path(path: str, folder: Path) -> Place:
    if _DRIVE.match(path):
        foreign = PureWindowsPath(ntpath.normpath(path))
        return Place(str(foreign), foreign.as_uri(), not _POSIX)
    if _is_share(path):
        share = PureWindowsPath(ntpath.normpath(path))
        return Place(str(share), "file://" + quote(share.as_posix().lstrip("/")), not _POSIX)
    if path.startswith("/") and not _POSIX:
        rooted = posixpath.normpath(path)
        return Place(rooted, "file://" + quote(rooted))
    # By hand: pathlib takes three times as long, and lists have hundreds of thousands of lines.
    own = os.path.normpath(os.path.join(folder, path))  # noqa: PTH118
    if not _POSIX:
        return Place(own, Path(own).as_uri(), here=True)
    own = "/" + own.lstrip("/")
    return Place(own, "file://" + quote_from_bytes(os.fsencode(own)), here=True)


def _is_share(path: str) -> bool:
    return path.startswith("\\\\") or (not _POSIX and path.startswith("//"))


def _path_in_uri(rest: str, has_host: bool) -> str:
    """The path that a file URI names, given what follows `file://`."""
    # A raw # or ? in what a careless program wrote belongs to the name.
    path = unquote(rest)
    if not has_host:
        return path
    if path.lower().startswith("localhost/"):
        path = path[len("localhost") :]
    if _DRIVE.match(path[1:]):
        return path[1:]
    if path.startswith("/"):
        return "/" + path.lstrip("/") if _POSIX else path
    return path if _DRIVE.match(path) else "\\\\" + path.replace("/", "\\")


def _settled(text: str, folder: Path, *, encoded: bool) -> str:
    """A path whose spelling is no longer in doubt: slashes, percent signs, composed letters."""
    if _DRIVE.match(text) or _is_share(text):
        return unquote(text) if encoded else text
    plain = "\\" not in text and "%" not in text and text.isascii()
    if plain or not _POSIX:
        return unquote(text) if encoded else text
    spellings = list(dict.fromkeys(_spellings(text)))
    likeliest = spellings[-1] if encoded or _reads_as_uri(text) else spellings[0]
    if len(spellings) == 1:
        return likeliest
    there = (one for one in spellings if os.path.lexists(os.path.join(folder, one)))  # noqa: PTH118
    return next(there, likeliest)


def _spellings(text: str) -> list[str]:
    """The ways a relative path may be meant, likeliest first; the percent-decoded ones last."""
    slashed = text.replace("\\", "/")
    ways = [slashed, text, unicodedata.normalize("NFC", slashed), unicodedata.normalize("NFD", slashed)]
    return [*ways, unquote(slashed)] if _ESCAPE.search(text) else ways


def _reads_as_uri(text: str) -> bool:
    """Whether a path is percent-encoded as a whole: it has escapes and nothing that would need one."""
    return bool(_ESCAPE.search(text)) and bool(_WRITTEN_AS_URI.fullmatch(text)) and "%" not in _ESCAPE.sub("", text)
