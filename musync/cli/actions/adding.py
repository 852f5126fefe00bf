"""Adding an account: the forms of a sign-in, filled in from options, from standard input and by asking."""

from __future__ import annotations

import re
import sys
import webbrowser
from collections.abc import Iterable, Mapping
from pathlib import Path

from musync.app.documents import account_document
from musync.app.jobs import ThreadControl
from musync.app.sign_in import drive
from musync.cli import asking
from musync.cli.actions.accounts import where
from musync.cli.asking import ask, ask_secret
from musync.cli.face import Face
from musync.domain.errors import UsageError
from musync.services.api import Field, Form, OpenUrl

_UNCHANGED = "No account was added."
_PAIR = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)=(.*)")


def add_account(face: Face, service: str, name: str, pairs: Iterable[str], secret_stdin: bool) -> int:
    """Sign in to a service and keep the account."""
    given = _given(pairs)
    plugin = face.musync.shelf.plugin(service)
    if not plugin.needs_account:
        raise UsageError(
            f"{plugin.title} needs no account.", unchanged=_UNCHANGED, next="Name a path as the address of a playlist."
        )
    answers = _Answers(face, service, given, sys.stdin.read() if secret_stdin else "")
    flow = face.musync.accounts.sign_in(service, ThreadControl())
    try:
        signed_in = drive(flow, answers.fill, lambda step: _browse(face, step))
        answers.check_all_used()
    finally:
        flow.cancel()
    account = face.musync.accounts.add(service, signed_in, name=name or None)
    if face.output.json:
        face.output.document(account_document(account))
    elif not face.output.quiet:
        face.output.line(f"Added {account.name} ({account.service}): {where(account)}")
        face.output.note(f"Its playlists: musync playlists {account.name}")
    return 0


def _given(pairs: Iterable[str]) -> dict[str, str]:
    given = {}
    for pair in pairs:
        key, separator, value = pair.partition("=")
        if not separator or not key.strip():
            raise UsageError(
                f"--set takes KEY=VALUE, not “{pair}”.",
                unchanged=_UNCHANGED,
                next="musync services lists the services, musync accounts add SERVICE asks for the keys.",
            )
        given[key.strip()] = value
    return given


def _browse(face: Face, step: OpenUrl) -> None:
    face.output.alert(step.text or "Sign in with the browser; this waits for it.")
    face.output.alert(f"  {step.url}")
    webbrowser.open(step.url)


class _Answers:
    """Fills in forms; what was given is used once, so that a wrong value is not given for ever."""

    def __init__(self, face: Face, service: str, given: Mapping[str, str], secrets: str) -> None:
        self._face = face
        self._service = service
        self._given = dict(given)
        self._secrets = [line.strip() for line in secrets.splitlines() if line.strip()]
        self._known: dict[str, Field] = {}

    def fill(self, form: Form) -> Mapping[str, str]:
        """The values for a form.

        Raises:
            UsageError: a value is missing or was refused, and there is nobody to ask.
        """
        self._known.update({field.key: field for field in form.fields})
        self._refuse_open_secrets(form)
        if form.error and not asking.has_terminal():
            raise UsageError(
                form.error,
                where=f"--set {form.error_key}=…" if form.error_key else self._service,
                unchanged=_UNCHANGED,
                next="Give another value.",
                code="account-refused",
            )
        if form.text or form.error:
            self._face.output.alert(form.error or form.text)
        values = {field.key: self._known_value(field) for field in form.fields}
        self._ask_missing(form, values)
        return {key: value for key, value in values.items() if value is not None}

    def check_all_used(self) -> None:
        """Refuse what no form asked for."""
        unknown = [key for key in self._given if key not in self._known]
        if unknown:
            raise UsageError(
                f"{self._service} has no setting “{unknown[0]}”.",
                unchanged=_UNCHANGED,
                next=f"It has: {', '.join(self._known)}.",
            )

    def _refuse_open_secrets(self, form: Form) -> None:
        for field in form.fields:
            if field.kind == "secret" and field.key in self._given:
                raise UsageError(
                    f"{field.key} is a secret: on the command line other users of this computer could read it.",
                    unchanged=_UNCHANGED,
                    next="Use --secret-stdin, or leave it out to be asked.",
                )

    def _known_value(self, field: Field) -> str | None:
        value = self._secret(field) if field.kind == "secret" else self._given.get(field.key)
        if value is None:
            return None
        return str(Path(value).expanduser().absolute()) if field.kind == "folder" and value.strip() else value

    def _secret(self, field: Field) -> str | None:
        for line in self._secrets:
            pair = _PAIR.fullmatch(line)
            if pair is not None and pair[1] == field.key:
                return pair[2]
        keys = {pair[1] for line in self._secrets if (pair := _PAIR.fullmatch(line))}
        return self._secrets[0] if len(self._secrets) == 1 and keys.isdisjoint(self._known) else None

    def _ask_missing(self, form: Form, values: dict[str, str | None]) -> None:
        wrong = form.error_key if form.error else ""
        missing = [field for field in form.fields if values[field.key] is None or field.key == wrong]
        needed = [field for field in missing if (field.required and not field.default) or field.key == wrong]
        if needed and not asking.has_terminal():
            self.check_all_used()
            raise _lacking(self._service, needed)
        for field in missing:
            if asking.has_terminal() and (field in needed or not self._given):
                values[field.key] = _asked(field)
            elif field.default:
                values[field.key] = field.default


def _asked(field: Field) -> str:
    choices = f" ({', '.join(value for value, _ in field.choices)})" if field.choices else ""
    default = f" [{field.default}]" if field.default else "" if field.required else " [none]"
    question = f"{field.label}{choices}{default}:"
    answer = ask_secret(question) if field.kind == "secret" else ask(question)
    return answer or field.default


def _lacking(service: str, fields: list[Field]) -> UsageError:
    secret = [field for field in fields if field.kind == "secret"]
    options = " ".join(f"--set {field.key}=…" for field in fields if field not in secret)
    return UsageError(
        f"{service} needs: {', '.join(f'{field.key} ({field.label})' for field in fields)}.",
        unchanged=_UNCHANGED,
        next=f"Add {options} {'--secret-stdin' if secret else ''}".strip() + ", or run it in a terminal to be asked.",
        code="account-incomplete",
    )
