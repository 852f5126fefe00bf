"""The door to the local library service; light until a folder is connected to."""

from __future__ import annotations

from pathlib import Path

from musync.domain import Account
from musync.services.api import Env, PlaylistService, ServicePlugin, SignInFlow


class LocalPlugin(ServicePlugin):
    """A folder of music on this computer or on a drive it can reach."""

    id = "local"
    title = "Music folder"
    icon = "folder"
    settings_hint = "--set folder=…"
    limits = (
        "Playlist files hold no description and no cover.",
        "Only music in the folder itself can be added to its playlists.",
    )

    def service_class(self) -> type[PlaylistService]:
        """The class whose roles tell what the service can do."""
        from musync.services.local.service import LocalLibrary

        return LocalLibrary

    def connect(self, account: Account, env: Env) -> PlaylistService:
        """A service object for one job; opens nothing yet."""
        from musync.services.local.service import LocalLibrary

        folder = Path(account.settings["folder"])
        playlists = account.settings.get("playlists")
        return LocalLibrary(folder, Path(playlists) if playlists else folder, account.ext_id, env)

    def sign_in(self, env: Env, account: Account | None = None) -> SignInFlow:
        """Ask for the folders."""
        from musync.services.local.sign_in import LocalSignIn

        return LocalSignIn(account)


plugin = LocalPlugin()
