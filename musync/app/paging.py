"""Listings read to their end, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from musync.domain import Control, Cursor, Page, Revision
from musync.domain.errors import IncompleteRead, RateLimited, ServiceError

T = TypeVar("T")

TRIES = 5
LONGEST_WAIT_S = 120.0
# Full jitter: clients that failed together do not come back together.
_jittered = wait_random_exponential(multiplier=0.5, max=30.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[T]):
    """Everything a listing held; totals are what the service declared on the first and the last page."""

    items: tuple[T, ...]
    first_total: int | None
    last_total: int | None
    first_revision: Revision | None
    last_revision: Revision | None
    requests: int


def read_all(
    read: Callable[[Cursor | None], Page[T]], control: Control, code: str, *, total: int | None = None
) -> Listing[T]:
    """Follow the service's own end signal; a page that fails in passing is asked for again, it alone.

    Raises:
        IncompleteRead: the service sends the same cursor twice.
        ServiceError: what the service said when waiting did not help.
    """
    items: list[T] = []
    pages: list[Page[T]] = []
    requests = 0
    for page in each_page(read, control, code, total=total):
        items.extend(page.items)
        pages = [*pages[:1], page]
        requests += 1
    return Listing(
        items=tuple(items),
        first_total=pages[0].total,
        last_total=pages[-1].total,
        first_revision=pages[0].revision,
        last_revision=pages[-1].revision,
        requests=requests,
    )


def each_page(
    read: Callable[[Cursor | None], Page[T]], control: Control, code: str, *, total: int | None = None
) -> Iterator[Page[T]]:
    """The pages as they come, the last one too; `read_all` says what is raised."""
    done = 0
    seen: set[Cursor] = set()
    cursor: Cursor | None = None
    while True:
        control.checkpoint()
        page = again(lambda at=cursor: read(at), control)  # type: ignore[misc]
        done += len(page.items)
        control.progress(done, page.total if page.total is not None else total, code)
        yield page
        if page.next is None:
            return
        if page.next in seen:
            raise IncompleteRead(
                "The list has no end: the service sent the same page twice.",
                unchanged="Nothing was changed.",
                next="Try again in some minutes.",
            )
        cursor = page.next
        seen.add(cursor)


def again(
    request: Callable[[], T], control: Control, *, before_retry: Callable[[BaseException], None] = lambda _: None
) -> T:
    """Ask, and ask again when the failure may pass: up to five times, with growing pauses (sync-spec 4.7).

    `before_retry` hears of each failure that is to be retried, before the pause; what it raises ends the asking.
    """

    def tell(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome is not None else None
        if error is not None:
            before_retry(error)

    retrying = Retrying(
        stop=stop_after_attempt(TRIES),
        retry=retry_if_exception(_may_pass),
        wait=_pause,
        before_sleep=tell,
        sleep=control.sleep,
        reraise=True,
    )
    return retrying(request)


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, RateLimited):
        return error.retry_after <= LONGEST_WAIT_S
    return isinstance(error, ServiceError) and error.transient


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, RateLimited):
        return error.retry_after
    return float(_jittered(state))
