"""Tags written by mutagen, in each container's own words."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutagen.aiff import AIFF
from mutagen.apev2 import APEv2
from mutagen.asf import ASF
from mutagen.flac import FLAC
from mutagen.id3 import ID3, TALB, TDRC, TIT2, TPE1, TPE2, TPOS, TRCK, TSRC, UFID
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from musync.services.local.facts import Tags
from tests.services.local.library import sound

MBID = "0b5c9a3e-4f6d-4c1b-9a57-1f6f3b1c2d4e"
SAID = Tags(
    title="Ёлка & Rain #1",
    artists=("Ann Ä", "Bo"),
    album="Wet; dry",
    album_artist="Ann Ä",
    isrc="QZAAA2100001",
    mbid=MBID,
    track_number=3,
    disc_number=2,
    year=2021,
)
"""What every container below is told."""


def write_id3(path: Path) -> None:
    tags = ID3()
    for frame in (
        TIT2(encoding=3, text=[SAID.title]),
        TPE1(encoding=3, text=list(SAID.artists)),
        TALB(encoding=3, text=[SAID.album]),
        TPE2(encoding=3, text=[SAID.album_artist]),
        TRCK(encoding=3, text=["3/12"]),
        TPOS(encoding=3, text=["2/2"]),
        TDRC(encoding=3, text=["2021-03-04"]),
        TSRC(encoding=3, text=["qz-aaa-21-00001"]),
        UFID(owner="http://musicbrainz.org", data=MBID.encode()),
    ):
        tags.add(frame)
    file: Any = {".wav": WAVE, ".aiff": AIFF, ".mp3": MP3}.get(path.suffix)
    if file is None:
        tags.save(path)
        return
    opened = file(path)
    if opened.tags is None:
        opened.add_tags()
    opened.tags.update(tags)
    opened.save()


def write_vorbis(path: Path) -> None:
    kind: Any = {".flac": FLAC, ".ogg": OggVorbis, ".opus": OggOpus}[path.suffix]
    file = kind(path)
    file.update(
        {
            "TITLE": SAID.title,
            "ARTIST": list(SAID.artists),
            "ALBUM": SAID.album,
            "ALBUMARTIST": SAID.album_artist,
            "TRACKNUMBER": "3",
            "DISCNUMBER": "2",
            "DATE": "2021-03-04",
            "ISRC": ["not one", SAID.isrc],
            "MUSICBRAINZ_TRACKID": MBID,
        }
    )
    file.save()


def write_mp4(path: Path) -> None:
    file: Any = MP4(path)
    file.update(
        {
            "\xa9nam": SAID.title,
            "\xa9ART": list(SAID.artists),
            "\xa9alb": SAID.album,
            "aART": SAID.album_artist,
            "trkn": [(3, 12)],
            "disk": [(2, 2)],
            "\xa9day": "2021-03-04",
            "----:com.apple.iTunes:ISRC": [b"QZAAA2100001"],
            "----:com.apple.iTunes:MusicBrainz Track Id": [MBID.encode()],
        }
    )
    file.save()


def write_apev2(path: Path) -> None:
    tags: Any = APEv2()
    tags.update(
        {
            "Title": SAID.title,
            "Artist": list(SAID.artists),
            "Album": SAID.album,
            "Album Artist": SAID.album_artist,
            "Track": "3/12",
            "Disc": "2/2",
            "Year": "2021",
            "ISRC": SAID.isrc,
            "MUSICBRAINZ_TRACKID": MBID.upper(),
        }
    )
    tags.save(path)


def write_asf(path: Path) -> None:
    file: Any = ASF(path)
    file.update(
        {
            "Title": SAID.title,
            "Author": list(SAID.artists),
            "WM/AlbumTitle": SAID.album,
            "WM/AlbumArtist": SAID.album_artist,
            "WM/TrackNumber": "3",
            "WM/PartOfSet": "2/2",
            "WM/Year": "2021",
            "WM/ISRC": SAID.isrc,
            "MusicBrainz/Track Id": MBID,
        }
    )
    file.save()


WRITERS: dict[str, Callable[[Path], None]] = {
    "mp3": write_id3,
    "aac": write_id3,
    "wav": write_id3,
    "aiff": write_id3,
    "flac": write_vorbis,
    "ogg": write_vorbis,
    "opus": write_vorbis,
    "m4a": write_mp4,
    "alac": write_mp4,
    "wma": write_asf,
    "ape": write_apev2,
    "mpc": write_apev2,
    "wv": write_apev2,
}
"""Suffix -> what writes the tags of such a file."""


def put(path: Path, suffix: str) -> Path:
    """A file with the untagged sound of this suffix."""
    path.write_bytes(monkeys_audio() if suffix == "ape" else sound(suffix))
    return path


def monkeys_audio() -> bytes:
    """The header of a Monkey's Audio file of half a second: there is no encoder to make one with."""
    descriptor = b"MAC " + struct.pack("<HH", 3990, 0) + struct.pack("<6I", 52, 24, 0, 0, 0, 0) + bytes(20)
    # Compression, flags; blocks in a frame, in the last frame, frames; bits, channels, samples a second.
    return descriptor + struct.pack("<HHIIIHHI", 2000, 0, 73_728, 4_000, 1, 16, 1, 8_000) + bytes(64)
