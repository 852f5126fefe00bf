"""What a file is, told by its content and never by its name alone, and made into what can be read or edited."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path

from musync.domain.errors import BadFile
from musync.services.charset import decode, readable, split_lines
from musync.services.files import jspf, own_json, soundiiz, spotify
from musync.services.files.apple import read_apple
from musync.services.files.csv_document import new_csv, read_csv
from musync.services.files.csv_layouts import layout_of
from musync.services.files.csv_records import Record, delimiter_of, records_of
from musync.services.files.document import Collection, Document
from musync.services.files.histories import refuse_history_records, refuse_history_table, refuse_history_text
from musync.services.files.json_spans import LARGEST, parse_json
from musync.services.files.places import PlaceDocument
from musync.services.files.pls import new_pls, parse_pls
from musync.services.files.takeout import is_takeout, read_takeout
from musync.services.files.text import new_text, read_text
from musync.services.files.xspf import new_xspf, read_xspf
from musync.services.m3u import new_m3u, parse_m3u

Content = Document | Collection

PLACES = (".m3u", ".m3u8", ".pls")
"""Endings of lists that hold places of files."""

_AUDIO = re.compile(r"\.(mp3|flac|ogg|oga|opus|m4a|aac|wav|aiff?|wma|ape|mpc|wv|mp4)$", re.IGNORECASE)
_M3U = re.compile(r"#EXT(M3U|INF|-X-|ENC|ALB|ART)", re.IGNORECASE)


_REMEMBERED = 8 * 1024 * 1024
"""Bytes of the largest file of which the content is kept."""


def read_content(data: bytes, path: Path) -> Content:
    """Read a file of any known format.

    A run opens its files several times: what was understood of the same bytes a moment ago is used again. Lists of
    places are always read anew, for what they name may have come or gone.

    Raises:
        BadFile: it is none, it is listening history, it was cut off, or it is too large.
    """
    if len(data) > _REMEMBERED or path.suffix.lower() in (".m3u", ".m3u8", ".pls"):
        return _read(data, path)
    return _read_once(data, path)


@lru_cache(maxsize=4)
def _read_once(data: bytes, path: Path) -> Content:
    return _read(data, path)


def _read(data: bytes, path: Path) -> Content:
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        return _empty(path)
    _refuse_packed(data, path.name)
    text, _ = decode(data[:65_536])
    start = readable(text).lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _read_xml(data, start, path)
    if re.match(r"\[playlist\]", start, re.IGNORECASE):
        return PlaceDocument(parse_pls(data, name=path.name), path.parent)
    if start.startswith(("{", "[")):
        return _read_json(data, path)
    if path.suffix.lower() in (".json", ".jspf"):
        raise _unknown(path, "it is no JSON")
    return _read_lines(data, start, path)


def new_document(title: str, path: Path) -> Document:
    """An empty playlist of the format that the path's ending names; raises BadFile for endings that name none."""
    make = _NEW.get(path.suffix.lower())
    if make is None:
        raise BadFile(
            f"New playlists cannot be written as '{path.suffix}'.",
            where=str(path),
            unchanged="Nothing was written.",
            next="Choose a name that ends in " + ", ".join(_NEW) + ".",
        )
    return make(title, path)


def _empty(path: Path) -> Document:
    """A file without content is a new playlist, where musync makes files of that name."""
    if path.suffix.lower() not in _NEW:
        raise BadFile(
            "The file is empty.",
            where=str(path),
            unchanged="Nothing was changed.",
            next="Export or download it again.",
        )
    return new_document(path.stem, path)


def _read_lines(data: bytes, start: str, path: Path) -> Content:
    """A format made of lines: the header decides, then what most lines look like."""
    if _M3U.match(start):
        return _read_m3u(data, path)
    refuse_history_text(start, path.name)
    records = _first_records(start, path.name)
    first, second = (record.cells for record in (*records[:2], *[Record((), "", 0)] * (2 - len(records[:2]))))
    refuse_history_table(first, second, path.name)
    if is_takeout(records):
        return read_takeout(data, name=path.name, stem=path.stem)
    if path.suffix.lower() in (".csv", ".tsv") or (len(first) > 1 and layout_of(first)):
        return read_csv(data, name=path.name)
    if path.suffix.lower() in (".m3u", ".m3u8") or _mostly_places(start):
        return _read_m3u(data, path)
    if "\0" in start or sum(not char.isprintable() for char in start[:2_000].replace("\n", "")) > 100:
        raise _unknown(path, "it holds binary data")
    return read_text(data, name=path.name)


