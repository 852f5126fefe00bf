"""Opening the window."""

from __future__ import annotations

from importlib import import_module

from musync.app.display import window_problem
from musync.cli.face import Face
from musync.domain.errors import UsageError


def open_window(face: Face) -> int:
    """Open the wizard; where no window can open, say why and what works instead."""
    problem = window_problem()
    if problem is not None:
        text, fix = problem
        raise UsageError(
            text,
            unchanged="Nothing was changed.",
            next=f"{fix}. musync demo shows a whole sync in the terminal.",
            code="no-window",
        )
    # By its name: the faces do not know each other, and a window is not part of every installation.
    main = import_module("musync.gui.main").main
    home = face.everywhere.home
    return int(main(["--home", str(home.expanduser().absolute())] if home is not None else []) or 0)
