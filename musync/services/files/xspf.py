"""XSPF 1: elements that were not edited stay byte for byte, extensions and comments among them."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection as Many
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from pathlib import Path
from typing import ClassVar

from musync.domain import Track, TrackId
from musync.domain.errors import BadFile
from musync.services.blocks import Blocks
from musync.services.charset import UTF8, Charset, decode
from musync.services.files.document import Document, Moments, Row, fit, placeholder
from musync.services.files.ids import id_in_uri, identified
from musync.services.files.relations import added_in, at_place, identifiers_of, metas_of, with_relations
from musync.services.files.values import duration_of, number_of
from musync.services.files.xml_guard import LARGEST
from musync.services.files.xspf_reader import NAMESPACE, XspfReader, XspfTrack
from musync.services.locations import broken
from musync.services.m3u_lines import one_line

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EMPTY = f"""<?xml version="1.0" encoding="UTF-8"?>
<playlist version="1" xmlns="{NAMESPACE}">
  <trackList>
  </trackList>
</playlist>
"""
_OPENING = re.compile(r"<([\w.-]+:)?(\w+)")


@dataclass(frozen=True)
class Xspf(Document):
    """A playlist in XSPF."""

    describes: ClassVar[bool] = True

    path: Path
    charset: Charset
    blocks: Blocks
    rows: tuple[Row, ...]
    title: str | None
    description: str
    prefix: str = ""

    def to_bytes(self) -> bytes:
        """The file's content."""
        return self.charset.encode(self.blocks.text)

    def as_stored(self, track: Track) -> Track:
        """The track as its element reads back."""
        root = f'<playlist xmlns="{NAMESPACE}" xmlns:{self.prefix.rstrip(":") or "own"}="{NAMESPACE}">'
        text = f"{root}<trackList>{self._element(track, None, '')}</trackList></playlist>"
        return _row(XspfReader(text.encode(), self.path.name).tracks[0], self.path.parent).track

    def insert(self, at: int, tracks: Sequence[Track], *, added_at: Moments) -> Xspf:
        """With an element per track, indented like the others."""
        if not tracks:
            return self
        document = self if self.rows else self._with_room()
        lead = _lead(document.blocks)
        new = [lead + document._element(track, moment, lead) for track, moment in zip(tracks, added_at, strict=True)]
        return document._read(document.blocks.insert(at, new).text)

    def remove(self, indices: Many[int]) -> Xspf:
        """Without these elements; comments between them stay."""
        return self._read(self.blocks.remove(indices).text) if indices else self

    def move(self, indices: Sequence[int], to: int) -> Xspf:
        """With these elements together at `to`."""
        return self._read(self.blocks.move(indices, to).text)

    def with_details(self, title: str | None, description: str | None) -> Xspf:
        """With another title or annotation."""
        document = self
        for name, value in (("annotation", description), ("title", title)):
            if value is not None:
                document = document._with_head(name, value)
        return document

    def _with_head(self, name: str, value: str) -> Xspf:
        data = self.blocks.text.encode()
        reader = XspfReader(data, self.path.name)
        written = self._tag(name, value).encode()
        if name in reader.heads:
            start, end = reader.heads[name].start, reader.heads[name].end
        else:
            start = end = reader.tag_end(reader.root_at)
            written = b"\n  " + written
        return self._read((data[:start] + written + data[end:]).decode())

    def _with_room(self) -> Xspf:
        """With a track list that has a start and an end tag to put elements between."""
        data = self.blocks.text.encode()
        reader = XspfReader(data, self.path.name)
        if reader.list_at is None:
            end = reader.root_end_at
            room = f"  <{self.prefix}trackList>\n  </{self.prefix}trackList>\n".encode()
            return self._read((data[:end] + room + data[end:]).decode())
        start, end = reader.list_at
        tag = data[start : reader.tag_end(start)]
        if not tag.endswith(b"/>"):
            return self
        opened = tag[:-2].rstrip() + f">\n  </{self.prefix}trackList>".encode()
        return self._read((data[:start] + opened + data[end:]).decode())

    def _element(self, track: Track, added_at: datetime | None, lead: str) -> str:
        told = fit(track)
        inner = f"{lead}  " if "\n" in lead else ""
        fields = [
            ("location", one_line(told.url or "")),
            *(("identifier", uri) for uri in identifiers_of(told)),
            ("title", told.title),
            ("creator", told.artist),
            ("album", told.album),
            ("trackNum", str(told.track_number or "")),
            ("duration", str(told.duration_ms or "")),
        ]
        children = [self._tag(name, value) for name, value in fields if value]
        children += [self._tag("meta", value, relation) for relation, value in metas_of(told, added_at)]
        body = "".join(inner + child for child in children)
        return f"<{self.prefix}track>{body}{lead if inner else ''}</{self.prefix}track>"

    def _tag(self, name: str, value: str, relation: str = "") -> str:
        text = escape(_ILLEGAL.sub("", value), quote=False)
        if not self.charset.name.startswith("utf"):
            text = text.encode(self.charset.name, "xmlcharrefreplace").decode(self.charset.name)
        about = f' rel="{relation}"' if relation else ""
        return f"<{self.prefix}{name}{about}>{text}</{self.prefix}{name}>"

    def _read(self, text: str) -> Xspf:
        return _read(text, self.charset, self.path)