def _read_m3u(data: bytes, path: Path) -> PlaceDocument:
    return PlaceDocument(parse_m3u(data, name=path.name), path.parent)


def _first_records(start: str, name: str) -> list[Record]:
    try:
        found = records_of(start, delimiter_of(start), name)
        return [record for record in islice(found, 20) if not record.blank]
    except BadFile:
        # The first piece of a long file may well end inside a cell; who reads the whole of it will say.
        return []


def _mostly_places(start: str) -> bool:
    lines = [line.strip() for line in split_lines(start) if line.strip() and not line.startswith("#")]
    places = sum(bool(_AUDIO.search(line)) and not line.startswith("spotify:") for line in lines)
    return places * 2 > len(lines)


def _read_xml(data: bytes, start: str, path: Path) -> Content:
    head = start[:4_000]
    if "<plist" in head:
        return read_apple(data, path)
    if "<DJ_PLAYLISTS" in head:
        raise _unknown(path, "it is a library of rekordbox")
    if re.search(r"<(!doctype\s+)?html", head, re.IGNORECASE):
        raise _unknown(path, "it is a web page")
    return read_xspf(data, path)


def _read_json(data: bytes, path: Path) -> Content:
    if len(data) > LARGEST:
        raise BadFile(
            f"The file is too large: {len(data) >> 20} of at most {LARGEST >> 20} MiB.",
            where=path.name,
            unchanged="Nothing was changed.",
        )
    value = parse_json(decode(data)[0], name=path.name)
    if isinstance(value, list):
        first = next((item for item in value if isinstance(item, dict)), {})
        refuse_history_records(first, path.name)
        if soundiiz.is_soundiiz(first):
            return soundiiz.read_soundiiz(value, stem=path.stem)
    elif isinstance(value, dict):
        if spotify.is_playlists(value):
            return spotify.read_playlists(value)
        if spotify.is_library(value):
            return spotify.read_library(value)
        if isinstance(value.get("playlist"), dict):
            return jspf.read_jspf(data, path)
        if isinstance(value.get("items"), list):
            return own_json.read_own_json(data, path)
    raise _unknown(path, "no program known to musync writes JSON of this shape")


def _refuse_packed(data: bytes, name: str) -> None:
    if data.startswith(b"PK\x03\x04"):
        what = "spreadsheet" if b"xl/" in data[:4_000] else "packed archive"
        advice = "Save the sheet with the playlist as CSV." if what == "spreadsheet" else "Unpack it first."
        raise BadFile(f"This is a {what}, not a playlist.", where=name, unchanged="Nothing was changed.", next=advice)
    if data.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise BadFile("This is a packed archive, not a playlist.", where=name, next="Unpack it first.")


def _unknown(path: Path, why: str) -> BadFile:
    return BadFile(
        f"This is no playlist file: {why}.",
        where=str(path),
        unchanged="Nothing was changed.",
        next="Choose a playlist as M3U, PLS, XSPF, JSPF, CSV, JSON or plain text.",
    )


_NEW: Mapping[str, Callable[[str, Path], Document]] = {
    ".m3u": lambda title, path: PlaceDocument(new_m3u(title, name=path.name), path.parent),
    ".m3u8": lambda title, path: PlaceDocument(new_m3u(title, name=path.name), path.parent),
    ".pls": lambda _, path: PlaceDocument(new_pls(name=path.name), path.parent),
    ".xspf": new_xspf,
    ".jspf": jspf.new_jspf,
    ".json": own_json.new_own_json,
    ".csv": lambda _, path: new_csv(name=path.name),
    ".txt": lambda _, path: new_text(name=path.name),
}
