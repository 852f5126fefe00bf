"""Every benchmark, each in a process of its own, as one table: `python tests/bench/all.py [NAME…]`.

Ends with 1 when a bound is not kept or something could not be measured. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from common import ROOT, Row, environment, from_json, machine, python, show

HERE = Path(__file__).resolve().parent
BENCHES = (
    "starting", "showing", "scanning", "merging", "matching", "libraries", "syncing", "searching", "storing", "large",
)  # fmt: skip


def main() -> int:
    """Run the ones that are named, else all."""
    names = sys.argv[1:] or BENCHES
    sys.stdout.write(f"{machine()}\n")
    rows = [row for name in names for row in _measured(name)]
    show(rows)
    missed = [row.what for row in rows if row.verdict in ("OVER", "NOT MEASURED")]
    sys.stdout.write(
        f"\n{len(missed)} of {len(rows)} rows miss their bound.\n" if missed else "\nEvery bound is kept.\n"
    )
    return 1 if missed else 0


def _measured(name: str) -> list[Row]:
    command = python(str(HERE / f"{name}.py"), "--json")
    done = subprocess.run(command, env=environment(), cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        return [Row(what=f"{name}.py", failed=last[:100])]
    return from_json(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
