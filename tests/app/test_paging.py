"""Listings are read to their end, or not at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from musync.app.jobs import ThreadControl, fan_out
from musync.app.paging import TRIES, again, read_all
from musync.domain import Cursor, Page
from musync.domain.errors import AccessDenied, Cancelled, IncompleteRead, MusyncError, RateLimited, Unavailable


class Patient(ThreadControl):
    """A control whose waiting takes no time and is written down."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        """Write it down."""
        self.checkpoint()
        self.slept.append(seconds)


def pages_of(count: int, size: int) -> Callable[[Cursor | None], Page[int]]:
    def read(cursor: Cursor | None) -> Page[int]:
        start = int(cursor or 0)
        end = min(count, start + size)
        return Page(items=tuple(range(start, end)), next=Cursor(str(end)) if end < count else None, total=count)

    return read


@pytest.mark.parametrize(("count", "size"), [(0, 10), (1, 10), (50, 50), (51, 50), (10_001, 100)])
def test_every_item_comes_once_and_in_order(count: int, size: int) -> None:
    listing = read_all(pages_of(count, size), Patient(), "list")
    assert listing.items == tuple(range(count))
    assert listing.requests == max(1, -(-count // size))


def test_only_the_page_that_failed_is_asked_for_again() -> None:
    asked: list[Cursor | None] = []
    inner = pages_of(30, 10)

    def read(cursor: Cursor | None) -> Page[int]:
        asked.append(cursor)
        if asked.count(cursor) == 1 and cursor == "10":
            raise Unavailable("hiccup")
        return inner(cursor)

    assert len(read_all(read, Patient(), "list").items) == 30
    assert asked == [None, "10", "10", "20"]


def test_a_page_that_keeps_failing_leaves_no_partial_list() -> None:
    def read(cursor: Cursor | None) -> Page[int]:
        if cursor == "10":
            raise Unavailable("down")
        return pages_of(30, 10)(cursor)

    control = Patient()
    with pytest.raises(Unavailable):
        read_all(read, control, "list")
    assert len(control.slept) == TRIES - 1


def test_a_listing_that_turns_in_circles_is_refused() -> None:
    def read(cursor: Cursor | None) -> Page[int]:
        return Page(items=(1,), next=Cursor("again"))

    with pytest.raises(IncompleteRead):
        read_all(read, Patient(), "list")


@pytest.mark.parametrize(("error", "asked"), [(AccessDenied("no"), 1), (RateLimited("busy", retry_after=3600), 1)])
def test_what_waiting_cannot_help_is_asked_once(error: MusyncError, asked: int) -> None:
    calls = []

    def request() -> int:
        calls.append(1)
        raise error

    with pytest.raises(type(error)):
        again(request, Patient())
    assert len(calls) == asked


def test_a_short_limit_is_waited_out_for_as_long_as_it_says() -> None:
    control = Patient()
    answers = iter([RateLimited("busy", retry_after=7), None])

    def request() -> str:
        answer = next(answers)
        if answer is not None:
            raise answer
        return "done"

    assert again(request, control) == "done"
    assert control.slept == [7]


def test_cancelling_ends_the_reading() -> None:
    control = ThreadControl()
    inner = pages_of(30, 10)

    def read(cursor: Cursor | None) -> Page[int]:
        control.cancel()
        return inner(cursor)

    with pytest.raises(Cancelled):
        read_all(read, control, "list")


def test_fan_out_keeps_the_order_and_the_first_error() -> None:
    assert fan_out(lambda n: n * 2, list(range(20)), at_once=4) == [n * 2 for n in range(20)]
    with pytest.raises(ZeroDivisionError):
        fan_out(lambda n: 1 // n, [1, 2, 0, 3], at_once=2)
