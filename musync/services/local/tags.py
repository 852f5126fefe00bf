"""What a music file says about itself, in the words of whichever container it is."""

from __future__ import annotations

import errno
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from mutagen import FileType, MutagenError
from mutagen.aac import AAC
from mutagen.aiff import AIFF
from mutagen.apev2 import APEv2
from mutagen.asf import ASF
from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.monkeysaudio import MonkeysAudio
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.musepack import Musepack
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggspeex import OggSpeex
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE
from mutagen.wavpack import WavPack

from musync.services.local.facts import NotAudio, Tags
from musync.services.local.riff import riff_info
from musync.services.local.sniff import Format, recognise

CLASSES: Mapping[Format, Callable[[BinaryIO], FileType]] = {
    Format.MP3: MP3,
    Format.AAC: AAC,
    Format.FLAC: FLAC,
    Format.VORBIS: OggVorbis,
    Format.OPUS: OggOpus,
    Format.OGG_FLAC: OggFLAC,
    Format.SPEEX: OggSpeex,
    Format.MP4: MP4,
    Format.WAV: WAVE,
    Format.AIFF: AIFF,
    Format.ASF: ASF,
    Format.APE: MonkeysAudio,
    Format.MUSEPACK: Musepack,
    Format.WAVPACK: WavPack,
}

# What each field is called in ID3, Vorbis comments, MP4, APEv2, ASF and RIFF INFO, in lower case; the first that is
# there counts. Names are unlike enough that one table serves all: a container has its own or none.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "tit2", "©nam", "inam"),
    "artists": (
        "artists",
        "txxx:artists",
        "----:com.apple.itunes:artists",
        "wm/artists",
        "artist",
        "tpe1",
        "©art",
        "author",
        "iart",
    ),
    "album": ("album", "talb", "©alb", "wm/albumtitle", "iprd"),
    "album_artist": ("albumartist", "album artist", "tpe2", "aart", "wm/albumartist"),
    "track_number": ("tracknumber", "track", "trck", "trkn", "wm/tracknumber", "itrk"),
    "disc_number": ("discnumber", "disc", "tpos", "disk", "wm/partofset"),
    "year": ("date", "year", "tdrc", "©day", "wm/year", "icrd"),
    "isrc": ("isrc", "tsrc", "----:com.apple.itunes:isrc", "wm/isrc"),
    "mbid": (
        "musicbrainz_trackid",
        "ufid:http://musicbrainz.org",
        "----:com.apple.itunes:musicbrainz track id",
        "musicbrainz/track id",
    ),
}

_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_MBID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"\s*([0-9]{1,4})\s*(?:/|$)")
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
# A tag may hold megabytes; no title is that long, and every one of them would be kept, compared and drawn.
_LONGEST = 10_000

# A parser of other people's bytes may fail in any way; none of them may stop a scan.
PARSER_ERRORS = (
    MutagenError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


def read_tags(path: Path) -> Tags:
    """Open the file and read what it says.

    Raises:
        NotAudio: empty, damaged, or not music.
        OSError: it cannot be opened or read.
    """
    with path.open("rb") as stream:
        kind = recognise(stream, path.suffix[1:].lower())
        if kind is None:
            raise NotAudio(_unknown(stream))
        try:
            return _tags_of(CLASSES[kind](stream), kind, stream)
        except (*PARSER_ERRORS, OSError) as error:
            if disk := _said_by_disk(error):
                raise disk from error
            raise NotAudio(f"damaged or cut off, no sound found ({kind})") from error


def _said_by_disk(error: BaseException) -> OSError | None:
    """What the disk said, also where a parser wrapped it; parsers themselves say that a file ends too soon."""
    said = error if isinstance(error, OSError) else error.__context__
    return said if isinstance(said, OSError) and said.errno not in (None, errno.EINVAL) else None


def _unknown(stream: BinaryIO) -> str:
    return "not a music file, whatever its name says" if stream.read(1) else "empty (0 bytes)"


def _tags_of(file: FileType, kind: Format, stream: BinaryIO) -> Tags:
    said = {name.lower(): value for name, value in _said(file, kind, stream)}
    return Tags(
        title=_first(said, "title"),
        artists=tuple(dict.fromkeys(_all(said, "artists"))),
        album=_first(said, "album"),
        album_artist=_first(said, "album_artist"),
        duration_ms=_milliseconds(getattr(file.info, "length", None)),
        isrc=_isrc(_all(said, "isrc")),
        mbid=_mbid(_all(said, "mbid")),
        track_number=_number(_first(said, "track_number")),
        disc_number=_number(_first(said, "disc_number")),
        year=_year(_first(said, "year")),
    )


def _said(file: FileType, kind: Format, stream: BinaryIO) -> Iterable[tuple[str, Any]]:
    """The file's tags by name, also where the format has no place of its own for them."""
    tags: Mapping[str, Any] | None = getattr(file, "tags", None)
    if tags:
        return tags.items()
    if kind is Format.WAV:
        return riff_info(stream).items()
    return _loose_tags(stream) if kind in (Format.MP3, Format.AAC) else ()


def _loose_tags(stream: BinaryIO) -> Iterable[tuple[str, Any]]:
    """Tags before or after sound that has no container."""
    for kind in (ID3, APEv2):
        stream.seek(0)
        with suppress(MutagenError):
            tags: Any = kind(stream)
            return [*tags.items()]
    return ()


def _first(said: Mapping[str, Any], field: str) -> str:
    return next(iter(_all(said, field)), "")


def _all(said: Mapping[str, Any], field: str) -> list[str]:
    """Every value of the first name of the field that has any."""
    for name in _NAMES[field]:
        if name in said and (found := [*_texts(said[name])]):
            return found
    return []


def _texts(value: Any) -> Iterable[str]:
    """The texts in whatever a container's tag is: ID3 frame, list of texts, of numbers, of bytes, of pairs."""
    if isinstance(value, str):
        parts: Iterable[Any] = (value,)
    elif hasattr(value, "text"):
        parts = value.text
    elif isinstance(getattr(value, "data", None), bytes):
        parts = (value.data,)
    else:
        parts = value
    for part in parts:
        for text in _text(part).split("\0"):
            if clean := text.strip()[:_LONGEST]:
                yield clean


def _text(part: Any) -> str:
    if isinstance(part, tuple):
        return str(part[0])
    text = part.decode("utf-8", "replace") if isinstance(part, bytes) else str(part)
    # Halves of broken surrogate pairs can be neither stored nor shown.
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _milliseconds(seconds: float | None) -> int | None:
    if seconds is None or not 0 < seconds < 1e9:
        return None
    return round(seconds * 1000) or None


def _number(text: str) -> int | None:
    """The 3 of "3", "03" and "3/12"; zero means none."""
    found = _NUMBER.match(text)
    return (int(found[1]) or None) if found else None


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[0]) if found else None


def _isrc(texts: Iterable[str]) -> str | None:
    plain = (text.upper().replace("-", "").replace(" ", "") for text in texts)
    return next((text for text in plain if _ISRC.fullmatch(text)), None)


def _mbid(texts: Iterable[str]) -> str | None:
    plain = (text.lower() for text in texts)
    return next((text for text in plain if _MBID.fullmatch(text)), None)
