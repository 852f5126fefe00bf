"""Playlists of an account and entries of a playlist."""

from __future__ import annotations

from musync.app.documents import entry_document, playlist_document
from musync.app.reading import read_side
from musync.app.sides import Side
from musync.cli.face import Face
from musync.cli.table import Column
from musync.cli.words import counted, length, number
from musync.domain import Account, Control, Entry, Playlist
from musync.domain.errors import UsageError


def list_playlists(face: Face, name: str, filter: str) -> int:
    """List the playlists of the account of this name whose titles hold the text."""
    account = face.musync.accounts.named(name)
    found = face.job(lambda control: face.musync.addresses.playlists(account, control))
    listed = [playlist for playlist in found if filter.casefold() in playlist.title.casefold()]
    if face.output.json:
        face.output.document({"items": [playlist_document(playlist, account) for playlist in listed]})
        return 0
    columns = (Column("Title"), Column("Tracks", "right", fixed=True), Column("Kind", fixed=True), Column("Address"))
    face.output.table(columns, [_playlist_row(playlist, account) for playlist in listed])
    if not listed:
        face.output.note(f"{account.name} has no playlist{f' with “{filter}” in its title' if filter else ''}.")
    return 0


def _playlist_row(playlist: Playlist, account: Account) -> tuple[str, ...]:
    count = number(playlist.count) if playlist.count is not None else ""
    kind = playlist.kind.value if playlist.writable else f"{playlist.kind.value}, read-only"
    return (playlist.title, count, kind, f"{account.service}@{account.name}:{playlist.id}")


def show_entries(face: Face, address: str) -> int:
    """List what is in the playlist that the address names."""

    def read(control: Control) -> tuple[Side, tuple[Entry, ...]]:
        side = face.musync.addresses.resolve(address, control)
        if side.playlist is None:
            raise UsageError(f"There is no playlist at “{address}”.", code="unknown-playlist")
        with face.musync.connections.open(side.account, control) as service:
            return side, read_side(service, side.playlist, control).entries

    side, entries = face.job(read)
    assert side.playlist is not None
    if face.output.json:
        document = {"playlist": playlist_document(side.playlist, side.account)}
        face.output.document({**document, "items": [entry_document(entry) for entry in entries]})
        return 0
    columns = (Column("", "right", fixed=True), Column("Title"), Column("Artists"), Column("Album"), Column("Length"))
    face.output.table(columns, [_entry_row(place, entry) for place, entry in enumerate(entries, 1)])
    face.output.note(f"{side.title}: {counted(len(entries), 'track')}")
    return 0


def _entry_row(place: int, entry: Entry) -> tuple[str, ...]:
    track = entry.track
    title = track.title or track.url or "(no title)"
    if not entry.addressable:
        title = f"{title} ({entry.reason or 'cannot be copied'})"
    return (number(place), title, track.artist, track.album, length(track.duration_ms))
