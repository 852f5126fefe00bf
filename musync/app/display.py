"""Whether a window could open here: Qt ends the whole process where it cannot, so it is found out before."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

_PATIENCE_S = 3


def window_problem(environ: Mapping[str, str] = os.environ) -> tuple[str, str] | None:
    """Why no window can open, and what to do about it; None when one can."""
    if find_spec("PySide6") is None:
        return "The window's library (PySide6) is not installed.", "Install it: pip install 'musync[gui]'"
    if not display_answers(environ):
        return "There is no display here.", "Start it on a desktop, or use the commands: musync --help"
    return None


def display_answers(environ: Mapping[str, str]) -> bool:
    """Whether something would show a window; only X11 and Wayland can be absent."""
    if sys.platform in ("win32", "darwin") or environ.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers(environ) or _x_answers(environ.get("DISPLAY", ""))


def _wayland_answers(environ: Mapping[str, str]) -> bool:
    name = environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and _connects(str(Path(environ.get("XDG_RUNTIME_DIR", ""), name)))


def _x_answers(display: str) -> bool:
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if not number.isdigit():
        return False
    if host not in ("", "unix"):
        return _connects((host, 6000 + int(number)))
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    # Some servers listen at the abstract name only, without a file.
    return _connects(path) or _connects(f"\0{path}")


def _connects(address: str | tuple[str, int]) -> bool:
    try:
        if isinstance(address, tuple):
            socket.create_connection(address, timeout=_PATIENCE_S).close()
        else:
            with socket.socket(socket.AF_UNIX) as end:
                end.settimeout(_PATIENCE_S)
                end.connect(address)
    except OSError:
        return False
    return True
