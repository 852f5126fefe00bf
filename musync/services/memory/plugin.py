"""The door to the memory service.

An account names its world by the setting `world`; the worlds of a process are found by `world_named`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from musync.domain import Account, PlaylistId
from musync.services.api import (
    Claim,
    Env,
    Field,
    Form,
    GaveUp,
    PlaylistService,
    ServicePlugin,
    SignedIn,
    SignInFlow,
    SignInStep,
)
from musync.services.memory.reading import MemoryReads
from musync.services.memory.service import MemoryService
from musync.services.memory.world import world_named


class MemoryPlugin(ServicePlugin):
    """Playlists in memory: gone when musync ends."""

    id = "memory"
    title = "Memory (for trying out)"
    limits = ("Everything in it is gone when musync ends.",)
    hidden = True
    service: type[MemoryReads] = MemoryService

    def service_class(self) -> type[PlaylistService]:
        """The class whose roles tell what the service can do."""
        return self.service

    def connect(self, account: Account, env: Env) -> PlaylistService:
        """A service object on the account of this id in the account's world."""
        world = world_named(account.settings.get("world", "demo"))
        return self.service(world.account(account.ext_id), env.control)

    def sign_in(self, env: Env, account: Account | None = None) -> SignInFlow:
        """Ask for the world and a user's name."""
        return MemorySignIn(account)

    def claims_link(self, text: str) -> Claim | None:
        """A link like `memory://WORLD/USER/PLAYLIST`, which names its account."""
        link = urlsplit(text)
        user, _, playlist = link.path.removeprefix("/").partition("/")
        if link.scheme != self.id or not (link.netloc and user and playlist):
            return None
        name, world = unquote(user), unquote(link.netloc)
        account = Account(name=name, service=self.id, ext_id=name, label=name, settings={"world": world})
        return Claim(account=account, playlist=PlaylistId(unquote(playlist)))


class MemorySignIn(SignInFlow):
    """One form; the account's own id is `USER@WORLD`."""

    def __init__(self, account: Account | None) -> None:
        self._account = account

    def begin(self) -> SignInStep:
        """Ask for both."""
        return self._form()

    def answer(self, values: Mapping[str, str]) -> SignInStep:
        """Sign in, or say which field is empty; refuses another user than the account's."""
        user, world = values.get("user", "").strip(), values.get("world", "").strip()
        if not user or not world:
            return self._form("Both are needed.", "world" if user else "user")
        ext_id = f"{user}@{world}"
        if self._account is not None and self._account.ext_id != ext_id:
            text = f"This is {ext_id}, the account belongs to {self._account.ext_id}."
            return GaveUp(code="other-account", text=text)
        return SignedIn(ext_id=ext_id, label=user, settings={"world": world}, secrets={})

    def _form(self, error: str = "", key: str = "") -> Form:
        fields = (Field(key="user", label="User", default="me"), Field(key="world", label="World", default="demo"))
        return Form(fields=fields, error=error, error_key=key)


def memory_plugin(id: str, service: type[MemoryReads], title: str = "") -> MemoryPlugin:
    """Make a plugin under another id for a variant of the memory service, to put on the shelf in tests."""
    kind = type("MemoryPluginVariant", (MemoryPlugin,), {"id": id, "title": title or id, "service": service})
    made: MemoryPlugin = kind()
    return made


plugin = MemoryPlugin()
