"""Playlists as services list them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from musync.domain.ids import PlaylistId, Revision


class PlaylistKind(StrEnum):
    """What sort of list it is; decides icon, wording and what may be offered."""

    PLAYLIST = "playlist"
    LIKED = "liked"
    RECENT = "recent"
    TOP = "top"
    ALBUM = "album"
    CHART = "chart"
    FOLDER = "folder"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Playlist:
    """One playlist of one account, without its entries.

    `count` is the number of entries the service declares, None where it declares none. Where the list cannot serve as a
    source (`readable`) or a target (`writable`), the two `..._reason` fields say why in words for people.
    """

    id: PlaylistId
    title: str
    owner: str = ""
    count: int | None = None
    kind: PlaylistKind = PlaylistKind.PLAYLIST
    description: str = ""
    url: str | None = None
    cover: str | None = None
    revision: Revision | None = None
    readable: bool = True
    unreadable_reason: str = ""
    writable: bool = True
    unwritable_reason: str = ""


def folded_title(title: str) -> str:
    """A title as titles are compared: without regard to capitals, ways of composing letters, and blanks around it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", title).casefold()).strip()
