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


def reason_of(error: OSError) -> str:
    """Why the system would not give us a file, for people."""
    # Windows: a file another program has opened for itself alone.
    if getattr(error, "winerror", None) in (32, 33):
        return _REASONS[errno.EBUSY]
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def shown(path: str) -> str:
    """The path fit to be shown and stored: bytes that are no text are written in hexadecimal."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
