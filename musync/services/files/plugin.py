"""The door to playlist files: an address is all it takes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from musync.domain import Account, MusyncError, PlaylistId
from musync.services.api import (
    Claim,
    Env,
    Field,
    Form,
    PlaylistService,
    ServicePlugin,
    SignedIn,
    SignInFlow,
    SignInStep,
)

CREATABLE = (".m3u", ".m3u8", ".pls", ".csv", ".xspf", ".jspf", ".json", ".txt")
"""Endings under which a new playlist can be written."""
READABLE = (*CREATABLE, ".tsv", ".xml")


class FilesPlugin(ServicePlugin):
    """Playlist files: every one that is named by its path."""

    id = "file"
    title = "Playlist files"
    needs_account = False
    limits = (
        "M3U and PLS hold places of files: only tracks of a local library can be added to them.",
        "Exports of Spotify, Apple, YouTube and Soundiiz (JSON) are read only.",
        "FreeYourMusic and other unknown tables are read by their header line.",
    )

    def service_class(self) -> type[PlaylistService]:
        """The class of files that describe tracks."""
        from musync.services.files.writing import DocumentFile

        return DocumentFile

    def connect(self, account: Account, env: Env) -> PlaylistService:
        """A service object on the account's file; its class is the one for what stands in it."""
        from musync.services.files.opening import open_file

        path = Path(account.settings.get("path") or account.ext_id)
        return open_file(path, env.control.now, for_players=account.settings.get("for") == "players")

    def sign_in(self, env: Env, account: Account | None = None) -> SignInFlow:
        """Ask for the path."""
        return FileSignIn()

    def claims_link(self, text: str) -> Claim | None:
        """A `file://` URL of a playlist file on this computer."""
        if not text.lower().startswith("file:"):
            return None
        from musync.services.locations import place_of

        path = place_of(text, Path(os.sep)).path
        return self.claims_path(path) if path is not None else None

    def claims_path(self, path: Path) -> Claim | None:
        """An existing file, whatever its name, or a name with the ending of a playlist; never a folder."""
        try:
            full = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - resolve() would follow links
            # Asked as it was given: `local:../x` is no file just because what is left without its dots is one.
            there = _is_there(path.expanduser())
        except (ValueError, RuntimeError):
            return None
        if os.path.isdir(full):  # noqa: PTH112 - is_dir() fails where nothing may be asked
            return None
        if not there and full.suffix.lower() not in READABLE:
            return None
        return self._claim(full, str(path), there=there)

    def _claim(self, full: Path, given: str, *, there: bool) -> Claim:
        account = Account(name=given, service=self.id, ext_id=str(full), label=full.name, settings={"path": str(full)})
        if there:
            return Claim(account=account, playlist=_only_playlist(full))
        if full.suffix.lower() in CREATABLE:
            return Claim(account=account, creatable=full.stem)
        return Claim(account=account, playlist=PlaylistId(full.name))


class FileSignIn(SignInFlow):
    """One form with one field, for faces that ask instead of taking an address."""

    def begin(self) -> SignInStep:
        """Ask for the path."""
        return Form(fields=(Field(key="path", label="Playlist file", help="M3U, PLS, XSPF, JSPF, CSV, JSON or text"),))

    def answer(self, values: Mapping[str, str]) -> SignInStep:
        """The account is the file's absolute path."""
        path = Path(values.get("path", "").strip()).expanduser()
        claim = plugin.claims_path(path) if path.name else None
        if claim is None or claim.account is None:
            form = self.begin()
            assert isinstance(form, Form)
            return Form(fields=form.fields, error="This is not the name of a playlist file.", error_key="path")
        account = claim.account
        return SignedIn(ext_id=account.ext_id, label=account.label, settings=account.settings, secrets={})


def _is_there(path: Path) -> bool:
    """Whether something has this name; a file that cannot be looked at is there, and reading it will say so."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _only_playlist(path: Path) -> PlaylistId | None:
    """The playlist of a file that holds one, None for several; a file that cannot be read says why when it is."""
    if path.suffix.lower() in (".m3u", ".m3u8", ".pls"):
        return PlaylistId(path.name)
    from musync.services.files.disk import read_file
    from musync.services.files.document import Collection
    from musync.services.files.recognise import read_content

    try:
        content = read_content(read_file(path), path)
    except MusyncError:
        return PlaylistId(path.name)
    if not isinstance(content, Collection):
        return PlaylistId(path.name)
    return PlaylistId(content.listings[0].id) if len(content.listings) == 1 else None


plugin = FilesPlugin()
