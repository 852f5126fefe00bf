"""Errors as people and scripts read them."""

from __future__ import annotations

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
    message = getattr(error, "format_message", lambda: str(error))()
    context: Any = getattr(error, "ctx", None)
    if context is None:
        return BadUsage(message, next="musync --help lists the commands.")
    return BadUsage(
        message, where=context.command_path, usage=context.get_usage(), next=f"See {context.command_path} --help."
    )


def tell(error: MusyncError, output: Output, usage: str = "") -> None:
    """Say what was wrong, where, what stays unchanged and what to do next; as a document where one was asked for."""
    if output.json:
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
