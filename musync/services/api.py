"""What a service is: the small interface, the roles, the traits, and what it is lent.

Every service lists, heads and reads playlists. What only some can do is a role class that a service inherits when it
really can; abilities are read off the class, so they cannot lie. What differs from playlist to playlist is data:
`Playlist.writable`.

One request per call. Only reads are ever repeated blindly; an exception from a write means that its outcome is unknown.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from musync.domain import (
    Account,
    Control,
    Cursor,
    Entry,
    EntryId,
    MusyncError,
    Page,
    Playlist,
    PlaylistId,
    Revision,
    ScanReport,
    Track,
    TrackId,
    TrackRef,
    WriteReport,
)

if TYPE_CHECKING:
    import requests


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What differs between services, as data; limits as the service documents them, None = none known.

    Attributes:
        ordered: the playlists have an order of their own.
        duplicates: whether a list keeps the same track twice or refuses the second.
        occurrence_ids: entries have ids of the service's own that survive edits.
        removes_by: what a removal names: the entry, its place, or the track with all its copies.
        accepts: only tracks of its own catalogue, or any track as it is described.
        needs: identifiers a track must have before it can be added (of mbid, isrc).
        page, add_batch, remove_batch, move_batch: items per request.
        url_bytes: longest URL a write may use.
        replace_limit: longest list that `replace_entries` takes.
        capacity: most entries a playlist can hold.
        empty_playlists: playlists can be without entries; where they cannot, one is made with its first tracks.
        revision: faithful (equal means unchanged), hint, or none.
        reads_own_writes: a read after a write shows it.
        acknowledges_faithfully: what a write report says is so.
        settle_s: seconds after a write in which reads may still be old.
        requests_at_once, writes_at_once: requests in flight that the service takes.
        previews: tracks can be played for 30 s.
    """

    ordered: bool = True
    duplicates: Literal["keeps", "refuses"] = "keeps"
    occurrence_ids: bool = False
    removes_by: Literal["entry", "place", "track_all_copies"] = "entry"
    accepts: Literal["own_tracks", "any_track"] = "own_tracks"
    needs: frozenset[Literal["mbid", "isrc"]] = frozenset()
    page: int | None = None
    add_batch: int | None = None
    remove_batch: int | None = None
    move_batch: int | None = None
    url_bytes: int | None = None
    replace_limit: int | None = None
    capacity: int | None = None
    empty_playlists: bool = True
    revision: Literal["faithful", "hint", "none"] = "none"
    reads_own_writes: bool = True
    acknowledges_faithfully: bool = True
    settle_s: float = 0.0
    requests_at_once: int = 1
    writes_at_once: int = 1
    previews: bool = False


class PlaylistService(ABC):
    """One account of one service, used by one thread for one job."""

    traits: ClassVar[Traits]

    @property
    @abstractmethod
    def scope(self) -> str:
        """Where this service's track ids hold: a server id, a library id; empty where they hold everywhere."""

    @abstractmethod
    def list_playlists(self, cursor: Cursor | None = None) -> Page[Playlist]:
        """One page of the account's playlists and collections."""

    @abstractmethod
    def read_playlist(self, playlist: PlaylistId) -> Playlist:
        """One playlist's head, with its revision; raises NotFound."""

    @abstractmethod
    def read_entries(self, playlist: PlaylistId, cursor: Cursor | None = None) -> Page[Entry]:
        """One page of a playlist's entries, in list order, placeholders included; raises NotFound."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything that was opened."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Searches(ABC):
    """Finds tracks by words."""

    @abstractmethod
    def search(self, text: str, limit: int) -> Sequence[Track]:
        """At most `limit` tracks for these words, the service's best first."""


class SearchesFields(ABC):
    """Finds tracks by title and artist apart, which is more exact than words without an order."""

    @abstractmethod
    def search_fields(self, title: str, artist: str, limit: int) -> Sequence[Track]:
        """At most `limit` tracks with these words in their title and these in their artists, the best first."""


class FindsIsrc(ABC):
    """Finds tracks by ISRC."""

    @abstractmethod
    def find_isrc(self, isrc: str) -> Sequence[Track]:
        """Every track the service knows under this ISRC."""


class ListsTracks(ABC):
    """Lists its whole catalogue."""

    @abstractmethod
    def list_tracks(self, cursor: Cursor | None = None, *, since: Revision | None = None) -> Page[Track]:
        """One page of the catalogue; with `since` (a revision of it) only what came or changed after it.

        A page that bears the revision asked about says that the catalogue is as it was then. What has gone is not told,
        other than by the total of the whole catalogue.
        """


