"""Errors named by what the caller can do about them.

    MusyncError
      Cancelled          the user said stop
      UsageError         what was asked for cannot be: unknown or ambiguous address, wrong option (exit 2)
      BadFile            a file cannot be read as what it should be (exit 9)
      DiskFull           nothing could be written, what stood there is intact (exit 9)
      StorageError       musync's own folder or database cannot be used (exit 9)
      Busy               somebody else is writing there (exit 8)
      Braked             a brake stops the run before its first write (exit 4)
      PlanStale          the list changed since it was reviewed (exit 5)
      IncompleteRead     a listing did not come whole (exit 9)
      SecretsUnavailable the key store cannot be used (exit 6)
      ServiceError (transient = False)
        SignInRequired   AccessDenied   NotFound   RevisionChanged   NotUnderstood
        Refused
          TracksRefused(refused)
        Unavailable (transient)   RateLimited(retry_after) (transient)

Every error carries the five parts of an error document: code, message, where, unchanged, next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from musync.domain.diff import BrakeHit
    from musync.domain.playlist import Playlist
    from musync.domain.write import Refusal


class MusyncError(Exception):
    """Anything that goes wrong in a way musync knows.

    Args:
        message: what was wrong, one sentence for people.
        where: playlist, file, line, account: the place it was wrong at.
        unchanged: what stays as it was.
        next: what to do now.
        code: kebab-case and stable; the class has one, a case may name its own.
    """

    code: ClassVar[str] = "failed"

    def __init__(
        self, message: str = "", *, where: str = "", unchanged: str = "", next: str = "", code: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.unchanged = unchanged
        self.next = next
        self.case: str = code or type(self).code

    def document(self) -> dict[str, str]:
        """The error as scripts read it."""
        return {
            "code": self.case,
            "message": self.message,
            "where": self.where,
            "unchanged": self.unchanged,
            "next": self.next,
        }


class Cancelled(MusyncError):
    """The user said stop; raised by `Control` only."""

    code = "stopped"


class UsageError(MusyncError):
    """What was asked for cannot be done as it was asked."""

    code = "usage"


class BadFile(MusyncError):
    """A file cannot be read as what it should be."""

    code = "bad-file"


class DiskFull(MusyncError):
    """There was no room to write; what stood there is intact."""

    code = "disk-full"


class StorageError(MusyncError):
    """musync's own folder or database cannot be used."""

    code = "storage"


class Busy(MusyncError):
    """Another process or job is writing to the same side."""

    code = "busy"


class Braked(MusyncError):
    """A brake stops the run before its first write; `brakes` names them ("B2", …), `hits` has their numbers."""

    code = "brake"

    def __init__(
        self,
        message: str = "",
        *,
        brakes: tuple[str, ...] = (),
        hits: tuple[BrakeHit, ...] = (),
        where: str = "",
        unchanged: str = "",
        next: str = "",
        code: str | None = None,
    ) -> None:
        super().__init__(message, where=where, unchanged=unchanged, next=next, code=code)
        self.brakes = brakes
        self.hits = hits


class PlanStale(MusyncError):
    """A list changed between the review and the first write; `playlist` is one that was yet to be made then."""

    code = "plan-stale"

    def __init__(
        self,
        message: str = "",
        *,
        where: str = "",
        unchanged: str = "",
        next: str = "",
        playlist: Playlist | None = None,
    ) -> None:
        super().__init__(message, where=where, unchanged=unchanged, next=next)
        self.playlist = playlist


class IncompleteRead(MusyncError):
    """A listing did not come whole, so nothing may be concluded from it."""

    code = "incomplete-read"


class SecretsUnavailable(MusyncError):
    """The key store is absent, locked or refuses."""

    code = "secrets-unavailable"


class ServiceError(MusyncError):
    """A service did not do what it was asked; `transient` errors may pass by themselves."""

    code = "service"
    transient: ClassVar[bool] = False


class SignInRequired(ServiceError):
    """The sign-in is over or was never made."""

    code = "sign-in-required"


class AccessDenied(ServiceError):
    """The account may not do this, and asking again will not help."""

    code = "access-denied"


class NotFound(ServiceError):
    """The thing does not exist for this account, or is not shared with it."""

    code = "not-found"


class RevisionChanged(ServiceError):
    """The playlist is no longer in the state the write was meant for; nothing was written."""

    code = "revision-changed"


class Refused(ServiceError):
    """The service understood and said no to what was sent."""

    code = "refused"


class TracksRefused(Refused):
    """Some tracks are not taken, so nothing was done; asked again without those in `refused`, it may be.

    For requests that do everything or nothing; a batch of which a part can be done tells in its `WriteReport`.
    """

    code = "tracks-refused"

    def __init__(self, refused: Sequence[Refusal], *, where: str = "", unchanged: str = "", next: str = "") -> None:
        words = "; ".join(sorted({refusal.text or refusal.code for refusal in refused}))
        count = f"{len(refused):,} tracks are" if len(refused) != 1 else "One track is"
        super().__init__(f"{count} not taken: {words}.", where=where, unchanged=unchanged, next=next)
        self.refused = tuple(refused)


class NotUnderstood(ServiceError):
    """The answer has a shape musync does not know."""

    code = "not-understood"


class Unavailable(ServiceError):
    """The service cannot be reached or is out of order at the moment."""

    code = "unavailable"
    transient = True


class RateLimited(ServiceError):
    """The service asks to wait `retry_after` seconds."""

    code = "rate-limited"
    transient = True

    def __init__(self, message: str = "", *, retry_after: float, where: str = "", next: str = "") -> None:
        super().__init__(message, where=where, next=next)
        self.retry_after = retry_after


@contextmanager
def located(where: str) -> Iterator[None]:
    """Give every musync error raised inside that has no place yet this one."""
    try:
        yield
    except MusyncError as error:
        error.where = error.where or where
        raise
