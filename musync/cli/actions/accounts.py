"""Accounts: listing, testing, removing."""

from __future__ import annotations

from musync.app.documents import account_document
from musync.cli.face import Face
from musync.cli.table import Column
from musync.cli.words import counted, took
from musync.domain import Account

STAYS = ("your decisions", "the history of its runs", "its playlists and files")


def list_accounts(face: Face) -> int:
    """List the accounts."""
    accounts = face.musync.accounts.all()
    if face.output.json:
        face.output.document({"items": [account_document(account) for account in accounts]})
        return 0
    columns = (Column("Name"), Column("Service", fixed=True), Column("Who or where"))
    face.output.table(columns, [(account.name, account.service, where(account)) for account in accounts])
    if not accounts:
        face.output.note("No account yet. musync services lists the services, musync accounts add SERVICE adds one.")
    return 0


def where(account: Account) -> str:
    """What a person knows an account by: its label and what was set for it."""
    said = [value for value in account.settings.values() if value]
    return " · ".join(dict.fromkeys(part for part in (account.label, *said) if part)) or account.ext_id


def test_account(face: Face, name: str) -> int:
    """Connect to an account and count its playlists."""
    check = face.job(lambda control: face.musync.accounts.test(name, control))
    if face.output.json:
        document = {"account": account_document(check.account), "playlists": check.playlists}
        face.output.document({**document, "seconds": round(check.seconds, 3)})
    elif not face.output.quiet:
        face.output.line(f"{name} answers: {counted(check.playlists, 'playlist')}, {took(check.seconds)}.")
    return 0


def remove_account(face: Face, name: str) -> int:
    """Forget an account, and say what went and what stayed."""
    gone = face.musync.accounts.remove(name)
    went = ["its secrets", "its cache"] if face.musync.shelf.plugin(gone.service).has_secrets else ["its cache"]
    if face.output.json:
        face.output.document({"removed": account_document(gone), "gone": went, "kept": list(STAYS)})
    elif not face.output.quiet:
        face.output.line(f"{gone.name} is no longer an account of musync.")
        face.output.line(f"  Gone: {', '.join(went)}.")
        face.output.line(f"  Kept: {', '.join(STAYS)}.")
    return 0
