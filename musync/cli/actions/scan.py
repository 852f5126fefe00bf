"""Looking through music folders anew."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from musync.app.scanning import Scanning
from musync.cli.face import Face
from musync.cli.table import Column
from musync.cli.words import counted, number, took
from musync.domain import Account, Control, ScanReport


def scan(face: Face, what: str) -> int:
    """Scan the accounts meant, and list what could not be read."""
    scanning = Scanning(face.musync.accounts, face.musync.shelf, face.musync.connections)
    accounts = scanning.accounts(what)

    def work(control: Control) -> list[ScanReport]:
        return [scanning.scan(account, control) for account in accounts]

    reports = list(zip(accounts, face.job(work), strict=True))
    if face.output.json:
        face.output.document({"items": [_document(account, report) for account, report in reports]})
        return 0
    for account, report in reports:
        _tell(face, account, report)
    return 0


def _tell(face: Face, account: Account, report: ScanReport) -> None:
    numbers = [
        (report.added, "new"),
        (report.changed, "changed"),
        (report.moved, "moved"),
        (report.removed, "gone"),
        (report.unchanged, "as before"),
    ]
    said = " · ".join(f"{number(count)} {words}" for count, words in numbers if count) or "no music"
    if not face.output.quiet:
        face.output.line(f"{account.name}: {said}; {took(report.seconds)}")
    if report.unreadable:
        face.output.line(f"{counted(len(report.unreadable), 'file')} cannot be used:")
        columns = (Column("", fixed=True), Column(""), Column(""))
        face.output.table(columns, [("  ✖", file.path, file.reason) for file in report.unreadable])


def _document(account: Account, report: ScanReport) -> dict[str, Any]:
    return {"account": account.name, **asdict(report), "seconds": round(report.seconds, 3)}
