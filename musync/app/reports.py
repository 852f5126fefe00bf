"""What a run came to, as a file people keep: HTML, CSV, JSON or plain text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from musync.app.documents import Document
from musync.app.paths import resource
from musync.domain.errors import DiskFull, StorageError, UsageError
from musync.safefile import write_file

MARKS = {
    "matched": "✔",
    "ambiguous": "?",
    "not_found": "✖",
    "not_asked": "…",
    "not_addable": "❒",
    "skipped": "–",
    None: "",
}
WORDS = {
    "matched": "matched",
    "ambiguous": "to choose",
    "not_found": "not found",
    "not_asked": "not asked yet",
    "not_addable": "cannot be added",
    "skipped": "skipped",
    None: "only there",
}
NOTES = {
    "removed-on-target": "removed there since, left out",
    "duplicate": "a second copy is not wanted there",
    "left-out": "left out by you",
    "removal-asks": "the removal is not approved",
    "removal-never": "this sync never removes",
    "cannot-remove": "the service cannot remove it",
}
_COLUMNS = (
    "row", "outcome", "action", "written", "title", "artists", "album", "duration_s", "isrc", "url",
    "counterpart", "counterpart_artists", "counterpart_url", "probability", "why", "error",
)  # fmt: skip


def write_report(document: Document, path: Path) -> Path:
    """Write the report in the format that the file's suffix names.

    Raises:
        UsageError: the suffix is none of .html, .csv, .json, .txt.
        DiskFull, StorageError: it could not be written; a file that stood there is intact.
    """
    check_format(path)
    try:
        write_file(path, _MAKERS[path.suffix.lower()](document).encode())
    except DiskFull:
        raise
    except OSError as error:
        raise StorageError(
            f"The report could not be written: {error.strerror or error}.",
            where=str(path),
            unchanged="Everything else is done and kept.",
            next="Choose another place.",
            code="report-unwritable",
        ) from error
    return path


def check_report(path: Path) -> None:
    """Refuse before a run what could not be written after it.

    Raises:
        UsageError: the suffix is of no format, or the folder is not there.
    """
    check_format(path)
    folder = path.absolute().parent
    if not folder.is_dir():
        raise UsageError(
            f"There is no folder {folder} for the report.",
            where=str(path),
            unchanged="Nothing was changed.",
            next="Make it, or choose another.",
            code="report-folder",
        )


def check_format(path: Path) -> None:
    """Raise UsageError when the file's suffix names no format."""
    if path.suffix.lower() not in _MAKERS:
        raise UsageError(
            f"A report cannot be “{path.suffix or path.name}”.",
            where=str(path),
            unchanged="Nothing was changed.",
            next=f"Name it {', '.join(FORMATS)}.",
            code="report-format",
        )


def as_json(document: Document) -> str:
    """The whole document."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_csv(document: Document) -> str:
    """One line per row of the run."""
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS)
    writer.writeheader()
    for entry in document["entries"]:
        writer.writerow({key: _cell(value) for key, value in _flat(entry).items()})
    return out.getvalue()


def as_text(document: Document) -> str:
    """A page for reading."""
    lines = [_headline(document), _numbers(document), ""]
    for entry in document["entries"]:
        if _is_settled(entry):
            continue
        flat = _flat(entry)
        name = " - ".join(part for part in (flat["artists"], flat["title"]) if part) or "(no title)"
        said = WORDS[entry["outcome"]]
        if entry["action"] not in ("none", "adopt"):
            said += f", {entry['action']}" + ("" if entry["written"] else " (not done)")
        why = entry["error"] or flat["why"]
        lines.append(f"{MARKS[entry['outcome']] or '·'} {name}: {said}" + (f" ({why})" if why else ""))
        if flat["url"]:
            lines.append(f"    {flat['url']}")
    if len(lines) == 3:
        lines.append("Nothing is missing: every track has its counterpart.")
    return "\n".join(_shown(line) for line in lines) + "\n"


def as_html(document: Document) -> str:
    """A page for the browser; every word from outside is escaped."""
    import jinja2

    template = resource("report", "report.html.jinja").read_text("utf-8")
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    rows = [
        {**_flat(entry), "mark": MARKS[entry["outcome"]], "words": WORDS[entry["outcome"]]}
        for entry in document["entries"]
    ]
    return environment.from_string(template).render(
        headline=_headline(document), numbers=_numbers(document), rows=rows, document=document
    )


_MAKERS: dict[str, Callable[[Document], str]] = {
    ".html": as_html,
    ".csv": as_csv,
    ".json": as_json,
    ".txt": as_text,
}
FORMATS = tuple(sorted(_MAKERS))


def _headline(document: Document) -> str:
    source, target = document["source"], document["target"]
    return f"{source['title']} ({source['account']}) → {target['title']} ({target['account']})"


def _numbers(document: Document) -> str:
    counts, written = document["counts"], document["written"]
    parts = [
        (written["added"], "added"),
        (written["removed"], "removed"),
        (written["moved"], "moved"),
        (counts["common"], "in both before"),
        (counts["ambiguous"], "to choose"),
        (counts["not_found"], "not found"),
        (counts["not_asked"], "not asked yet"),
        (counts["not_addable"], "cannot be added"),
        (counts["skipped"], "skipped"),
    ]
    if repaired := document.get("repaired"):
        parts.insert(3, (repaired, put_right(repaired)))
    return " · ".join(f"{number:,} {words}" for number, words in parts)


def put_right(count: int) -> str:
    """What is said behind the number of lines whose file had been moved."""
    return "path of a moved file put right" if count == 1 else "paths of moved files put right"


def _is_settled(entry: Document) -> bool:
    """The track stands on both sides and nothing was done about it."""
    told = entry["error"] or entry["note"] in NOTES or any(map(is_doubt, entry["reasons"]))
    return entry["outcome"] == "matched" and entry["action"] in ("none", "adopt") and not told


def is_doubt(reason: Document) -> bool:
    """Whether a preference says of a counterpart that it is not quite what was asked for."""
    return bool(reason["part"] == "preference" and reason["value"] != 1.0)


def _flat(entry: Document) -> dict[str, Any]:
    source, target = entry["source"], entry["target"]
    track: Document = source or target or {}
    other: Document = target if source and target else {}
    return {
        "row": entry["row"],
        "outcome": entry["outcome"] or "",
        "action": entry["action"],
        "written": "yes" if entry["written"] else "",
        "title": track.get("title", ""),
        "artists": "; ".join(track.get("artists", ())),
        "album": track.get("album", ""),
        "duration_s": track.get("duration_s", ""),
        "isrc": track.get("isrc", ""),
        "url": track.get("url", ""),
        "counterpart": other.get("title", ""),
        "counterpart_artists": "; ".join(other.get("artists", ())),
        "counterpart_url": other.get("url", ""),
        "probability": entry["probability"] if entry["probability"] is not None else "",
        "why": "; ".join(_whys(entry)),
        "error": entry["error"] or "",
    }


def _whys(entry: Document) -> list[str]:
    said = NOTES.get(entry["note"], "")
    return [text for text in (said, *(reason["text"] for reason in entry["reasons"])) if text]


def _cell(value: object) -> object:
    """Spreadsheets run what begins with = + - or @: such a text gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _shown(text: str) -> str:
    """Control characters as signs, so that a title cannot steer the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
