"""Start the command line: `python -m musync`, or a program that was frozen into one file."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support


def start() -> int:
    """Do what the command line says; a scan's worker processes never get here."""
    from musync.cli.main import main

    return main()


if __name__ == "__main__":
    # In a frozen program a worker process is the program started anew: this is where it turns off.
    freeze_support()
    sys.exit(start())
