"""Errors as people and scripts read them."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

from musync.cli.output import Output, width
from musync.cli.words import shown
from musync.domain.errors import MusyncError, UsageError


class BadUsage(UsageError):
    """The command line itself cannot be read; `usage` shows how it is written."""

    def __init__(self, message: str, *, where: str = "", usage: str = "", next: str = "") -> None:
        super().__init__(message, where=where, unchanged="Nothing was changed.", next=next)
        self.usage = usage


def misread(error: Exception) -> BadUsage:
    """What the parser of the command line would not take, as one of our errors."""
    message = _in_our_words(getattr(error, "format_message", lambda: str(error))())
    context: Any = getattr(error, "ctx", None)
    if context is None:
        return BadUsage(message, next="musync --help lists the commands.")
    return BadUsage(
        message, where=context.command_path, usage=context.get_usage(), next=f"See {context.command_path} --help."
    )


_WORDS = (
    (r"Invalid value for '?(.+?)'?: (?:Value error, )?", r"\1: "),
    (r"Input should be a valid (number|integer), .*", r"a \1 is wanted"),
    (r"a integer", "a whole number"),
    (r"Input should be greater than or equal to (\S+)", r"at least \1"),
    (r"Input should be less than or equal to (\S+)", r"at most \1"),
    (r"Missing (?:argument|option) '(.+?)'\.?", r"\1 is missing."),
    (r"No such command '(.+?)'\.?", r"There is no command “\1”."),
    (r"No such option: (\S+)", r"There is no option \1."),
)
"""What the parser says, and how we say it."""


def _in_our_words(message: str) -> str:
    for theirs, ours in _WORDS:
        message = re.sub(theirs, ours, message)
    return message if message.endswith((".", "?", "”")) else f"{message}."


def tell(error: MusyncError, output: Output, usage: str = "") -> None:
    """Say what was wrong, where, what stays unchanged and what to do next; as a document where one was asked for."""
    if output.json and error.case != "output-unwritable":
        output.document({"error": error.document()})
        return
    usage = getattr(error, "usage", "") or usage
    if usage and isinstance(error, UsageError):
        output.alert(usage)
    output.alert(error.message or "It did not work.")
    for part in (error.where, error.unchanged, error.next):
        for line in _wrapped(part):
            output.alert(f"  {line}")
    output.alert(f"  ({error.case})")


def _wrapped(text: str) -> list[str]:
    # Paths and commands are copied from here: they are not broken at hyphens or in the middle of a word.
    return textwrap.wrap(shown(text), width() - 2, break_long_words=False, break_on_hyphens=False)


class Bug(MusyncError):
    """Something in musync itself went wrong."""

    code = "bug"


def bug(log_file: Path) -> Bug:
    """One calm line that names the log."""
    return Bug(
        "Something went wrong inside musync.",
        where=f"The details are in {log_file}.",
        unchanged="What was written so far is kept.",
        next="Run the same command again; it goes on from what is there.",
    )
