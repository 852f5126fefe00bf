"""Words for what stands between musync and a file."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ENOENT: "it leads to nothing, or has just gone",
    errno.ELOOP: "symbolic links that lead in a circle",
    errno.ENAMETOOLONG: "the path is too long for this system",
    errno.EIO: "the disk cannot read it",
    errno.EISDIR: "it is a folder",
    errno.ETIMEDOUT: "the network drive does not answer",
    errno.EBUSY: "another program is using it",
}

# Windows has numbers of its own: opened by another program for itself alone; not found, or too long to be looked for.
_IN_USE = (32, 33)
_NO_SUCH_PATH = (2, 3, 206)
_LONGEST_ON_WINDOWS = 260


def reason_of(error: OSError) -> str:
    """Why the system would not give us a file, for people."""
    windows = getattr(error, "winerror", None)
    if windows in _IN_USE:
        return _REASONS[errno.EBUSY]
    if windows in _NO_SUCH_PATH and len(str(error.filename)) >= _LONGEST_ON_WINDOWS:
        return _REASONS[errno.ENAMETOOLONG]
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def shown(path: str) -> str:
    """The path fit to be shown and stored: bytes that are no text are written in hexadecimal."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
