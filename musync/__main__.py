"""Start the command line: `python -m musync`."""

from __future__ import annotations

import sys

from musync.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
