"""A key store in memory, so that no test reaches the one of the person who runs it."""

from __future__ import annotations

from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Secrets of this process, by service and user name; `MemoryKeyring.secrets` holds them for tests to look at."""

    priority = 1
    secrets: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, None where there is none."""
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError(username)
