"""What is printed: results to stdout, remarks to stderr, and nothing that could steer the terminal."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from musync.cli.words import escaped, shown
from musync.domain.errors import StorageError

if TYPE_CHECKING:
    from musync.cli.table import Column

LONGEST_CELL = 300
"""Characters of a title that a table shows; JSON has all of it."""


class Output:
    """Prints for one command.

    With `json` stdout gets one document and nothing else. With `quiet` remarks and summaries are left out.
    """

    def __init__(self, *, json: bool = False, quiet: bool = False) -> None:
        self.json = json
        self.quiet = quiet

    def document(self, document: Any) -> None:
        """One JSON document."""
        utf8 = _is_utf8(sys.stdout)
        text = json.dumps(document, ensure_ascii=not utf8, indent=1, default=str)
        write(sys.stdout, escaped(text) + "\n")

    def record(self, document: Any) -> None:
        """One line of JSON."""
        text = json.dumps(document, ensure_ascii=not _is_utf8(sys.stdout), default=str)
        write(sys.stdout, escaped(text) + "\n")

    def line(self, text: str = "") -> None:
        """A line of the result."""
        if not self.json:
            write(sys.stdout, shown(text) + "\n")

    def note(self, text: str = "") -> None:
        """A line beside the result, on stderr; questions and what belongs to them are notes too."""
        if not self.quiet:
            self.alert(text)

    def alert(self, text: str = "") -> None:
        """A line on stderr that is said in any case."""
        write(sys.stderr, shown(text) + "\n")

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, aside: bool = False) -> None:
        """A table of the result, as wide as the terminal at most; with `aside` on stderr, as what a question needs."""
        if aside or not self.json:
            from musync.cli.table import drawn

            stream = sys.stderr if aside else sys.stdout
            safe = [[_cell(cell) for cell in row] for row in rows]
            write(stream, "".join(f"{line}\n" for line in drawn(columns, safe, width(), bold=_takes_bold(stream))))


def write(stream: TextIO, text: str) -> None:
    """Write and flush; a reader that has gone is no reason to stop what is being done.

    Raises:
        StorageError: stdout leads to a file that takes no more.
    """
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _hush(stream)
    except OSError as error:
        _hush(stream)
        if stream is sys.stdout:
            raise lost(error) from error
    except UnicodeEncodeError:
        stream.write(text.encode(stream.encoding or "ascii", "replace").decode(stream.encoding or "ascii"))
        stream.flush()


def lost(error: OSError) -> StorageError:
    """What was printed did not reach the file it was sent to."""
    return StorageError(
        f"The output could not be written: {error.strerror or error}.",
        where="stdout",
        unchanged="What was done before is kept.",
        next="Send it elsewhere, or free some space.",
        code="output-unwritable",
    )


def ready_streams() -> None:
    """Give what is printed a place to go where the caller closed stdout or stderr."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - open until the program ends
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _hush(stream: TextIO) -> None:
    """Let what is still written, by Python's own end too, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def width() -> int:
    """Columns of the terminal, 80 where there is none."""
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def _is_utf8(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().replace("-", "").replace("_", "") == "utf8"


def _takes_bold(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb" and "NO_COLOR" not in os.environ


def _cell(text: str) -> str:
    return shown(text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + "…")
