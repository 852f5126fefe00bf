"""Questions to the person at the terminal; they are written to stderr, so that stdout holds results alone."""

from __future__ import annotations

import sys
from getpass import getpass

from musync.cli.output import write
from musync.cli.words import shown
from musync.domain.errors import UsageError


def has_terminal() -> bool:
    """Whether there is anybody to ask."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str) -> str:
    """A line typed by the user, without blanks around it.

    Raises:
        UsageError: there is nobody to ask, or the input ended.
    """
    if not has_terminal():
        raise nobody_to_ask()
    write(sys.stderr, shown(question) + " ")
    try:
        return input().strip()
    except EOFError:
        write(sys.stderr, "\n")
        raise nobody_to_ask() from None


def ask_secret(question: str) -> str:
    """A line that is not shown while it is typed."""
    if not has_terminal():
        raise nobody_to_ask()
    return getpass(f"{shown(question)} ", stream=sys.stderr).strip()


def agrees(question: str) -> bool:
    """A yes, or anything else for no."""
    return ask(f"{question} [y/N]").casefold() in ("y", "yes")


def nobody_to_ask(next: str = "Run it in a terminal.") -> UsageError:
    """The error for a question without a terminal."""
    return UsageError(
        "There is nothing to ask on: this is no terminal.",
        unchanged="Nothing was changed.",
        next=next,
        code="nothing-to-ask-on",
    )