class CreatesPlaylists(ABC):
    """Makes new playlists."""

    @abstractmethod
    def create_playlist(self, title: str, *, description: str = "", tracks: Sequence[Track] = ()) -> Playlist:
        """Make a playlist that holds exactly these tracks, in order, from the first moment it can be seen.

        At most `traits.add_batch` tracks; at least one where `traits.empty_playlists` is False. It never overwrites a
        playlist that exists. When it raises, none stays behind: where several requests are needed to make one, what was
        begun is taken back. After Unavailable or NotUnderstood it may be there all the same, whole.

        Raises:
            TracksRefused: it does not take the tracks in `refused`; without them it would.
            Refused: anything else that speaks against it: its title, too many tracks, none, one of this name.
        """


class AddsEntries(ABC):
    """Adds tracks to playlists."""

    @abstractmethod
    def add_entries(
        self,
        playlist: PlaylistId,
        tracks: Sequence[Track],
        *,
        at: int | None = None,
        revision: Revision | None = None,
    ) -> WriteReport:
        """Insert the tracks, in order, before position `at` (0-based), at the end for None.

        `done` holds the new entries' ids. With `revision`, raises RevisionChanged when the list is in another state.
        """


class RemovesEntries(ABC):
    """Removes entries from playlists."""

    @abstractmethod
    def remove_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, revision: Revision | None = None
    ) -> WriteReport:
        """Remove exactly these entries; one that is not there is refused as `not-found`."""


class MovesEntries(ABC):
    """Moves entries within playlists."""

    @abstractmethod
    def move_entries(
        self, playlist: PlaylistId, entries: Sequence[EntryId], *, to: int, revision: Revision | None = None
    ) -> WriteReport:
        """Move the entries, kept together in the order given, so that the first stands at 0-based `to` afterwards."""


class ReplacesEntries(ABC):
    """Replaces a playlist's whole content in one request."""

    @abstractmethod
    def replace_entries(
        self, playlist: PlaylistId, tracks: Sequence[Track], *, revision: Revision | None = None
    ) -> WriteReport:
        """Make the list exactly these tracks; at most `traits.replace_limit`."""


class EditsDetails(ABC):
    """Edits what a playlist says about itself."""

    @abstractmethod
    def edit_details(
        self,
        playlist: PlaylistId,
        *,
        title: str | None = None,
        description: str | None = None,
        cover: bytes | None = None,
    ) -> Playlist:
        """Change what is given, leave what is None; the playlist's id may change with its title (files)."""


class DeletesPlaylists(ABC):
    """Deletes playlists: only ever by a person's own click, never by a sync."""

    @abstractmethod
    def delete_playlist(self, playlist: PlaylistId) -> None:
        """Delete it."""


class TakesForeign(ABC):
    """Takes tracks of other services: files that describe tracks take any, files of places take local libraries'."""

    lenders: ClassVar[tuple[str, ...]]
    """Ids of the services whose files can be taken, and whose accounts' catalogues are looked through for them.

    Empty: any track can be taken as it is described.
    """

    @abstractmethod
    def taken(self, ref: TrackRef) -> Track:
        """The track as it will stand here once added, under the id it will be read back with."""


class Scans(ABC):
    """Keeps an index of its own of a catalogue that changes outside it: a folder of music."""

    @abstractmethod
    def scan(self) -> ScanReport:
        """Bring the index up to date; single files that cannot be read are listed, never a reason to stop.

        Tells progress as `scan-files`. Raises NotFound when the folder is gone, or empty although it held music.
        """


class RelinksTracks(ABC):
    """Notices by itself when a track comes under another id: a file that was moved or renamed."""

    @abstractmethod
    def relinked(self) -> Mapping[TrackId, TrackId]:
        """Ids that are no longer there and the ids under which their tracks are now."""


class HasCovers(ABC):
    """Has pictures of its tracks at hand."""

    @abstractmethod
    def read_cover(self, track: TrackId) -> bytes | None:
        """The track's picture as it is stored (JPEG, PNG, GIF or WebP, at most 10 MiB), None when there is none."""


ROLES: tuple[type, ...] = (
    Searches,
    SearchesFields,
    FindsIsrc,
    ListsTracks,
    CreatesPlaylists,
    AddsEntries,
    RemovesEntries,
    MovesEntries,
    ReplacesEntries,
    EditsDetails,
    DeletesPlaylists,
    TakesForeign,
    Scans,
    RelinksTracks,
    HasCovers,
)


