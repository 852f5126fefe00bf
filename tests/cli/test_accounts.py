"""Services and accounts: listed, added by options, by standard input and by asking, tested, removed."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from musync.domain import Account
from musync.services.api import Env, Field, Form, SignedIn, SignInFlow, SignInStep
from musync.services.memory.plugin import MemoryPlugin
from musync.services.shelf import Shelf
from tests.cli.conftest import Cli, Place


def test_services_are_listed_with_what_they_can_do(cli: Cli) -> None:
    items = {item["id"]: item for item in cli.done("services")["items"]}
    assert {"local", "file"} <= items.keys()
    assert "memory" not in items
    assert set(items["local"]) == {
        "id", "title", "usable", "problem", "foreign", "enabled", "needs_account", "abilities", "limits",
    }  # fmt: skip
    assert items["local"]["usable"] is True
    assert items["local"]["abilities"]["scans"] is True
    assert items["file"]["needs_account"] is False
    assert "Music folder" in cli("services").out


def test_a_music_folder_becomes_an_account(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "My Music").mkdir()
    monkeypatch.chdir(tmp_path)
    added = cli.done("accounts", "add", "local", "--set", "folder=My Music", "--name", "attic")
    assert set(added) == {"name", "service", "id", "label", "settings"}
    assert (added["name"], added["service"]) == ("attic", "local")
    assert added["settings"] == {"folder": str(tmp_path / "My Music")}
    assert cli.done("accounts") == {"items": [added]} == cli.done("accounts", "list")
    assert "attic" in cli("accounts").out


def test_the_second_account_of_a_service_gets_a_name_of_its_own(cli: Cli, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        cli.done("accounts", "add", "local", "--set", f"folder={tmp_path / name}")
    assert [item["name"] for item in cli.done("accounts")["items"]] == ["local", "local-2"]


@pytest.mark.parametrize(
    ("options", "said", "code"),
    [
        (["local"], "folder", "account-incomplete"),
        (["local", "--set", "folder=/no/such/place"], "/no/such/place", "account-refused"),
        (["local", "--set", "foldr=/tmp"], "foldr", "usage"),
        (["local", "--set", "folder"], "KEY=VALUE", "usage"),
        (["nothing"], "nothing", "usage"),
        (["file"], "no account", "usage"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_without_a_terminal(
    cli: Cli, options: list[str], said: str, code: str
) -> None:
    ended = cli.json("accounts", "add", *options)
    assert ended.code == 2
    assert said in ended.error["message"]
    assert ended.error["code"] == code
    assert ended.error["next"]
    assert cli.done("accounts") == {"items": []}


def test_a_name_that_is_taken_is_refused(cli: Cli, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    cli.done("accounts", "add", "local", "--set", f"folder={tmp_path / 'one'}", "--name", "attic")
    ended = cli.json("accounts", "add", "local", "--set", f"folder={tmp_path / 'two'}", "--name", "attic")
    assert (ended.code, ended.error["code"]) == (2, "account-name-taken")


def test_a_form_is_asked_at_a_terminal_until_it_is_right(cli: Cli, tmp_path: Path, typed: list[str]) -> None:
    typed += ["/no/such/place", "", str(tmp_path), ""]
    ended = cli("accounts", "add", "local")
    assert ended.code == 0, ended.err
    assert "There is no folder /no/such/place." in ended.err
    assert cli.done("accounts")["items"][0]["settings"] == {"folder": str(tmp_path)}


class SecretPlugin(MemoryPlugin):
    """A service that wants a password."""

    id = "safe"
    title = "Safe"
    has_secrets = True

    def sign_in(self, env: Env, account: Account | None = None) -> SignInFlow:
        """One form."""
        return SecretSignIn()


class SecretSignIn(SignInFlow):
    """A user and a password."""

    def begin(self) -> SignInStep:
        """Ask for both."""
        return Form(fields=(Field(key="user", label="User"), Field(key="password", label="Password", kind="secret")))

    def answer(self, values: Mapping[str, str]) -> SignInStep:
        """Take what comes."""
        secrets = {"password": values["password"]}
        return SignedIn(ext_id=values["user"], label=values["user"], settings={"world": "safe"}, secrets=secrets)


@pytest.fixture
def safe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shelf that has it."""
    make = Shelf.__init__
    monkeypatch.setattr(Shelf, "__init__", lambda self, **how: make(self, **(how | {"extra": [SecretPlugin()]})))


def secret_of(account: str) -> str | None:
    """What the vault keeps for the account."""
    from musync.vault import Vault

    return Vault().read(account, "password")


@pytest.mark.usefixtures("safe")
@pytest.mark.parametrize("lines", ["hunter=22\n", "password=hunter=22\n"])
def test_a_secret_comes_by_standard_input_and_is_shown_nowhere(
    cli: Cli, lines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    ended = cli.json("accounts", "add", "safe", "--set", "user=anna", "--secret-stdin")
    assert ended.code == 0, ended
    assert "hunter" not in ended.out + ended.err + cli("accounts").out
    assert secret_of("safe") == "hunter=22"
    gone = cli.done("accounts", "remove", "safe")
    assert "its secrets" in gone["gone"]
    assert "your decisions" in gone["kept"]
    assert secret_of("safe") is None


@pytest.mark.usefixtures("safe")
def test_a_secret_is_never_an_option(cli: Cli) -> None:
    ended = cli.json("accounts", "add", "safe", "--set", "user=anna", "--set", "password=hunter22")
    assert ended.code == 2
    assert "--secret-stdin" in ended.error["next"]
    assert "hunter22" not in ended.out


@pytest.mark.usefixtures("safe")
def test_a_secret_is_asked_for_without_showing_it(cli: Cli, typed: list[str]) -> None:
    typed += ["hunter22"]
    assert cli("accounts", "add", "safe", "--set", "user=anna").code == 0
    assert secret_of("safe") == "hunter22"
    cli("accounts", "remove", "safe")


def test_an_account_is_tested(both: Cli, here: Place) -> None:
    here.make("Road", ())
    tested = both.done("accounts", "test", "here")
    assert set(tested) == {"account", "playlists", "seconds"}
    assert tested["playlists"] == 1
    assert "1 playlist," in both("accounts", "test", "here").out


def test_a_removed_account_takes_its_cache_along(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "music").mkdir()
    cli.done("accounts", "add", "local", "--set", f"folder={tmp_path / 'music'}")
    cli.done("scan")
    kept = [path for path in (cli.home / "cache").rglob("*") if path.is_file()]
    assert kept
    assert cli("accounts", "remove", "local").code == 0
    assert not any(path.exists() for path in kept)
    assert cli.json("accounts", "remove", "local").error["code"] == "unknown-account"
