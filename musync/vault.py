"""Secrets of accounts: from the environment, from this session's memory, from the keyring; in that order.

`MUSYNC_SECRET_<ACCOUNT>_<KEY>` serves unattended use (`MUSYNC_SECRET_PLEX_TOKEN`). The keyring is imported and touched
when an account needs a secret that the other two do not have, and not before. Nothing is ever written as plain text.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from musync.domain.errors import SecretsUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

KEYRING_NAME = "musync"
PIECE = 1000
"""Characters to one keyring entry: Windows takes 2,560 bytes of UTF-16."""

UNSAFE_BACKENDS = ("keyrings.alt", "keyring.backends.null")
"""Backends that write plain text, or that take everything and keep nothing."""


class Vault:
    """Keeps what accounts must not show.

    Args:
        learn: told every secret that passes through, so that logs can be kept free of it.
        environ: where `MUSYNC_SECRET_…` is looked up.
    """

    def __init__(self, learn: Callable[[str], object] | None = None, environ: Mapping[str, str] = os.environ) -> None:
        self._learn = learn or (lambda _: None)
        self._environ = environ
        self._session: dict[str, dict[str, str]] = {}

    def secrets_of(self, account: str) -> Mapping[str, str]:
        """Return the secrets of the account of this name; each is read when looked up.

        Looking one up raises `KeyError` when there is none, `SecretsUnavailable` when the keyring cannot be read.
        """
        return AccountSecrets(self, account)

    def store(self, account: str, values: Mapping[str, str], *, session_only: bool = False) -> None:
        """Replace the account's secrets; with `session_only` they end with this process.

        Raises:
            SecretsUnavailable: the keyring did not take them; what it held before is unchanged.
        """
        for secret in values.values():
            self._learn(secret)
        if session_only:
            self._session[account] = dict(values)
        elif values:
            with _keyring(account) as keyring:
                _write(keyring, account, json.dumps(dict(values)))
            self._session.pop(account, None)

    def forget(self, account: str) -> None:
        """Remove every stored secret of the account; none stored is fine. Asks the keyring.

        Raises:
            SecretsUnavailable: the keyring still holds them, if it ever did.
        """
        self._session.pop(account, None)
        with _keyring(account) as keyring:
            _delete(keyring, account)

    def read(self, account: str, key: str) -> str | None:
        """Return one secret, None when there is none. Raises `SecretsUnavailable`."""
        found = self._environ.get(variable(account, key)) or self._session.get(account, {}).get(key)
        if found is None:
            found = self._stored(account).get(key)
        if found is not None:
            self._learn(found)
        return found

    def keys(self, account: str) -> list[str]:
        """Return the names of the secrets there are, sorted. Raises `SecretsUnavailable`."""
        prefix = variable(account, "")
        given = {name.removeprefix(prefix).lower() for name in self._environ if name.startswith(prefix)}
        return sorted(given | self._session.get(account, {}).keys() | self._stored(account).keys())

    def _stored(self, account: str) -> dict[str, str]:
        if account in self._session:
            return {}
        with _keyring(account) as keyring:
            text = _read(keyring, account)
            return dict(json.loads(text)) if text else {}


class AccountSecrets(Mapping[str, str]):
    """One account's secrets: what a service is lent. Nothing of it shows in a traceback or a log."""

    def __init__(self, vault: Vault, account: str) -> None:
        self._vault = vault
        self._account = account

    def __getitem__(self, key: str) -> str:
        found = self._vault.read(self._account, key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._vault.keys(self._account))

    def __len__(self) -> int:
        return len(self._vault.keys(self._account))

    def __repr__(self) -> str:
        return f"<secrets of {self._account}>"


def variable(account: str, key: str) -> str:
    """Return the environment variable of a secret: ("plex-2", "token") is MUSYNC_SECRET_PLEX_2_TOKEN."""
    return "MUSYNC_SECRET_" + re.sub(r"[^A-Z0-9]", "_", f"{account}_{key}".upper())


@contextmanager
def _keyring(account: str) -> Iterator[KeyringBackend]:
    """Lend the system's keyring; whatever goes wrong with it becomes `SecretsUnavailable`."""
    try:
        import keyring

        backend = keyring.get_keyring()
        _refuse_unsafe(backend, account)
        yield backend
    except SecretsUnavailable:
        raise
    except Exception as error:
        # Backends are plugins of the keyring library and raise what they like.
        log.info("The keyring failed: %s", type(error).__name__)
        raise _unavailable("The keyring of this computer is absent, locked or refuses.", account) from error


def _refuse_unsafe(backend: KeyringBackend, account: str) -> None:
    """Raise when the keyring would keep secrets as plain text, or not at all."""
    # Of several, the keyring library writes to the first.
    first = next(iter(getattr(backend, "backends", ())), backend)
    if type(first).__module__.startswith(UNSAFE_BACKENDS):
        raise _unavailable("The keyring set up on this computer would not keep secrets safe.", account)


def _unavailable(message: str, account: str) -> SecretsUnavailable:
    return SecretsUnavailable(
        message,
        where=f"account {account}",
        unchanged="What was stored before; no secret was written as plain text.",
        next="Unlock the keyring and try again, keep the secret for this session only, "
        f"or set {variable(account, 'KEY')} in the environment.",
    )


def _read(keyring: KeyringBackend, account: str) -> str:
    """Return the text stored for an account, empty when there is none."""
    head = keyring.get_password(KEYRING_NAME, account)
    if head is None:
        return ""
    mark, _, first = head.partition("\n")
    return first + "".join(keyring.get_password(KEYRING_NAME, name) or "" for name in _further(account, mark))


def _further(account: str, mark: str) -> list[str]:
    """Return the entries with a long text's further pieces, from the mark in its first: "3 k3x9" has #2 and #3."""
    count, _, token = mark.partition(" ")
    return [f"{account}#{token}#{number}" for number in range(2, int(count) + 1)]


def _write(keyring: KeyringBackend, account: str, text: str) -> None:
    """Store the text; until its first piece replaces the former one, the former text stands."""
    former = keyring.get_password(KEYRING_NAME, account)
    first, *rest = [text[start : start + PIECE] for start in range(0, len(text), PIECE)]
    mark = f"{len(rest) + 1} {secrets.token_hex(4)}"
    for name, piece in zip(_further(account, mark), rest, strict=True):
        keyring.set_password(KEYRING_NAME, name, piece)
    keyring.set_password(KEYRING_NAME, account, f"{mark}\n{first}")
    if _read(keyring, account) != text:
        raise _unavailable("The keyring of this computer did not keep the secret.", account)
    _remove_further(keyring, account, former)


def _delete(keyring: KeyringBackend, account: str) -> None:
    """Remove all pieces."""
    head = keyring.get_password(KEYRING_NAME, account)
    if head is not None:
        keyring.delete_password(KEYRING_NAME, account)
        _remove_further(keyring, account, head)


def _remove_further(keyring: KeyringBackend, account: str, head: str | None) -> None:
    """Remove the pieces that a first piece led to."""
    if head is not None:
        for name in _further(account, head.partition("\n")[0]):
            keyring.delete_password(KEYRING_NAME, name)