def read_xspf(data: bytes, path: Path) -> Xspf:
    """Read XSPF; raises BadFile when it is none or could harm (document type, size, depth)."""
    if len(data) > LARGEST:
        raise BadFile(
            f"The file is too large: {len(data) >> 20} of at most {LARGEST >> 20} MiB.",
            where=path.name,
            unchanged="Nothing was changed.",
            next="Split the playlist, or save it as M3U8 or CSV.",
        )
    text, charset = _decoded(data, path.name)
    return _read(text, charset, path)


def new_xspf(title: str, path: Path) -> Xspf:
    """An empty playlist of this title."""
    return _read(_EMPTY, UTF8, path).with_details(title, None)


def _decoded(data: bytes, name: str) -> tuple[str, Charset]:
    declared = _DECLARED.match(data)
    if declared is None or data[:1] != b"<" or declared[1].lower() in (b"utf-8", b"utf8"):
        return decode(data)
    encoding = declared[1].decode()
    try:
        charset = Charset(name=codecs.lookup(encoding).name)
        text = data.decode(charset.name)
        if text.encode(charset.name) == data:
            return text, charset
    except (LookupError, UnicodeError):
        pass
    raise BadFile(
        f"The file says it is encoded in {encoding}, which it is not or which cannot be read.",
        where=f"{name}, line 1",
        unchanged="Nothing was changed.",
        next="Save it as UTF-8.",
    )


def _read(text: str, charset: Charset, path: Path) -> Xspf:
    data = text.encode(errors="surrogatepass")
    reader = XspfReader(data, path.name)
    opening = _OPENING.match(data[reader.root_at : reader.root_at + 200].decode(errors="replace"))
    heads = {name: element.text for name, element in reader.heads.items()}
    return Xspf(
        path,
        charset,
        _blocks(data, reader),
        tuple(_row(track, path.parent) for track in reader.tracks),
        heads.get("title") or None,
        heads.get("annotation", ""),
        (opening[1] or "") if opening else "",
    )


def _blocks(data: bytes, reader: XspfReader) -> Blocks:
    """The text as blocks: each track with the white space before it, and what stands between them."""
    parts: list[str] = []
    places: list[int] = []
    done = 0
    for track in reader.tracks:
        between = data[done : track.start]
        loose = between.rstrip(b" \t\r\n")
        if loose:
            parts.append(loose.decode())
        places.append(len(parts))
        parts.append(data[done + len(loose) : track.end].decode())
        done = track.end
    if not places and reader.list_at:
        # New elements go before the white space that leads to the end tag.
        done = len(data[: reader.list_at[1]].rstrip(b" \t\r\n"))
        parts.append(data[:done].decode())
    start = len(parts)
    parts.append(data[done:].decode())
    return Blocks(tuple(parts), tuple(places), start)


def _lead(blocks: Blocks) -> str:
    """The white space before each element: that of the first, else a line of its own."""
    if not blocks.entries:
        return "\n    "
    first = blocks.entry(0)
    return first[: len(first) - len(first.lstrip())]


def _row(told: XspfTrack, folder: Path) -> Row:
    locations = told.all("location")
    if any(map(broken, locations)):
        return placeholder(f"line {told.line}", "a line break is hidden in its location", told.first("title"))
    creator = told.first("creator")
    track = Track(
        id=TrackId(""),
        title=told.first("title"),
        artists=(creator,) if creator else (),
        album=told.first("album"),
        duration_ms=duration_of(told.first("duration"), "ms"),
        track_number=number_of(told.first("trackNum")),
        url=locations[0] if locations else None,
    )
    track, named = with_relations(track, told.all("identifier"), told.metas)
    if not (track.title or track.url or named):
        return placeholder(f"line {told.line}", "neither title nor location")
    known = identified(track, named or next(filter(None, map(id_in_uri, locations)), None))
    return replace(Row(track=at_place(known, folder)), added_at=added_in(told.metas))
