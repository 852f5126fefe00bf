"""One grammar of addresses for all faces (design: addresses)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from musync.app.accounts import Accounts
from musync.app.connections import Connections
from musync.app.paging import again, read_all
from musync.app.sides import Side, side_of
from musync.domain import Account, Control, Playlist, PlaylistId, folded_title
from musync.domain.errors import NotFound, UsageError
from musync.services.api import Claim, CreatesPlaylists, PlaylistService, ServicePlugin
from musync.services.shelf import Shelf

_NEAREST = 3


class AddressBook:
    """Turns an address into a side, asking the services only what is needed."""

    def __init__(self, accounts: Accounts, shelf: Shelf, connections: Connections) -> None:
        self._accounts = accounts
        self._shelf = shelf
        self._connections = connections

    def resolve(self, address: str, control: Control, *, create: bool | None = None) -> Side:
        """The side an address names; with `create` a list that is not there is one to be made.

        `create` is None for a source, which is never made; False says that it could be.

        Raises:
            UsageError: nothing is there, several are, or it is no address; candidates stand in the message.
        """
        text = address.strip()
        if not text:
            raise UsageError("An address is empty.", next="Name a file, SERVICE:NAME or a link.", code="bad-address")
        claimed = self._shelf.claim_link(text) or self._claim_path(text)
        if claimed is not None:
            plugin, claim = claimed
            account = claim.account or self._account(plugin.id, "")
            return self._of_claim(text, account, claim, control, create=create)
        return self._of_service(text, control, create=create)

    def playlists(self, account: Account, control: Control) -> tuple[Playlist, ...]:
        """Everything an account lists."""
        with self._connections.open(account, control) as service:
            return _listed(service, control)

    def find(self, account: Account, name: str, control: Control, *, create: bool | None = None) -> Side:
        """A playlist of an account by its id, else by its title."""
        with self._connections.open(account, control) as service:
            exact = _by_id(service, PlaylistId(name), control)
            if exact is not None:
                return side_of(account, exact)
            listed = _listed(service, control)
            able = isinstance(service, CreatesPlaylists)
        titled = [playlist for playlist in listed if folded_title(playlist.title) == folded_title(name)]
        if len(titled) == 1:
            return side_of(account, titled[0])
        if titled:
            raise _several(account, name, titled)
        if create and able:
            return Side(account=account, playlist=None, title=name)
        raise _none(account, name, listed, able and create is not None)

    def _claim_path(self, text: str) -> tuple[ServicePlugin, Claim] | None:
        return self._shelf.claim_path(Path(text).expanduser())

    def _of_claim(self, text: str, account: Account, claim: Claim, control: Control, *, create: bool | None) -> Side:
        if claim.creatable is not None:
            if create:
                return Side(account=account, playlist=None, title=claim.creatable)
            raise UsageError(
                f"There is no file “{text}”.",
                where=text,
                unchanged="Nothing was changed.",
                next="Check the path." if create is None else "Check the path, or add --create to make it.",
                code="no-such-file",
            )
        with self._connections.open(account, control) as service:
            if claim.playlist is not None:
                playlist = claim.playlist
                return side_of(account, again(lambda: service.read_playlist(playlist), control))
            listed = _listed(service, control)
        if len(listed) == 1:
            return side_of(account, listed[0])
        if not listed:
            raise UsageError("The file holds no playlist.", where=text, code="no-playlist")
        raise UsageError(
            f"“{text}” holds {len(listed):,} playlists.",
            next=f"Name one as {text}#NAME: {_titles(listed)}",
            code="several-playlists",
        )

    def _of_service(self, text: str, control: Control, *, create: bool | None) -> Side:
        if (part := self._of_part(text, control)) is not None:
            return part
        if "://" in text:
            raise UsageError(
                f"“{text}” is not a playlist link of any service here.",
                unchanged="Nothing was changed.",
                next="Name a playlist's own link, a playlist file or SERVICE:NAME; musync services lists the services.",
                code="not-a-playlist-link",
            )
        head, separator, rest = text.partition(":")
        if not separator or not rest:
            raise UsageError(
                f"“{text}” is no address.",
                next="Name a playlist file, SERVICE:NAME, SERVICE@ACCOUNT:NAME or a link.",
                code="bad-address",
            )
        service, _, name = head.partition("@")
        return self.find(self._account(service, name), rest, control, create=create)

    def _of_part(self, text: str, control: Control) -> Side | None:
        """The playlist meant by FILE#NAME; both may hold a # of their own, so the first file that is there counts."""
        claims = [
            (text[:place], text[place + 1 :], claimed[1])
            for place, letter in enumerate(text)
            if letter == "#" and (claimed := self._claim_path(text[:place])) is not None
        ]
        claims.sort(key=lambda one: one[2].creatable is not None)
        if not claims or (account := claims[0][2].account) is None:
            return None
        file, name, claim = claims[0]
        if claim.creatable is not None:
            return self._of_claim(file, account, claim, control, create=None)
        return self.find(account, name, control)

    def _account(self, service: str, name: str) -> Account:
        plugin = self._shelf.plugin(service)
        accounts = self._accounts.of_service(service)
        if name:
            found = next((account for account in accounts if account.name == name), None)
            if found is None:
                known = ", ".join(account.name for account in accounts) or "none yet"
                raise UsageError(
                    f"{plugin.title} has no account “{name}”.", next=f"Its accounts: {known}.", code="unknown-account"
                )
            return found
        if len(accounts) == 1:
            return accounts[0]
        if accounts:
            names = ", ".join(f"{service}@{account.name}:…" for account in accounts)
            raise UsageError(
                f"{plugin.title} has several accounts.", next=f"Name one: {names}", code="several-accounts"
            )
        raise UsageError(
            f"{plugin.title} has no account yet.",
            next=f"musync accounts add {service} {plugin.settings_hint}".strip(),
            code="no-account",
        )


def _listed(service: PlaylistService, control: Control) -> tuple[Playlist, ...]:
    return read_all(service.list_playlists, control, "list-playlists").items


def _by_id(service: PlaylistService, playlist: PlaylistId, control: Control) -> Playlist | None:
    try:
        return again(lambda: service.read_playlist(playlist), control)
    except NotFound:
        return None


def _titles(playlists: Sequence[Playlist]) -> str:
    return ", ".join(f"“{playlist.title}”" for playlist in playlists[:20])


def _several(account: Account, name: str, found: Sequence[Playlist]) -> UsageError:
    listed = ", ".join(f"{account.service}@{account.name}:{playlist.id}" for playlist in found)
    return UsageError(
        f"{account.name} has {len(found):,} playlists called “{name}”.",
        next=f"Name one by its id: {listed}",
        code="ambiguous-address",
    )


def _none(account: Account, name: str, listed: Sequence[Playlist], able: bool) -> UsageError:
    near = process.extract(name, [playlist.title for playlist in listed], scorer=fuzz.WRatio, limit=_NEAREST)
    nearest = ", ".join(f"“{title}”" for title, score, _ in near if score >= 50)
    hints = [f"Nearest: {nearest}." if nearest else "", "Add --create to make it." if able else ""]
    return UsageError(
        f"{account.name} has no playlist “{name}”.",
        where=f"{account.service}@{account.name}",
        unchanged="Nothing was changed.",
        next=" ".join(hint for hint in hints if hint),
        code="unknown-playlist",
    )
