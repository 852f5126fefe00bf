"""The vault over keyrings of every temper."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from musync.domain.errors import SecretsUnavailable
from musync.vault import Vault, variable


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring in memory that can be locked, and refuses long entries as Windows does."""

    priority = 1.0

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.locked = False
        self.room = 1_000_000

    def get_password(self, service: str, username: str) -> str | None:
        self._ask()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._ask()
        if len(password.encode("utf-16-le")) > 2560 or len(self.entries) >= self.room:
            raise keyring.errors.PasswordSetError("no")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._ask()
        if (service, username) not in self.entries:
            raise keyring.errors.PasswordDeleteError("not there")
        del self.entries[service, username]

    def _ask(self) -> None:
        self.asked += 1
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")


@pytest.fixture
def using() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def ring(using: None) -> MemoryKeyring:
    made = MemoryKeyring()
    keyring.set_keyring(made)
    return made


@pytest.fixture
def vault(ring: MemoryKeyring) -> Vault:
    return Vault(environ={})


def test_what_was_stored_is_there_for_the_next_process(vault: Vault, ring: MemoryKeyring) -> None:
    vault.store("plex", {"token": "abc", "key": "d\u00e9f"})
    assert dict(Vault(environ={}).secrets_of("plex")) == {"key": "d\u00e9f", "token": "abc"}


def test_accounts_do_not_see_each_other(vault: Vault) -> None:
    vault.store("plex", {"token": "abc"})
    vault.store("plex-2", {"token": "def"})
    assert vault.secrets_of("plex")["token"] == "abc"
    assert vault.secrets_of("plex-2")["token"] == "def"


def test_a_secret_nobody_stored_is_a_missing_key(vault: Vault) -> None:
    with pytest.raises(KeyError):
        vault.secrets_of("plex")["token"]
    assert vault.secrets_of("plex").get("token") is None
    assert list(vault.secrets_of("plex")) == []


def test_the_environment_comes_first_and_spares_the_keyring(ring: MemoryKeyring) -> None:
    vault = Vault(environ={"MUSYNC_SECRET_PLEX_2_TOKEN": "from outside"})
    assert vault.secrets_of("plex-2")["token"] == "from outside"
    assert ring.asked == 0


def test_secrets_of_the_environment_are_listed(vault: Vault, ring: MemoryKeyring) -> None:
    vault.store("plex", {"token": "abc"})
    assert list(Vault(environ={"MUSYNC_SECRET_PLEX_URL": "x"}).secrets_of("plex")) == ["token", "url"]


def test_variables_hold_letters_digits_and_underscores() -> None:
    assert variable("my plex-2", "api_secret") == "MUSYNC_SECRET_MY_PLEX_2_API_SECRET"


def test_secrets_for_this_session_reach_no_keyring(vault: Vault, ring: MemoryKeyring) -> None:
    vault.store("plex", {"token": "abc"}, session_only=True)
    assert dict(vault.secrets_of("plex")) == {"token": "abc"}
    assert (ring.asked, ring.entries) == (0, {})
    assert vault.secrets_of("plex").get("other") is None


def test_storing_for_good_ends_what_was_for_this_session(vault: Vault) -> None:
    vault.store("plex", {"token": "old"}, session_only=True)
    vault.store("plex", {"token": "new"})
    assert vault.secrets_of("plex")["token"] == "new"


def test_storing_replaces_all_secrets_of_the_account(vault: Vault) -> None:
    vault.store("plex", {"token": "abc", "pin": "1234"})
    vault.store("plex", {"token": "def"})
    assert dict(vault.secrets_of("plex")) == {"token": "def"}


def test_forgetting_leaves_nothing(vault: Vault, ring: MemoryKeyring) -> None:
    vault.store("plex", {"token": "x" * 5000})
    vault.forget("plex")
    assert ring.entries == {}
    vault.forget("plex")


