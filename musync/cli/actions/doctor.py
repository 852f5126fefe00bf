"""What stands in the way on this computer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from musync.app.doctor import Check, Doctor
from musync.cli.face import Face
from musync.cli.table import Column
from musync.cli.words import counted

FINE, FAULTS = 0, 3
_MARKS = {"ok": "✔", "note": "·", "fault": "✖"}


def examine(face: Face, service: str) -> int:
    """Look at everything, or at one service; each fault gets one line that mends it."""
    musync = face.musync
    doctor = Doctor(musync.home, musync.settings, musync.database, musync.shelf, musync.accounts)
    checks = face.job(lambda control: list(doctor.examine(control, service)))
    faults = sum(not check.ok for check in checks)
    if face.output.json:
        face.output.document({"items": [_document(check) for check in checks], "faults": faults})
    else:
        _tell(face, checks, faults)
    return FAULTS if faults else FINE


def _tell(face: Face, checks: list[Check], faults: int) -> None:
    shown = [check for check in checks if not check.ok or not face.output.quiet]
    columns = (Column("", fixed=True), Column("Looked at"), Column("Found"))
    if shown:
        face.output.table(columns, [row for check in shown for row in _rows(check)])
    face.output.note(f"{counted(faults, 'fault')}." if faults else "Nothing stands in the way.")


def _rows(check: Check) -> list[tuple[str, str, str]]:
    found = [(_MARKS[check.level], check.name, check.text)]
    return [*found, ("", "", f"→ {check.fix}")] if check.fix else found


def _document(check: Check) -> dict[str, Any]:
    return {**asdict(check), "ok": check.ok}