Secrets = Mapping[str, str]
"""The secrets of one account, read when looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Env:
    """What a service is lent for the length of one job; no service reaches for the application.

    `cache` is a folder of this account's own that may vanish at any time; `http` makes sessions (`net.py`). `looked`
    names what was brought up to date in the job, for its other service objects: a service enters there what it would
    have to look at again for each of them.
    """

    control: Control
    cache: Path
    secrets: Secrets
    http: Callable[[], requests.Session]
    looked: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing a sign-in form asks for; `kind` decides the input: text, folder, url, secret, choice."""

    key: str
    label: str
    kind: Literal["text", "folder", "url", "secret", "choice"] = "text"
    required: bool = True
    help: str = ""
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Sign-in asks for these fields; `error` says what was wrong with the last answer, `error_key` in which field."""

    fields: tuple[Field, ...]
    text: str = ""
    error: str = ""
    error_key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenUrl:
    """Sign-in goes on in the browser at this address; `answer({})` waits for it."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Sign-in is done; the caller stores the account (no secret in it) and the secrets."""

    ext_id: str
    label: str
    settings: Mapping[str, str]
    secrets: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GaveUp:
    """Sign-in ended without an account; `code` is stable, `text` is for people."""

    code: str
    text: str


SignInStep = Form | OpenUrl | SignedIn | GaveUp


class SignInFlow(ABC):
    """Signing in is steps, not windows; faces draw them."""

    @abstractmethod
    def begin(self) -> SignInStep:
        """The first step."""

    @abstractmethod
    def answer(self, values: Mapping[str, str]) -> SignInStep:
        """The next step after the user's answer to the last."""

    def cancel(self) -> None:  # noqa: B027 - most flows hold nothing
        """Give up and let go of what is held."""


class ServicePlugin(ABC):
    """The door to a service: light until used, it imports its client library inside `connect`.

    Attributes:
        id: the word in addresses and entry points.
        title: what people call it.
        needs_account: False for services whose "accounts" are made from an address (playlist files).
        icon: name of an icon, see the faces.
        limits: what it cannot do, in words for people.
        has_secrets: its accounts keep secrets in the key store, which is touched for such accounts only.
        settings_hint: the `--set` options that adding an account takes, for messages.
        hidden: True keeps it out of what people are offered; addresses and scripts reach it all the same.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    needs_account: ClassVar[bool] = True
    icon: ClassVar[str] = ""
    limits: ClassVar[tuple[str, ...]] = ()
    settings_hint: ClassVar[str] = ""
    has_secrets: ClassVar[bool] = False
    hidden: ClassVar[bool] = False

    @abstractmethod
    def service_class(self) -> type[PlaylistService]:
        """The class whose roles tell what the service can do."""

    @abstractmethod
    def connect(self, account: Account, env: Env) -> PlaylistService:
        """A service object for one job; makes no request."""

    @abstractmethod
    def sign_in(self, env: Env, account: Account | None = None) -> SignInFlow:
        """Begin to sign in, anew for `account` when given (another user's account is refused)."""

    def claims_link(self, text: str) -> Claim | None:
        """What this URL or URI means to this service, None when it is not one of its links."""
        return None

    def claims_path(self, path: Path) -> Claim | None:
        """What this path means to this service, None when it is nothing of its kind. The path need not exist."""
        return None

    def problem(self) -> str:
        """Why the service cannot be used on this computer, in words; empty when it can."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An address a service recognised as its own.

    `account` is made from the address where the service needs none stored. `playlist` is None when the address names
    something that holds several. `creatable`: it does not exist yet and may be created under this title.
    """

    account: Account | None = None
    playlist: PlaylistId | None = None
    creatable: str | None = None


ErrorTable = Mapping[type[BaseException], Callable[[BaseException], MusyncError]]
"""Foreign exception type -> the maker of ours."""


@contextmanager
def translated(table: ErrorTable) -> Iterator[None]:
    """Turn foreign errors into ours at the border, with the cause kept; the first type in the table that fits wins."""
    try:
        yield
    except MusyncError:
        raise
    except tuple(table) as error:
        make = next(make for kind, make in table.items() if isinstance(error, kind))
        raise make(error) from error


def roles_of(service: type[PlaylistService] | PlaylistService) -> tuple[type, ...]:
    """The roles a service really has, in the order of `ROLES`."""
    kind = service if isinstance(service, type) else type(service)
    return tuple(role for role in ROLES if issubclass(kind, role))


__all__ = [
    "ROLES",
    "AddsEntries",
    "Claim",
    "CreatesPlaylists",
    "DeletesPlaylists",
    "EditsDetails",
    "Env",
    "ErrorTable",
    "Field",
    "FindsIsrc",
    "Form",
    "GaveUp",
    "HasCovers",
    "ListsTracks",
    "MovesEntries",
    "OpenUrl",
    "PlaylistService",
    "RelinksTracks",
    "RemovesEntries",
    "ReplacesEntries",
    "Scans",
    "Searches",
    "SearchesFields",
    "Secrets",
    "ServicePlugin",
    "SignInFlow",
    "SignInStep",
    "SignedIn",
    "TakesForeign",
    "Traits",
    "roles_of",
    "translated",
]
