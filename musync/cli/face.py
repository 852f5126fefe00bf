"""What a command works with: the options every command takes, and musync put together when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from musync.cli.output import Output

if TYPE_CHECKING:
    from musync.app.compose import Musync
    from musync.app.paths import Home
    from musync.domain import Control

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Everywhere:
    """The options that every command takes, before its name or after it."""

    json: bool = False
    quiet: bool = False
    verbose: bool = False
    home: Path | None = None

    def merged(self, later: Everywhere) -> Everywhere:
        """Both together; of two homes the later one counts."""
        return Everywhere(
            json=self.json or later.json,
            quiet=self.quiet or later.quiet,
            verbose=self.verbose or later.verbose,
            home=later.home or self.home,
        )


class Face:
    """One run of one command; `usage` is how the command is written, for messages."""

    def __init__(self, everywhere: Everywhere, usage: str = "") -> None:
        self.everywhere = everywhere
        self.usage = usage
        self.output = Output(json=everywhere.json, quiet=everywhere.quiet)
        self.left_running = False
        self._opened: Musync | None = None
        self._at_the_end = ExitStack()

    @property
    def verbose(self) -> bool:
        """More than the essential is wanted."""
        return self.everywhere.verbose

    def move_to(self, home: Path) -> None:
        """Work in another home from here on; nothing has been opened yet."""
        self.everywhere = replace(self.everywhere, home=home)

    @cached_property
    def home(self) -> Home:
        """The folder musync keeps its things in; the same from whatever folder a command is started."""
        from musync.app.paths import find_home

        return find_home(self.everywhere.home)

    @property
    def musync(self) -> Musync:
        """Everything put together; nothing is opened or read before it is asked for.

        Raises:
            StorageError: the home folder cannot be used.
        """
        if self._opened is None:
            from musync.app.compose import open_musync

            self._opened = open_musync(self.home)
            self._at_the_end.callback(self._opened.close)
            if self.verbose:
                from musync.cli.logs import log_to_terminal

                self._at_the_end.callback(log_to_terminal(self._opened.redactor))
        return self._opened

    def job(self, work: Callable[[Control], T]) -> T:
        """Run what may take long, with a bar, and so that Ctrl+C stops it.

        Raises:
            Cancelled: it was stopped.
        """
        from musync.app.jobs import ThreadControl
        from musync.cli.jobs import Abandoned, carry_out
        from musync.cli.progress import Bar

        bar = Bar(wanted=not self.output.quiet)
        try:
            return carry_out(work, ThreadControl(bar.hear), self.output.alert)
        except Abandoned:
            self.left_running = True
            raise
        finally:
            bar.close()

    def start_log(self) -> Path:
        """The log's file; logging is begun when nothing did so yet."""
        from musync.app.logs import start_logging
        from musync.redaction import Redactor

        if self._opened is None:
            with suppress(OSError):
                start_logging(self.home, "info", Redactor())
        return self.home.logs / "musync.log"

    def close(self) -> None:
        """Let go of everything that was opened."""
        self._at_the_end.close()