@pytest.mark.parametrize("length", [1, 984, 985, 986, 987, 988, 5000])
def test_long_secrets_are_kept_in_pieces(vault: Vault, ring: MemoryKeyring, length: int) -> None:
    vault.store("spotify", {"token": "\u00e9" * 7000})
    vault.store("spotify", {"token": "x" * length})
    assert vault.secrets_of("spotify")["token"] == "x" * length
    assert all(len(piece) <= 1020 for piece in ring.entries.values())
    assert len(ring.entries) <= 6, "pieces of the former secret are left"


def test_a_keyring_that_refuses_keeps_what_it_had(vault: Vault, ring: MemoryKeyring) -> None:
    vault.store("plex", {"token": "old"})
    ring.room = 2
    with pytest.raises(SecretsUnavailable):
        vault.store("plex", {"token": "n" * 5000})
    assert vault.secrets_of("plex")["token"] == "old"


def test_a_locked_keyring_is_said_to_be_so(vault: Vault, ring: MemoryKeyring) -> None:
    ring.locked = True
    for use in (
        lambda: vault.store("plex", {"token": "abcdef"}),
        lambda: vault.secrets_of("plex")["token"],
        lambda: list(vault.secrets_of("plex")),
        lambda: vault.forget("plex"),
    ):
        with pytest.raises(SecretsUnavailable) as caught:
            use()
        assert "locked" in caught.value.message
        assert "MUSYNC_SECRET_PLEX_KEY" in caught.value.next
        assert isinstance(caught.value.__cause__, keyring.errors.KeyringLocked)


def test_no_keyring_at_all_is_said_to_be_so(using: None) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())
    with pytest.raises(SecretsUnavailable, match="absent"):
        Vault(environ={}).store("plex", {"token": "abc"})


def test_a_keyring_that_keeps_nothing_is_refused(using: None) -> None:
    keyring.set_keyring(keyring.backends.null.Keyring())
    with pytest.raises(SecretsUnavailable, match="not keep"):
        Vault(environ={}).store("plex", {"token": "abc"})


def test_a_keyring_that_forgets_at_once_is_noticed(vault: Vault, ring: MemoryKeyring) -> None:
    ring.set_password = lambda *_: None  # type: ignore[method-assign]
    with pytest.raises(SecretsUnavailable, match="did not keep"):
        vault.store("plex", {"token": "abc"})


def test_a_keyring_of_plain_text_is_refused(using: None) -> None:
    plain = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})()
    keyring.set_keyring(plain)
    with pytest.raises(SecretsUnavailable, match="not keep secrets safe"):
        Vault(environ={}).store("plex", {"token": "abc"})
    assert plain.entries == {}


def test_a_damaged_entry_is_no_traceback(vault: Vault, ring: MemoryKeyring) -> None:
    ring.entries["musync", "plex"] = "something else"
    with pytest.raises(SecretsUnavailable):
        vault.secrets_of("plex")["token"]


def test_every_secret_that_passes_is_learned_for_the_logs(ring: MemoryKeyring) -> None:
    learned: set[str] = set()
    vault = Vault(learned.add, environ={"MUSYNC_SECRET_A_KEY": "three"})
    vault.store("a", {"token": "one"})
    vault.store("b", {"token": "two"}, session_only=True)
    assert vault.secrets_of("a")["key"] == "three"
    assert learned == {"one", "two", "three"}


def test_lent_secrets_do_not_show_themselves(vault: Vault) -> None:
    vault.store("plex", {"token": "abcdef"})
    assert "abcdef" not in repr(vault.secrets_of("plex"))


def test_the_keyring_library_is_not_loaded_before_it_is_needed() -> None:
    code = (
        "import sys; from musync.vault import Vault; vault = Vault(environ={'MUSYNC_SECRET_A_T': 'x'});"
        "vault.secrets_of('a')['t']; vault.store('b', {'t': 'y'}, session_only=True); vault.secrets_of('b')['t'];"
        "sys.exit('keyring' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
